"""What is known of the office's evaluations at a glance: a page for people, and the same as a file for a monitor."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from evalbrief.document.html.page import POLICY, digest
from evalbrief.document.html.style import page_style
from evalbrief.files import write_whole
from evalbrief.theme import word

PAGE, FILE = Path("build/index.html"), Path("build/status.json")
TEMPLATES = Path("templates/html")
# The form of status.json; another number as soon as a program that knows only this one would misread it.
SCHEMA = 1
STATES = {
    "published": "Published",
    "changed": "Built, not published yet",
    "held": "Held back",
    "draft": "Draft",
    "withdrawn": "Withdrawn",
}
# This page is for those who run the program, and speaks as it does.
PAGE_LANGUAGE = "en"
FORMATS = {"pdf": "PDF", "docx": "Word", "html": "Web"}


@dataclass(frozen=True)
class Row:
    """An evaluation: its state (of STATES), when it was published last, and what there is to know about it."""

    name: str
    title: str
    state: str
    languages: list[str]
    published: str
    reasons: list[str] = field(default_factory=list)
    # What is wrong with its sources, so that older data are in use.
    sources: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    last_change: list[str] = field(default_factory=list)


def write_status(rows: Sequence[Row], theme: Mapping[str, Any], *, outcome: str, moment: str) -> None:
    """Write both; `moment` is when this run was, in UTC. A run that failed writes nothing here.

    A run is good when nothing was held back, and every source gave its data.
    """
    good = not any(row.reasons or row.sources for row in rows)
    record = {
        "schema": SCHEMA,
        "outcome": outcome,
        "moment": moment,
        "last_good_run": moment if good else read_status().get("last_good_run", ""),
        "evaluations": [asdict(row) for row in rows],
    }
    PAGE.parent.mkdir(exist_ok=True)
    write_whole(FILE, (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode())
    write_whole(PAGE, render_page(rows, theme, moment=moment, outcome=outcome).encode())


def read_status() -> dict[str, Any]:
    """Read what the last run wrote; nothing when there is none."""
    try:
        return json.loads(FILE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def render_page(rows: Sequence[Row], theme: Mapping[str, Any], *, moment: str, outcome: str) -> str:
    """Return the page: a table of the evaluations with search and filters, which works without any of them."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    sheets = [(TEMPLATES / name).read_text(encoding="utf-8") for name in ("brief.css", "status.css")]
    style = page_style("\n".join(sheets), dict(theme), "")
    script = (TEMPLATES / "status.js").read_text(encoding="utf-8")
    counts = {state: sum(1 for row in rows if row.state == state) for state in STATES}
    page = environment.from_string((TEMPLATES / "status.html").read_text(encoding="utf-8")).render(
        rows=rows,
        states=STATES,
        formats=FORMATS,
        office=word(theme, "unit", PAGE_LANGUAGE)[0],
        counts=counts,
        languages=sorted({language for row in rows for language in row.languages}),
        moment=moment,
        outcome=outcome,
        policy=POLICY.format(style=digest(style), script=digest(script)),
        style=Markup(style),
        script=Markup(script),
    )
    return page.rstrip("\n") + "\n"
