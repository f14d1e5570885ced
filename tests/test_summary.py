"""What the summary of a comparison says of a value that changed."""

from types import SimpleNamespace

import pytest
from evalbrief.review.reasons import ChangedValue
from evalbrief.review.summary import summarise
from evalbrief.review.versions import Present


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
    version = Present("tiny", {})
    compared = SimpleNamespace(
        trees=(tree, tree),
        merged=SimpleNamespace(changes=[], renumbered=[], words={}),
        told_values=[value],
        comments=[],
        figures=[],
        rows=[],
        alarms=[],
        findings=([], []),
        has_other_program=False,
        old=version,
        new=version,
    )
    summary = summarise(compared, labels)
    assert summary.values[0].said.startswith(f"survey.share: {said}. ")
    assert summary.counts == (
        "Modifications du texte\xa0: 0\u202f; valeurs\xa0: 1\u202f; figures\xa0: 0\u202f; lignes de données\xa0: 0."
    )
