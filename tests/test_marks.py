"""What is marked and told of two drafts: notes that changed, numbers in old words, data that show nowhere."""

from types import SimpleNamespace

import pytest
from evalbrief.review.comparison import Alarm, Comparison
from evalbrief.review.reasons import CELL, Cause
from evalbrief.review.rows import CHANGED, RowChange
from evalbrief.review.tree.merge import Merged, merge
from evalbrief.review.versions import Present
from evalbrief.tree import classes, elements, stringify

from tests.docx_sample import div, facts, heading, note, para, span, tree


def merged(old: dict, new: dict) -> Merged:
    return merge(tree([heading(2, "method", "Méthode"), old]), tree([heading(2, "method", "Méthode"), new]), {}, {})


def marks(node: object) -> list[tuple[str, str]]:
    """List the marks below a node: the class of each and its words."""
    spans = [element for element in elements(node) if element["t"] == "Span"]
    return [
        (name, stringify(one["c"][1])) for one in spans for name in classes(one) if name in ("insertion", "deletion")
    ]


def noted(*words: str) -> dict:
    inlines = [part for one in words for part in (note(one), " Les réponses varient. ")]
    return div("one", "block", para("Toutes les personnes ont répondu.", *inlines))


def notes(outcome: Merged) -> list[dict]:
    return [element for element in elements(outcome.tree["blocks"]) if element["t"] == "Note"]


def test_changed_note_stays_one_note_marked_word_by_word() -> None:
    outcome = merged(
        noted("Les questions étaient libres.", "Autre note."), noted("Les questions restaient libres.", "Autre note.")
    )
    first, second = notes(outcome)
    assert (marks(first["c"]), marks(second["c"])) == ([("deletion", "étaient"), ("insertion", "restaient")], [])
    (change,) = outcome.changes
    assert (change.old, change.new, outcome.words) == ("étaient", "restaient", {"method": (1, 1)})


def test_notes_side_by_side_stay_two() -> None:
    old, new = (
        div("one", "block", para("Une phrase.", note(f"Une note {word}."), note(f"Une autre {word}.")))
        for word in ("longue", "brève")
    )
    assert [marks(one["c"]) for one in notes(merged(old, new))] == [
        [("deletion", "longue"), ("insertion", "brève")],
        [("deletion", "longue"), ("insertion", "brève")],
    ]


@pytest.mark.parametrize(("old", "new", "kind"), [((), ("Une note.",), "insertion"), (("Une note.",), (), "deletion")])
def test_note_that_came_or_went_is_marked_in_the_text_and_in_itself(old: tuple, new: tuple, kind: str) -> None:
    before, after = (
        div("one", "block", para("Une phrase.", *map(note, words), " Et une autre.")) for words in (old, new)
    )
    outcome = merged(before, after)
    (one,) = notes(outcome)
    assert marks(one["c"]) == [(kind, "Une note.")]
    assert any(one in span["c"][1] for span in elements(outcome.tree["blocks"]) if span["t"] == "Span")
    assert outcome.words == {"method": (2, 0) if new else (0, 2)}


def alarms(outcome: Merged, kinds: dict[str, str], rows: tuple[RowChange, ...] = (), told: tuple = ()) -> list[Alarm]:
    """Give the alarms of two drafts; `kinds` are those of the values, `told` the values that the text says."""
    version = Present("tiny", {})
    comparison = Comparison(version, version, "fr", {})
    values = {"values": {key: {"kind": kind} for key, kind in kinds.items()}}
    vars(comparison).update(merged=outcome, rows=rows, figures=[], _told=told, _contexts=(values, values))
    return comparison.alarms


def sentence(*words: str) -> dict:
    return div("one", "block", para("Le projet agit dans ", span(words[0], "value", key="own.count"), *words[1:]))


def test_number_in_old_words_is_shown_whole() -> None:
    outcome = merged(sentence("vingt-deux", " pays."), sentence("vingt-trois", " pays."))
    assert alarms(outcome, {"own.count": "number"}) == [Alarm("same_words", "one", "vingt-deux", "vingt-trois")]


def test_name_in_a_sentence_is_no_number() -> None:
    outcome = merged(sentence("Bénin", "."), sentence("Togo", "."))
    assert outcome.changes and alarms(outcome, {"own.count": "country"}) == []


def test_quick_fact_is_no_sentence() -> None:
    old, new = (
        facts({"donors": ("Donateur", [span(amount, "value", key="facts.donors[0].amount")])})
        for amount in ("3 600", "3 700")
    )
    outcome = merged(old, new)
    assert outcome.changes and alarms(outcome, {"facts.donors[0].amount": "money"}) == []


def test_cell_that_shows_nowhere_is_told_though_another_of_its_row_shows() -> None:
    file = "data/tiny/interviews.csv"
    cells = {"interviews": ("21", "25"), "people": ("22", "23"), "women": ("9", "10")}
    row = RowChange("interviews", file, "informants", CHANGED, (2, 2), cells)
    value = SimpleNamespace(causes=(Cause(CELL, file, 2, "informants", "people", "22", "23"),))
    outcome = merged(noted(), noted())
    assert alarms(outcome, {}, (row,), (value,)) == [Alarm("untold", f"{file}, informants (interviews, women)")]
