"""The variable text font -> the static cuts that figures are drawn with; NotoSans-Bold.ttf is Noto Sans, bold."""

from functools import cache
from io import BytesIO
from pathlib import Path

from evalbrief.data.glyphs import CHARACTERS, FONT
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

WEIGHTS = {"Regular": 400, "Bold": 700}


def cut_fonts(*, fonts: list[str]) -> None:
    """Write one static TTF for each path; the same bytes every time."""
    for path in fonts:
        weight = WEIGHTS[Path(path).stem.partition("-")[2]]
        font = TTFont(BytesIO(_chosen()), recalcTimestamp=False)
        axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": weight}
        instancer.instantiateVariableFont(font, axes, inplace=True, updateFontNames=True)
        font.save(path)


@cache
def _chosen() -> bytes:
    font = TTFont(FONT, recalcTimestamp=False)
    subsetter = subset.Subsetter(
        subset.Options(name_IDs=["*"], name_languages=["*"], notdef_outline=True, recalc_timestamp=False)
    )
    subsetter.populate(unicodes=sorted(CHARACTERS))
    subsetter.subset(font)
    chosen = BytesIO()
    font.save(chosen)
    return chosen.getvalue()


if __name__ == "__main__":
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        cut_fonts(fonts=list(snakemake.output))
