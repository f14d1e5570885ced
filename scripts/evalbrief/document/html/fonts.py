"""Embed fonts in a page: only the characters it shows, compressed, the same bytes every time."""

import base64
import io
import json
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from evalbrief.fonts import WEIGHTS

# Figures of equal width, which columns of numbers need; the other features are fontTools' own choice.
FEATURES = [*subset.Options._layout_features_default, "tnum", "lnum"]
# What stands in for a font that a reader's browser will not take.
SPARE = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


def font_faces(fonts: list[str], families: dict[str, str], text: str) -> str:
    """Write the @font-face rules of static TrueType files named {Family}-{Style}.ttf; `text` is all the page shows."""
    names = {family.replace(" ", ""): family for family in families.values()}
    characters = sorted({ord(character) for character in text + text.upper() if character.isprintable()} | {0x20})
    rules = []
    for path in sorted(Path(font) for font in fonts):
        family, _, style = path.stem.partition("-")
        if family in names and style in WEIGHTS:
            rules.append(_face(names[family], style, _cut(path, characters)))
    return "\n".join(rules)


def font_stack(*families: str) -> str:
    """Name fonts in the order a browser is to try them, the reader's own last."""
    return ", ".join([*(json.dumps(family, ensure_ascii=False) for family in families), SPARE])


def _face(family: str, style: str, font: bytes) -> str:
    slant = "italic" if "Italic" in style else "normal"
    address = f"data:font/woff2;base64,{base64.b64encode(font).decode()}"
    return (
        f"@font-face {{ font-family: {json.dumps(family, ensure_ascii=False)}; font-style: {slant};"
        f' font-weight: {WEIGHTS[style]}; font-display: swap; src: url("{address}") format("woff2"); }}'
    )


def _cut(path: Path, characters: list[int]) -> bytes:
    """Reduce a font to some characters and compress it as WOFF2."""
    options = subset.Options(layout_features=FEATURES, hinting=False, recalc_timestamp=False, flavor="woff2")
    with TTFont(path, recalcTimestamp=False) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=characters)
        subsetter.subset(font)
        font.flavor = "woff2"
        made = io.BytesIO()
        font.save(made, reorderTables=False)
    return made.getvalue()
