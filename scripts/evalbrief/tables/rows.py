"""Rows of the model: group them, and write what was made of them."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

# How a text begins that spreadsheets compute; a number with its sign is none.
FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.,]+$)\S")
Row = dict[str, str]
Value = str | int | Decimal | None


def write_rows(path: str, rows: Sequence[Mapping[str, Value]]) -> None:
    """Write rows of equal keys as CSV; None is written as an empty cell, and no text as what a spreadsheet computes."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else [], lineterminator="\n")
        writer.writeheader()
        writer.writerows([{name: _quiet(value) for name, value in row.items()} for row in rows])


def _quiet(value: Value) -> Value:
    """Put an apostrophe before a text that a spreadsheet would take for a formula, as it asks for itself."""
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


def number_in(cell: str) -> Decimal | None:
    """Read a canonical number exactly as it was written; an empty cell is None."""
    return Decimal(cell) if cell else None


def groups_of(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Collect rows by the value of a column, in the order of first appearance."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups
