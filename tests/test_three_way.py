"""Two people's edits of one text: both go in, or are in conflict; nobody's words are lost."""

from random import Random

import pytest
from evalbrief.review.incoming.three_way import Conflict, edits, merge


def merge3(base: str, ours: str, theirs: str) -> tuple[str, list[Conflict]]:
    return merge(base, ours, edits(base, theirs))


BASE = "Le projet est utile. Il dure deux ans."


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        (BASE, BASE, BASE),
        (BASE, "Le projet est très utile. Il dure deux ans.", "Le projet est très utile. Il dure deux ans."),
        ("Ce projet est utile. Il dure deux ans.", BASE, "Ce projet est utile. Il dure deux ans."),
        (
            "Ce projet est utile. Il dure deux ans.",
            "Le projet est utile. Il dure trois ans.",
            "Ce projet est utile. Il dure trois ans.",
        ),
        (
            "Le projet est utile. Il dure trois ans.",
            "Le projet est utile. Il dure trois ans.",
            "Le projet est utile. Il dure trois ans.",
        ),
        ("Le projet est utile.", "Ce projet est utile. Il dure deux ans.", "Ce projet est utile."),
    ],
)
def test_edits_of_different_words_both_go_in(ours: str, theirs: str, merged: str) -> None:
    assert merge3(BASE, ours, theirs) == (merged, [])


def test_edits_of_the_same_words_are_a_conflict_and_ours_stay() -> None:
    ours, theirs = "Le projet est bon. Il dure deux ans.", "Le projet est vain. Il dure trois ans."
    assert merge3(BASE, ours, theirs) == (
        "Le projet est bon. Il dure trois ans.",
        [Conflict("utile", "bon", "vain")],
    )


def test_what_both_did_is_done_once() -> None:
    both = "Le projet est bon. Il dure trois ans."
    assert merge3(BASE, both, "Le projet est bon. Il dure deux ans.") == (both, [])


def test_deleting_what_the_other_edits_is_a_conflict() -> None:
    merged, conflicts = merge3(BASE, "Le projet est utile.", "Le projet est utile. Il dure trois ans.")
    assert merged == "Le projet est utile."
    assert len(conflicts) == 1


def test_words_of_both_are_there_whatever_they_edit() -> None:
    random = Random(2)
    base = [f"mot{number}" for number in range(40)]
    merged_edits = 0
    for _ in range(200):
        sides = []
        for name in ("ours", "theirs"):
            side = list(base)
            place = random.randrange(len(side))
            side[place] = f"{name}{place}"
            sides.append(" ".join(side))
        merged, conflicts = merge3(" ".join(base), *sides)
        changed = [word for word in merged.split() if not word.startswith("mot")]
        assert len(changed) + len(conflicts) == 2
        assert len(merged.split()) == len(base)
        merged_edits += not conflicts
    assert merged_edits > 100
