"""config.yaml: each setting is checked, and the message names the line."""

from pathlib import Path

import pytest
from evalbrief.settings import SettingsError, read_settings

ROOT = Path(__file__).parents[1]
GOOD = "theme: templates/themes/ilo.yaml\npaper: a4\nreference_document:\n"


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_the_project_has_good_settings() -> None:
    assert read_settings(ROOT / "config.yaml", {})["minimum_cell"] >= 1


def test_the_command_line_goes_before_the_file() -> None:
    assert read_settings(ROOT / "config.yaml", {"minimum_cell": 7})["minimum_cell"] == 7


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{GOOD}minimum_cell: 0\n", "line 4: minimum_cell is"),
        (f"{GOOD}minimum_cell: yes\n", "line 4: minimum_cell is"),
        (f"{GOOD.replace('a4', 'a5')}minimum_cell: 5\n", "line 2: paper is"),
        (f"{GOOD}nowhere.docx\nminimum_cell: 5\n".replace(":\nnowhere", ": nowhere"), "line 3: reference_document is"),
        ("theme: nowhere.yaml\nminimum_cell: 5\n", "line 1: theme is"),
        ("theme: templates/themes/ilo.yaml\n\nminimum_cells: 5\n", 'line 3: "minimum_cells" is not known'),
        (GOOD, '"minimum_cell" is missing'),
        ("theme: a: b\n", "line 1"),
        ("theme: a\ntheme: b\n", "line 2"),
        ("- theme\n", "line 1"),
    ],
)
def test_a_fault_names_its_line(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text)
    with pytest.raises(SettingsError) as refused:
        read_settings(path, {})
    assert str(refused.value).startswith("config.yaml")
    assert message in str(refused.value)
