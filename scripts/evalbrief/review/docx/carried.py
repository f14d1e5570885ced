"""Bring what only the old draft has into the document of the new one: pictures, addresses, lists, notes."""

import posixpath
from copy import deepcopy
from typing import Any

import lxml.etree as etree

from evalbrief.document.docx.package import (
    RELATIONSHIPS,
    R,
    W,
    content_type,
    declare,
    relations_part,
    target_part,
    to_bytes,
)
from evalbrief.review.docx.numbering import CarriedLists
from evalbrief.review.docx.story import BOOKMARKS, Story

Element = Any
RELATIONS = (f"{R}embed", f"{R}id", f"{R}link")


class Carrier:
    """Copies elements of a part of the old draft so that they are valid in the same part of the new one."""

    def __init__(self, old: Story, new: Story, lists: CarriedLists) -> None:
        self._old, self._new, self._lists = old, new, lists
        self._relations: dict[str, str] = {}

    def copy(self, element: Element, *, old: bool) -> Element:
        """Copy an element; one of the old draft leaves its bookmarks behind, for the new draft has its own."""
        copied = deepcopy(element)
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
