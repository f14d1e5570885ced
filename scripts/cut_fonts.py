"""Variable fonts of the font packages -> the static cuts that matplotlib and word processors need.

The name of an output says what it is: NotoSans-BoldItalic.ttf is Noto Sans, bold and italic.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

import fontpkg_noto_sans
import fontpkg_overpass
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

SOURCES = {
    ("NotoSans", False): Path(fontpkg_noto_sans.__file__).parent / "files" / "NotoSans[wdth,wght].ttf",
    ("NotoSans", True): Path(fontpkg_noto_sans.__file__).parent / "files" / "NotoSans-Italic[wdth,wght].ttf",
    ("Overpass", False): Path(fontpkg_overpass.__file__).parent / "files" / "Overpass[wght].ttf",
    ("Overpass", True): Path(fontpkg_overpass.__file__).parent / "files" / "Overpass-Italic[wght].ttf",
}
WEIGHTS = {"Regular": 400, "Bold": 700}

# Latin, Greek, Cyrillic, raised letters, punctuation, currencies, arrows, mathematics, geometric shapes.
# Choosing characters before cutting makes the cutting several times faster.
CHARACTERS = [*range(0x20, 0x250), *range(0x2B0, 0x530), *range(0x1D00, 0x2300), *range(0x25A0, 0x2600), 0xFFFD]


def cut_fonts(*, fonts: list[str]) -> None:
    """Write one static TTF for each path; the same bytes every time."""
    for path in fonts:
        family, _, style = Path(path).stem.partition("-")
        weight = WEIGHTS[style.removesuffix("Italic") or "Regular"]
        font = TTFont(BytesIO(_chosen(family, style.endswith("Italic"))), recalcTimestamp=False)
        axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": weight}
        instancer.instantiateVariableFont(font, axes, inplace=True, updateFontNames=True)
        font.save(path)


@cache
def _chosen(family: str, italic: bool) -> bytes:
    font = TTFont(SOURCES[family, italic], recalcTimestamp=False)
    subsetter = subset.Subsetter(
        subset.Options(name_IDs=["*"], name_languages=["*"], notdef_outline=True, recalc_timestamp=False)
    )
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    chosen = BytesIO()
    font.save(chosen)
    return chosen.getvalue()


if __name__ == "__main__":
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        cut_fonts(fonts=list(snakemake.output))
