"""Bring what only the old draft has into the document of the new one: pictures, addresses, lists, targets of links."""

import posixpath
import re
from collections.abc import Iterable
from copy import deepcopy
from itertools import takewhile
from typing import Any

import lxml.etree as etree

from evalbrief.document.docx.package import (
    RELATIONSHIPS,
    R,
    W,
    content_type,
    declare,
    element,
    relations_part,
    target_part,
    to_bytes,
)
from evalbrief.review.docx.numbering import CarriedLists
from evalbrief.review.docx.story import BOOKMARKS, Story

Element = Any
RELATIONS = (f"{R}embed", f"{R}id", f"{R}link")
# The code of a field that prints what stands at a bookmark.
REFERENCE = re.compile(r"REF (\S+)")
# The parts that may lead to a bookmark.
STORY = re.compile(r"word/(document|footnotes|header\d*|footer\d*)\.xml")


class Carrier:
    """Copies elements of a part of the old draft so that they are valid in the same part of the new one."""

    def __init__(self, old: Story, new: Story, lists: CarriedLists) -> None:
        self._old, self._new, self._lists = old, new, lists
        self._relations: dict[str, str] = {}
        self._targets = _lost_targets(old, new)

    def copy(self, source: Element, *, old: bool) -> Element:
        """Copy an element; one of the old draft leaves its bookmarks behind, for the new draft has its own."""
        copied = deepcopy(source)
        copied.tail = None
        if not old:
            return copied
        for mark in [mark for mark in copied.iter(*BOOKMARKS) if mark is not copied]:
            mark.getparent().remove(mark)
        for part in copied.iter():
            for name in RELATIONS:
                if part.get(name) in self._old.relations:
                    part.set(name, self._carry(part.get(name)))
            if part.tag == f"{W}numId":
                part.set(f"{W}val", self._lists.carry(part.get(f"{W}val")))
        return copied

    def bookmarks(self, marks: Iterable[Element]) -> list[Element]:
        """Copy, of bookmarks of the old draft, those that it leads to and the new one has not."""
        copied = []
        for mark in marks:
            if number := self._targets.get(mark.get(f"{W}id")):
                copied.append(self.copy(mark, old=True))
                copied[-1].set(f"{W}id", number)
        return copied

    def targets_before(self, block: Element) -> tuple[list[Element], list[Element]]:
        """Give the starts of the bookmarks of the old draft that stand right before a block, and ends to put after it.

        The block is what is led to, however far the bookmark went.
        """
        marks = takewhile(lambda mark: mark.tag in BOOKMARKS, block.itersiblings(preceding=True))
        starts = self.bookmarks(mark for mark in marks if mark.tag == BOOKMARKS[0])
        return starts, [element("bookmarkEnd", id=start.get(f"{W}id")) for start in starts]

    def _carry(self, relation: str) -> str:
        """Return the relationship of the new part that leads where one of the old part leads."""
        if relation not in self._relations:
            target = self._old.target(relation)
            same = [name for name in self._new.relations if self._new.target(name) == target]
            self._relations[relation] = same[0] if same else self._add(relation)
        return self._relations[relation]

    def _add(self, relation: str) -> str:
        entry = deepcopy(self._old.relations[relation])
        own = f"before{len(self._relations) + 1}"
        entry.set("Id", own)
        if entry.get("TargetMode") != "External":
            source = target_part(self._old.name, entry)
            name = self._unused(source)
            self._new.parts[name] = self._old.parts[source]
            declare(
                self._new.parts,
                content_type(self._old.parts, source),
                extension=posixpath.splitext(name)[1].removeprefix("."),
            )
            entry.set("Target", posixpath.relpath(name, posixpath.dirname(self._new.name)))
        self._new.relations[own] = entry
        return own

    def _unused(self, source: str) -> str:
        folder, name = posixpath.split(source)
        return posixpath.join(folder, f"before-{name}")

    def write_relations(self) -> None:
        """Put the relationships of the new part back in their own part."""
        if self._new.relations:
            root = etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap={None: RELATIONSHIPS})
            root.extend(self._new.relations.values())
            self._new.parts[relations_part(self._new.name)] = to_bytes(root)


def _lost_targets(old: Story, new: Story) -> dict[str, str]:
    """Give the bookmarks that the old draft leads to and the new one lacks: a free number by their own."""
    there = {mark.get(f"{W}name") for mark in new.root.iter(BOOKMARKS[0])}
    led_to: set[str | None] = set()
    for name in (name for name in old.parts if STORY.fullmatch(name)):
        root = etree.fromstring(old.parts[name])
        led_to |= {link.get(f"{W}anchor") for link in root.iter(f"{W}hyperlink")}
        led_to |= {target for code in root.iter(f"{W}instrText") for target in REFERENCE.findall(code.text or "")}
    lost = [mark.get(f"{W}id") for mark in old.root.iter(BOOKMARKS[0]) if mark.get(f"{W}name") in led_to - there]
    first = 1 + max((int(mark.get(f"{W}id")) for mark in new.root.iter(BOOKMARKS[0])), default=0)
    return {number: str(first + place) for place, number in enumerate(lost)}
