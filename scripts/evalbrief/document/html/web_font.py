"""Cut a static face to some characters, as compact as the web wants it, the same bytes every time."""

import io
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

# Figures of equal width, which columns of numbers need; no fractions, which no page turns on; the other features are
# fontTools' own choice.
FRACTIONS = {"frac", "numr", "dnom"}
FEATURES = [*(tag for tag in subset.Options._layout_features_default if tag not in FRACTIONS), "tnum", "lnum"]


def web_font(path: str | Path, characters: Iterable[int]) -> bytes:
    """Give the WOFF2 font that holds these characters (code points) of a static TrueType file."""
    options = subset.Options(layout_features=FEATURES, hinting=False, recalc_timestamp=False, flavor="woff2")
    with TTFont(path, lazy=True, recalcTimestamp=False) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=sorted(characters))
        subsetter.subset(font)
        font.flavor = "woff2"
        made = io.BytesIO()
        font.save(made, reorderTables=False)
    return made.getvalue()
