"""The fonts of the theme's families, variable or not -> the static faces that figures are drawn with and documents
embed."""

import io

from evalbrief.data.glyphs import CHARACTERS
from evalbrief.fonts import WEIGHTS, find_font
from evalbrief.subset import SubsetFlags, subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import setRibbiBits
from fontTools.varLib.instancer.names import getVariationNameIDs, updateNameTable

# Up to here a name is one that every font has; the numbers above name axes, styles and variants of letters.
LAST_COMMON_NAME = 255
# Where a letter is drawn as two shapes that overlap, Apple's programs have to be told, or they show a hole.
FLAGS = int(SubsetFlags.NOTDEF_OUTLINE) | int(SubsetFlags.SET_OVERLAPS_FLAG)


def cut_fonts(*, faces: list[tuple[str, str]], places: list[str], fonts: list[str]) -> None:
    """Write a static TTF of each face, a family and a style such as Noto Sans in BoldItalic; the same bytes every time.

    Raise FontError when none of the folders `places` has a font of a family that a face can be cut from.
    """
    for (family, style), font in zip(faces, fonts, strict=True):
        _cut_face(family, style, places, font)


def _cut_face(family: str, style: str, places: list[str], font: str) -> None:
    path, axes = find_font(family, style, places), {"wght": float(WEIGHTS[style])}
    with TTFont(path, lazy=True) as whole:
        made = io.BytesIO(subset(path, CHARACTERS, axes=axes, flags=FLAGS))
        with TTFont(made, recalcTimestamp=False) as cut:
            if "fvar" in whole:
                updateNameTable(whole, axes)
            _take_names(cut, whole)
            setRibbiBits(cut)
            cut.save(font, reorderTables=False)


def _take_names(cut: TTFont, whole: TTFont) -> None:
    """Give a cut font the names of the whole one, those that it uses."""
    used = getVariationNameIDs(cut)
    cut["name"] = whole["name"]
    cut["name"].names = [
        name
        for name in whole["name"].names
        if name.isUnicode() and (name.nameID <= LAST_COMMON_NAME or name.nameID in used)
    ]


if __name__ == "__main__":
    from evalbrief.fonts import folders
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        cut_fonts(
            faces=snakemake.params.faces,
            places=folders(snakemake.params.own_folder),
            fonts=list(snakemake.output.fonts),
        )
