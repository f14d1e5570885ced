"""The font of a family, variable or not -> the static face that figures are drawn with and documents embed."""

from evalbrief.data.glyphs import CHARACTERS
from evalbrief.fonts import WEIGHTS, find_font, folders
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from fontTools.varLib.instancer.names import getVariationNameIDs

# Up to here a name is one that every font has; the numbers above name axes, styles and variants of letters.
LAST_COMMON_NAME = 255


def cut_font(*, family: str, style: str, places: list[str], font: str) -> None:
    """Write one static TTF of a face, such as Noto Sans in BoldItalic; the same bytes every time.

    Raise FontError when none of the folders `places` has a font of the family that the face can be cut from.
    """
    with TTFont(find_font(family, style, places), lazy=True, recalcTimestamp=False) as chosen:
        _choose(chosen)
        if "fvar" in chosen:
            axes = {axis.axisTag: axis.defaultValue for axis in chosen["fvar"].axes} | {"wght": WEIGHTS[style]}
            instancer.instantiateVariableFont(chosen, axes, inplace=True, updateFontNames=True)
        chosen.save(font)


def _choose(font: TTFont) -> None:
    """Keep the characters a brief can print: choosing before cutting makes the cutting several times faster.

    The names are put aside meanwhile: to learn which are in use, fontTools would visit every pair of letters that
    kerning knows, which takes half as long as all the rest. What is kept here is what it would keep.
    """
    names = font["name"]
    del font["name"]
    subsetter = subset.Subsetter(subset.Options(notdef_outline=True, recalc_timestamp=False))
    subsetter.populate(unicodes=sorted(CHARACTERS))
    subsetter.subset(font)
    font["name"] = names
    used = getVariationNameIDs(font)
    names.names = [
        name for name in names.names if name.isUnicode() and (name.nameID <= LAST_COMMON_NAME or name.nameID in used)
    ]


if __name__ == "__main__":
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        cut_font(
            family=snakemake.params.family,
            style=snakemake.params.style,
            places=folders(snakemake.params.own_folder),
            font=snakemake.output.font,
        )
