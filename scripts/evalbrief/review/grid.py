"""Pair the rows and columns of two tables, whatever they are written in."""

from collections.abc import Sequence

from evalbrief.review.alignment import Block, Pairing, pair
from evalbrief.review.tokens import is_number, tokens

# Rows have few words: with so large a share in common two are taken for one.
ALIKE_ROWS = 0.3
Columns = list[tuple[list[int], list[int]]]


def pair_columns(old: Sequence[str], new: Sequence[str]) -> Columns:
    """Pair columns by their headings."""
    if old == new:
        return [([place], [place]) for place in range(len(old))]
    before, after = ([Block(tokens(heading), "column", heading) for heading in side] for side in (old, new))
    return pair(before, after).groups


def pair_rows(old: Sequence[Block], new: Sequence[Block]) -> Pairing:
    """Pair rows, each a block of `row_block`."""
    return pair(old, new, ALIKE_ROWS)


def row_block(cells: Sequence[str], kind: str = "row") -> Block:
    """Know a row by the words of its cells, and by its name."""
    return Block(tokens(" ".join(cells)), kind, row_name(cells) or None)


def row_name(cells: Sequence[str]) -> str:
    """Name a row by its first cell that is no mere number."""
    words = (cell.strip() for cell in cells)
    return next((text for text in words if text and not all(map(is_number, tokens(text)))), "")
