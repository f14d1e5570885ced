"""A table as the documents take it: headings, alignment, widths, and cells that are already written in the language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalbrief.tables.rows import Value, write_json, write_rows
from evalbrief.tables.wording import Wording


@dataclass(frozen=True)
class Column:
    """A column: its key, heading, alignment (left, right or center) and its width beside the others' widths.

    An optional column is left out when no row has anything in it.
    """

    key: str
    label: str
    align: str = "left"
    width: float = 1.0
    optional: bool = False


def heading(wording: Wording, key: str, align: str = "left", width: float = 1.0, *, optional: bool = False) -> Column:
    """Make a column whose heading is the label of its key under `columns`."""
    return Column(key, wording.labels["columns"][key], align, width, optional)


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
) -> None:
    """Write the layout as JSON and the values as CSV; a cell that is None is a gap."""
    kept = [column for column in columns if not column.optional or any(row[column.key] for row in cells)]
    whole = sum(column.width for column in kept)
    heads = [
        {"key": column.key, "label": column.label, "align": column.align, "width": round(column.width / whole, 4)}
        for column in kept
    ]
    rows = [[row[column.key] for column in kept] for row in cells]
    content = {"caption": caption, "source": source, "summary": summary, "columns": heads, "rows": rows}
    write_json(layout, content | {"row_header": True})
    write_rows(data, values)
