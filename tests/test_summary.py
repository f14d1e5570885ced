"""What the summary of a comparison says: of values that changed, of the title, in lists, in words of the language."""

from types import SimpleNamespace
from typing import Any

import pytest
from evalbrief.review.reasons import FORMULA, Cause, ChangedValue, formula_words
from evalbrief.review.rows import CHANGED, RowChange
from evalbrief.review.summary import Summary, summarise
from evalbrief.review.tree.changes import TITLE, Change
from evalbrief.review.versions import Present


def summary_of(tree: dict, labels: dict, *values: ChangedValue, **parts: Any) -> Summary:
    """Summarise a comparison in which nothing is another but the values and `parts` given."""
    version = Present("tiny", {})
    merged = SimpleNamespace(changes=parts.pop("changes", []), renumbered=[], words=parts.pop("words", {}))
    compared = {"comments": [], "figures": [], "rows": [], "alarms": [], "findings": ([], [])} | parts
    return summarise(
        SimpleNamespace(
            trees=(tree, tree),
            merged=merged,
            told_values=values,
            has_other_program=False,
            old=version,
            new=version,
            **compared,
        ),  # type: ignore[arg-type]
        labels,
    )


@pytest.mark.parametrize(
    ("kind", "old", "new", "difference", "said"),
    [
        ("percent", "46.1", "45.774648", "-0.325352", "46,1\xa0% → 45,8\xa0% (−0,3\xa0pt)"),
        ("percent", "46", "46.04", "0.04", "46,0\xa0% → 46,0\xa0% (+0,04\xa0pt)"),
        ("integer", "19", "1021", "1002", "19 → 1\u202f021 (+1\u202f002)"),
        ("number", "2.5", "2", "-0.5", "2,5 → 2 (−0,5)"),
        ("text", "", "neuf", "", "non communiqué → neuf"),
    ],
)
def test_a_difference_is_written_as_the_value(
    tree: dict, labels: dict, kind: str, old: str, new: str, difference: str, said: str
) -> None:
    value = ChangedValue("survey.share", kind, "", old, new, difference, "part / whole * 100", ())
    summary = summary_of(tree, labels, value)
    assert summary.values[0].said.startswith(f"survey.share\xa0: {said}. ")
    assert summary.counts == (
        "Modifications du texte\xa0: 0\u202f; valeurs\xa0: 1\u202f; figures\xa0: 0\u202f; lignes de données\xa0: 0."
    )


def test_changed_title_is_told(tree: dict, labels: dict) -> None:
    changes = [Change(1, TITLE, "", "title", "Mains libres", "Mains vraiment libres")]
    changes.append(Change(2, TITLE, "method", "method", "Méthode", "Méthodes"))
    assert summary_of(tree, labels, changes=changes).frame == [["titre", "Mains libres", "Mains vraiment libres"]]


def test_lists_have_the_spaces_and_words_of_the_language(tree: dict, labels: dict) -> None:
    row = RowChange("interviews", "interviews.csv", "informants", CHANGED, (2, 2), {"people": ("4", "6")})
    summary = summary_of(tree, labels, rows=[row], words={"elsewhere": (1, 2)})
    assert summary.row_lines == ["interviews.csv, ligne 2 (informants), people\xa0: 4 → 6"]
    assert summary.word_lines == ["elsewhere\xa0: +1, −2"]


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("cell", "contenu de la cellule"),
        ("count(rows)", "nombre de lignes"),
        ("count(label)", "nombre de cellules remplies de label"),
        (
            "sum(people) where country = CI or TG and sex = female",
            "somme de people, où country = CI ou TG et sex = female",
        ),
        ("months from milestones.a.start to milestones.b.end", "mois de milestones.a.start à milestones.b.end"),
        ("interviews.women / interviews.people * 100", "interviews.women / interviews.people * 100"),
    ],
)
def test_formula_is_said_in_words(labels: dict, formula: str, said: str) -> None:
    assert formula_words(formula, labels["review"]["formulas"]) == said


def test_formula_that_changed_is_said_in_words(tree: dict, labels: dict) -> None:
    cause = Cause(FORMULA, "values.yaml", old="sum(people)", new="count(rows)")
    value = ChangedValue("values.own", "number", "", "1", "2", "1", "count(rows)", (cause,))
    (line,) = summary_of(tree, labels, value).values
    assert line.reasons == ["La formule a changé\xa0: somme de people → nombre de lignes"]
    assert line.formula == "Formule\xa0: nombre de lignes"


def test_quick_fact_is_named_by_its_term(tree: dict, labels: dict) -> None:
    alarm = SimpleNamespace(kind="typed", place="donors", old="1", new="2")
    assert summary_of(tree, labels, alarms=[alarm]).alarms[0].startswith("Donateur(s) et budget\xa0: ")
