"""Make the tree of a brief from its source text: numbered, cross-referenced, typeset, every block with an id."""

import json
import re
from collections import Counter
from collections.abc import Mapping

from evalbrief.document.blocks import identify_blocks
from evalbrief.document.layout import source_line, table_block
from evalbrief.document.typography import set_typography
from evalbrief.pandoc import convert
from evalbrief.text.locale import NO_BREAK_SPACE
from evalbrief.text.markdown import MARKDOWN
from evalbrief.text.typography import set_text
from evalbrief.tree import (
    Element,
    Node,
    attr,
    attributes,
    elements,
    has_class,
    identifier,
    plain,
    text_inlines,
)

OWN_PICTURE = re.compile(r"figures/\w+\.\w+\.svg")
NUMBERED = {"fig": "figure", "table": "table"}


class SourceError(ValueError):
    """The source text holds something a brief must not hold."""


def parse(source: str, layouts: Mapping[str, Mapping], document: Mapping, labels: Mapping) -> dict:
    """Parse the source; `layouts` are the tables by name, `document` the meta values, `labels` the label file."""
    tree = json.loads(convert(source, MARKDOWN, "json", "--sandbox"))
    _refuse(tree["blocks"])
    rules = labels["typography"]
    numbers = _numbers(tree["blocks"])
    blocks = [_numbered(block, numbers, layouts, labels) for block in tree["blocks"]]
    blocks = _with_references(blocks, numbers, labels)
    blocks = _set_attributes(set_typography(blocks, rules), rules)
    tree["blocks"] = identify_blocks(blocks)
    tree["meta"] = {name: _meta(value, rules) for name, value in document.items()}
    _check_ids(tree["blocks"])
    return tree


def _refuse(blocks: list[Element]) -> None:
    for element in elements(blocks):
        if element["t"] in {"RawBlock", "RawInline", "CodeBlock", "HorizontalRule"}:
            raise SourceError(f"a {element['t']} is in the text: {str(element.get('c', ''))[:60]}")
        # Writers read every picture: only ours may be named.
        if element["t"] == "Image" and not OWN_PICTURE.fullmatch(element["c"][2][0]):
            raise SourceError(f"a picture that is no figure of the brief is in the text: {element['c'][2][0]}")


def _numbers(blocks: list[Element]) -> dict[str, int]:
    """Number figures and tables, each kind from 1, in the order of the text."""
    counts: Counter[str] = Counter()
    numbers = {}
    for element in elements(blocks):
        if element["t"] == "Figure" or has_class(element, "table"):
            counts[element["t"]] += 1
            numbers[identifier(element)] = counts[element["t"]]
    return numbers


def _numbered(block: Element, numbers: Mapping, layouts: Mapping, labels: Mapping) -> Element:
    if block["t"] == "Figure":
        return _figure(block, numbers[identifier(block)], labels)
    if has_class(block, "table"):
        name = identifier(block)
        return table_block(name, numbers[name], layouts[attributes(block)["layout"]], block["c"][1][0]["c"], labels)
    return block


def _figure(figure: Element, number: int, labels: Mapping) -> Element:
    """Move what Markdown keeps at the picture to where writers look: alternative text and source."""
    (name, _, _), caption, _ = figure["c"]
    image = next(element for element in elements(figure["c"][2]) if element["t"] == "Image")
    words, (path, title) = attributes(image), image["c"][2]
    # Pandoc's reader has put the alternative text where the picture's own words are.
    picture = {"t": "Image", "c": [attr(), image["c"][1], [path, title]]}
    blocks = [plain([picture])]
    if "source" in words:
        blocks.append(source_line(words["source"], labels))
    return {"t": "Figure", "c": [attr(name, [], {"number": str(number)}), caption, blocks]}


def _with_references(node: Node, numbers: Mapping[str, int], labels: Mapping) -> Node:
    if isinstance(node, list):
        return [_with_references(child, numbers, labels) for child in node]
    if not isinstance(node, dict):
        return node
    if has_class(node, "reference", "Link"):
        target = node["c"][2][0].removeprefix("#")
        if target not in numbers:
            raise SourceError(f"the text refers to {target}, which is not in the brief")
        words = labels["document"][f"{NUMBERED[target.partition('-')[0]]}_reference"].format(numbers[target])
        return {"t": "Link", "c": [node["c"][0], text_inlines(words.replace(" ", NO_BREAK_SPACE)), node["c"][2]]}
    return {key: _with_references(child, numbers, labels) for key, child in node.items()}


def _set_attributes(node: Node, rules: Mapping) -> Node:
    """Set the typography of the one text that is an attribute: the summary of a table."""
    for element in elements(node):
        if has_class(element, "table"):
            triple = element["c"][0]
            triple[2] = [[key, set_text(value, rules) if key == "summary" else value] for key, value in triple[2]]
    return node


def _meta(value: object, rules: Mapping) -> dict:
    if isinstance(value, Mapping):
        return {"t": "MetaMap", "c": {key: _meta(item, rules) for key, item in value.items()}}
    if isinstance(value, list):
        return {"t": "MetaList", "c": [_meta(item, rules) for item in value]}
    return {"t": "MetaString", "c": set_text(str(value), rules)}


def _check_ids(blocks: list[Element]) -> None:
    ids = Counter(
        identifier(element) for element in elements(blocks) if element["t"] in {"Div", "Header", "Figure", "Span"}
    )
    if repeated := [name for name, count in ids.items() if name and count > 1]:
        raise SourceError(f"the same id stands twice: {', '.join(repeated)}")
