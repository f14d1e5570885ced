"""The house's look (theme, paper, fonts) or another office's document -> reference.docx, which styles the brief."""

from typing import Any

from evalbrief.document.docx.package import write_parts
from evalbrief.document.docx.reference import reference_parts


def make_reference(*, theme: dict[str, Any], paper: str, fonts: list[str], office: str | None, docx: str) -> None:
    """Write the reference document.

    `theme` holds the fonts, the colours and the path of the logo of the theme file, `paper` is a4 or letter, `fonts`
    are the paths of TrueType files to embed. With `office`, the path of a Word document, that one's styles, page,
    headers and footers win; raise ValueError for one that cannot serve.
    """
    write_parts(reference_parts(theme, paper, fonts, office or None), docx)


if __name__ == "__main__":
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        make_reference(
            theme=snakemake.params.theme,
            paper=snakemake.params.paper,
            fonts=list(snakemake.input.fonts),
            office=snakemake.params.office,
            docx=snakemake.output.docx,
        )
