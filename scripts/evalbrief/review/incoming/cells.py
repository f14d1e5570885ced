"""Cells of tables: the one that went and the one that came in its place are one edit."""

from collections import Counter
from collections.abc import Sequence

from evalbrief.review.alignment import Pairing
from evalbrief.review.incoming.returned import Paragraph

# The number of a table in the document, with row and column.
Spot = tuple[int, int, int]


def join_cells(pairing: Pairing, before: Sequence[Paragraph], after: Sequence[Paragraph]) -> Pairing:
    """Pair a cell that went with what came in its column of the row that the other cells of its row stand in now.

    Pairing by words finds no cell of a single number again when that is another one.
    """
    olds, news = _spots(before), _spots(after)
    rows = _same_rows(pairing, olds, news)
    moved = set(pairing.moves.values())
    came = {news[new[0]]: new[0] for old, new in pairing.groups if not old and new[0] not in moved and new[0] in news}
    pairs: dict[int, int] = {}
    for old, new in pairing.groups:
        if not new and old[0] in olds and old[0] not in pairing.moves:
            *row, column = olds[old[0]]
            here = rows.get(tuple(row))
            if here and (*here, column) in came:
                pairs[old[0]] = came.pop((*here, column))
    joined = set(pairs.values())
    groups = [([old[0]], [pairs[old[0]]]) if old and old[0] in pairs else (old, new) for old, new in pairing.groups]
    return Pairing([group for group in groups if group[0] or group[1][0] not in joined], pairing.moves)


def _spots(paragraphs: Sequence[Paragraph]) -> dict[int, Spot]:
    """Say of each cell where it stands; a table begins behind a paragraph, or with its first row."""
    found: dict[int, Spot] = {}
    table, last = 0, -1
    for place, paragraph in enumerate(paragraphs):
        row, column = paragraph.cell or (-1, -1)
        if row < last or last < 0:
            table += 1
        last = row
        if paragraph.cell:
            found[place] = (table, row, column)
    return found


def _same_rows(
    pairing: Pairing, olds: dict[int, Spot], news: dict[int, Spot]
) -> dict[tuple[int, ...], tuple[int, int]]:
    """Say of each row of a table which one it is now: the one that most of its cells stand in."""
    votes: dict[tuple[int, ...], Counter[tuple[int, int]]] = {}
    for old, new in pairing.groups:
        if old and new and old[0] in olds and new[0] in news:
            votes.setdefault(olds[old[0]][:2], Counter())[news[new[0]][:2]] += 1
    return {row: counts.most_common(1)[0][0] for row, counts in votes.items()}
