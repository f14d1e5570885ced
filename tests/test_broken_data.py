"""Every kind of broken data gives exactly its messages, and nothing is made of it."""

import re
import shutil
from pathlib import Path

import pytest
from evalbrief.catalogue import FIGURES, TABLES
from evalbrief.data.problem import DataProblems
from evalbrief.data.schema import read_schemas
from evalbrief.text.check import check_texts

ROOT = Path(__file__).parents[1]
FAULTS = sorted(path for path in (ROOT / "tests/data/broken").iterdir() if path.is_dir())


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def problems_of(evaluation: Path, labels: dict) -> str:
    problems = check_texts(evaluation, read_schemas(ROOT / "data/schemas"), labels, FIGURES, TABLES)
    return "".join(f"{problem.message}\n" for problem in problems)


def test_the_tiny_evaluation_has_no_fault(tiny: Path, labels: dict) -> None:
    assert problems_of(tiny, labels) == ""


@pytest.mark.parametrize("fault", FAULTS, ids=lambda path: path.name)
def test_a_fault_gives_exactly_its_messages(fault: Path, tiny: Path, labels: dict, golden) -> None:
    shutil.copytree(fault, tiny, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    before = files(tiny.parents[1])
    golden(fault / "expected.txt", problems_of(tiny, labels))
    assert files(tiny.parents[1]) == before


def test_a_name_in_capitals_is_known_in_small_letters(tiny: Path, labels: dict) -> None:
    (tiny / "practices.csv").unlink()
    (tiny / "Practices.CSV").touch()
    assert problems_of(tiny, labels) == (
        'data/tiny/Practices.CSV: an evaluation has no file of this name. Is "practices.csv" meant?\n'
    )


def test_without_formulas_a_value_is_still_said_to_be_one(tiny: Path, labels: dict) -> None:
    (tiny / "values.yaml").unlink()
    for path in (tiny / "text/fr").iterdir():
        path.unlink()
    (tiny / "text/fr/method.md").write_text("Il y a {{ values.women_share }} de femmes.\n", encoding="utf-8")
    assert problems_of(tiny, labels) == (
        'data/tiny/text/fr/method.md, line 1: there is no value "values.women_share". '
        "Define women_share in values.yaml. It defines none yet.\n"
    )


@pytest.mark.parametrize("fault", ["word_for_number", "formula_value_unknown", "value_unknown"])
def test_no_brief_is_made_of_a_fault(fault: str, tiny: Path, chain) -> None:
    folder, output = ROOT / "tests/data/broken" / fault, tiny.parents[1] / "build"
    shutil.copytree(folder, tiny, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    with pytest.raises(DataProblems) as raised:
        chain(tiny, output)
    assert f"{raised.value}\n" == (folder / "expected.txt").read_text(encoding="utf-8")
    assert not (output / "brief.md").exists()


def test_every_message_names_its_place_and_ends_as_a_sentence() -> None:
    for fault in FAULTS:
        for message in (fault / "expected.txt").read_text(encoding="utf-8").splitlines():
            assert message.startswith("data/tiny/")
            assert message.endswith((".", "?"))
            assert not re.search(r"Input should|\bvalid\b|\bNone\b|Traceback|instance of|dict\b|\bstr\b", message)
