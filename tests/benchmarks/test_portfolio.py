"""The invented portfolio: its evaluations are without fault, and the same seed gives the same bytes."""

import shutil
from pathlib import Path

import pytest
from evalbrief import catalogue
from evalbrief.commands import check
from portfolio import ROOT, make_portfolio


def read_bytes(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder by their paths in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project to check evaluations in: it has the templates, the schemas and the settings."""
    shutil.copy(ROOT / "config.yaml", tmp_path)
    for name in ("templates", "data/schemas"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_evaluations_pass_the_check(project: Path, capsys: pytest.CaptureFixture) -> None:
    make_portfolio(project, 3, seed=1)
    status = check.check()
    said = capsys.readouterr()
    assert (status, said.err, said.out) == (0, "", "3 evaluations checked: no fault.\n")


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder, number, seed in (("once", 3, 1), ("again", 3, 1), ("more", 5, 1), ("other", 3, 2)):
        (tmp_path / folder).mkdir()
        make_portfolio(tmp_path / folder, number, seed)
    once, again, more, other = (read_bytes(tmp_path / folder) for folder in ("once", "again", "more", "other"))
    assert once == again
    assert once.items() < more.items()
    assert once != other


def test_every_figure_and_table_occurs(tmp_path: Path) -> None:
    make_portfolio(tmp_path, 30, seed=1)
    tables = {path.stem for path in tmp_path.glob("data/*/*.csv")}
    texts = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("data/*/text/*/*.md"))
    assert {needed for names in catalogue.FIGURES.values() for needed in names} - {"criteria", "rating_scale"} <= tables
    assert [name for name in catalogue.FIGURES if f'figure("{name}")' not in texts] == []
    tables_placed = [name for name, place in catalogue.TABLE_SECTIONS.items() if place is None]
    assert [name for name in tables_placed if f'table("{name}_table")' not in texts] == []


def test_languages_are_mixed(tmp_path: Path) -> None:
    names = make_portfolio(tmp_path, 100, seed=1)
    numbers = [len(list((tmp_path / "data" / name / "text").iterdir())) for name in names]
    assert 65 <= numbers.count(1) <= 95 and numbers.count(2) and numbers.count(3)
