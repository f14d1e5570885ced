"""The comparison as a web page: first what changed and why, then the text with marks. It needs nothing but itself."""

import base64
import io
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from PIL import Image

from evalbrief.document.fields import set_fields
from evalbrief.document.html.drawing import read_drawings
from evalbrief.document.html.fonts import font_faces
from evalbrief.document.html.page import POLICY, digest, write_body
from evalbrief.document.html.style import held_words, page_style
from evalbrief.document.meta import read_meta
from evalbrief.review.comparison import Comparison
from evalbrief.review.pictures import FigureChange
from evalbrief.review.summary import Summary
from evalbrief.review.tree.changes import TITLE
from evalbrief.review.tree.compared import compared
from evalbrief.review.tree.inlines import read_inlines
from evalbrief.tree import Element

TEMPLATES = Path("templates")
# Pixels; as wide as the page shows a picture.
WIDEST = 900


def write_page(
    comparison: Comparison,
    summary: Summary,
    tree: Element,
    folder: Path,
    theme: Mapping[str, Any],
    fonts: tuple[list[str], list[str]],
) -> str:
    """Return the page; `tree` is the marked one, its pictures lie in `folder`; `fonts` are web and static fonts."""
    meta = read_meta(tree)
    content = set_fields(tree, meta.words["colon"])
    body = write_body(content, read_drawings(content, folder), str(TEMPLATES / "filters" / "html.lua"))
    lines = zip(comparison.figures, summary.figures, strict=True)
    figures = [(title, said, _shown(figure, title, summary)) for figure, (title, said) in lines]
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    text = body + repr(summary) + repr(summary.labels) + meta.words["title"]
    faces = font_faces(*fonts, theme["fonts"], text)
    sheets = [(TEMPLATES / "html" / name).read_text(encoding="utf-8") for name in ("brief.css", "review.css")]
    style = page_style(
        # The words that a screen reader says before a mark.
        "\n".join([held_words(summary.marks), *sheets]),
        dict(theme),
        faces,
    )
    script = (TEMPLATES / "html" / "review.js").read_text(encoding="utf-8")
    page = environment.from_string((TEMPLATES / "html" / "review.html").read_text(encoding="utf-8")).render(
        lang=meta.language,
        title=meta.words["title"],
        marked_title=_marked_title(comparison),
        summary=summary,
        labels=summary.labels,
        kinds=[(kind, summary.kinds[kind], count) for kind, count in _kinds(comparison).items()],
        changes=[[change.number, change.kind] for change in comparison.merged.changes],
        figures=figures,
        policy=POLICY.format(style=digest(style), script=digest(script)),
        style=Markup(style),
        script=Markup(script),
        body=Markup(body),
    )
    return page.rstrip("\n") + "\n"


def _marked_title(comparison: Comparison) -> tuple[int, list[tuple[str, str]]]:
    """Give the number of the change of the title, if there is one, and its words as they stay, go and come."""
    change = next((one for one in comparison.merged.changes if (one.kind, one.block) == (TITLE, "title")), None)
    if not change:
        return 0, []
    items = compared(*(read_inlines([{"t": "Str", "c": words}]) for words in (change.old, change.new)))
    stretches = groupby(items, key=lambda item: item.kind)
    return change.number, [(kind, "".join(item.token.text for item in group)) for kind, group in stretches]


def _kinds(comparison: Comparison) -> dict[str, int]:
    """Count the changes of each kind, in the order in which the kinds first come."""
    counts: dict[str, int] = {}
    for change in comparison.merged.changes:
        counts[change.kind] = counts.get(change.kind, 0) + 1
    return counts


def _shown(figure: FigureChange, title: str, summary: Summary) -> list[tuple[str, str]]:
    """Give the pictures of a figure: before, after and the difference, each with its alternative text."""
    names = ("figure_before", "figure_after", "figure_difference")
    return [
        (summary.labels[name].format(name=title), _address(content))
        for name, content in zip(names, figure.pictures, strict=True)
        if content
    ]


def _address(png: bytes) -> str:
    """Give a picture, no wider than the page shows it, as an address that holds it."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    if picture.width > WIDEST:
        picture = picture.resize((WIDEST, round(picture.height * WIDEST / picture.width)), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    picture.quantize(64).save(written, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(written.getvalue()).decode()}"
