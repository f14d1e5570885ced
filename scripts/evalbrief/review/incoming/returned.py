"""Read a Word file that came back: its paragraphs and notes as the reviewer leaves them, and who changed each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evalbrief.document.docx.package import DOCUMENT, Parts, W, from_outside
from evalbrief.review.alignment import Block
from evalbrief.review.docx.revisions import accept
from evalbrief.review.incoming.references import keep_references, references
from evalbrief.review.incoming.runs import FALLBACK, words_of
from evalbrief.review.incoming.signs import Signs, chars_of, external_targets, with_signs
from evalbrief.review.tokens import tokens

Element = Any
NOTES = "word/footnotes.xml"
NOTE = "note"
# Marks of changes that name who made them.
MARKS = [f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")]
CHANGES = [f"{W}{name}Change" for name in ("rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "tblGrid")]
# The bookmark of a block of the text: its section and a digest of its first words.
BLOCK = re.compile(r"(?P<section>.+)_[0-9a-f]{8}(_\d+)?")
NUMBER = "number"
MARKED = (f"{W}bookmarkStart", f"{W}bookmarkEnd")
# How people and programs write what the brief sets in its own way.
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"'})
# A space that does not break, but for those between the digits of a number.
NO_BREAK = re.compile("(?<![0-9])[\u00a0\u202f]|[\u00a0\u202f](?![0-9]{3})")
# Words below which it is chance that a paragraph is the same.
FEWEST_WORDS = 2


@dataclass
class Paragraph(Block):
    """A paragraph or cell: its words, where it stands, and who changed it when."""

    text: str = ""
    # The same with signs for bold, emphasis, links and calls of notes.
    marked: str = ""
    style: str = ""
    listed: bool = False
    # The block of the text it belongs to, or the table it stands in, with row and column.
    block: str = ""
    cell: tuple[int, int] | None = None
    authors: dict[str, str] = field(default_factory=dict)
    # Its place among all paragraphs of the document as it came; one that was joined to another has none.
    number: int = -1
    # Of a note, the sign that stands where it is called.
    sign: str = ""

    @property
    def section(self) -> str:
        """The section of the text, or nothing for what no text file holds."""
        found = BLOCK.fullmatch(self.block)
        return found["section"] if found else ""


def plain(text: str) -> str:
    """Write apostrophes, quotation marks and spaces as the text files do."""
    return re.sub("« | »", '"', NO_BREAK.sub(" ", text)).translate(PLAIN)


@dataclass
class Document:
    """What a document says: its paragraphs and cells in order, its notes in the order of their calls.

    `signs` are those in the paragraphs, `references` what references say by the bookmark that each leads to.
    """

    paragraphs: list[Paragraph]
    notes: list[Paragraph]
    signs: Signs
    references: dict[str, str]


def read_returned(parts: Parts, ours: str = "") -> list[Paragraph]:
    """Read the paragraphs of a document with all changes accepted; the marks of the author `ours` are no edits."""
    return read_document(parts, ours).paragraphs


def read_document(parts: Parts, ours: str = "", known: Mapping[str, str] | None = None) -> Document:
    """Read paragraphs and notes with all changes accepted; the marks of the author `ours` are no edits.

    `known` are the references of the document that was sent.
    """
    root, authors = _accepted(parts[DOCUMENT], ours)
    keep_references(root, known or {})
    signs, calls = Signs(), {}
    called = [call.get(f"{W}id", "") for call in root.iter(f"{W}footnoteReference")]
    known_notes: dict[str, Paragraph] = {}
    for number, note in _notes(parts, ours, called).items():
        # A note that is called twice is printed twice.
        if note.marked not in known_notes:
            known_notes[note.marked], note.sign = note, signs.note(plain(note.text))
        calls[number] = known_notes[note.marked].sign
    notes = list(known_notes.values())
    addresses = {key: signs.address(target) for key, target in external_targets(parts, DOCUMENT).items()}
    paragraphs = _Reader(authors, calls, addresses, signs).read(root.find(f"{W}body"))
    blocks = {sign: paragraph.block for paragraph in paragraphs for sign in paragraph.marked}
    for note in notes:
        note.block = blocks.get(note.sign, "")
    return Document(paragraphs, notes, signs, references(root))


def _accepted(part: bytes, ours: str) -> tuple[Element, dict[str, dict[str, str]]]:
    """Accept all changes of a part; say of each paragraph, by the number it gets here, who changed it."""
    root = from_outside(part)
    authors: dict[str, dict[str, str]] = {}
    for number, paragraph in enumerate(root.iter(f"{W}p")):
        # Accepting takes the marks away, and with them who made them.
        paragraph.set(NUMBER, str(number))
        authors[str(number)] = _authors(paragraph, ours)
    accept(root)
    return root, authors


def _notes(parts: Parts, ours: str, called: Sequence[str]) -> dict[str, Paragraph]:
    """Read the notes that are called, in that order."""
    if NOTES not in parts or not called:
        return {}
    root, authors = _accepted(parts[NOTES], ours)
    there = {note.get(f"{W}id"): note for note in root.iter(f"{W}footnote")}
    found = {}
    for number in called:
        if number in there:
            paragraphs = list(there[number].iter(f"{W}p"))
            text = " ".join(filter(None, map(words_of, paragraphs)))
            who = {name: when for part in paragraphs for name, when in authors.get(part.get(NUMBER), {}).items()}
            marked = " ".join(filter(None, (with_signs(chars_of(part, {}, {})) for part in paragraphs)))
            found[number] = Paragraph(tokens(plain(text)), NOTE, text=text, marked=plain(marked), authors=who)
    return found


def _authors(paragraph: Element, ours: str) -> dict[str, str]:
    """Name who changed a paragraph, with the moment of the last change."""
    marks = [mark for mark in paragraph.iter(*MARKS, *CHANGES) if mark.get(f"{W}author", "") != ours]
    return {mark.get(f"{W}author", ""): mark.get(f"{W}date", "") for mark in marks}


class _Reader:
    def __init__(
        self,
        authors: dict[str, dict[str, str]],
        calls: Mapping[str, str],
        addresses: Mapping[str, str],
        signs: Signs,
    ) -> None:
        self._authors, self._calls, self._addresses, self._signs = authors, calls, addresses, signs
        self._open: list[tuple[str, str]] = []
        self._found: list[Paragraph] = []

    def read(self, body: Element) -> list[Paragraph]:
        """Read paragraphs and cells in order, each with the innermost bookmark of ours that is open there."""
        for child in body:
            if child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag in MARKED:
                self._mark(child)
            elif child.tag != FALLBACK:
                # A content control, or what another program put round paragraphs.
                self.read(child)
        return self._found

    def _mark(self, element: Element) -> None:
        if element.tag == f"{W}bookmarkStart":
            self._open.append((element.get(f"{W}id", ""), element.get(f"{W}name", "")))
        elif element.tag == f"{W}bookmarkEnd":
            self._open = [mark for mark in self._open if mark[0] != element.get(f"{W}id")]

    def _paragraph(self, paragraph: Element) -> None:
        started = [mark.get(f"{W}name", "") for mark in paragraph.iter(f"{W}bookmarkStart")]
        for mark in paragraph.iter(f"{W}bookmarkStart"):
            self._mark(mark)
        block = next((name for _, name in reversed(self._open) if BLOCK.fullmatch(name)), "")
        own = next((name for name in started if BLOCK.fullmatch(name)), None)
        known = own or (block if block and not any(other.block == block for other in self._found) else None)
        if known and any(other.id == known for other in self._found):
            known = None
        self._add(paragraph, block or (started[-1] if started else ""), known, None)
        for mark in paragraph.iter(f"{W}bookmarkEnd"):
            self._mark(mark)

    def _table(self, table: Element) -> None:
        name = self._found[-1].block if self._found else ""
        for row_number, row in enumerate(table.iter(f"{W}tr")):
            for column, cell in enumerate(row.findall(f"{W}tc")):
                for paragraph in cell.iter(f"{W}p"):
                    self._add(paragraph, name, None, (row_number, column))

    def _add(self, paragraph: Element, block: str, name: str | None, cell: tuple[int, int] | None) -> None:
        text = words_of(paragraph)
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        authors = self._authors.get(paragraph.get(NUMBER, ""), {})
        found = Paragraph(
            *(tokens(plain(text)), "cell" if cell else "text", name),
            splits=not cell,
            text=text,
            marked=plain(with_signs(chars_of(paragraph, self._calls, self._addresses, self._signs))),
            style="" if style is None else style.get(f"{W}val", ""),
            listed=_is_listed(paragraph),
            block=block,
            cell=cell,
            authors=authors,
            number=int(paragraph.get(NUMBER, "-1")),
        )
        if found.size or cell:
            self._found.append(found)


def _is_listed(paragraph: Element) -> bool:
    """Say whether a paragraph is an item; list 0 is none."""
    number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
    return number is not None and number.get(f"{W}val") != "0"


def closeness(sent: Sequence[Paragraph], returned: Sequence[Paragraph]) -> float:
    """Return the share of paragraphs of a returned file that stand in a version word by word, from 0 to 1."""
    known = {plain(paragraph.text) for paragraph in sent}
    long = [paragraph for paragraph in returned if paragraph.size > FEWEST_WORDS]
    return sum(plain(paragraph.text) in known for paragraph in long) / max(len(long), 1)
