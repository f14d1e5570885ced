"""Tree of the brief, its figures (PNG, SVG), reference document and filter -> DOCX, the same bytes every time."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import lxml.etree as etree
from evalbrief.document.docx.finish import finish
from evalbrief.document.docx.origin import digest_of
from evalbrief.document.docx.package import DOCUMENT, W, read_parts, write_parts
from evalbrief.document.docx.page import text_width
from evalbrief.document.fields import set_fields
from evalbrief.document.meta import read_meta
from evalbrief.pandoc import convert


def render_docx(*, tree: str, reference: str, filter: str, docx: str) -> None:
    """Write the Word document of a tree (pandoc JSON), with images relative to the tree's folder.

    Each figure lies there twice: as the SVG that the tree names, and as a PNG of the same name.

    Raise PandocError, and leave an older document as it is, for anything pandoc warns of.
    """
    source = Path(tree).read_bytes()
    content = json.loads(source)
    meta = read_meta(content)
    look = read_parts(reference)
    section = etree.fromstring(look[DOCUMENT]).find(f"{W}body/{W}sectPr")
    options = [
        "--fail-if-warnings",
        "--syntax-highlighting=none",
        f"--reference-doc={reference}",
        f"--lua-filter={filter}",
        f"--resource-path={Path(tree).parent}",
        f"--metadata=text_width:{text_width(section)}",
    ]
    with TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.docx"
        set_tree = json.dumps(set_fields(content, meta.words["colon"]))
        convert(set_tree, "json", "docx", f"--output={draft}", *options)
        parts = finish(read_parts(draft), look, meta, Path(tree).parent, digest_of(source))
    write_parts(parts, docx)


if __name__ == "__main__":
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        render_docx(
            tree=snakemake.input.tree,
            reference=snakemake.input.reference,
            filter=snakemake.input.filter,
            docx=snakemake.output.docx,
        )
