"""Read a part of a Word document with text in it as blocks of tokens.

A token is a word, a number, a space or a sign with the look of its run, or something that is marked whole: a picture, a
field, a reference to a note, the end of a paragraph. Bookmarks are no tokens: they stand before the token they precede.
"""

import hashlib
from collections.abc import Hashable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import lxml.etree as etree

from evalbrief.document.docx.package import DRAWING, WP, Parts, R, W, relations_of, target_part
from evalbrief.review.alignment import Block
from evalbrief.review.tokens import Held, tokens

PARAGRAPH, FIGURE, TABLE = "paragraph", "figure", "table"
BOOKMARKS = (f"{W}bookmarkStart", f"{W}bookmarkEnd")
# What Word leaves behind when it checks spelling.
TRACES = (f"{W}proofErr", f"{W}lastRenderedPageBreak")
END = ("end of paragraph",)
NOTE = ("note",)
Element = Any


@dataclass(frozen=True)
class Container:
    """A link or content control that holds runs; one with the same key stands at the same place in another draft."""

    key: Hashable
    element: Element


@dataclass
class Token:
    """One thing to mark: equal to another one when the keys are; `elements` are runs that are kept whole."""

    key: Any
    text: str = ""
    look: Element = None
    elements: list[Element] = field(default_factory=list)
    containers: tuple[Container, ...] = ()
    # Bookmarks that stand before it, and in how many containers.
    bookmarks: list[tuple[int, Element]] = field(default_factory=list)
    # The paragraph, of its end.
    paragraph: Element = None
    old: bool = False


@dataclass
class StoryBlock(Block):
    """A paragraph, a paragraph of pictures only, or a table, and the tokens of its paragraphs."""

    element: Element = None
    read: list[Token] = field(default_factory=list)


