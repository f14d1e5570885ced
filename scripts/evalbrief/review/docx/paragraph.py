"""Write paragraphs with marks of what changed in them."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import lxml.etree as etree

from evalbrief.document.docx.package import W, element
from evalbrief.review.difference import DELETE, EQUAL
from evalbrief.review.docx.carried import Carrier
from evalbrief.review.docx.marks import Marks
from evalbrief.review.docx.numbering import CarriedLists
from evalbrief.review.docx.properties import NOT_ITS_LOOK, look_of
from evalbrief.review.docx.story import Container, Token, canonical

Element = Any
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DELETED_TEXT = {f"{W}t": f"{W}delText", f"{W}instrText": f"{W}delInstrText"}
PLACEHOLDER = f"{W}showingPlcHdr"


class Item(NamedTuple):
    """A token of a merged paragraph: what became of it, and of one that stays the token of the old draft."""

    kind: str
    token: Token
    before: Token | None = None


class ParagraphWriter:
    """Writes merged paragraphs of one part; `note_stays` and `note_goes` are told of references to notes."""

    def __init__(
        self,
        carrier: Carrier,
        lists: CarriedLists,
        marks: Marks,
        note_stays: Callable[[str, str], None],
        note_goes: Callable[[str], str],
        *,
        libreoffice: bool,
    ) -> None:
        self._carrier, self._lists, self._marks = carrier, lists, marks
        self._note_stays, self._note_goes = note_stays, note_goes
        self._libreoffice = libreoffice

    def write(self, items: Sequence[Item], end: Item, *, moved: bool = False) -> Element:
        """Write a paragraph of these items; it looks as its end says."""
        paragraph = element("p")
        properties = self._properties(end, moved)
        if len(properties):
            paragraph.append(properties)
        paragraph.extend(self._inside(items, 0, moved))
        paragraph.extend(self._bookmarks(end, 0))
        return paragraph

    def _properties(self, end: Item, moved: bool) -> Element:
        source = end.token.paragraph.find(f"{W}pPr")
        properties = element("pPr") if source is None else self._carrier.copy(source, old=end.token.old)
        own = properties.find(f"{W}rPr")
        if end.kind != EQUAL:
            own = etree.SubElement(properties, f"{W}rPr") if own is None else own
            own.insert(0, self._marks.changed(end.kind, moved=moved))
        changed = self._change_of_look(end.before, end.token) if end.before else None
        last = [properties.find(name) for name in NOT_ITS_LOOK[:2]]
        properties.extend([part for part in (*last, changed) if part is not None])
        return properties

    def _change_of_look(self, before: Token, after: Token) -> Element:
        if look_of(before.paragraph, self._lists.old) == look_of(after.paragraph, self._lists.new):
            return None
        source = before.paragraph.find(f"{W}pPr")
        old = element("pPr") if source is None else self._carrier.copy(source, old=True)
        for part in [part for part in old if part.tag in NOT_ITS_LOOK]:
            old.remove(part)
        return self._marks.mark("pPrChange", old)

    def _bookmarks(self, item: Item, depth: int) -> list[Element]:
        """Copy the bookmarks before an item: the new draft's, and those of the old one that would be lost."""
        marks = {
            token.old: [mark for level, mark in token.bookmarks if level == depth]
            for token in (item.before, item.token)
            if token
        }
        copied = [self._carrier.copy(mark, old=False) for mark in marks.get(False, [])]
        return copied + self._carrier.bookmarks(marks.get(True, []))

    def _inside(self, items: Sequence[Item], depth: int, moved: bool) -> list[Element]:
        """Write items that share their containers up to a depth."""
        written: list[Element] = []
        place = 0
        while place < len(items):
            written += self._bookmarks(items[place], depth)
            container = _container(items[place].token, depth)
            end = place + 1
            while end < len(items) and self._goes_with(items[end], container, depth):
                end += 1
            if container:
                written += self._contained(items[place:end], depth, moved)
            else:
                for _, run in groupby(items[place:end], key=_sort_of_run):
                    written += self._runs(list(run), moved)
            place = end
        return written

    def _goes_with(self, item: Item, container: Container | None, depth: int) -> bool:
        other = _container(item.token, depth)
        same = other.key == container.key if other and container else other is container
        return same and not self._bookmarks(item, depth)

    def _contained(self, items: Sequence[Item], depth: int, moved: bool) -> list[Element]:
        """Write a link or content control round its items: the new draft's, if any of them is in it."""
        chosen = next((item.token for item in items if not item.token.old), items[0].token)
        source = chosen.containers[depth].element
        shell = etree.Element(source.tag, source.attrib)
        inside = self._inside(items, depth + 1, moved)
        if source.tag == f"{W}sdt":
            changed = any(item.kind != EQUAL for item in items)
            if changed and self._libreoffice:
                return inside
            properties = self._carrier.copy(source.find(f"{W}sdtPr"), old=chosen.old)
            for placeholder in properties.findall(PLACEHOLDER) if changed else []:
                properties.remove(placeholder)
            content = element("sdtContent")
            content.extend(inside)
            shell.extend([properties, content])
        else:
            shell.extend(inside)
            shell = self._carrier.copy(shell, old=chosen.old) if chosen.old else shell
        return [shell]

    def _runs(self, items: Sequence[Item], moved: bool) -> list[Element]:
        kind, token, before = items[0]
        runs = [self._carrier.copy(run, old=token.old) for run in token.elements]
        if not runs:
            runs = [element("r")]
            runs[0].extend([self._carrier.copy(token.look, old=token.old)] if token.look is not None else [])
            text = etree.SubElement(runs[0], f"{W}t")
            text.text = "".join(item.token.text for item in items)
            text.set(SPACE, "preserve")
        if kind == EQUAL and before:
            self._mark_look(runs[0], before.look, token.look)
        for run in runs:
            self._tell_of_notes(run, items[0])
        if kind == EQUAL:
            return runs
        if kind == DELETE and not moved:
            for part in [part for run in runs for part in run.iter(*DELETED_TEXT)]:
                part.tag = DELETED_TEXT[part.tag]
        return [self._marks.changed(kind, *runs, moved=moved)]

    def _mark_look(self, run: Element, before: Element, after: Element) -> None:
        if canonical(before) == canonical(after) or run.tag != f"{W}r":
            return
        look = run.find(f"{W}rPr")
        if look is None:
            look = element("rPr")
            run.insert(0, look)
        old = element("rPr") if before is None else self._carrier.copy(before, old=True)
        look.append(self._marks.mark("rPrChange", old))

    def _tell_of_notes(self, run: Element, item: Item) -> None:
        for reference in run.iter(f"{W}footnoteReference"):
            number = reference.get(f"{W}id")
            if item.kind == DELETE and item.token.old:
                reference.set(f"{W}id", self._note_goes(number))
            elif item.kind == EQUAL and item.before:
                for old in item.before.elements[0].iter(f"{W}footnoteReference"):
                    self._note_stays(old.get(f"{W}id"), number)


def _container(token: Token, depth: int) -> Container | None:
    return token.containers[depth] if len(token.containers) > depth else None


def _sort_of_run(item: Item) -> tuple:
    """Tell items apart that cannot stand in one run; whatever is kept whole stands alone."""
    alone = id(item.token) if item.token.elements else 0
    look_before = canonical(item.before.look) if item.before else b""
    return item.kind, canonical(item.token.look), look_before, alone
