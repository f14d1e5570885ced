"""A label file that lacks something is named before anything runs, with its line."""

from pathlib import Path

import pytest
from evalbrief.text.label_check import label_problems

LABELS = Path(__file__).parents[1] / "templates/labels"


@pytest.mark.parametrize(("language", "model"), [("fr", "en"), ("en", "fr"), ("es", "fr")])
def test_the_label_files_are_whole(language: str, model: str) -> None:
    assert label_problems(LABELS / f"{language}.yaml", LABELS / f"{model}.yaml") == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("  skip: Ir al texto\n", "", 'the entry "document, skip" is missing.'),
        ("  page: Página\n", "  page:\n", 'the entry "document, page" is missing.'),
        ('  source: "Fuente: {}"', '  source: "Fuente"', '"document, source" does not have the same signs in braces.'),
        (
            '    given: "{given} de {total}"',
            '    given: "{dado} de {total}"',
            '"figures, recommendations, given" does not',
        ),
        ("  page: Página\n", "  page: [a]\n", '"document, page" is no text.'),
        ("language: es\n", "language: en\n", 'language is "en".'),
        ("region: ES\n", "region: Spain\n", 'region is "Spain".'),
        ("  other: millones\n", "", 'millions has no "other".'),
        ("vocabulary:\n", "vocabularies:\n", 'the entry "vocabulary" is missing.'),
    ],
)
def test_a_fault_is_named(old: str, new: str, found: str, tmp_path: Path) -> None:
    text = (LABELS / "es.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "es.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    problems = label_problems(path, LABELS / "fr.yaml")
    assert any(found in problem.message for problem in problems), [problem.message for problem in problems]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "es.yaml"
    path.write_text("form: {", encoding="utf-8")
    assert label_problems(path, LABELS / "fr.yaml")[0].message.startswith(f"{path.as_posix()}, line 1: ")
