"""Say which characters the brief's fonts can print, so that nobody meets a white box on the page."""

import unicodedata
from functools import cache
from pathlib import Path

import fontpkg_noto_sans
from fontTools.ttLib import TTFont

from evalbrief.data.source import CONTROL

FONT = Path(fontpkg_noto_sans.__file__).parent / "files" / "NotoSans[wdth,wght].ttf"
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
    """List the code points of the text font."""
    with TTFont(FONT, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())
