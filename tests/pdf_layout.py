"""Read from a finished PDF what a typographer looks for: each function gives the faults it finds, in words."""

from collections.abc import Iterator
from typing import Any

from evalbrief.document.fields import set_fields
from evalbrief.document.meta import read_meta
from evalbrief.tree import classes, elements, identifier, stringify
from pdf_checks import HEADINGS, texts
from pdf_text import Document, Piece, bare, children
from pdf_text import elements as elements_of
from pikepdf import Name

CARDS = {"recommendation", "lesson", "practice"}
# Points: the margin below the text, and where a page ends too early. A paragraph that stays whole may not fit.
MARGIN_BOTTOM = 18 * 72 / 25.4
SHORT = MARGIN_BOTTOM + 95
# What stands at the foot of a page on its own account.
FOOT = ("/Note",)
# Lines of a paragraph that a page should not end within.
FEW_LINES = 7


def orphan_headings(document: Document) -> Iterator[str]:
    """A heading has text beside or below it on its page."""
    apart = {piece for element in document.of_kind(*HEADINGS, *FOOT) for piece in document.content(element)}
    for heading in document.of_kind(*HEADINGS):
        first = document.content(heading)[0]
        others = (piece for piece in document.pieces if piece.page == first.page and piece.number is not None)
        if not any(piece.y <= first.y + first.size and piece.text.strip() and piece not in apart for piece in others):
            yield f"page {first.page} ends with {document.text(heading)!r}"


def split_cards(document: Document, tree: dict[str, Any]) -> Iterator[str]:
    """A card stands on one page."""
    for block, pages in _pages(document, tree):
        if CARDS.intersection(classes(block)) and len(pages) > 1:
            yield f"{identifier(block)} stands on the pages {sorted(pages)}"


def distant_figures(document: Document, tree: dict[str, Any]) -> Iterator[str]:
    """A figure or a table stands on the page that first mentions it, or next to it."""
    mentions = _mentions(document, tree)
    for block, pages in _pages(document, tree):
        name = identifier(block)
        shows = block["t"] == "Figure" or "table" in classes(block)
        if shows and name in mentions and min(abs(page - mentions[name]) for page in pages) > 1:
            yield f"{name}, mentioned on page {mentions[name]}, stands on page {min(pages)}"


def early_figures(document: Document) -> Iterator[str]:
    """A figure or a table does not stand above the bar of its own section."""
    (root,) = document.of_kind("/Document")
    bar = None
    for part in children(root):
        if not (pieces := document.content(part)):
            continue
        if part.S == Name.H1:
            bar = pieces[0]
        elif bar and part.S in (Name.Div, Name.Table) and pieces[0].page == bar.page and pieces[0].y > bar.y:
            yield f"page {bar.page}: {pieces[0].text!r} stands above {bar.text!r}"


def distant_notes(document: Document) -> Iterator[str]:
    """A note stands on the page where it is called; in reading order it follows its call."""
    (root,) = document.of_kind("/Document")
    pieces = document.content(root)
    for note in document.of_kind("/Note"):
        first = document.content(note)[0]
        call = pieces[pieces.index(first) - 1]
        if call.page != first.page:
            yield f"page {call.page} calls the note {document.text(note)!r}, which stands on page {first.page}"


def cut_paragraphs(document: Document) -> Iterator[str]:
    """A paragraph of a few lines stands on one page, so that no figure at the top of the next one cuts it."""
    for paragraph in document.of_kind("/P"):
        notes = {piece for note in elements_of(paragraph) if note.S in FOOT for piece in document.content(note)}
        lines = {(piece.page, round(piece.y)) for piece in document.content(paragraph) if piece not in notes}
        if len({page for page, _ in lines}) > 1 and len(lines) <= FEW_LINES:
            yield f"page {min(lines)[0]} cuts {document.text(paragraph)[:40]!r}"


def short_pages(document: Document) -> Iterator[str]:
    """A page is filled, unless the text goes on with what may not break or must begin a page: a card or a bar."""
    starts = {piece for heading in document.of_kind("/H1", "/H3") for piece in document.content(heading)[:1]}
    lines = [piece for piece in document.pieces if piece.number is not None and piece.text.strip()]
    flow = [piece for piece in _flow(document) if piece.text.strip()]
    for number in range(1, len(document.pages)):
        end = min(piece.y for piece in lines if piece.page == number)
        after = max((place for place, piece in enumerate(flow) if piece.page == number), default=-1) + 1
        if end > SHORT and not (after < len(flow) and flow[after] in starts):
            yield f"page {number} ends {end - MARGIN_BOTTOM:.0f} points too early"


def _flow(document: Document) -> list[Piece]:
    """Give the text in reading order without figures, tables and notes, which have places of their own."""
    (root,) = document.of_kind("/Document")
    notes = {piece for note in document.of_kind(*FOOT) for piece in document.content(note)}
    parts = (part for part in children(root) if part.S not in (Name.Div, Name.Table))
    return [piece for part in parts for piece in document.content(part) if piece not in notes]


def _pages(document: Document, tree: dict[str, Any]) -> Iterator[tuple[dict[str, Any], set[int]]]:
    """Give the pages of every block of the tree that can have a name."""
    blocks = set_fields(tree["blocks"], read_meta(tree).words["colon"])
    owned = [(place, words) for place, block in enumerate(blocks) for words in texts(block) if bare(words)]
    pages: dict[int, set[int]] = {}
    for (place, _), (_, pieces) in zip(owned, document.find(words for _, words in owned), strict=True):
        pages.setdefault(place, set()).update(piece.page for piece in pieces)
    yield from ((blocks[place], pages[place]) for place in pages if blocks[place]["t"] in ("Div", "Figure"))


def _mentions(document: Document, tree: dict[str, Any]) -> dict[str, int]:
    """Give the page of the first link to each name."""
    printed: dict[str, int] = {}
    for link in document.of_kind("/Link"):
        for piece in document.content(link):
            printed.setdefault(bare(document.text(link)), piece.page)
    found: dict[str, int] = {}
    for link in (element for element in elements(tree["blocks"]) if element["t"] == "Link"):
        words, target = stringify(link["c"][1]), link["c"][2][0]
        if target.startswith("#") and bare(words) in printed:
            found.setdefault(target[1:], printed[bare(words)])
    return found
