"""What a page of ours must be, beyond what axe-core knows: closed to the outside, whole, and true to the tree."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import lxml.html
from evalbrief.tree import Element, elements, identifier

LOADING = ("src", "srcset", "href", "xlink:href", "poster", "data", "action", "formaction", "background", "manifest")
OUTSIDE_LINKS = ("https://", "http://", "mailto:")
REFERRING = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
RECORDS = {"recommendation", "lesson", "practice", "finding"}
URL = re.compile(r"url\(\s*['\"]?([^'\")]*)")


def faults(html: str, tree: Element, draft: str = "", notice: str = "") -> list[str]:
    """List everything wrong with a page made from a tree."""
    page = lxml.html.document_fromstring(html)
    found = [_addresses(page), _ids(page), _headings(page), _tables(page), _policy(page, html), _pictures(page)]
    found += [_names(page), _marks(page, draft, notice), _anchors(page, tree), _words(page, tree)]
    return [fault for faults_of_kind in found for fault in faults_of_kind]


def words(element: Any) -> str:
    """Read the text of an element with single spaces."""
    return " ".join(element.text_content().split())


def _addresses(page: Any) -> Iterator[str]:
    for element in page.iter(lxml.html.etree.Element):
        for name in LOADING:
            address = element.get(name, "")
            allowed = ("#", *OUTSIDE_LINKS) if element.tag == "a" else ("#", "data:")
            if address and not address.startswith(allowed):
                yield f"address: <{element.tag} {name}> leads to {address[:60]}"
    for css in [*(style.text or "" for style in page.iter("style")), *page.xpath("//@style")]:
        if "@import" in css:
            yield "address: a style imports another"
        for address in URL.findall(css):
            if not address.startswith(("data:", "#")):
                yield f"address: a style loads {address[:60]}"


def _ids(page: Any) -> Iterator[str]:
    ids = Counter(page.xpath("//@id"))
    for name in (name for name, count in ids.items() if count > 1):
        yield f"id: {name} stands twice"
    targets = [address[1:] for address in page.xpath("//@href") if address.startswith("#")]
    for attribute in REFERRING:
        targets += [name for value in page.xpath(f"//@{attribute}") for name in value.split()]
    targets += [name for value in page.xpath("//@clip-path") for name in re.findall(r"url\(#([^)]+)\)", value)]
    for name in sorted(set(targets) - set(ids)):
        yield f"id: nothing is called {name}"


def _headings(page: Any) -> Iterator[str]:
    levels = [HEADINGS.index(element.tag) + 1 for element in page.iter(*HEADINGS)]
    if levels.count(1) != 1 or levels[0] != 1:
        yield "heading: not one title at the start"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"heading: level {after} follows level {before}"


def _tables(page: Any) -> Iterator[str]:
    for table in page.iter("table"):
        if not _captions(table):
            yield "table: no caption"
        columns = len(table.xpath("thead/tr/th[@scope='col']"))
        for row in table.iter("tr"):
            if len(row) != columns:
                yield f"table: a row of {len(row)} cells under {columns} column headers"
        for row in table.xpath("tbody/tr | tfoot/tr"):
            if not row.xpath("th[@scope='row']"):
                yield f"table: the row {words(row)[:40]} has no header"


def _captions(table: Any) -> list[str]:
    """Read the caption of the figure that a table stands in, if the table takes its name from it."""
    captions = table.xpath("ancestor::figure/figcaption[@id = $name]", name=table.get("aria-labelledby", ""))
    return [words(caption) for caption in captions if words(caption)]


def _policy(page: Any, html: str) -> Iterator[str]:
    policies = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(part.strip().partition(" ")[::2] for part in (policies or [""])[0].split(";"))
    if rules.get("default-src") != "'none'" or "unsafe" in str(policies):
        yield "policy: it does not shut everything out"
    if "Content-Security-Policy" not in html.partition("<style")[0]:
        yield "policy: it comes too late"
    for element in page.iter("style", "script"):
        digest = base64.b64encode(hashlib.sha256((element.text or "").encode()).digest()).decode()
        if f"'sha256-{digest}'" not in rules.get(f"{element.tag}-src", ""):
            yield f"policy: a {element.tag} that it does not know"
    for element in page.iter(lxml.html.etree.Element):
        for name in element.keys():  # noqa: SIM118 (an lxml element iterates over its children)
            if name == "style" or name.startswith("on"):
                yield f"policy: <{element.tag} {name}> is shut out"


def _pictures(page: Any) -> Iterator[str]:
    for figure in page.xpath("//figure[not(.//table)]"):
        names = figure.xpath(".//*[local-name() = 'svg'][@role='img']/@aria-label")
        caption = words(figure.find("figcaption")) if figure.find("figcaption") is not None else ""
        if not caption:
            yield "picture: no caption"
        if len(names) != 1 or not names[0].strip():
            yield "picture: no alternative text"
        elif caption.endswith(names[0].strip()):
            yield "picture: the alternative text only repeats the caption"


def _names(page: Any) -> Iterator[str]:
    if not page.get("lang"):
        yield "name: the page has no language"
    if not (page.findtext("head/title") or "").strip():
        yield "name: the page has no title"


def _marks(page: Any, draft: str, notice: str) -> Iterator[str]:
    for name, mark in {"draft": draft, "notice": notice}.items():
        found = [words(element) for element in page.xpath(f"//header//*[@class='{name}']")]
        if found != [" ".join(mark.split())] * bool(mark):
            yield f"mark: {name} is {found}, not {mark}"
    if draft and draft not in page.findtext("head/title"):
        yield "mark: the title of the page hides that it is a draft"


def _anchors(page: Any, tree: Element) -> Iterator[str]:
    ids, links = set(page.xpath("//@id")), Counter(page.xpath("//a[@class='anchor'][@aria-label]/@href"))
    for element in elements(tree["blocks"]):
        if element["t"] not in {"Header", "Div", "Figure"} or not identifier(element):
            continue
        name, kinds = identifier(element), set(element["c"][1 if element["t"] == "Header" else 0][1])
        if name not in ids:
            yield f"anchor: {name} is lost"
        if (element["t"] == "Figure" or kinds & {"table", *RECORDS}) and links[f"#{name}"] != 1:
            yield f"anchor: {links[f'#{name}']} links to {name}"


def _words(page: Any, tree: Element) -> Iterator[str]:
    shown = "".join(page.text_content().split()) + "".join(
        "".join(name.split()) for name in page.xpath("//@aria-label")
    )
    for lost in _lost((element["c"] for element in elements(tree["blocks"]) if element["t"] == "Str"), shown):
        yield f"words: {lost} is lost"


def _lost(texts: Iterator[str], shown: str) -> Sequence[str]:
    """List the texts that are not shown; the name of a field may have lost its capital."""
    return sorted({text for text in texts if "".join(text.split()).casefold() not in shown.casefold()})