class Story:
    """A part of a package, and what it leads to."""

    def __init__(self, parts: Parts, name: str, *, old: bool) -> None:
        self.parts, self.name, self.old = parts, name, old
        self.root = etree.fromstring(parts[name])
        self.relations = {relation.get("Id"): relation for relation in relations_of(parts, name)}

    def target(self, relation: str) -> str:
        """Name what a relationship leads to: an outside address, or a digest of the part's content."""
        found = self.relations[relation]
        if found.get("TargetMode") == "External":
            return found.get("Target")
        return hashlib.sha256(self.parts[target_part(self.name, found)]).hexdigest()

    def blocks(self, parent: Element) -> list[StoryBlock]:
        """Read what stands in the body, a cell, a header or a note."""
        found: list[StoryBlock] = []
        before = ""  # the innermost bookmark that starts right before
        for child in parent:
            if child.tag == f"{W}bookmarkStart":
                before = child.get(f"{W}name")
            elif child.tag == f"{W}p":
                read = self.read(child)
                caption = found[-1].id if found else None
                kind = FIGURE if _is_figure(read) else PARAGRAPH
                own = before or next(iter(_names(child)), "") or (caption if kind == FIGURE else None)
                keys = [token.key for token in read[:-1]]
                splits = kind == PARAGRAPH
                found.append(StoryBlock(keys, kind, own or None, splits=splits, element=child, read=read))
                before = ""
            elif child.tag == f"{W}tbl":
                own = before or (found[-1].id if found else None)
                keys = tokens(" ".join(child.itertext(f"{W}t")))
                found.append(StoryBlock(keys, TABLE, own, element=child))
                before = ""
        return found

    def read(self, paragraph: Element) -> list[Token]:
        """Read a paragraph; its end is the last token."""
        found: list[Token] = []
        waiting: list[tuple[int, Element]] = []
        for token in self._tokens(list(paragraph), (), waiting):
            token.bookmarks, token.old = list(waiting), self.old
            waiting.clear()
            found.append(token)
        found.append(Token(END, paragraph=paragraph, bookmarks=waiting, old=self.old))
        return found

    def _tokens(self, children: list[Element], containers: tuple[Container, ...], waiting: list) -> Iterator[Token]:
        place = 0
        while place < len(children):
            child = children[place]
            place += 1
            if child.tag in BOOKMARKS:
                waiting.append((len(containers), child))
            elif child.tag == f"{W}r":
                end = _end_of_field(children, place - 1)
                if end:
                    runs = [run for run in children[place - 1 : end] if run.tag == f"{W}r"]
                    key = (*_keys(containers), "field", *map(canonical, runs))
                    yield Token(key, elements=runs, look=runs[0].find(f"{W}rPr"), containers=containers)
                    place = end
                else:
                    yield from self._run(child, containers)
            elif child.tag == f"{W}hyperlink":
                relation = child.get(f"{R}id")
                key = self.target(relation) if relation else f"#{child.get(f'{W}anchor')}"
                yield from self._tokens(list(child), (*containers, Container(key, child)), waiting)
            elif child.tag == f"{W}sdt":
                tag = child.find(f"{W}sdtPr/{W}tag")
                key = f"control {'' if tag is None else tag.get(f'{W}val')}"
                inner = (*containers, Container(key, child))
                yield from self._tokens(list(child.find(f"{W}sdtContent")), inner, waiting)
            elif child.tag != f"{W}pPr" and child.tag not in TRACES:
                yield Token((*_keys(containers), canonical(child)), elements=[child], containers=containers)

    def _run(self, run: Element, containers: tuple[Container, ...]) -> Iterator[Token]:
        look = run.find(f"{W}rPr")
        for child in run:
            if child.tag == f"{W}t":
                for word in tokens(child.text or ""):
                    key = Held(tuple(_keys(containers)), word) if containers else word
                    yield Token(key, word, look, containers=containers)
            elif child.tag != f"{W}rPr" and child.tag not in TRACES:
                alone = etree.Element(run.tag)
                alone.extend([deepcopy(part) for part in (look, child) if part is not None])
                key = (*_keys(containers), *self._key_of(child))
                yield Token(key, look=look, elements=[alone], containers=containers)

    def _key_of(self, child: Element) -> tuple[Hashable, ...]:
        if child.tag == f"{W}footnoteReference":
            return NOTE
        if child.tag == f"{W}drawing":
            pictures = [self.target(value) for part in child.iter() for value in _embedded(part)]
            words = [part.get("descr", "") for part in child.iter(f"{WP}docPr")]
            sizes = [part.get(side) for part in child.iter(f"{WP}extent") for side in ("cx", "cy")]
            return ("picture", *pictures, *words, *sizes)
        return (canonical(child),)


def canonical(element: Element) -> bytes:
    """Write an element so that equal ones give equal bytes; nothing for none."""
    if element is None or (element.tag == f"{W}rPr" and not len(element)):
        return b""  # no look of its own
    return etree.tostring(element, method="c14n", exclusive=True, with_tail=False)


def _keys(containers: tuple[Container, ...]) -> list[Hashable]:
    return [container.key for container in containers]


def _embedded(part: Element) -> list[str]:
    return [part.get(key) for key in (f"{R}embed", f"{R}link") if part.get(key)]


def _names(paragraph: Element) -> list[str]:
    return [mark.get(f"{W}name") for mark in paragraph.iter(f"{W}bookmarkStart")]


def _is_figure(read: list[Token]) -> bool:
    return len(read) > 1 and all(_is_picture(token) for token in read[:-1])


def _is_picture(token: Token) -> bool:
    return any(next(run.iter(f"{{{DRAWING}}}blip"), None) is not None for run in token.elements)


def _end_of_field(children: list[Element], start: int) -> int:
    """Return the place after the end of the field that starts here; 0 when none does, or it ends elsewhere."""
    depth = 0
    for place in range(start, len(children)):
        for mark in children[place].iter(f"{W}fldChar"):
            depth += {"begin": 1, "end": -1}.get(mark.get(f"{W}fldCharType"), 0)
        if depth == 0:
            return place + 1 if place > start else 0
        if children[place].tag not in (f"{W}r", *BOOKMARKS):
            return 0
    return 0
