"""The font of a family, variable or not -> the static face that figures are drawn with and documents embed."""

from evalbrief.data.glyphs import CHARACTERS
from evalbrief.fonts import WEIGHTS, find_font, folders
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer


def cut_font(*, family: str, style: str, places: list[str], font: str) -> None:
    """Write one static TTF of a face, such as Noto Sans in BoldItalic; the same bytes every time.

    Raise FontError when none of the folders `places` has a font of the family that the face can be cut from.
    """
    chosen = _chosen(TTFont(find_font(family, style, places), recalcTimestamp=False))
    if "fvar" in chosen:
        axes = {axis.axisTag: axis.defaultValue for axis in chosen["fvar"].axes} | {"wght": WEIGHTS[style]}
        instancer.instantiateVariableFont(chosen, axes, inplace=True, updateFontNames=True)
    chosen.save(font)


def _chosen(font: TTFont) -> TTFont:
    """Keep the characters a brief can print: choosing before cutting makes the cutting several times faster."""
    subsetter = subset.Subsetter(
        subset.Options(name_IDs=["*"], name_languages=["*"], notdef_outline=True, recalc_timestamp=False)
    )
    subsetter.populate(unicodes=sorted(CHARACTERS))
    subsetter.subset(font)
    return font


if __name__ == "__main__":
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        cut_font(
            family=snakemake.params.family,
            style=snakemake.params.style,
            places=folders(snakemake.params.own_folder),
            font=snakemake.output.font,
        )
