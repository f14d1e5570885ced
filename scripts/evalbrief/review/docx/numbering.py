"""The lists of two drafts: which are one, and how those of the old one are numbered in the new one's document."""

from copy import deepcopy
from typing import Any

import lxml.etree as etree

from evalbrief.document.docx.lists import NUMBERING
from evalbrief.document.docx.package import Parts, W, to_bytes

Element = Any
# What a paragraph's list looks like: its level, the kind of number and the text round it.
Signature = tuple[str, str, str]


class Lists:
    """The lists (`w:num`) of a document."""

    def __init__(self, parts: Parts) -> None:
        self.root: Element = etree.fromstring(parts[NUMBERING]) if NUMBERING in parts else None

    def signature(self, properties: Element) -> Signature | None:
        """Say how a paragraph with these `w:numPr` is numbered."""
        if properties is None:
            return None
        level = _value(properties.find(f"{W}ilvl")) or "0"
        definition = self.definition(_value(properties.find(f"{W}numId")))
        found = None if definition is None else definition.find(f"{W}lvl[@{W}ilvl='{level}']")
        if found is None:
            return level, "", ""
        return level, _value(found.find(f"{W}numFmt")), _value(found.find(f"{W}lvlText"))

    def use(self, number: str) -> Element:
        """Find a list by its number."""
        return None if self.root is None else self.root.find(f"{W}num[@{W}numId='{number}']")

    def definition(self, number: str) -> Element:
        """Find what a list looks like."""
        use = self.use(number)
        if use is None:
            return None
        abstract = _value(use.find(f"{W}abstractNumId"))
        return self.root.find(f"{W}abstractNum[@{W}abstractNumId='{abstract}']")


class CarriedLists:
    """The lists of the new draft, among which those of the old one find their place."""

    def __init__(self, old: Parts, new: Parts) -> None:
        self.old, self.new = Lists(old), Lists(new)
        self._numbers: dict[str, str] = {}

    def learn(self, old: Element, new: Element) -> None:
        """Take the lists of two paragraphs for one when they look alike."""
        before, after = old.find(f"{W}pPr/{W}numPr"), new.find(f"{W}pPr/{W}numPr")
        if self.old.signature(before) == self.new.signature(after) and before is not None:
            self._numbers.setdefault(_value(before.find(f"{W}numId")), _value(after.find(f"{W}numId")))

    def carry(self, number: str) -> str:
        """Return the number that a list of the old draft has in the new one, where it is added if need be."""
        if number not in self._numbers:
            use = self.old.use(number)
            self._numbers[number] = number if use is None or self.new.root is None else self._add(use, number)
        return self._numbers[number]

    def _add(self, use: Element, number: str) -> str:
        root = self.new.root
        definitions, uses = root.findall(f"{W}abstractNum"), root.findall(f"{W}num")
        abstract, own = _next(definitions, "abstractNumId"), _next(uses, "numId")
        definition = deepcopy(self.old.definition(number))
        definition.set(f"{W}abstractNumId", abstract)
        root.insert(len(definitions), definition)
        copy = deepcopy(use)
        copy.set(f"{W}numId", own)
        copy.find(f"{W}abstractNumId").set(f"{W}val", abstract)
        root.append(copy)
        return own

    def write(self, parts: Parts) -> None:
        """Put the numbering back in its part."""
        if self.new.root is not None:
            parts[NUMBERING] = to_bytes(self.new.root)


def _value(element: Element) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _next(elements: list[Element], name: str) -> str:
    return str(1 + max((int(element.get(f"{W}{name}")) for element in elements), default=0))
