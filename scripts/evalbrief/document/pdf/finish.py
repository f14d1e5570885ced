"""Finish the PDF: say of its tables and of its languages what Typst cannot say yet."""

import io
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

# The language of marked content, by its page and its number there.
Languages = dict[tuple[tuple[int, int], int], str]


class TableNote(NamedTuple):
    """What one table of the tree says about itself."""

    summary: str
    row_header: bool


def table_notes(block: Any) -> list[TableNote]:
    """List the notes of all tables in a tree, or in a part of one, in reading order."""
    return list(_notes(block, ""))


def finish_pdf(pdf: bytes, notes: list[TableNote]) -> bytes:
    """Describe the tables, give words of other languages an element that says which; the same bytes every time."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _describe_tables(document, notes)
        _mark_languages(document)
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


def _elements(parent: Any, *kinds: str) -> Iterator[Any]:
    """Walk the structure tree in reading order and give the elements of these kinds, or all."""
    for child in _children(parent):
        if isinstance(child, Dictionary) and "/S" in child:
            if not kinds or child.S in kinds:
                yield child
            yield from _elements(child, *kinds)


def _children(element: Any) -> list[Any]:
    children = element.get("/K", [])
    return list(children) if isinstance(children, Array) else [children]


# Tables -------------------------------------------------------------------------------------------------------------


def _describe_tables(document: pikepdf.Pdf, notes: list[TableNote]) -> None:
    """Give each table its summary and turn the first cell of each row into a header where the tree says so.

    Raise ValueError when the PDF does not have exactly the tables of the tree.
    """
    tables = list(_elements(document.Root.StructTreeRoot, "/Table"))
    if len(tables) != len(notes):
        raise ValueError(f"The PDF has {len(tables)} tables, the tree {len(notes)}.")
    for table, note in zip(tables, notes, strict=True):
        if note.summary:
            _add_attribute(table, Summary=pikepdf.String(note.summary))
        if note.row_header:
            _mark_row_headers(table)


def _mark_row_headers(table: Any) -> None:
    """Turn the first cell of each row of the body and of the foot into a header of its row."""
    for part in _elements(table, "/TBody", "/TFoot"):
        for row in _elements(part, "/TR"):
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


# Languages ----------------------------------------------------------------------------------------------------------


def _mark_languages(document: pikepdf.Pdf) -> None:
    """Wrap each run of text that is not in the document's language in a Span that says its own.

    Typst notes the language with the text on the page only, where few readers look.
    """
    languages = _foreign_content(document)
    for element in list(_elements(document.Root.StructTreeRoot)):
        runs = _runs(element, languages)
        if any(language for language, _ in runs):
            wrapped = ([_span(document, element, run, language)] if language else run for language, run in runs)
            element.K = Array([child for run in wrapped for child in run])


def _runs(element: Any, languages: Languages) -> list[tuple[str | None, list[Any]]]:
    """Divide the children of an element into runs of the same language; None is the document's own."""
    runs = groupby(_children(element), lambda child: _language(element, child, languages))
    return [(language, list(run)) for language, run in runs]


def _foreign_content(document: pikepdf.Pdf) -> Languages:
    """Find the marked content in other languages: by page and number, its language."""
    own = str(document.Root.Lang)
    found = {}
    for page in document.pages:
        for instruction in pikepdf.parse_content_stream(page, "BDC"):
            properties = instruction.operands[1]
            if isinstance(properties, Dictionary) and "/Lang" in properties and "/MCID" in properties:
                language = str(properties.Lang)
                if not f"{own}-".startswith(f"{language}-"):
                    found[page.obj.objgen, int(properties.MCID)] = language
    return found


def _language(element: Any, child: Any, languages: Languages) -> str | None:
    """Give the language of a child that is marked content of another language."""
    content = _content(element, child)
    return languages.get((content[0].objgen, content[1])) if content else None


def _content(element: Any, child: Any) -> tuple[Any, int] | None:
    """Read a child that is marked content as its page and number."""
    if isinstance(child, int):
        return element.Pg, child
    if isinstance(child, Dictionary) and "/MCID" in child:
        return child.get("/Pg") or element.Pg, int(child.MCID)
    return None


def _span(document: pikepdf.Pdf, parent: Any, children: list[Any], language: str) -> Any:
    """Make the Span of some children, and let the way back from the page lead to it."""
    span = document.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Span, P=parent, Lang=pikepdf.String(language), K=Array(children))
    )
    if "/Pg" in parent:
        span.Pg = parent.Pg
    parents = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)
    for child in children:
        if content := _content(parent, child):
            parents[int(content[0].StructParents)][content[1]] = span
    return span
