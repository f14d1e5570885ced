"""Finish the PDF: say of its tables what Typst cannot say yet."""

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name


class TableNote(NamedTuple):
    """What one table of the tree says about itself."""

    summary: str
    row_header: bool


def table_notes(block: Any) -> list[TableNote]:
    """List the notes of all tables in a tree, or in a part of one, in reading order."""
    return list(_notes(block, ""))


def describe_tables(pdf: bytes, notes: list[TableNote]) -> bytes:
    """Give each table its summary and turn the first cell of each row into a header where the tree says so.

    Raise ValueError when the PDF does not have exactly the tables of the tree.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tables = list(_elements(document.Root.StructTreeRoot, "/Table"))
        if len(tables) != len(notes):
            raise ValueError(f"The PDF has {len(tables)} tables, the tree {len(notes)}.")
        for table, note in zip(tables, notes, strict=True):
            if note.summary:
                _add_attribute(table, Summary=pikepdf.String(note.summary))
            if note.row_header:
                _mark_row_headers(table)
        finished = io.BytesIO()
        document.save(finished, deterministic_id=True)
    return finished.getvalue()


def _notes(part: Any, summary: str) -> Iterator[TableNote]:
    """Walk the tree; the summary stands on the division round the table."""
    if isinstance(part, list):
        for item in part:
            yield from _notes(item, summary)
    elif isinstance(part, dict):
        if part.get("t") == "Div":
            summary = dict(part["c"][0][2]).get("summary", "")
        if part.get("t") == "Table":
            yield TableNote(summary, any(body[1] > 0 for body in part["c"][4]))
        else:
            yield from _notes(list(part.values()), summary)


def _elements(parent: Any, kind: str) -> Iterator[Any]:
    """Walk the structure tree in reading order and give the elements of one kind."""
    children = parent.get("/K", [])
    for child in children if isinstance(children, Array) else [children]:
        if isinstance(child, Dictionary) and "/S" in child:
            if child.S == kind:
                yield child
            yield from _elements(child, kind)


def _mark_row_headers(table: Any) -> None:
    """Turn the first cell of each body row into a header of its row."""
    for body in _elements(table, "/TBody"):
        for row in _elements(body, "/TR"):
            cell = next(_elements(row, "/TD"))
            cell.S = Name.TH
            _add_attribute(cell, Scope=Name.Row)


def _add_attribute(element: Any, **attributes: Any) -> None:
    """Add attributes of the standard owner Table to a structure element."""
    present = element.get("/A", Array())
    owned = list(present) if isinstance(present, Array) else [present]
    added = Dictionary(O=Name.Table)
    for name, value in attributes.items():
        added[f"/{name}"] = value
    element.A = Array([*owned, added])
