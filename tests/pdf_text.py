"""Read a PDF as pieces of text with their places and their tags: what the checks of finished documents look at."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from pikepdf import Matrix as Move

SHOWING = {"Tj", "TJ"}
# The number of marked content, whether it is an artifact, and the text that stands for what it shows.
Mark = tuple[int | None, bool, str | None]
PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI"}


@dataclass(frozen=True)
class Piece:
    """A piece of text, or of drawing (without text), on a page; lengths in points, y from the foot of the page."""

    page: int
    number: int | None
    artifact: bool
    text: str
    font: str = ""
    size: float = 0
    left: float = 0
    right: float = 0
    y: float = 0

    @property
    def tagged(self) -> bool:
        """Say whether it belongs to the structure or is declared to be none of it."""
        return self.number is not None or self.artifact


class Document:
    """A PDF with its pieces and its structure tree."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pdf = pikepdf.open(path)
        self.pages = list(self.pdf.pages)

    @cached_property
    def pieces(self) -> list[Piece]:
        """All pieces in the order they are painted."""
        return [
            piece
            for number, page in enumerate(self.pages, 1)
            for piece in _Painter(number).paint(page, page.obj.Resources)
        ]

    @cached_property
    def elements(self) -> list[Any]:
        """All elements of the structure tree in reading order."""
        return list(elements(self.pdf.Root.StructTreeRoot))

    def of_kind(self, *kinds: str) -> list[Any]:
        """Give the elements of these kinds, as in "/Table"."""
        return [element for element in self.elements if str(element.S) in kinds]

    def content(self, element: Any) -> list[Piece]:
        """Give the pieces that an element holds, those of its descendants too, in reading order."""
        return [piece for key in self._keys(element) for piece in self._by_number.get(key, [])]

    def text(self, element: Any) -> str:
        """Read the words of an element, with single spaces."""
        return " ".join("".join(piece.text for piece in self.content(element)).split())

    def find(self, texts: Iterable[str]) -> list[tuple[str, list[Piece]]]:
        """Find texts one after the other in reading order; one that is not there has no pieces."""
        pieces = [piece for element in self.of_kind("/Document") for piece in self.content(element)]
        places = [piece for piece in pieces for _ in bare(piece.text)]
        words, start, found = "".join(bare(piece.text) for piece in pieces), 0, []
        for text in texts:
            place, length = words.find(bare(text), start), len(bare(text))
            if length:
                found.append((text, [] if place < 0 else list(dict.fromkeys(places[place : place + length]))))
                start = max(start, place + length)
        return found

    @cached_property
    def _page_numbers(self) -> dict[tuple[int, int], int]:
        return {page.obj.objgen: number for number, page in enumerate(self.pages, 1)}

    @cached_property
    def _by_number(self) -> dict[tuple[int, int | None], list[Piece]]:
        found: dict[tuple[int, int | None], list[Piece]] = {}
        for piece in self.pieces:
            found.setdefault((piece.page, piece.number), []).append(piece)
        return found

    def _keys(self, element: Any) -> Iterator[tuple[int, int]]:
        for child in children(element):
            if isinstance(child, int):
                yield self._page_numbers[element.Pg.objgen], child
            elif "/MCID" in child:
                yield self._page_numbers[(child.get("/Pg") or element.Pg).objgen], int(child.MCID)
            elif "/S" in child:
                yield from self._keys(child)


def bare(text: str) -> str:
    """Take from a text what typesetting changes: spaces, breaks between letters, capitals."""
    return re.sub(r"[\s\u00ad\u200b]", "", text).casefold()


def children(element: Any) -> list[Any]:
    """Give the children of an element of the structure tree."""
    found = element.get("/K", [])
    return list(found) if isinstance(found, Array) else [found]


