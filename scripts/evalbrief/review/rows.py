"""Which rows and cells of the data differ between two drafts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evalbrief.data.schema import Table

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
NO_ROW: tuple[int, dict[str, str]] = (0, {})
# Columns of a row, with what stood and what stands in them.
Cells = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class RowChange:
    """A row that came, went, or has other cells; `lines` are its lines in the old and the new file, 0 for none."""

    table: str
    file: str
    row: str
    kind: str
    lines: tuple[int, int]
    cells: Cells = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Give the plain form that the list of changes holds."""
        cells = [{"column": column, "old": old, "new": new} for column, (old, new) in self.cells.items()]
        return {
            "table": self.table,
            "file": self.file,
            "row": self.row,
            "kind": self.kind,
            "old_line": self.lines[0],
            "new_line": self.lines[1],
            "cells": cells,
        }


def row_changes(
    old: Mapping[str, list[dict[str, str]]],
    new: Mapping[str, list[dict[str, str]]],
    old_origins: Mapping[str, dict],
    new_origins: Mapping[str, dict],
    schemas: Mapping[str, Table],
) -> list[RowChange]:
    """Compare the tables of two models, by name, row by row; a row is known by its key."""
    changes = []
    for name, schema in schemas.items():
        before = _by_key(old.get(name, []), schema, old_origins.get(name, {}))
        after = _by_key(new.get(name, []), schema, new_origins.get(name, {}))
        file = (new_origins.get(name) or old_origins.get(name) or {}).get("file", "")
        for key in [*before, *(key for key in after if key not in before)]:
            (old_line, was), (new_line, now) = before.get(key, NO_ROW), after.get(key, NO_ROW)
            columns = list(dict.fromkeys([*was, *now]))
            cells = {column: (was.get(column, ""), now.get(column, "")) for column in columns}
            cells = {column: pair for column, pair in cells.items() if pair[0] != pair[1]}
            kind = CHANGED if was and now else ADDED if now else REMOVED
            if cells or kind != CHANGED:
                changes.append(RowChange(name, file, key, kind, (old_line, new_line), cells))
    return changes


def _by_key(rows: list[dict[str, str]], schema: Table, origin: dict) -> dict[str, tuple[int, dict[str, str]]]:
    """Give each row with its line by its key; a second row of one key is told from the first by its order."""
    numbers = origin.get("rows") or [0] * len(rows)
    found: dict[str, tuple[int, dict[str, str]]] = {}
    for number, row in zip(numbers, rows, strict=True):
        key = "/".join(row[name] for name in schema.key if row.get(name))
        count = 1
        while (key if count == 1 else f"{key} ({count})") in found:
            count += 1
        found[key if count == 1 else f"{key} ({count})"] = (number, row)
    return found
