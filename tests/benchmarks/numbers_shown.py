"""The numbers by which every document shows whether it is the old one or the new one.

Three tables of the tiny evaluation hold a number each that its text prints.
"""

import html
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader
from workspace import ROOT

TINY = ROOT / "tests" / "data" / "tiny"


@dataclass(frozen=True)
class Table:
    """A table of data: the number in it that changes, and the words that print it."""

    file: str
    row: str
    number: int
    words: str

    def text(self, number: int) -> bytes:
        """Give the table with another number."""
        text = (TINY / self.file).read_text(encoding="utf-8")
        assert f"{self.row}{self.number}" in text, self.file
        return text.replace(f"{self.row}{self.number}", f"{self.row}{number}").encode()


RESULTS = Table("results.csv", "Écoles aidées,", 12, r"Il aide (\d+) écoles")
EVIDENCE = Table("evidence.csv", "Documents lus,", 30, r"lu environ (\d+) documents")
ACHIEVEMENTS = Table("achievements.csv", "children,TG,2024,200,", 150, r"Au Togo, (\d+) enfants")


def number_in(path: Path, words: str) -> int:
    """Give the number that a document prints in these words; 0 for none."""
    found = re.search(words, re.sub(r"\s+", " ", text_of(path)))
    return int(found[1]) if found else 0


def text_of(path: Path) -> str:
    """Read the text of a document."""
    if path.suffix == ".pdf":
        return " ".join(page.extract_text() for page in PdfReader(path).pages)
    if path.suffix == ".docx":
        text = zipfile.ZipFile(path).read("word/document.xml").decode()
    else:
        text = path.read_text(encoding="utf-8")
    return html.unescape(re.sub(r"<[^>]*>", "", text))
