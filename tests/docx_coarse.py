"""The coarsest document with tracked changes: all of the old draft goes, all of the new one comes.

It is right and of no use: it shows that whoever judges such documents calls a right one right, whatever a brief holds.
"""

from itertools import count
from typing import Any

import lxml.etree as etree
from evalbrief.document.docx.package import (
    DOCUMENT,
    WP,
    Parts,
    R,
    W,
    content_type,
    declare,
    element,
    relations_of,
    relations_part,
    target_part,
    to_bytes,
)

FOOTNOTES = "word/footnotes.xml"
NUMBERING = "word/numbering.xml"
DELETED = {f"{W}t": f"{W}delText", f"{W}instrText": f"{W}delInstrText"}
HOLDERS = (f"{W}hyperlink", f"{W}sdt", f"{W}sdtContent")
# Numbers of the old draft's notes, lists and pictures begin here, out of the way of the new one's.
APART = 50_000


class Coarse:
    """Writes one such document."""

    def __init__(self, old: Parts, new: Parts) -> None:
        self.old = old
        self.parts = dict(new)
        self.document = etree.fromstring(new[DOCUMENT])
        self.numbers = count(1)

    def write(self) -> Parts:
        """Put what was before what is; the last paragraph of both ends as one, for that end cannot go."""
        before, after = self._old_body(), self.document.find(f"{W}body")
        self._mark(before, "del")
        self._mark(after, "ins")
        blocks = [block for block in before if block.tag != f"{W}sectPr"]
        last = [block for block in after if block.tag == f"{W}p"][-1]
        for paragraph in (blocks[-1], last):
            end = paragraph.find(f"{W}pPr/{W}rPr")
            end.getparent().remove(end)
        last[1:1] = blocks[-1][1:]
        after[0:0] = blocks[:-1]
        self.parts[DOCUMENT] = to_bytes(self.document)
        return self.parts

    def _old_body(self) -> Any:
        """Take the old text with all it leads to, under names and numbers of its own."""
        document = etree.fromstring(self.old[DOCUMENT])
        self._take_bookmarks(document)
        self._take_relations(document)
        self._take_notes(document)
        self._take_lists(document)
        for picture in document.iter(f"{WP}docPr"):
            _set_apart(picture, "id")
        return document.find(f"{W}body")

    def _take_bookmarks(self, document: Any) -> None:
        """Leave the bookmarks that the new draft has as well to it."""
        there = {mark.get(f"{W}name") for mark in self.document.iter(f"{W}bookmarkStart")}
        starts = document.iter(f"{W}bookmarkStart")
        own = {mark.get(f"{W}id") for mark in starts if mark.get(f"{W}name") not in there}
        for mark in list(document.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            if mark.get(f"{W}id") in own:
                _set_apart(mark, f"{W}id")
            else:
                mark.getparent().remove(mark)

    def _take_relations(self, document: Any) -> None:
        root = etree.fromstring(self.parts[relations_part(DOCUMENT)])
        for relation in relations_of(self.old, DOCUMENT):
            source = target_part(DOCUMENT, relation)
            relation.set("Id", f"old_{relation.get('Id')}")
            if relation.get("Type").endswith("/image"):
                relation.set("Target", f"/word/media/old_{source.rpartition('/')[2]}")
                part = target_part(DOCUMENT, relation)
                self.parts[part] = self.old[source]
                declare(self.parts, content_type(self.old, source), part=part)
            root.append(relation)
        self.parts[relations_part(DOCUMENT)] = to_bytes(root)
        for place in document.iter():
            for key in (key for key in place.attrib if key.startswith(R)):
                place.set(key, f"old_{place.get(key)}")

    def _take_notes(self, document: Any) -> None:
        root = etree.fromstring(self.parts[FOOTNOTES])
        for note in (note for note in etree.fromstring(self.old[FOOTNOTES]) if note.get(f"{W}type") is None):
            _set_apart(note, f"{W}id")
            root.append(note)
        for call in document.iter(f"{W}footnoteReference"):
            _set_apart(call, f"{W}id")
        self.parts[FOOTNOTES] = to_bytes(root)

    def _take_lists(self, document: Any) -> None:
        root, before = (etree.fromstring(parts[NUMBERING]) for parts in (self.parts, self.old))
        for use in before.findall(f"{W}num"):
            _set_apart(use, f"{W}numId")
            _set_apart(use.find(f"{W}abstractNumId"), f"{W}val")
            root.append(use)
        for look in before.findall(f"{W}abstractNum"):
            _set_apart(look, f"{W}abstractNumId")
            root.find(f"{W}num").addprevious(look)
        for place in document.iter(f"{W}numId"):
            _set_apart(place, f"{W}val")
        self.parts[NUMBERING] = to_bytes(root)

    def _mark(self, body: Any, name: str) -> None:
        """Mark all that stands in a body; cells come and go with their rows."""
        for row in body.iter(f"{W}tr"):
            row.find(f"{W}trPr").append(self._revision(name))
        for paragraph in body.iter(f"{W}p"):
            self._mark_runs(paragraph, name)
            if next(paragraph.iterancestors(f"{W}tc"), None) is None:
                end = element("rPr")
                end.append(self._revision(name))
                paragraph.find(f"{W}pPr").append(end)

    def _mark_runs(self, holder: Any, name: str) -> None:
        """Put each run in a mark of its own, inside of links and controls."""
        for child in list(holder):
            if child.tag in HOLDERS:
                self._mark_runs(child, name)
            elif child.tag == f"{W}r":
                mark = self._revision(name)
                child.addprevious(mark)
                mark.append(child)
                for text in list(child) if name == "del" else []:
                    text.tag = DELETED.get(text.tag, text.tag)

    def _revision(self, name: str) -> Any:
        return element(name, id=str(next(self.numbers)), author="Bureau", date="2026-01-01T00:00:00Z")


def coarse(old: Parts, new: Parts) -> Parts:
    """Write the coarsest document with tracked changes between two drafts of a brief."""
    return Coarse(old, new).write()


def _set_apart(place: Any, key: str) -> None:
    place.set(key, str(int(place.get(key)) + APART))
