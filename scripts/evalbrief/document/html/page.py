"""Turn the tree of the brief into one web page that needs nothing else: pandoc writes the text, Jinja the page."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from evalbrief.document.html.drawing import PageError
from evalbrief.document.html.style import margin_words
from evalbrief.document.meta import Meta
from evalbrief.pandoc import PandocError, convert
from evalbrief.tree import Element, elements, identifier, stringify

# What the browser may load and run: this page's own style and script, known by their digests, and what they carry.
POLICY = (
    "default-src 'none'; style-src '{style}'; script-src '{script}'; img-src data:; font-src data:;"
    " base-uri 'none'; form-action 'none'"
)
LOGO_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}
# The deepest headings that the contents name: those of sections, not of single recommendations.
DEEPEST_CONTENTS = 2
WHITESPACE = re.compile(r"\s*\n\s*")


def write_body(tree: Element, drawings: Mapping[str, str], lua_filter: str) -> str:
    """Write the text of the page; `drawings` are the markup of the figures by id. A warning of pandoc is an error."""
    held = {"t": "MetaMap", "c": {name: {"t": "MetaString", "c": markup} for name, markup in drawings.items()}}
    given = {**tree, "meta": {**tree["meta"], "drawings": held}}
    arguments = [
        *("--fail-if-warnings", "--sandbox", "--wrap=none", "--syntax-highlighting=none"),
        f"--lua-filter={lua_filter}",
    ]
    try:
        return convert(json.dumps(given), "json", "html5", *arguments)
    except PandocError as error:
        raise PageError(f"pandoc: {error}") from None


def contents(tree: Element) -> list[dict]:
    """List the headings that the table of contents names, each with those below it."""
    entries: list[dict] = []
    for header in (element for element in elements(tree["blocks"]) if element["t"] == "Header"):
        entry = {"id": identifier(header), "name": stringify(header["c"][2]), "below": []}
        if header["c"][0] == 1 or not entries:
            entries.append(entry)
        elif header["c"][0] <= DEEPEST_CONTENTS:
            entries[-1]["below"].append(entry)
    return entries


def fill_page(template: str, meta: Meta, tree: Element, body: str, style: str, script: str, logo: str) -> str:
    """Set the text in the page; every word is escaped, and the policy lets nothing but this style and script in."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    style = _embedded(f"\n{margin_words(meta.words)}{style}", "style")
    script = _embedded(script, "script")
    page = environment.from_string(template).render(
        **{"draft": "", **meta.values},
        policy=POLICY.format(style=digest(style), script=digest(script)),
        style=Markup(style),
        script=Markup(script),
        contents=contents(tree),
        body=Markup(body),
        marked_logo=logo and _address(Path(logo)),
    )
    return page.rstrip("\n") + "\n"


def digest(text: str) -> str:
    """Name a style or script by its digest, as a content security policy does."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _embedded(text: str, element: str) -> str:
    """Check that a style or script cannot end the element it stands in."""
    if re.search(rf"</{element}|<!--", text, re.IGNORECASE):
        raise PageError(f"the {element} of the page holds markup, which would end it")
    return text


def _address(logo: Path) -> str:
    """Give a picture as an address that holds it."""
    return f"data:{LOGO_TYPES[logo.suffix.lower()]};base64,{base64.b64encode(logo.read_bytes()).decode()}"
