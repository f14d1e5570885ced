"""The static faces -> web fonts of the usual characters, which pages embed as they are."""

from pathlib import Path

from evalbrief.document.html.fonts import USUAL
from evalbrief.document.html.web_font import web_font


def cut_web_fonts(*, fonts: list[str], web_fonts: list[str]) -> None:
    """Write a WOFF2 file of each face (TrueType), in the same order; the same bytes every time."""
    for font, made in zip(fonts, web_fonts, strict=True):
        Path(made).write_bytes(web_font(font, USUAL))


if __name__ == "__main__":
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        cut_web_fonts(fonts=list(snakemake.input.fonts), web_fonts=list(snakemake.output.fonts))
