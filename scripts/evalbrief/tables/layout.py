"""A table as the documents take it: headings, alignment, widths, and cells that are already written in the language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evalbrief.files import write_json
from evalbrief.tables.rows import Value, write_rows
from evalbrief.tables.wording import Wording

# Widths in characters: a line across the page, the space round a cell, the longest word that must stay whole.
LINE = 98
MARGIN = 3
WORD = 24
BOLD = "x"  # what bold headings need more
GAP = "not available"  # stands for the words of a gap, which are about as long in any language


@dataclass(frozen=True)
class Column:
    """A column: its key, its heading and how it is aligned (left, right or center).

    An optional column is left out when no row has anything in it.
    """

    key: str
    label: str
    align: str = "left"
    optional: bool = False


def heading(wording: Wording, key: str, align: str = "left", *, optional: bool = False) -> Column:
    """Make a column whose heading is the label of its key under `columns`."""
    return Column(key, wording.labels["columns"][key], align, optional)


def write_table(
    layout: str,
    data: str,
    *,
    columns: Sequence[Column],
    cells: Sequence[Mapping[str, str | None]],
    values: Sequence[Mapping[str, Value]],
    caption: str,
    source: str | None,
    summary: str,
    total: bool = False,
    sortable: bool = True,
) -> None:
    """Write the layout as JSON and the values as CSV; a cell that is None is a gap.

    `total` says that the last row sums up the others, `sortable` that their order says nothing. The layout keeps the
    plain number of each cell that shows one: what a page sorts by.
    """
    kept = [column for column in columns if not column.optional or any(row[column.key] for row in cells)]
    rows = [[row[column.key] for column in kept] for row in cells]
    widths = _widths([[column.label + BOLD for column in kept], *rows])
    heads = [
        {"key": column.key, "label": column.label, "align": column.align, "width": width}
        for column, width in zip(kept, widths, strict=True)
    ]
    numbers = [[_plain(row.get(column.key)) for column in kept] for row in values]
    content = {"caption": caption, "source": source, "summary": summary, "columns": heads, "rows": rows}
    write_json(layout, content | {"row_header": True, "numbers": numbers, "total": total, "sortable": sortable})
    write_rows(data, values)


def _plain(value: Value) -> str | None:
    """Write a number as any program reads it; None for what is no number."""
    return format(value, "f") if isinstance(value, int | Decimal) else None


def _widths(rows: Sequence[Sequence[str | None]]) -> list[float]:
    """Share out the width of a table, the headings being its first row: room for each word, then for the most text."""
    columns = [[GAP if cell is None else cell for cell in column] for column in zip(*rows, strict=True)]
    least = [MARGIN + min(max(len(word) for cell in cells for word in cell.split(" ")), WORD) for cells in columns]
    lacking = [
        sum(max(MARGIN + min(len(cell), LINE) - width, 0) for cell in cells)
        for cells, width in zip(columns, least, strict=True)
    ]
    left = max(LINE - sum(least), 0) / (sum(lacking) or 1)
    widths = [width + lack * left for width, lack in zip(least, lacking, strict=True)]
    return [round(width / sum(widths), 4) for width in widths]
