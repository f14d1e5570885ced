"""What a Word document without tracked changes says, line by line, at three levels, so that two can be compared.

text        the words of each paragraph in order, those of cells, notes, headers and footers too
structure   also styles, lists and their numbers, the shape and titles of tables, pictures, notes, content controls
formatting  also how words and paragraphs look by themselves, and where links and fields lead

Numbers that a file gives its parts, lists and notes say nothing: what they lead to is compared.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import lxml.etree as etree
from evalbrief.document.docx.package import DOCUMENT, WP, Parts, R, W, relations_of, target_part

LEVELS = ("text", "structure", "formatting")
NUMBERING = "word/numbering.xml"
NOTES = {f"{W}footnoteReference": "word/footnotes.xml", f"{W}endnoteReference": "word/endnotes.xml"}
# Words that are no text in the file.
SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
# Places that are not shown, and the notes' own signs, which stand in every note.
SILENT = {
    f"{W}{name}"
    for name in (
        *("rPr", "pPr", "sdtPr", "sdtEndPr", "lastRenderedPageBreak", "proofErr"),
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference"),
        *("footnoteRef", "endnoteRef", "separator", "continuationSeparator"),
    )
}
# Told in words of their own, or only there for the breaks of pages, after what stands below.
OF_PARAGRAPHS = {f"{W}{name}" for name in ("pStyle", "numPr", "keepNext", "keepLines", "rPr", "sectPr", "pPrChange")}
OF_SECTIONS = {f"{W}{name}" for name in ("headerReference", "footerReference", "sectPrChange")}
OF_RUNS = {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange")}
SPANS = (f"{W}gridSpan", f"{W}vMerge")
UNCOUNTED = {"bullet", "none", ""}


@dataclass(frozen=True)
class Piece:
    """Words, or a thing among words: how they look, where they lead, in which content control they stand."""

    words: str
    control: str = ""
    look: str = ""
    target: str = ""


@dataclass
class Numbering:
    """What the lists of a document look like, and how far they have counted."""

    root: Any
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def mark(self, properties: Any) -> str:
        """Say what stands before a paragraph of a list: level, format, text, and the number that is shown."""
        number, level = _value(properties.find(f"{W}numId")), int(_value(properties.find(f"{W}ilvl")) or 0)
        use = self.root.find(f"{W}num[@{W}numId='{number}']")
        if use is None:
            return "no list"
        key = _value(use.find(f"{W}abstractNumId"))
        look = self.root.find(f"{W}abstractNum[@{W}abstractNumId='{key}']/{W}lvl[@{W}ilvl='{level}']")
        shape, text = (_value(self._part(look, name)) for name in ("numFmt", "lvlText"))
        if shape in UNCOUNTED:
            return f"level {level}, {shape} {text}"
        return f"level {level}, {shape} {text}, number {self._count(use, key, level, look)}"

    def _part(self, look: Any, name: str) -> Any:
        return None if look is None else look.find(f"{W}{name}")

    def _count(self, use: Any, key: str, level: int, look: Any) -> int:
        """Count on: lists of one look count together, unless one says that it begins anew."""
        if use.get(f"{W}numId") not in self.begun:
            self.begun.add(use.get(f"{W}numId"))
            for start in use.iterfind(f"{W}lvlOverride/{W}startOverride"):
                self.counts[key, int(start.getparent().get(f"{W}ilvl"))] = int(_value(start)) - 1
        first = int(_value(self._part(look, "start")) or 1)
        self.counts[key, level] = self.counts.get((key, level), first - 1) + 1
        for deeper in [place for place in self.counts if place[0] == key and place[1] > level]:
            del self.counts[deeper]
        return self.counts[key, level]


class Reader:
    """Reads a document at one level; each is used once, for lists count on."""

    def __init__(self, parts: Parts, level: str) -> None:
        self.parts = parts
        self.structure = level != "text"
        self.formatting = level == "formatting"
        root = etree.fromstring(parts[NUMBERING]) if NUMBERING in parts else etree.Element("none")
        self.numbering = Numbering(root)
        self.relations = defaultdict(dict)
        self.notes = {
            part: {note.get(f"{W}id"): note for note in etree.fromstring(parts[part])}
            for part in NOTES.values()
            if part in parts
        }

    def document(self) -> Iterator[str]:
        """Read the text, then the headers and footers that its sections name."""
        body = etree.fromstring(self.parts[DOCUMENT]).find(f"{W}body")
        yield from Story(self, DOCUMENT).blocks(body)
        for section in body.iter(f"{W}sectPr"):
            if self.formatting:
                yield f"section: {said(section, OF_SECTIONS)}"
            for place in section.iter(f"{W}headerReference", f"{W}footerReference"):
                part = self.target(DOCUMENT, place.get(f"{R}id"))
                if self.structure:
                    yield f"{etree.QName(place).localname} {place.get(f'{W}type')}"
                yield from Story(self, part).blocks(etree.fromstring(self.parts[part])) if part in self.parts else ()

    def target(self, part: str, relation: str | None) -> str:
        """Say where a relation of a part leads: to a part of the package, or outside."""
        if part not in self.relations:
            self.relations[part] = {found.get("Id"): found for found in relations_of(self.parts, part)}
        found = self.relations[part].get(relation)
        if found is None:
            return f"no relation {relation}"
        return found.get("Target") if found.get("TargetMode") == "External" else target_part(part, found)


class Story:
    """Reads one text of a document: fields go on from paragraph to paragraph."""

    def __init__(self, reader: Reader, part: str) -> None:
        self.reader = reader
        self.part = part
        # The codes of the fields that are open, the innermost last, and whether their results have begun.
        self.codes: list[str] = []
        self.shown: list[bool] = []

    def blocks(self, container: Any) -> Iterator[str]:
        """Read paragraphs and tables."""
        for block in container:
            if block.tag == f"{W}p":
                yield from self._paragraph(block)
            elif block.tag == f"{W}tbl":
                yield from self._table(block)
            elif block.tag not in SILENT and block.tag != f"{W}sectPr":
                yield from self.blocks(block)

    def _table(self, table: Any) -> Iterator[str]:
        if self.reader.structure:
            texts = [_value(table.find(f"{W}tblPr/{W}{name}")) for name in ("tblStyle", "tblCaption", "tblDescription")]
            yield f"table of {len(table.findall(f'{W}tblGrid/{W}gridCol'))} columns: {' | '.join(texts)}"
        for row in table.iterfind(f"{W}tr"):
            if self.reader.structure:
                yield "header row" if row.find(f"{W}trPr/{W}tblHeader") is not None else "row"
            for cell in row.iterfind(f"{W}tc"):
                if self.reader.structure:
                    spans = [child for child in cell.iterfind(f"{W}tcPr/*") if child.tag in SPANS]
                    yield " ".join(["cell", *map(_one, spans)])
                yield from self.blocks(cell)
        if self.reader.structure:
            yield "end of table"

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        words = self._joined(list(self._pieces(paragraph, Piece(""))))
        if self.reader.structure:
            yield f"{self._kind(paragraph.find(f'{W}pPr'))}: {words}"
        elif words:
            yield words

    def _kind(self, properties: Any) -> str:
        """Say the style of a paragraph, its list, and what it looks like by itself."""
        if properties is None:
            return "no style"
        parts = [_value(properties.find(f"{W}pStyle")) or "no style"]
        if (numbers := properties.find(f"{W}numPr")) is not None:
            parts.append(f"({self.reader.numbering.mark(numbers)})")
        if self.reader.formatting:
            end = properties.find(f"{W}rPr")
            own = [said(properties, OF_PARAGRAPHS), "" if end is None else said(end, OF_RUNS)]
            parts += [f"[{look}]" for look in own if look]
        return " ".join(parts)

    def _joined(self, pieces: list[Piece]) -> str:
        """Write pieces as one text: a sign says where the control, the look or the target changes."""
        if not self.reader.structure:
            return "".join(piece.words for piece in pieces)
        text, before = "", ("", "", "")
        for piece in pieces:
            now = (piece.control, *((piece.look, piece.target) if self.reader.formatting else ("", "")))
            text += (f"⟦{' → '.join(filter(None, now))}⟧" if now != before else "") + piece.words
            before = now
        return text

    def _pieces(self, place: Any, outer: Piece) -> Iterator[Piece]:
        """Read what stands in a paragraph, a link, a control; `outer` says what holds for all of it."""
        for child in place:
            if child.tag == f"{W}r":
                yield from self._run(child, outer)
            elif child.tag == f"{W}hyperlink":
                yield from self._pieces(child, Piece("", outer.control, "", self._link(child)))
            elif child.tag == f"{W}fldSimple":
                yield from self._pieces(child, Piece("", outer.control, "", _spaced(child.get(f"{W}instr", ""))))
            elif child.tag == f"{W}sdt":
                tag = _value(child.find(f"{W}sdtPr/{W}tag")) or "no tag"
                # The control shows even when nothing stands in it.
                yield Piece("", f"control {tag}", "", outer.target)
                yield from self._pieces(child.find(f"{W}sdtContent"), Piece("", f"control {tag}", "", outer.target))
            elif child.tag not in SILENT:
                yield from self._pieces(child, outer)

    def _run(self, run: Any, outer: Piece) -> Iterator[Piece]:
        properties = run.find(f"{W}rPr")
        look = "" if properties is None else said(properties, OF_RUNS)
        for child in run:
            if child.tag == f"{W}fldChar":
                self._field(child.get(f"{W}fldCharType"))
            elif child.tag == f"{W}instrText":
                self.codes[-1:] = [f"{''.join(self.codes[-1:])}{child.text or ''}"]
            elif child.tag not in SILENT and all(self.shown) and (words := self._words(child)):
                target = " → ".join(filter(None, [*map(_spaced, self.codes), outer.target]))
                yield Piece(words, outer.control, look, target)

    def _field(self, sign: str) -> None:
        if sign == "begin":
            self.codes.append("")
            self.shown.append(False)
        elif sign == "separate":
            self.shown[-1:] = [True]
        else:
            del self.codes[-1:], self.shown[-1:]

    def _words(self, child: Any) -> str:
        """Read what stands in a run: words, a sign, a note in its place, a picture, or the name of what it is."""
        if child.tag == f"{W}t":
            return child.text or ""
        if child.tag in SIGNS:
            return SIGNS[child.tag]
        if child.tag in NOTES:
            return self._note(NOTES[child.tag], child.get(f"{W}id"))
        if not self.reader.structure:
            return ""
        blips = [blip for blip in child.iter() if blip.get(f"{R}embed") is not None]
        if blips:
            texts = [shown.get(name, "") for shown in child.iter(f"{WP}docPr") for name in ("descr", "title")]
            return f"[picture {' '.join(map(self._digest, blips))}: {''.join(texts)}]"
        return f"[{etree.QName(child).localname}]"

    def _note(self, part: str, number: str) -> str:
        note = self.reader.notes.get(part, {}).get(number)
        return "[no note]" if note is None else f"[note {' / '.join(Story(self.reader, part).blocks(note)).strip()}]"

    def _digest(self, blip: Any) -> str:
        part = self.reader.target(self.part, blip.get(f"{R}embed"))
        return hashlib.sha256(self.reader.parts[part]).hexdigest()[:12] if part in self.reader.parts else part

    def _link(self, link: Any) -> str:
        anchor = f"#{link.get(f'{W}anchor')}" if link.get(f"{W}anchor") else ""
        relation = link.get(f"{R}id")
        return anchor if relation is None else self.reader.target(self.part, relation) + anchor


def levels(parts: Parts) -> dict[str, list[str]]:
    """Read a document at each level."""
    return {level: list(Reader(parts, level).document()) for level in LEVELS}


def said(properties: Any, without: set[str]) -> str:
    """Write properties in one line, in the order of their names; empty ones give nothing."""
    return "; ".join(sorted(_one(child) for child in properties if child.tag not in without))


def _one(element: Any) -> str:
    values = [f"{etree.QName(key).localname}={value}" for key, value in sorted(element.attrib.items())]
    return " ".join([etree.QName(element).localname, *values, *(f"({_one(child)})" for child in element)])


def _value(element: Any) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _spaced(code: str) -> str:
    return " ".join(code.split())
