"""A paragraph that was moved past a heading has moved, however long it is; the heading has not."""

from evalbrief.review.alignment import Block, pair
from evalbrief.review.incoming.in_place import keep_in_place
from evalbrief.review.tokens import tokens


def blocks(*texts: str) -> list[Block]:
    return [Block(tokens(text), "text") for text in texts]


LONG = "one two three four five six seven eight nine ten"
# A heading begins with a sign.
STAYS = [False, True, False]


def test_heading_stays_and_the_text_moves() -> None:
    before, after = blocks(LONG, "# A heading", "a short end"), blocks("# A heading", "a short end", LONG)
    assert pair(before, after).moves == {1: 0, 2: 1}
    kept = keep_in_place(pair(before, after), STAYS)
    assert kept.moves == {0: 2}
    assert kept.groups == [([0], []), ([1], [0]), ([2], [1]), ([], [2])]


def test_heading_that_passes_another_one_has_moved() -> None:
    before, after = blocks("# A heading", "# Another longer heading"), blocks("# Another longer heading", "# A heading")
    pairing = pair(before, after)
    assert keep_in_place(pairing, [True, True]) == pairing


def test_heading_that_passes_many_paragraphs_has_moved() -> None:
    texts = [f"{number} {LONG}" for number in range(4)]
    pairing = pair(blocks("# A heading", *texts), blocks(*texts, "# A heading"))
    assert pairing.moves == {0: 4}
    assert keep_in_place(pairing, [True, False, False, False, False]) == pairing


def test_short_paragraph_that_passes_a_long_one_has_moved() -> None:
    pairing = pair(blocks(LONG, "a short end"), blocks("a short end", LONG))
    assert pairing.moves == {1: 0}
    assert keep_in_place(pairing, [False, False]) == pairing


def test_nothing_moved_is_as_it_was() -> None:
    before, after = blocks(LONG, "# A heading", "a short end"), blocks(LONG, "# A heading", "a new end")
    assert keep_in_place(pair(before, after), STAYS) == pair(before, after)
