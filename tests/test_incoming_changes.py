"""What belongs together is made together; what somebody else has made already is not made again."""

import pytest
from evalbrief.review.incoming.already import is_made
from evalbrief.review.incoming.changes import Change, settle
from evalbrief.review.incoming.proposals import APPLIES, CONFLICT, REFUSED, UNPLACED
from evalbrief.review.incoming.signs import Signs

SENTENCE = "Les femmes forment près de la moitié."
NOTE = Signs().note("")


def change(old: str, new: str, kind: str = APPLIES) -> Change:
    return Change("logic.md", "paragraph 1", (old, new), kind=kind)


def kinds(*changes: Change, rivals: tuple[Change, ...] = ()) -> list[str]:
    settle(changes, lambda one: "Since then it says: x" if one in rivals else "")
    return [one.kind for one in changes]


CUT = (f"Un début. {SENTENCE} Une fin.", "Un début. Une fin.")
PASTED = ("Autre texte ici.", f"Autre texte ici. {SENTENCE}")


def test_both_sides_of_a_move_are_made() -> None:
    assert kinds(change(*CUT), change(*PASTED)) == [APPLIES, APPLIES]


@pytest.mark.parametrize("pasted", [PASTED, ("", f"{SENTENCE} Et encore quatre mots de plus.")])
def test_neither_side_is_made_where_one_is_in_conflict(pasted: tuple[str, str]) -> None:
    cut, put = change(*CUT), change(*pasted)
    assert kinds(cut, put, rivals=(put,)) == [CONFLICT, CONFLICT]
    cut, put = change(*CUT), change(*pasted)
    assert kinds(cut, put, rivals=(cut,)) == [CONFLICT, CONFLICT]


def test_words_that_came_where_they_are_refused_do_not_go() -> None:
    assert kinds(change(*CUT), change(*PASTED, kind=REFUSED)) == [UNPLACED, REFUSED]


def test_call_of_a_note_moves_as_words_do() -> None:
    cut, put = change(f"Un.{NOTE} Deux.", "Un. Deux."), change("Trois.", f"Trois.{NOTE}")
    assert kinds(cut, put, rivals=(put,)) == [CONFLICT, CONFLICT]


def test_other_edits_are_made_for_themselves() -> None:
    other, put = change("Le plan va.", "Ce plan va."), change(*PASTED)
    assert kinds(other, put, rivals=(put,)) == [APPLIES, CONFLICT]


BASE = "Un premier.\n\nUn deuxième.\n\nUn troisième.\n"


@pytest.mark.parametrize(
    ("present", "changed", "made"),
    [
        ("Un premier.\n\nUn troisième.\n", "Un premier.\n\n\n\nUn troisième.\n", True),
        ("Un deuxième.\n\nUn premier.\n\nUn troisième.\n", "\n\nUn deuxième.\n\nUn premier.\n\nUn troisième.\n", True),
        ("Un premier.\n\nUn autre.\n\nUn troisième.\n", "Un premier.\n\nUn troisième.\n", False),
        (BASE, "Un premier.\n\nUn troisième.\n", False),
        ("Un premier.\n\nUn troisième.\n\nUn deuxième.\n", "Un premier.\n\nUn troisième.\n", False),
        (BASE, BASE, False),
    ],
)
def test_what_stands_there_already_is_made(present: str, changed: str, made: bool) -> None:
    assert is_made(BASE, present, changed) is made
