"""Read from a finished PDF what a typographer looks for: each function gives the faults it finds, in words."""

from collections.abc import Iterator
from typing import Any

from evalbrief.document.fields import set_fields
from evalbrief.document.meta import read_meta
from evalbrief.tree import classes, elements, identifier, stringify
from pdf_checks import HEADINGS, texts
from pdf_text import Document, bare

CARDS = {"recommendation", "lesson", "practice"}
# What stands at the foot of a page on its own account.
FOOT = ("/Note",)


def orphan_headings(document: Document) -> Iterator[str]:
    """A heading has text beside or below it on its page."""
    apart = {piece for element in document.of_kind(*HEADINGS, *FOOT) for piece in document.content(element)}
    for heading in document.of_kind(*HEADINGS):
        last = document.content(heading)[-1]
        others = (piece for piece in document.pieces if piece.page == last.page and piece.number is not None)
        if not any(piece.y <= last.y + last.size and piece.text.strip() and piece not in apart for piece in others):
            yield f"page {last.page} ends with {document.text(heading)!r}"


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
        if name in mentions and min(abs(page - mentions[name]) for page in pages) > 1:
            yield f"{name}, mentioned on page {mentions[name]}, stands on page {min(pages)}"


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
