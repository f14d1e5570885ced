"""Finish the package pandoc wrote: what it cannot say of a Word document, and what would differ between two runs."""

from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from textwrap import shorten
from typing import Any

import lxml.etree as etree
from babel.core import get_global

from evalbrief.document.docx.controls import finish_controls
from evalbrief.document.docx.lists import LIST_STYLES, bind_lists
from evalbrief.document.docx.meta import application_properties, core_properties
from evalbrief.document.docx.origin import mark_origin
from evalbrief.document.docx.package import (
    DOCUMENT,
    OFFICE,
    STYLES,
    Parts,
    W,
    drop_part,
    relations_of,
    take_part,
    target_part,
    to_bytes,
)
from evalbrief.document.docx.pictures import finish_pictures
from evalbrief.document.docx.runs import fill_words, join_runs
from evalbrief.document.docx.settings import SETTINGS, settings
from evalbrief.document.meta import Meta

# What comes from the reference document as it is: pandoc leaves out embedded fonts and changes the rest here and there.
TAKEN = ("styles", "theme", "fontTable", "header", "footer")
FILLED = ("header", "footer")
RECORDS = ("Recommendation", "LessonLearned", "GoodPractice")
RECORD_STYLES = {f"{record}{part}" for record in RECORDS for part in ("", "Field", "Gap")}
RECORD_HEADING = "Heading3"
SOURCE_STYLE = "Source"
TEXT_STYLE = "BodyText"
FIGURE_STYLE = "Figure"
DATA_TABLE_STYLE = "BriefTable"
WHOLE_TABLE_ROWS = 8  # with the header
EDGE_ROWS = 2
LONGEST_RUNNING_TITLE = 160


def finish(parts: Parts, reference: Parts, meta: Meta, folder: Path, origin: str) -> Parts:
    """Return the parts of the finished document; the pictures lie in `folder`, `origin` is a digest of the tree."""
    parts = dict(parts)
    document = etree.fromstring(parts[DOCUMENT])
    _take_from(reference, parts, meta)
    finish_pictures(parts, document, folder)
    _bar_record_headings(document, etree.fromstring(parts[STYLES]))
    _finish_text(document)
    bind_lists(parts, document)
    mark_origin(document, origin)
    parts[DOCUMENT] = to_bytes(document)
    notes = etree.fromstring(parts["word/footnotes.xml"])
    _finish_text(notes)
    parts["word/footnotes.xml"] = to_bytes(notes)
    parts[SETTINGS] = settings(meta.language, reference[SETTINGS])
    parts["docProps/core.xml"] = core_properties(meta).encode()
    parts["docProps/app.xml"] = application_properties(meta).encode()
    # Pandoc writes them empty.
    drop_part(parts, "docProps/custom.xml", source="")
    drop_part(parts, "word/comments.xml")
    return parts


def _take_from(reference: Parts, parts: Parts, meta: Meta) -> None:
    """Take what the reference document gives, with the brief's words and language."""
    words = meta.words | {
        "short_title": shorten(meta.words["title"], LONGEST_RUNNING_TITLE, placeholder="…"),
        "marks": " – ".join(filter(None, [meta.words["draft"], meta.words["notice"]])),
        "marked_series": f"{meta.words['unit_mark']} {meta.words['series']}".strip(),
    }
    for relation in relations_of(reference, DOCUMENT):
        kind = relation.get("Type", "").removeprefix(f"{OFFICE}/")
        if kind in TAKEN:
            name = target_part(DOCUMENT, relation)
            parts.pop(name, None)
            take_part(reference, name, parts, name)
            if kind in FILLED:
                root = etree.fromstring(parts[name])
                fill_words(root, words)
                parts[name] = to_bytes(root)
    styles = etree.fromstring(parts[STYLES])
    _set_language(styles, meta.language)
    parts[STYLES] = to_bytes(styles)


def _set_language(styles: Any, language: str) -> None:
    """Let the language of the brief hold for every script, wherever a style says nothing else."""
    place = styles
    for name in ("docDefaults", "rPrDefault", "rPr", "lang"):
        inner = place.find(f"{W}{name}")
        if inner is None:
            inner = etree.Element(f"{W}{name}")
            place.insert(len(place) if name == "lang" else 0, inner)
        place = inner
    place.set(f"{W}val", language)
    place.set(f"{W}eastAsia", language)


def _finish_text(root: Any) -> None:
    for language in root.iter(f"{W}lang"):
        language.set(f"{W}val", _with_region(language.get(f"{W}val")))
    join_runs(root)
    finish_controls(root)
    body = root.find(f"{W}body")
    if body is not None:
        _keep_together(body)


def _bar_record_headings(document: Any, styles: Any) -> None:
    """Give the heading of a record the bar of the style below it: one style of heading stands above three kinds."""
    bars = {style.get(f"{W}styleId"): style.find(f"{W}pPr/{W}pBdr") for style in styles.iter(f"{W}style")}
    if bars[RECORD_HEADING] is None or any(bars[kind] is None for kind in RECORDS):
        return  # another office's styles
    for heading in document.iter(f"{W}p"):
        below = heading.getnext()
        kind = None if below is None else _style(below)
        if kind in RECORDS and _style(heading) == RECORD_HEADING:
            heading.find(f"{W}pPr/{W}pStyle").addnext(deepcopy(bars[kind]))


def _with_region(language: str) -> str:
    """Complete a language by where most of its readers are: Word's proofing knows "en-US", not "en"."""
    likely = get_global("likely_subtags").get(language, "")
    return f"{language}-{likely.rpartition('_')[2]}" if likely else language


def _keep_together(body: Any) -> None:
    """Keep records, small tables, what stands above a source line, and a list with its first words on one page."""
    blocks = [block for block in body if block.tag in (f"{W}p", f"{W}tbl")]
    for block, after in pairwise(blocks):
        sourced = _style(after) == SOURCE_STYLE
        if _is_data_table(block):
            for row in _rows_to_keep(block.findall(f"{W}tr"), sourced):
                for paragraph in row.iter(f"{W}p"):
                    _keep_with_next(paragraph)
        elif _belong_together(_style(block), _style(after)):
            _keep_with_next(block)


def _belong_together(style: str | None, after: str | None) -> bool:
    return (
        {style, after} <= RECORD_STYLES
        or (style, after) == (FIGURE_STYLE, SOURCE_STYLE)
        or (style == TEXT_STYLE and after in LIST_STYLES.values())
    )


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
