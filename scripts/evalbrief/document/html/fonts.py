"""Embed fonts in a page: the web fonts as they are, or cut to the characters of a page that shows rarer ones."""

import base64
import json
from pathlib import Path

from evalbrief.fonts import WEIGHTS

# What stands in for a font that a reader's browser will not take.
SPARE = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
# The characters that web fonts hold. Each costs every reader some bytes: these are the letters of Western Europe,
# punctuation, and the signs of money, numbers and lists that briefs use. Of a space a browser makes all others.
USUAL = frozenset(
    (
        *range(0x20, 0x7F),
        *range(0xA1, 0x100),
        *map(ord, "ŒœŸᵈᵉʳᵗ"),
        *range(0x2010, 0x2028),
        *map(ord, "‰′″‹›⁄€₣₤₦₨₵№™"),
        *map(ord, "←↑→↓−≈≠≤≥■□▲►▼◄○●"),
    )
)


def font_faces(web_fonts: list[str], fonts: list[str], families: dict[str, str], text: str) -> str:
    """Write the @font-face rules of a page; `text` is all that it shows.

    `fonts` are static TrueType files named {Family}-{Style}.ttf, `web_fonts` the same faces as WOFF2, reduced to the
    usual characters. A page that shows others gets every face cut to what it shows, whole: letters of two fonts, even
    of one family, neither kern nor carry each other's accents.
    """
    names = {family.replace(" ", ""): family for family in families.values()}
    shown = {ord(character) for character in {*text, *text.upper(), " "} if character.isprintable()}
    rules = []
    for path in sorted(Path(font) for font in (web_fonts if shown <= USUAL else fonts)):
        family, _, style = path.stem.partition("-")
        if family in names and style in WEIGHTS:
            rules.append(_face(names[family], style, path.read_bytes() if shown <= USUAL else _cut(path, shown)))
    return "\n".join(rules)


def font_stack(*families: str) -> str:
    """Name fonts in the order a browser is to try them, the reader's own last."""
    return ", ".join([*(json.dumps(family, ensure_ascii=False) for family in families), SPARE])


def _cut(path: Path, characters: set[int]) -> bytes:
    # Few pages need it, and importing it takes a while.
    from evalbrief.document.html.web_font import web_font

    return web_font(path, characters)


def _face(family: str, style: str, font: bytes) -> str:
    slant = "italic" if "Italic" in style else "normal"
    address = f"data:font/woff2;base64,{base64.b64encode(font).decode()}"
    return (
        f"@font-face {{ font-family: {json.dumps(family, ensure_ascii=False)}; font-style: {slant};"
        f' font-weight: {WEIGHTS[style]}; font-display: swap; src: url("{address}") format("woff2"); }}'
    )
