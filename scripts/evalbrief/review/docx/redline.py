"""Two drafts as Word documents -> one with tracked changes: accepting all gives the new draft, rejecting all the old.

Each redline is put to that proof before it is handed out.
"""

from copy import deepcopy
from typing import Any

import lxml.etree as etree

from evalbrief.document.docx.package import DOCUMENT, WP, Parts, W, to_bytes
from evalbrief.review.difference import DELETE
from evalbrief.review.docx.carried import Carrier
from evalbrief.review.docx.marks import Marks
from evalbrief.review.docx.merge import Merger
from evalbrief.review.docx.moves import mark_moved_stretches
from evalbrief.review.docx.numbering import CarriedLists, Lists
from evalbrief.review.docx.paragraph import ParagraphWriter
from evalbrief.review.docx.reading import Reader, Reading
from evalbrief.review.docx.revisions import accept, reject
from evalbrief.review.docx.story import Story

Element = Any
NOTES = "word/footnotes.xml"
RUNNING = ("word/header", "word/footer")


class WrongRedline(Exception):
    """Accepting all changes would not give the new draft, or rejecting all not the old one."""


def redline(old: Parts, new: Parts, marks: Marks, *, libreoffice: bool = False) -> Parts:
    """Return the parts of the redline; raise WrongRedline when it does not stand the proof.

    A header that only one of them has, as for a logo, is not compared.

    `libreoffice` is for readers who work in LibreOffice (7.4). It reads no marks of single cells and none in a content
    control, joins a paragraph with the next one when a sentence moves away from its end, and takes notes in the order
    of their numbers, whatever the calls name. So a table whose columns changed is replaced, a control whose value
    changed is left out, a sentence that moved goes and comes, and notes are numbered in the order of their calls.
    """
    merged = _merged(old, new, marks, libreoffice=libreoffice)
    shared = [name for name in _running(new) if name in old]
    for resolve, wanted, name in ((accept, new, "accepted"), (reject, old, "rejected")):
        found, right = _resolved(merged, resolve), wanted
        if libreoffice:
            found, right = _without_controls(found), _without_controls(right)
        if read_document(found, shared) != read_document(right, shared):
            raise WrongRedline(f"The redline is wrong: {name}, it is another draft.")
    return merged


def read_document(parts: Parts, running: list[str]) -> dict[str, Reading]:
    """Read the text of a document, its notes and some of its headers and footers, for comparison."""
    lists = Lists(parts)
    notes = {}
    if NOTES in parts:
        story = Story(parts, NOTES, old=False)
        notes = {note.get(f"{W}id"): Reader(story, lists).read(note) for note in story.root}
    found = {}
    for name in [DOCUMENT, *running]:
        story = Story(parts, name, old=False)
        found[name] = Reader(story, lists, notes).read(_place_of_text(story.root))
    return found


def _resolved(parts: Parts, resolve: Any) -> Parts:
    resolved = dict(parts)
    for name in [DOCUMENT, NOTES, *_running(parts)]:
        if name in parts:
            root = etree.fromstring(parts[name])
            resolve(root)
            resolved[name] = to_bytes(root)
    return resolved


def _without_controls(parts: Parts) -> Parts:
    """Take away the content controls of the document, and leave what they hold."""
    root = etree.fromstring(parts[DOCUMENT])
    for control in list(root.iter(f"{W}sdt")):
        for child in control.find(f"{W}sdtContent"):
            control.addprevious(child)
        control.getparent().remove(control)
    return parts | {DOCUMENT: to_bytes(root)}


