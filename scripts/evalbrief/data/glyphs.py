"""Say which characters the brief's fonts can print, so that nobody meets a white box on the page."""

import unicodedata
from functools import cache
from pathlib import Path

import fontpkg_noto_sans
from fontTools.ttLib import TTFont

from evalbrief.data.source import CONTROL

FONT = Path(fontpkg_noto_sans.__file__).parent / "files" / "NotoSans[wdth,wght].ttf"
# What is kept of the fonts for figures: Latin, Greek, Cyrillic, raised letters, punctuation, currencies, arrows,
# mathematics, geometric shapes. Choosing before cutting makes the cutting several times faster.
CHARACTERS = frozenset({*range(0x20, 0x530), *range(0x1D00, 0x2300), *range(0x25A0, 0x2600), 0xFFFD})
# Up to here (Latin Extended-A) the font has every character.
LAST_CERTAIN = "\u017f"


def unprintable(text: str) -> tuple[str, str] | None:
    """Name the first character that cannot be printed, with a hint; None when all can."""
    if control := CONTROL.search(text):
        return f"a control character (U+{ord(control[0]):04X}) is in the text.", "Type the text anew or delete it."
    if not text or max(text) <= LAST_CERTAIN:
        return None
    for character in text:
        if character > LAST_CERTAIN and ord(character) not in printable():
            name = unicodedata.name(character, "unnamed").lower()
            found = f'"{character}" (U+{ord(character):04X}, {name}) is not in the fonts of the brief.'
            return found, "Write it in Latin, Greek or Cyrillic letters, or leave it out."
    return None


@cache
def printable() -> frozenset[int]:
    """List the code points that both the page and the figures can show."""
    with TTFont(FONT, lazy=True) as font:
        return CHARACTERS.intersection(font.getBestCmap() or ())
