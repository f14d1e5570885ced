"""Finish the package pandoc wrote: what it cannot say of a Word document, and what would differ between two runs."""

from itertools import pairwise
from textwrap import shorten
from typing import Any

import lxml.etree as etree

from evalbrief.document.docx_meta import application_properties, core_properties, settings
from evalbrief.document.docx_package import MAIN, W, to_bytes
from evalbrief.document.meta import Meta

NS = {
    "w": MAIN,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
RECORD_STYLES = {"Recommendation", "LessonLearned", "GoodPractice", "RecommendationField", "RecommendationGap"}
SOURCE_STYLE = "Source"
FIGURE_STYLE = "Figure"
DATA_TABLE_STYLE = "BriefTable"
WHOLE_TABLE_ROWS = 14
EDGE_ROWS = 2
LONGEST_RUNNING_TITLE = 160
LIST_STEP = 340
LIST_HANGING = 227


def finish(parts: dict[str, bytes], meta: Meta) -> dict[str, bytes]:
    """Return the parts of the finished document."""
    parts = dict(parts)
    words = meta.words | {"short_title": shorten(meta.words["title"], LONGEST_RUNNING_TITLE, placeholder="…")}
    for name in ("header_default", "footer_default", "footer_first"):
        parts[f"word/{name}.xml"] = _with_words(parts[f"word/{name}.xml"], words)
    for name, change in (("document", _finish_body), ("numbering", _tighten_lists), ("styles", _one_language)):
        root = etree.fromstring(parts[f"word/{name}.xml"])
        change(root)
        parts[f"word/{name}.xml"] = to_bytes(root)
    parts["word/settings.xml"] = settings(meta).encode()
    parts["docProps/core.xml"] = core_properties(meta).encode()
    parts["docProps/app.xml"] = application_properties(meta).encode()
    return parts


def _with_words(part: bytes, words: dict[str, str]) -> bytes:
    """Put the brief's words in place of the names in braces; drop a paragraph that stays empty, but for the last."""
    root = etree.fromstring(part)
    for text in root.iter(f"{W}t"):
        text.text = text.text.format_map(words)
    for paragraph in root.findall(f"{W}p"):
        if not "".join(paragraph.itertext(f"{W}t")) and len(root) > 1:
            root.remove(paragraph)
    return to_bytes(root)


def _finish_body(document: Any) -> None:
    _number_pictures(document)
    body = document.find(f"{W}body")
    _join_runs(body)
    _keep_together(body)


def _number_pictures(document: Any) -> None:
    """Give pictures numbers of their own, no space round them, and no trace of where they came from."""
    for number, picture in enumerate(document.iterfind(".//wp:inline", NS), start=1):
        for side in "TBLR":
            picture.set(f"dist{side}", "0")
        for place in (picture.find("wp:docPr", NS), picture.find(".//pic:cNvPr", NS)):
            place.set("id", str(number))
            place.set("name", f"Picture {number}")
        picture.find(".//pic:cNvPr", NS).attrib.pop("descr", None)


def _join_runs(body: Any) -> None:
    """Join neighbouring runs of text that look alike: pandoc writes one for each word and each space."""
    for run in list(body.iter(f"{W}r")):
        before = run.getprevious()
        if before is not None and _is_text(run) and _is_text(before) and _look(run) == _look(before):
            before[-1].text += run[-1].text
            run.getparent().remove(run)


def _is_text(run: Any) -> bool:
    children = [child.tag for child in run if child.tag != f"{W}rPr"]
    return run.tag == f"{W}r" and children == [f"{W}t"]


def _look(run: Any) -> bytes:
    look = run.find(f"{W}rPr")
    return b"" if look is None else etree.tostring(look, method="c14n")


def _keep_together(body: Any) -> None:
    """Keep records, small tables and what stands above a source line on one page."""
    blocks = [block for block in body if block.tag in (f"{W}p", f"{W}tbl")]
    for block, after in pairwise(blocks):
        sourced = _style(after) == SOURCE_STYLE
        if _is_data_table(block):
            for row in _rows_to_keep(block.findall(f"{W}tr"), sourced):
                for paragraph in row.iter(f"{W}p"):
                    _keep_with_next(paragraph)
        elif {_style(block), _style(after)} <= RECORD_STYLES or (sourced and _style(block) == FIGURE_STYLE):
            _keep_with_next(block)


def _rows_to_keep(rows: list[Any], sourced: bool) -> list[Any]:
    """Choose the rows that may not part from the next: all of a small table, the first and last of a long one."""
    last = len(rows) if sourced else len(rows) - 1
    if len(rows) <= WHOLE_TABLE_ROWS:
        return rows[:last]
    return rows[:EDGE_ROWS] + rows[-EDGE_ROWS:last]


def _keep_with_next(paragraph: Any) -> None:
    properties = paragraph.find(f"{W}pPr")
    properties.find(f"{W}pStyle").addnext(etree.Element(f"{W}keepNext"))


def _is_data_table(block: Any) -> bool:
    style = block.find(f"{W}tblPr/{W}tblStyle")
    return style is not None and style.get(f"{W}val") == DATA_TABLE_STYLE


def _style(block: Any) -> str | None:
    style = block.find(f"{W}pPr/{W}pStyle")
    return None if style is None else style.get(f"{W}val")


def _tighten_lists(numbering: Any) -> None:
    """Indent lists by 6 mm a level."""
    for level in numbering.iter(f"{W}lvl"):
        indent = level.find(f"{W}pPr/{W}ind")
        indent.set(f"{W}left", str(LIST_STEP * (int(level.get(f"{W}ilvl")) + 1)))
        indent.set(f"{W}hanging", str(LIST_HANGING))


def _one_language(styles: Any) -> None:
    """Let the language pandoc set hold for every script."""
    language = styles.find(f"{W}docDefaults//{W}lang")
    language.set(f"{W}eastAsia", language.get(f"{W}val"))
