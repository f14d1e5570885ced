"""Tree of the brief, its figures, its data, template and filter -> PDF (PDF/UA-1 and PDF/A-3a), always the same."""

import json
from pathlib import Path
from typing import Any

from evalbrief.document.fields import set_fields
from evalbrief.document.meta import read_meta
from evalbrief.document.pdf.attachments import Attachment, read_attachments
from evalbrief.document.pdf.finish import finish_pdf, table_notes
from evalbrief.document.pdf.typst import compile_pdf, write_typst
from evalbrief.document.pdf.values_table import values_table
from evalbrief.files import read_json, write_whole
from evalbrief.fonts import PACKAGED


def render_pdf(
    *,
    tree: str,
    context: str,
    attachments: list[str],
    template: str,
    filter: str,
    theme: dict[str, Any],
    paper: str,
    pdf: str,
    fonts: list[str] | None = None,
) -> None:
    """Write the PDF of a tree (pandoc JSON), with images relative to the tree's folder.

    `attachments` are the data of the figures and tables (CSV), which the PDF carries beside the values of the
    `context` that its text prints. `theme` holds `colours`, `fonts` and `logo`, `fonts` folders of font files (the
    packaged ones when None); `paper` is a4 or letter. Raise DocumentError, and leave an older PDF as it is, for
    anything pandoc or Typst warns of.
    """
    content = read_json(tree)
    meta = read_meta(content)
    files = read_attachments(attachments, content["blocks"], meta.words["attached"])
    values = values_table(content["blocks"], read_json(context)["values"]).encode()
    files.append(Attachment("values.csv", meta.words["attached_values"], values))
    calls = write_typst(json.dumps(set_fields(content, meta.words["colon"])), filter)
    inputs = {"theme": _with_logo(theme), "paper": paper, "attachments": [file.values() for file in files]}
    pages = Path(template).read_text(encoding="utf-8") + "\n" + calls
    made = compile_pdf(pages, Path(tree).resolve().parent, fonts or PACKAGED, meta, inputs)
    write_whole(pdf, finish_pdf(made, table_notes(content["blocks"])))


def _with_logo(theme: dict[str, Any]) -> dict[str, Any]:
    """Put the logo itself, byte by byte, in the place of its path."""
    return theme | {"logo": list(Path(theme["logo"]).read_bytes()) if theme.get("logo") else []}


if __name__ == "__main__":
    from evalbrief.fonts import folders
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        render_pdf(
            tree=snakemake.input.tree,
            context=snakemake.input.context,
            attachments=[*snakemake.input.figure_data, *snakemake.input.table_data],
            template=snakemake.input.template,
            filter=snakemake.input.filter,
            theme=snakemake.params.theme,
            paper=snakemake.params.paper,
            pdf=snakemake.output.pdf,
            fonts=folders(snakemake.params.own_folder),
        )
