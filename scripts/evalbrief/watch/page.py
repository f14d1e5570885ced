"""Add to a page, on its way to the browser, the script that reloads it; the file stays as it is."""

import html
import re
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from evalbrief.commands.evaluations import BUILD, find_languages
from evalbrief.document.html.page import digest

TEMPLATES = Path("templates/html")
POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(")')
INDEX_POLICY = "default-src 'none'; style-src '{}'; base-uri 'none'; form-action 'none'"


def watched(page: str, address: str, version: str) -> str:
    """Return a page with the script; `address` says which page it is, `version` what of it is being shown."""
    style, script = (_template(f"watch.{ending}") for ending in ("css", "js"))
    attributes = {"page": address, "version": version, "style": style}
    given = "".join(f' data-{name}="{html.escape(value)}"' for name, value in attributes.items())
    element = f"<script{given}>{script}</script>\n"
    page = POLICY.sub(
        lambda found: found[1] + html.escape(_let_in(html.unescape(found[2]), script)) + found[3], page, 1
    )
    before, end, after = page.rpartition("</body>")
    return f"{before}{element}{end}{after}" if end else page + element


def write_index(evaluations: Sequence[str], trouble: str = "") -> str:
    """Write the page that names the watched briefs, those that are there with a link to each document."""
    style = _template("watch.css")
    briefs = {
        name: [(language, Path(BUILD, name, f"brief.{language}.html").exists()) for language in find_languages(name)]
        for name in evaluations
    }
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_template("watch.html"))
    return template.render(
        policy=INDEX_POLICY.format(digest(style)), style=Markup(style), briefs=briefs, trouble=trouble
    )


def _let_in(policy: str, script: str) -> str:
    """Let this script run, and hear from where the page came from."""
    parts = [part.strip().partition(" ") for part in policy.split(";") if part.strip()]
    directives = {name: value for name, _, value in parts}
    allowed = directives.get("script-src", "").replace("'none'", "")
    directives["script-src"] = f"{allowed} '{digest(script)}'".strip()
    directives["connect-src"] = "'self'"
    return "; ".join(f"{name} {value}".strip() for name, value in directives.items())


def _template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")
