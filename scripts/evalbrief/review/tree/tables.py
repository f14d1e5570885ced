"""Merge two tables of a tree: rows, columns, cells."""

from copy import deepcopy

from evalbrief.review.difference import DELETE, EQUAL, INSERT
from evalbrief.review.grid import Columns, pair_columns, pair_rows, row_block, row_name
from evalbrief.review.tree.changes import COME, GONE, Change, say
from evalbrief.review.tree.compared import compared
from evalbrief.review.tree.inlines import marked_whole, read_inlines, write_inlines
from evalbrief.tree import Element, elements, stringify


def merge_tables(old: list, new: list, change: Change) -> None:
    """Mark in the new table (the content of pandoc's element) what changed, and note it in the change."""
    old_head, new_head = old[3][1], new[3][1]
    columns = pair_columns(_headings(old_head), _headings(new_head))
    for place in (3, 4, 5):
        for old_rows, new_rows in zip(_row_lists(old, place), _row_lists(new, place), strict=False):
            new_rows[:] = _merged_rows(old_rows, new_rows, columns, change)
    if any(not olds or not news for olds, news in columns):
        new[2] = [new[2][news[0]] if news else old[2][olds[0]] for olds, news in columns]
        change.rows.append({"columns": [_heading(old_head, new_head, olds, news) for olds, news in columns]})


def _merged_rows(old: list, new: list, columns: Columns, change: Change) -> list:
    pairing = pair_rows([row_block(_cell_words(row)) for row in old], [row_block(_cell_words(row)) for row in new])
    rows = []
    for olds, news in pairing.groups:
        if olds and news:
            rows.append(_merged_row(old[olds[0]], new[news[0]], columns, change))
            continue
        kind, row = (INSERT, new[news[0]]) if news else (DELETE, deepcopy(old[olds[0]]))
        words = " ".join(_cell_words(row))
        change.rows.append({"row": row_name(_cell_words(row)), "kind": COME if news else GONE})
        say(change, kind, words)
        cells = [mark_cell(cell, kind, change.number) for cell in row[1]]
        rows.append([row[0], _in_columns(cells, columns, new_row=bool(news))])
    return rows


def _merged_row(old: list, new: list, columns: Columns, change: Change) -> list:
    cells = []
    for olds, news in columns:
        if olds and news:
            before, after = old[1][olds[0]], new[1][news[0]]
            cells.append(_merged_cell(before, after, row_name(_cell_words(new)), change))
        else:
            kind, cell = (INSERT, new[1][news[0]]) if news else (DELETE, deepcopy(old[1][olds[0]]))
            say(change, kind, stringify(cell[4]))
            cells.append(mark_cell(cell, kind, change.number))
    return [new[0], cells]


def _merged_cell(old: list, new: list, row: str, change: Change) -> list:
    before, after = texts_of(old[4]), texts_of(new[4])
    if [stringify(text) for text in before] != [stringify(text) for text in after]:
        change.rows.append(
            {"row": row, "kind": "cell", "old": stringify(old[4]).strip(), "new": stringify(new[4]).strip()}
        )
        say(change, DELETE, stringify(old[4]))
        say(change, INSERT, stringify(new[4]))
    if len(before) != len(after):
        gone = texts_of(deepcopy(old)[4])
        kept = [token for text in gone for token in read_inlines(text)]
        mark_cell(new, INSERT, change.number)
        new[4].insert(0, {"t": "Plain", "c": marked_whole(kept, DELETE, change.number)})
        return new
    for text, other in zip(after, before, strict=True):
        items = compared(read_inlines(other), read_inlines(text))
        if any(item.kind != EQUAL for item in items):
            text[:] = write_inlines(
                [item if item.kind == EQUAL else item._replace(change=change.number) for item in items]
            )
    return new


def _row_lists(table: list, place: int) -> list[list]:
    """Give the lists of rows in the head, the bodies or the foot of a table."""
    if place == 4:
        return [body[3] for body in table[4]]
    return [table[place][1]]


def cells_of(table: Element) -> list[list]:
    """Give all cells of a table."""
    return [cell for place in (3, 4, 5) for rows in _row_lists(table["c"], place) for row in rows for cell in row[1]]


def texts_of(blocks: list[Element]) -> list[list]:
    """Give the lists of inlines in blocks, as they are in the tree."""
    return [element["c"] for element in elements(blocks) if element["t"] in ("Para", "Plain")]


def _headings(rows: list) -> list[str]:
    return _cell_words(rows[0]) if rows else []


def _cell_words(row: list) -> list[str]:
    return [stringify(cell[4]) for cell in row[1]]


def _heading(old: list, new: list, olds: list[int], news: list[int]) -> dict[str, str]:
    row, place, kind = (new, news[0], COME) if news else (old, olds[0], GONE)
    return {"column": stringify(row[0][1][place][4]), "kind": EQUAL if olds and news else kind}


def mark_cell(cell: list, kind: str, change: int) -> list:
    """Mark all of a cell as gone or come, and return it."""
    for inlines in texts_of(cell[4]):
        inlines[:] = marked_whole(read_inlines(inlines), kind, change)
    return cell


def _in_columns(cells: list, columns: Columns, *, new_row: bool) -> list:
    """Set the cells of a row that is in one draft only in the columns of both."""
    empty = [["", [], []], {"t": "AlignDefault"}, 1, 1, []]
    places = [(news if new_row else olds) for olds, news in columns]
    return [cells[place[0]] if place else deepcopy(empty) for place in places]