def _merged(old: Parts, new: Parts, marks: Marks, *, libreoffice: bool) -> Parts:
    merged = dict(new)
    lists = CarriedLists(old, new)
    notes = _Notes(old, merged, marks, lists, libreoffice=libreoffice)
    for name in [DOCUMENT, *(name for name in _running(new) if name in old)]:
        before, after = Story(old, name, old=True), Story(merged, name, old=False)
        carrier = Carrier(before, after, lists)
        writer = ParagraphWriter(carrier, lists, marks, notes.stays, notes.goes, libreoffice=libreoffice)
        merger = Merger(before, after, carrier, writer, marks, lists, libreoffice=libreoffice)
        merger.merge(_place_of_text(before.root), _place_of_text(after.root))
        if libreoffice:
            notes.order(after.root)
        else:
            mark_moved_stretches(after.root, marks)
        _number_pictures(after.root)
        _number_controls(after.root)
        merged[name] = to_bytes(after.root)
        carrier.write_relations()
    notes.write()
    lists.write(merged)
    return merged


class _Notes:
    """The notes of both drafts: those of calls that stay are merged, those of calls that go are carried over."""

    def __init__(self, old: Parts, merged: Parts, marks: Marks, lists: CarriedLists, *, libreoffice: bool) -> None:
        self._merged = merged
        self._there = NOTES in old and NOTES in merged
        if self._there:
            self._old, self._new = Story(old, NOTES, old=True), Story(merged, NOTES, old=False)
            self._carrier = Carrier(self._old, self._new, lists)
            writer = ParagraphWriter(
                *(self._carrier, lists, marks, lambda before, after: None, lambda number: number),
                libreoffice=libreoffice,
            )
            self._merger = Merger(self._old, self._new, self._carrier, writer, marks, lists, libreoffice=libreoffice)

    def stays(self, before: str, after: str) -> None:
        """Merge the note of a call that stays."""
        self._merger.merge(_note(self._old.root, before), _note(self._new.root, after))

    def goes(self, number: str) -> str:
        """Carry over the note of a call that goes; return its number in the new draft."""
        note = _note(self._old.root, number)
        copy = deepcopy(note)
        own = str(1 + max(int(other.get(f"{W}id")) for other in self._new.root))
        copy.set(f"{W}id", own)
        for place, paragraph in enumerate(note):
            copy[place] = self._merger.whole(self._old, paragraph, DELETE, last=place == len(note) - 1)
        self._new.root.append(copy)
        return own

    def order(self, root: Element) -> None:
        """Number the notes called in a part, and put them, in the order of their calls.

        To the first call LibreOffice gives the note with the lowest number, to the next one the next, whatever they
        name; the marks in notes it hands out in the order in which the notes stand.
        """
        if not self._there:
            return
        calls = list(root.iter(f"{W}footnoteReference"))
        notes = [_note(self._new.root, call.get(f"{W}id")) for call in calls]
        numbers = sorted(int(call.get(f"{W}id")) for call in calls)
        for call, note, number in zip(calls, notes, numbers, strict=True):
            for one in (call, note):
                one.set(f"{W}id", str(number))
            self._new.root.append(note)

    def write(self) -> None:
        """Put the notes back in their part."""
        if self._there:
            self._merged[NOTES] = to_bytes(self._new.root)
            self._carrier.write_relations()


def _note(root: Element, number: str) -> Element:
    return root.find(f"{W}footnote[@{W}id='{number}']")


def _running(parts: Parts) -> list[str]:
    return sorted(name for name in parts if name.startswith(RUNNING) and name.endswith(".xml"))


def _place_of_text(root: Element) -> Element:
    body = root.find(f"{W}body")
    return root if body is None else body


def _number_pictures(root: Element) -> None:
    """Give every picture a number of its own."""
    for number, picture in enumerate(root.iter(f"{WP}docPr"), start=1):
        picture.set("id", str(number))


def _number_controls(root: Element) -> None:
    """Give a content control of the old draft another number where the new draft's has it."""
    taken: set[str] = set()
    for control in root.iter(f"{W}sdt"):
        number = control.find(f"{W}sdtPr/{W}id")
        if number is not None:
            while number.get(f"{W}val") in taken:
                number.set(f"{W}val", str(int(number.get(f"{W}val")) + 1))
            taken.add(number.get(f"{W}val"))
