"""Tree of the brief, its figures, template and filter -> PDF (PDF/UA-1 and PDF/A-2a), the same bytes every time."""

import json
import os
from pathlib import Path
from typing import Any

import fontpkg_noto_sans
import fontpkg_overpass
from evalbrief.document.fields import set_fields
from evalbrief.document.meta import read_meta
from evalbrief.document.pdf import describe_tables, table_notes
from evalbrief.document.typst import compile_pdf, write_typst

FONTS = [str(Path(package.__path__[0]) / "files") for package in (fontpkg_noto_sans, fontpkg_overpass)]


def render_pdf(
    *, tree: str, template: str, filter: str, theme: dict[str, Any], pdf: str, fonts: list[str] | None = None
) -> None:
    """Write the PDF of a tree (pandoc JSON), with images relative to the tree's folder.

    `theme` holds `colours` and `fonts`, `fonts` folders of font files (the packaged ones when None). Raise
    DocumentError, and leave an older PDF as it is, for anything pandoc or Typst warns of.
    """
    content = json.loads(Path(tree).read_text(encoding="utf-8"))
    meta = read_meta(content)
    calls = write_typst(json.dumps(set_fields(content, meta.words["colon"])), filter)
    pages = Path(template).read_text(encoding="utf-8") + "\n" + calls
    made = compile_pdf(pages, Path(tree).resolve().parent, fonts or FONTS, meta, theme)
    _write(Path(pdf), describe_tables(made, table_notes(content["blocks"])))


def _write(path: Path, content: bytes) -> None:
    """Put the whole file in place at once, or nothing."""
    unfinished = path.with_name(path.name + ".part")
    unfinished.write_bytes(content)
    os.replace(unfinished, path)


if __name__ == "__main__":
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        render_pdf(
            tree=snakemake.input.tree,
            template=snakemake.input.template,
            filter=snakemake.input.filter,
            theme=snakemake.params.theme,
            pdf=snakemake.output.pdf,
        )
