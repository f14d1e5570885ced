"""Embed fonts in a Word document, so that it looks the same on a computer without them."""

import uuid
from pathlib import Path
from typing import Any

import lxml.etree as etree
from fontTools.ttLib import TTFont

from evalbrief.document.docx.package import MAIN, OFFICE, Parts, R, W, declare, relate, to_bytes

FONT_TABLE = "word/fontTable.xml"
FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
# Bits of a font's OS/2 table: what its makers allow, and which face it is.
RESTRICTED = 0x0002
ITALIC, BOLD = 0x01, 0x20
FACES = {0: "embedRegular", BOLD: "embedBold", ITALIC: "embedItalic", BOLD | ITALIC: "embedBoldItalic"}
# What stands in for a font on a computer that ignores embedded ones.
SUBSTITUTE = "Arial"
HIDDEN_BYTES = 32
FAMILY_NAMES = (16, 1)


def font_table(families: set[str]) -> bytes:
    """Return word/fontTable.xml that names font families, none of them embedded yet."""
    root = etree.Element(f"{W}fonts", nsmap={"w": MAIN, "r": OFFICE})
    for family in sorted(families):
        font = etree.SubElement(root, f"{W}font", {f"{W}name": family})
        details = {"altName": SUBSTITUTE, "charset": "00", "family": "swiss", "pitch": "variable"}
        for name, value in details.items():
            etree.SubElement(font, f"{W}{name}", {f"{W}val": value})
    return to_bytes(root)


def embed_fonts(parts: Parts, fonts: list[str]) -> None:
    """Embed font files (TrueType) under the families that the document's font table names.

    A family that is embedded already stays as it is. Raise ValueError for a font that may not be embedded.
    """
    table = etree.fromstring(parts[FONT_TABLE])
    families = {font.get(f"{W}name"): font for font in table if not _is_embedded(font)}
    order = list(FACES.values())
    found = [(*_family_and_face(path), path) for path in fonts]
    for family, face, path in sorted(found, key=lambda font: (font[0], order.index(font[1]))):
        if family in families:
            _embed(parts, families[family], path, face)
    parts[FONT_TABLE] = to_bytes(table)


def _is_embedded(font: Any) -> bool:
    return any(font.find(f"{W}{face}") is not None for face in FACES.values())


def _family_and_face(path: str) -> tuple[str, str]:
    with TTFont(path, lazy=True) as font:
        facts: Any = font["OS/2"]
        if facts.fsType & RESTRICTED:
            raise ValueError(f"The licence of the font {Path(path).name} does not allow it to be embedded.")
        family = next(name for number in FAMILY_NAMES if (name := font["name"].getDebugName(number)))
        return family, FACES[facts.fsSelection & (BOLD | ITALIC)]


def _embed(parts: Parts, font: Any, path: str, face: str) -> None:
    family = font.get(f"{W}name")
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"{family}/{face}")
    name = f"{family.replace(' ', '')}-{face.removeprefix('embed')}"
    part = f"fonts/{name}.odttf"
    parts[f"word/{part}"] = hide(Path(path).read_bytes(), key)
    declare(parts, FONT_TYPE, extension="odttf")
    relate(parts, FONT_TABLE, name, "font", part)
    etree.SubElement(font, f"{W}{face}", {f"{R}id": name, f"{W}fontKey": f"{{{key}}}".upper()})


def hide(font: bytes, key: uuid.UUID) -> bytes:
    """Veil the first bytes of a font with its key, as ECMA-376 (part 4, 2.8.1) wants; doing it twice undoes it."""
    mask = key.bytes[::-1] * 2
    return bytes(byte ^ veil for byte, veil in zip(font[:HIDDEN_BYTES], mask, strict=True)) + font[HIDDEN_BYTES:]
