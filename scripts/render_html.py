"""Tree of the brief, its figures, template, style, script, filter, fonts -> one web page, the same bytes every time."""

import json
from pathlib import Path
from typing import Any

from evalbrief.document.fields import set_fields
from evalbrief.document.html.drawing import read_drawings
from evalbrief.document.html.fonts import font_faces
from evalbrief.document.html.page import fill_page, write_body
from evalbrief.document.html.style import page_style
from evalbrief.document.meta import read_meta
from evalbrief.files import write_whole


def render_html(
    *,
    tree: str,
    template: str,
    filter: str,
    style: str,
    script: str,
    theme: dict[str, Any],
    web_fonts: list[str],
    fonts: list[str],
    html: str,
) -> None:
    """Write the web page of a tree (pandoc JSON), with figures (SVG) relative to the tree's folder.

    `theme` holds `colours`, `fonts` and `logo`; `web_fonts` are the paths of the faces that a page embeds, `fonts` the
    static TrueType files they come from, of which a page with rarer characters gets its own cuts. Raise PageError, and
    leave an older page as it is, for anything pandoc warns of and for what no page may hold.
    """
    content = json.loads(Path(tree).read_text(encoding="utf-8"))
    meta = read_meta(content)
    content = set_fields(content, meta.words["colon"])
    drawings = read_drawings(content, Path(tree).resolve().parent)
    body = write_body(content, drawings, filter)
    text = body + json.dumps(meta.values, ensure_ascii=False)
    faces = font_faces(web_fonts, fonts, theme["fonts"], text)
    sheet = page_style(_read(style), theme, faces)
    page = fill_page(_read(template), meta, content, body, sheet, _read(script), theme["logo"])
    write_whole(html, page.encode())


def _read(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


if __name__ == "__main__":
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        render_html(
            tree=snakemake.input.tree,
            template=snakemake.input.template,
            filter=snakemake.input.filter,
            style=snakemake.input.style,
            script=snakemake.input.script,
            theme=snakemake.params.theme,
            web_fonts=list(snakemake.input.web_fonts),
            fonts=list(snakemake.input.fonts),
            html=snakemake.output.html,
        )
