"""Read a Word file that came back: its paragraphs as the reviewer leaves them, and who changed each."""

import re
from dataclasses import dataclass, field
from typing import Any

from evalbrief.document.docx.package import DOCUMENT, Parts, W, from_outside
from evalbrief.review.alignment import Block
from evalbrief.review.docx.revisions import accept
from evalbrief.review.tokens import tokens

Element = Any
# Marks of changes that name who made them.
MARKS = [f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")]
CHANGES = [f"{W}{name}Change" for name in ("rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "tblGrid")]
# The bookmark of a block of the text: its section and a digest of its first words.
BLOCK = re.compile(r"(?P<section>.+)_[0-9a-f]{8}(_\d+)?")
NUMBER = "number"
# How people and programs write what the brief sets in its own way.
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"'})
# A space that does not break, but for those between the digits of a number.
NO_BREAK = re.compile("(?<![0-9])[\u00a0\u202f]|[\u00a0\u202f](?![0-9]{3})")


@dataclass
class Paragraph(Block):
    """A paragraph or cell: its words, where it stands, and who changed it when."""

    text: str = ""
    style: str = ""
    listed: bool = False
    # The block of the text it belongs to, or the table it stands in, with row and column.
    block: str = ""
    cell: tuple[int, int] | None = None
    authors: dict[str, str] = field(default_factory=dict)
    # Its place among all paragraphs of the document as it came; one that was joined to another has none.
    number: int = -1

    @property
    def section(self) -> str:
        """The section of the text, or nothing for what no text file holds."""
        found = BLOCK.fullmatch(self.block)
        return found["section"] if found else ""


def plain(text: str) -> str:
    """Write apostrophes, quotation marks and spaces as the text files do."""
    return re.sub("« | »", '"', NO_BREAK.sub(" ", text)).translate(PLAIN)


def read_returned(parts: Parts, ours: str = "") -> list[Paragraph]:
    """Read the paragraphs of a document with all changes accepted; the marks of the author `ours` are no edits."""
    root = from_outside(parts[DOCUMENT])
    authors: dict[str, dict[str, str]] = {}
    for number, paragraph in enumerate(root.iter(f"{W}p")):
        # Accepting takes the marks away, and with them who made them.
        paragraph.set(NUMBER, str(number))
        authors[str(number)] = _authors(paragraph, ours)
    accept(root)
    return _Reader(authors).read(root.find(f"{W}body"))


def _authors(paragraph: Element, ours: str) -> dict[str, str]:
    """Name who changed a paragraph, with the moment of the last change."""
    marks = [mark for mark in paragraph.iter(*MARKS, *CHANGES) if mark.get(f"{W}author", "") != ours]
    return {mark.get(f"{W}author", ""): mark.get(f"{W}date", "") for mark in marks}


class _Reader:
    def __init__(self, authors: dict[str, dict[str, str]]) -> None:
        self._authors = authors
        self._open: list[tuple[str, str]] = []
        self._found: list[Paragraph] = []

    def read(self, body: Element) -> list[Paragraph]:
        """Read paragraphs and cells in order, each with the innermost bookmark of ours that is open there."""
        for child in body:
            if child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}sdt":
                self.read(child.find(f"{W}sdtContent"))
            else:
                self._mark(child)
        return self._found

    def _mark(self, element: Element) -> None:
        if element.tag == f"{W}bookmarkStart":
            self._open.append((element.get(f"{W}id"), element.get(f"{W}name")))
        elif element.tag == f"{W}bookmarkEnd":
            self._open = [mark for mark in self._open if mark[0] != element.get(f"{W}id")]

    def _paragraph(self, paragraph: Element) -> None:
        started = [mark.get(f"{W}name") for mark in paragraph.iter(f"{W}bookmarkStart")]
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
            style="" if style is None else style.get(f"{W}val"),
            listed=paragraph.find(f"{W}pPr/{W}numPr") is not None,
            block=block,
            cell=cell,
            authors=authors,
            number=int(paragraph.get(NUMBER, "-1")),
        )
        if found.size or cell:
            self._found.append(found)


def words_of(paragraph: Element) -> str:
    """Read what a paragraph shows, without the codes of its fields and the numbers of its notes."""
    words = []
    for part in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        words.append(part.text or "" if part.tag == f"{W}t" else " ")
    return "".join(words).strip()
