"""What a finished PDF must keep to and veraPDF does not see: each check gives the faults it finds, in words."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from evalbrief.document.fields import set_fields
from evalbrief.document.meta import read_meta
from evalbrief.tree import attributes, elements, stringify
from pdf_text import Document, bare, children
from pikepdf import Array, Dictionary, Name

HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")
# Points: what letters may stand out of their line.
TOLERANCE = 1.0
MARGIN = 20 * 72 / 25.4
# Points: larger than any mark that is meant to be read, smaller than the one across the page.
WATERMARK = 20


def faults(pdf: Path, tree: Path, families: list[str]) -> list[str]:
    """List what any check finds in the PDF of a tree, set in these families of fonts."""
    document, content = Document(pdf), json.loads(tree.read_text(encoding="utf-8"))
    return [
        *table_faults(document),
        *figure_faults(document),
        *bookmark_faults(document),
        *name_faults(document),
        *language_faults(document, content),
        *link_faults(document),
        *font_faults(document, families),
        *tag_faults(document),
        *order_faults(document, content),
        *attachment_faults(document),
        *margin_faults(document),
    ]


def table_faults(document: Document) -> Iterator[str]:
    """Every table has headers of its columns, every row of its body and foot a header of its own."""
    for number, table in enumerate(document.of_kind("/Table"), 1):
        parts = [part for part in children(table) if isinstance(part, Dictionary)]
        heads = [cell for part in parts if part.S == Name.THead for cell in _cells(part)]
        if not heads or any(cell.S != Name.TH or _scope(cell) != "/Column" for cell in heads):
            yield f"table {number}: a column has no header"
        rows = [row for part in parts if part.S in (Name.TBody, Name.TFoot) for row in children(part)]
        for place, row in enumerate(rows, 1):
            if not any(cell.S == Name.TH and _scope(cell) == "/Row" for cell in children(row)):
                yield f"table {number}: row {place} has no header"


def figure_faults(document: Document) -> Iterator[str]:
    """Every figure has an alternative text, and it is not its caption."""
    captions = {document.text(element) for element in document.of_kind("/Caption")}
    bare = captions | {re.sub(r"^.*?\d+\. ", "", caption) for caption in captions}
    for number, figure in enumerate(document.of_kind("/Figure"), 1):
        words = " ".join(str(figure.get("/Alt", "")).split())
        if not words:
            yield f"figure {number}: no alternative text"
        elif words in bare:
            yield f"figure {number}: the alternative text is a caption"


def bookmark_faults(document: Document) -> Iterator[str]:
    """The bookmarks are the headings, in their order and depth, and lead to pages of the document."""
    pages = {page.obj.objgen for page in document.pages}
    found = []
    with document.pdf.open_outline() as outline:
        for depth, item in _walk(outline.root, 1):
            found.append((depth, item.title))
            target = _destination(document, item.destination)
            if target is None or target[0].objgen not in pages:
                yield f"bookmark {item.title!r}: leads nowhere"
    headings = [(int(str(element.S)[2:]), str(element.T)) for element in document.of_kind(*HEADINGS)]
    if found != headings:
        yield f"the bookmarks {found} are not the headings {headings}"


def name_faults(document: Document) -> Iterator[str]:
    """The document says its title, shows it, and says its language and that it is tagged."""
    root, title = document.pdf.Root, str(document.pdf.docinfo.get("/Title", ""))
    with document.pdf.open_metadata() as metadata:
        if not title or metadata.get("dc:title") != title:
            yield "the title is missing, or not the same in both places"
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "the title is not shown"
    if not re.fullmatch("[a-z]{2,3}(-[A-Z]{2})?", str(root.get("/Lang", ""))):
        yield "the language is missing"
    if not root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        yield "the document is not marked as tagged"


def language_faults(document: Document, tree: dict[str, Any]) -> Iterator[str]:
    """Every word that the tree marks as of another language stands in an element that says so."""
    marked = [(str(element.Lang), bare(document.text(element))) for element in document.elements if "/Lang" in element]
    for span in (element for element in elements(tree["blocks"]) if element["t"] == "Span"):
        language, words = attributes(span).get("lang"), stringify(span)
        if language and not any(tag == language and bare(words) in text for tag, text in marked):
            yield f"{words!r}: not marked as {language}"


def link_faults(document: Document) -> Iterator[str]:
    """Every link says in words where it leads, and leads somewhere."""
    for number, page in enumerate(document.pages, 1):
        for note in page.obj.get("/Annots", []):
            if note.Subtype != Name.Link:
                continue
            if not str(note.get("/Contents", "")).strip():
                yield f"page {number}: a link without words"
            action = note.get("/A", Dictionary())
            if "/URI" not in action and not _destination(document, note.get("/Dest", action.get("/D"))):
                yield f"page {number}: a link that leads nowhere"


def font_faults(document: Document, families: list[str]) -> Iterator[str]:
    """Every font is embedded, and one of these families."""
    for font in (item for item in document.pdf.objects if isinstance(item, Dictionary)):
        if font.get("/Type") == Name.FontDescriptor:
            name = str(font.FontName)[1:].partition("+")[2]
            if not any(key in font for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield f"font {name}: not embedded"
            if not any(name.startswith(family.replace(" ", "")) for family in families):
                yield f"font {name}: not of the theme"


def tag_faults(document: Document) -> Iterator[str]:
    """Everything on the pages is tagged or an artifact, and every tag is in the structure tree."""
    known = {piece for element in document.of_kind("/Document") for piece in document.content(element)}
    for piece in document.pieces:
        if not piece.tagged:
            yield f"page {piece.page}: {piece.text or 'a drawing'!r} is neither tagged nor an artifact"
        elif piece.number is not None and piece not in known:
            yield f"page {piece.page}: {piece.text!r} is in no element"


def order_faults(document: Document, tree: dict[str, Any]) -> Iterator[str]:
    """The tags come in the order of the tree, and nothing of it is missing."""
    printed = texts(set_fields(tree["blocks"], read_meta(tree).words["colon"]))
    yield from (f"not where the tree has it: {words!r}" for words, pieces in document.find(printed) if not pieces)


def attachment_faults(document: Document) -> Iterator[str]:
    """Every attachment is data, says so, says what it is, and is found by its name and from the document."""
    linked = [item.objgen for item in document.pdf.Root.get("/AF", [])]
    for name, item in pikepdf.NameTree(document.pdf.Root.Names.EmbeddedFiles).items():
        if item.get("/AFRelationship") != Name.Data or item.objgen not in linked:
            yield f"attachment {name}: not the data of the document"
        if not str(item.get("/Desc", "")) or item.EF.F.get("/Subtype") != Name("/text/csv"):
            yield f"attachment {name}: not described"


def margin_faults(document: Document) -> Iterator[str]:
    """No text stands out of the page, and none but artifacts in the margins beside it."""
    for piece in document.pieces:
        width, height = (float(size) for size in document.pages[piece.page - 1].mediabox[2:])
        margin = 0 if piece.artifact else MARGIN
        inside = margin - TOLERANCE <= piece.left and piece.right <= width - margin + TOLERANCE
        if piece.text.strip() and not (inside and 0 <= piece.y <= height):
            yield f"page {piece.page}: {piece.text!r} stands out"


def draft_faults(document: Document, words: str) -> Iterator[str]:
    """The draft mark is real text on the first page, at the head of every other one, and in the title."""
    title = str(document.pdf.docinfo.get("/Title", ""))
    if words not in title:
        yield "the title does not say that it is a draft"
    for number in range(1, len(document.pages) + 1):
        pieces = [piece for piece in document.pieces if piece.page == number and piece.artifact == (number > 1)]
        if words not in (piece.text.strip() for piece in pieces if piece.size < WATERMARK):
            yield f"page {number}: no draft mark"


def texts(node: Any) -> Iterator[str]:
    """Give the words below a node, paragraph by paragraph, cell by cell, in the order a reader meets them."""
    if isinstance(node, list):
        for child in node:
            yield from texts(child)
    elif isinstance(node, dict):
        kind = node.get("t")
        if kind in ("Para", "Plain"):
            yield from _words(node["c"])
        elif kind == "Header":
            yield from _words(node["c"][2])
        elif kind == "DefinitionList":
            for term, definitions in node["c"]:
                yield from [*_words(term), *texts(definitions)]
        elif kind != "Image":
            yield from texts(node.get("c", list(node.values())))


def _words(inlines: list[dict[str, Any]]) -> Iterator[str]:
    """Give the words of inlines, a note where its mark stands."""
    part: list[dict[str, Any]] = []
    for inline in inlines:
        if inline["t"] == "Note":
            yield from [stringify(part), *texts(inline["c"])]
            part = []
        elif inline["t"] != "Image":
            part.append(inline)
    yield stringify(part)


def _cells(part: Any) -> list[Any]:
    return [cell for row in children(part) for cell in children(row)]


def _scope(cell: Any) -> str:
    attributes = cell.get("/A", [])
    found = [item.Scope for item in (attributes if isinstance(attributes, Array) else [attributes]) if "/Scope" in item]
    return str(found[0]) if found else ""


def _walk(items: Any, depth: int) -> Iterator[tuple[int, Any]]:
    for item in items:
        yield depth, item
        yield from _walk(item.children, depth + 1)


def _destination(document: Document, target: Any) -> Any:
    """Resolve a destination, by its name if it has one; None when there is no such place."""
    if isinstance(target, pikepdf.String | str | bytes):
        name = target if isinstance(target, str) else str(target)
        target = dict(pikepdf.NameTree(document.pdf.Root.Names.Dests)).get(name)
    if isinstance(target, Dictionary):
        target = target.get("/D")
    return target if isinstance(target, Array | list) and len(target) else None
