"""The difference of two texts: exactly the change, marked where a reader would mark it."""

from itertools import pairwise
from random import Random

import pytest
from evalbrief.review.difference import DELETE, EQUAL, INSERT, difference
from evalbrief.review.tokens import tokens

WORDS = tokens("projet appuie comités quatre pays suit progrès 2022 2026 budget le la de")


def marked(old: str, new: str) -> str:
    """Write the difference with [what went] and {what came}."""
    sides = tokens(old), tokens(new)
    written = ""
    for step in difference(*sides):
        words = "".join(sides[0][place] for place in step.old)
        if step.kind == EQUAL:
            written += words
        elif step.kind == DELETE:
            written += f"[{words}]"
        else:
            written += "{" + "".join(sides[1][place] for place in step.new) + "}"
    return written


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("le projet est utile", "le projet est utile", "le projet est utile"),
        ("le projet est utile", "le projet est inutile", "le projet est [utile]{inutile}"),
        ("2,4 millions", "2,45 millions", "[2,4]{2,45} millions"),
        ("EUR 2\u202f400\u202f000", "EUR 2\u202f450\u202f000", "EUR [2\u202f400\u202f000]{2\u202f450\u202f000}"),
        ("l’évaluation", "d’évaluation", "[l’]{d’}évaluation"),
        ("Un. Deux. Quatre.", "Un. Deux. Trois. Quatre.", "Un. Deux. {Trois. }Quatre."),
        ("A b c. A b d. E.", "A b c. E.", "A b c. [A b d. ]E."),
        ("a\u00a0: b", "a : b", "a[\u00a0]{ }: b"),
        ("", "nouveau", "{nouveau}"),
        ("ancien", "", "[ancien]"),
    ],
)
def test_marks(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


def test_spaces_and_common_words_between_changes_join_them() -> None:
    old = "suivre les comités et former les agents"
    assert marked(old, "observer un atelier et nommer les agents") == (
        "[suivre les comités et former]{observer un atelier et nommer} les agents"
    )


def test_last_token_stays() -> None:
    end = ("end",)
    steps = difference(["a", end], ["b", "a", end, "c", end], last_stays=True)
    assert steps[-1].kind == EQUAL
    assert (steps[-1].old.stop, steps[-1].new.stop) == (2, 5)


def test_all_of_both_texts_is_there_whatever_changed() -> None:
    random = Random(1)
    changed = 0
    for _ in range(300):
        old = [random.choice(WORDS) for _ in range(random.randrange(30))]
        new = list(old)
        for _ in range(random.randrange(6)):
            place = random.randrange(len(new) + 1)
            new[place : place + random.randrange(3)] = [random.choice(WORDS) for _ in range(random.randrange(3))]
        steps = difference(old, new)
        assert [old[place] for step in steps if step.kind != INSERT for place in step.old] == old
        assert [new[place] for step in steps if step.kind != DELETE for place in step.new] == new
        for step in steps:
            if step.kind == EQUAL:
                assert [old[place] for place in step.old] == [new[place] for place in step.new]
        kinds = [step.kind for step in steps]
        assert all(first != second for first, second in pairwise(kinds))
        changed += old != new
    assert changed > 100
