"""The office's look (theme) -> reference.docx, from which pandoc takes styles, page, header and footer."""

from typing import Any

from evalbrief.document.docx_package import write_parts
from evalbrief.document.docx_reference import reference_parts


def make_reference(*, theme: dict[str, Any], docx: str) -> None:
    """Write the reference document; `theme` holds the fonts and colours of templates/theme.yaml."""
    write_parts(reference_parts(theme), docx)


if __name__ == "__main__":
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        make_reference(theme=snakemake.params.theme, docx=snakemake.output.docx)
