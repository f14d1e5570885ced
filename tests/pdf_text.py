"""Read a PDF as pieces of text with their places and their tags: what the checks of finished documents look at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from pikepdf import Matrix as Move

SHOWING = {"Tj", "TJ"}
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
        return list(_elements(self.pdf.Root.StructTreeRoot))

    def of_kind(self, *kinds: str) -> list[Any]:
        """Give the elements of these kinds, as in "/Table"."""
        return [element for element in self.elements if str(element.S) in kinds]

    def content(self, element: Any) -> list[Piece]:
        """Give the pieces that an element holds, those of its descendants too, in reading order."""
        return [piece for key in self._keys(element) for piece in self._by_number.get(key, [])]

    def text(self, element: Any) -> str:
        """Read the words of an element, with single spaces."""
        return " ".join("".join(piece.text for piece in self.content(element)).split())

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


def children(element: Any) -> list[Any]:
    """Give the children of an element of the structure tree."""
    found = element.get("/K", [])
    return list(found) if isinstance(found, Array) else [found]


def _elements(parent: Any) -> Iterator[Any]:
    for child in children(parent):
        if isinstance(child, Dictionary) and "/S" in child:
            yield child
            yield from _elements(child)


class _Font:
    """A font of the PDF: what its codes mean and how wide they are."""

    def __init__(self, font: Any) -> None:
        self.name = str(font.BaseFont).partition("+")[2] or str(font.BaseFont)[1:]
        self.characters = _characters(font.ToUnicode.read_bytes().decode("latin1"))
        self.widths = _widths(font.DescendantFonts[0].get("/W", []))

    def read(self, codes: bytes) -> tuple[str, float]:
        """Give the text of some codes, and its width in thousandths of the size."""
        numbers = [int.from_bytes(codes[i : i + 2]) for i in range(0, len(codes), 2)]
        return "".join(self.characters.get(number, "") for number in numbers), sum(map(self._width, numbers))

    def _width(self, number: int) -> float:
        return self.widths.get(number, 0)


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
        self.marks: list[tuple[int | None, bool]] = []
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
                yield Piece(self.page, *self._state(), "")

    def _font(self, font: Any) -> _Font:
        if font.objgen not in self.fonts:
            self.fonts[font.objgen] = _Font(font)
        return self.fonts[font.objgen]

    def _piece(self, shown: Any, font: _Font, size: float, move: Move) -> Piece:
        words, width = "", 0.0
        for part in shown if isinstance(shown, Array) else [shown]:
            if isinstance(part, pikepdf.String):
                read, wide = font.read(bytes(part))
                words, width = words + read, width + wide
            else:
                width -= float(part)
        scale = (move.a**2 + move.b**2) ** 0.5
        right = move.e + move.a * width * size / 1000
        return Piece(self.page, *self._state(), words, font.name, size * scale, move.e, right, move.f)

    def _state(self) -> tuple[int | None, bool]:
        number = next((number for number, _ in reversed(self.marks) if number is not None), None)
        return number, number is None and any(artifact for _, artifact in self.marks)


def _mark(operands: list[Any], resources: Any) -> tuple[int | None, bool]:
    """Read what opens marked content: its number, and whether it is an artifact."""
    properties = operands[1] if len(operands) > 1 else Dictionary()
    if isinstance(properties, Name):
        properties = resources.Properties[properties]
    number = int(properties.MCID) if "/MCID" in properties else None
    return number, operands[0] == Name.Artifact
