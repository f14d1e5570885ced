"""The comparison as a PDF: first what changed and why, then the brief in its look, with marks."""

import json
from pathlib import Path
from typing import Any

from evalbrief.document.fields import set_fields
from evalbrief.document.meta import read_meta
from evalbrief.document.pdf.finish import finish_pdf, table_notes
from evalbrief.document.pdf.typst import compile_pdf, write_typst
from evalbrief.review.summary import Summary
from evalbrief.tree import Element, attr, div, text_inlines

TEMPLATES = Path("templates")
FILTER = str(TEMPLATES / "filters" / "typst.lua")


def write_marked_pdf(
    tree: Element, summary: Summary, folder: Path, theme: dict[str, Any], paper: str, fonts: list[str]
) -> bytes:
    """Return the PDF of a marked tree, its pictures in `folder`; `fonts` are folders of font files.

    Raise DocumentError for anything pandoc or Typst warns of.
    """
    labels = {f"review_{name}": _string(word) for name, word in summary.labels.items()}
    meta_labels = {"t": "MetaMap", "c": {**tree["meta"]["labels"]["c"], **labels}}
    meta = {**tree["meta"], "labels": meta_labels, "notice": _string(summary.versions)}
    read = read_meta({**tree, "meta": meta})
    parts = (_summary_blocks(summary), set_fields(tree["blocks"], read.words["colon"]))
    calls = [write_typst(json.dumps({**tree, "meta": meta, "blocks": blocks}), FILTER) for blocks in parts]
    look, marks = ((TEMPLATES / "typst" / name).read_text(encoding="utf-8") for name in ("brief.typ", "redline.typ"))
    inputs = {"theme": theme | {"logo": []}, "paper": paper, "attachments": []}
    made = compile_pdf(
        "\n".join([look, marks, calls[0], "#pagebreak()", calls[1]]), folder.resolve(), fonts, read, inputs
    )
    return finish_pdf(made, table_notes(tree["blocks"]))


def _string(text: str) -> Element:
    return {"t": "MetaString", "c": text}


def _summary_blocks(summary: Summary) -> list[Element]:
    """Write the summary as headings, paragraphs and lists."""
    labels = summary.labels
    parts = [
        ("alarms", summary.alarms),
        ("frame", [summary.line(what, f"{old} → {new}") for what, old, new in summary.frame]),
        ("values", [f"{value.said}. {value.formula}." for value in summary.values]),
        ("words", summary.word_lines),
        ("figures", [" – ".join(line) for line in summary.figures]),
        (
            "tables",
            [summary.line(f"{table}, {row}", f"{old or '–'} → {new or '–'}") for table, row, old, new in summary.cells],
        ),
        (
            "comments",
            [
                summary.line(f"{who}, {when}, {where}", f"{said} [{status}] {answer}")
                for who, when, where, _, said, status, answer in summary.comments
            ],
        ),
        ("rows", summary.row_lines),
        ("findings", [summary.line(kind, note) for kind, note in summary.findings]),
        ("renumbered", [summary.line(place, f"{old} → {new}") for place, old, new in summary.renumbered]),
    ]
    blocks = [
        _heading(1, "review-summary", summary.title),
        _block(
            "review-versions", [_para(said) for said in (summary.versions, summary.counts, summary.program) if said]
        ),
        _block("review-legend", [_legend(summary)]),
    ]
    for name, lines in parts:
        if lines:
            items = [[{"t": "Plain", "c": text_inlines(line)}] for line in lines]
            blocks += [
                _heading(2, f"review-{name}", labels[name]),
                _block(f"review-{name}-list", [{"t": "BulletList", "c": items}]),
            ]
    return blocks


def _legend(summary: Summary) -> Element:
    """Name each mark in a word that bears it."""
    marks = [[{"t": "Span", "c": [attr("", [name]), text_inlines(words)]}] for name, words in summary.marks.items()]
    said = [inline for mark in marks for inline in ({"t": "Space"}, *mark)]
    return {"t": "Para", "c": [*text_inlines(summary.line(summary.labels["legend"], "").rstrip()), *said]}


def _heading(level: int, name: str, words: str) -> Element:
    return {"t": "Header", "c": [level, [name, [], []], text_inlines(words)]}


def _block(name: str, blocks: list[Element]) -> Element:
    return div(name, ["block"], blocks)


def _para(words: str) -> Element:
    return {"t": "Para", "c": text_inlines(words)}