def elements(parent: Any) -> Iterator[Any]:
    """Visit every element below a part of the structure tree in reading order."""
    for child in children(parent):
        if isinstance(child, Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


class _Font:
    """A font of the PDF: what its codes mean and how wide they are."""

    def __init__(self, font: Any) -> None:
        self.name = str(font.BaseFont).partition("+")[2] or str(font.BaseFont)[1:]
        self.characters = _characters(font.ToUnicode.read_bytes().decode("latin1"))
        self.widths = _widths(font.DescendantFonts[0].get("/W", []))

    def read(self, codes: bytes) -> Iterator[tuple[str, float]]:
        """Give the text of each code, and its width in thousandths of the size."""
        for place in range(0, len(codes), 2):
            number = int.from_bytes(codes[place : place + 2])
            yield self.characters.get(number, ""), self.widths.get(number, 0)


def _characters(table: str) -> dict[int, str]:
    """Read a font's table from codes to characters."""
    found = {}
    for part in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", part):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for part in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", part):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(int(text, 16) + step)
    return found


def _widths(table: Any) -> dict[int, float]:
    """Read a font's widths: first code and a list, or first code, last code and one width."""
    found, items = {}, list(table)
    while items:
        first, second = int(items.pop(0)), items.pop(0)
        if isinstance(second, Array):
            found |= {first + step: float(width) for step, width in enumerate(second)}
        else:
            width = float(items.pop(0))
            found |= dict.fromkeys(range(first, int(second) + 1), width)
    return found


class _Painter:
    """Follows what a page paints: where, and under which tag."""

    def __init__(self, page: int) -> None:
        self.page = page
        self.marks: list[Mark] = []
        self.fonts: dict[tuple[int, int], _Font] = {}

    def paint(self, stream: Any, resources: Any, move: Move | None = None) -> Iterator[Piece]:
        """Give the pieces of a content stream."""
        move, saved = move or Move(), []
        text, font, size = Move(), None, 0.0
        for instruction in pikepdf.parse_content_stream(stream):
            operands, operator = instruction.operands, str(instruction.operator)
            if operator == "q":
                saved.append(move)
            elif operator == "Q":
                move = saved.pop()
            elif operator == "cm":
                move = Move(*map(float, operands)) @ move
            elif operator in ("BMC", "BDC"):
                self.marks.append(_mark(operands, resources))
            elif operator == "EMC":
                self.marks.pop()
            elif operator == "Tm":
                text = Move(*map(float, operands))
            elif operator == "Tf":
                font, size = self._font(resources.Font[operands[0]]), float(operands[1])
            elif operator in SHOWING and font:
                yield self._piece(operands[0], font, size, text @ move)
            elif operator == "Do" and (form := resources.XObject[operands[0]]).get("/Subtype") == Name.Form:
                inner = Move(*map(float, form.get("/Matrix", [1, 0, 0, 1, 0, 0]))) @ move
                yield from self.paint(form, form.get("/Resources", resources), inner)
            elif operator in PAINTING:
                yield Piece(self.page, *self._state()[:2], "")

    def _font(self, font: Any) -> _Font:
        if font.objgen not in self.fonts:
            self.fonts[font.objgen] = _Font(font)
        return self.fonts[font.objgen]

    def _piece(self, shown: Any, font: _Font, size: float, move: Move) -> Piece:
        """Measure what an operator shows; spaces at its end take no room."""
        words, width, edge = "", 0.0, 0.0
        for part in shown if isinstance(shown, Array) else [shown]:
            if not isinstance(part, pikepdf.String):
                width -= float(part)
                continue
            for text, wide in font.read(bytes(part)):
                words, width = words + text, width + wide
                edge = width if text.strip() else edge
        number, artifact, instead = self._state()
        scale, right = (move.a**2 + move.b**2) ** 0.5, move.e + move.a * edge * size / 1000
        words = words if instead is None else instead
        return Piece(self.page, number, artifact, words, font.name, size * scale, move.e, right, move.f)

    def _state(self) -> Mark:
        """Say what holds here: the number, whether it is an artifact, the text that stands for what is shown."""
        number = next((number for number, _, _ in reversed(self.marks) if number is not None), None)
        artifact = number is None and any(artifact for _, artifact, _ in self.marks)
        return number, artifact, next((instead for _, _, instead in reversed(self.marks) if instead is not None), None)


def _mark(operands: list[Any], resources: Any) -> Mark:
    """Read what opens marked content."""
    properties = operands[1] if len(operands) > 1 else Dictionary()
    if isinstance(properties, Name):
        properties = resources.Properties[properties]
    number = int(properties.MCID) if "/MCID" in properties else None
    instead = str(properties.ActualText) if "/ActualText" in properties else None
    return number, operands[0] == Name.Artifact, instead
