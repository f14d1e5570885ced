"""Set the spaces and apostrophes of a language in a tree, so that every format prints the same text."""

import re
from collections.abc import Mapping

from evalbrief.text.locale import NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE
from evalbrief.text.typography import curl
from evalbrief.tree import Element, Node, attributes, has_class, stringify

# Text in another language and code keep their own spaces.
FOREIGN = "lang"
# What no language parts: a short number and what it counts, a short mark and its number (n° 182, No. 182, p. 5), a word
# and the code after it (ODD 8.7).
SHORT_NUMBER = re.compile(r"\d{1,3}")
MARK = re.compile(r"[^\W\d_]{1,4}[.°º]")
WORD = re.compile(r"[^\W\d_]+")
CODE = re.compile(r"\d+(?:\.\d+)+\b")


def set_typography(node: Node, rules: Mapping) -> Node:
    """Rebuild a tree with the no-break spaces and apostrophes that `rules` (a label file's typography) ask for."""
    if isinstance(node, list):
        if node and all(isinstance(child, dict) and "t" in child for child in node):
            before = [None, *node[:-1]]
            set_ones = [_str(child, one, rules) for one, child in zip(before, node, strict=True)]
            return _inlines([set_typography(child, rules) for child in set_ones], rules)
        return [set_typography(child, rules) for child in node]
    if isinstance(node, dict):
        if node.get("t") == "Code" or (node.get("t") == "Span" and FOREIGN in attributes(node)):
            return node
        if node.get("t") in {"Link", "Image"}:
            triple, inlines, target = node["c"]
            return {"t": node["t"], "c": [triple, set_typography(inlines, rules), target]}
        return {key: set_typography(child, rules) for key, child in node.items()}
    return node


def _str(element: Element, before: Element | None, rules: Mapping) -> Element:
    """Curl the signs of a string; what stands directly before it decides whether a quotation opens or closes."""
    if element["t"] != "Str":
        return element
    goes_on = before is not None and before["t"] not in {"Space", "SoftBreak", "LineBreak"}
    return {"t": "Str", "c": curl(element["c"], rules, goes_on=goes_on)}


def _inlines(inlines: list[Element], rules: Mapping) -> list[Element]:
    result: list[Element] = []
    for index, element in enumerate(inlines):
        following = inlines[index + 1] if index + 1 < len(inlines) else None
        if element["t"] in {"Space", "SoftBreak"}:
            space = _space_between(result[-1] if result else None, following, rules)
            if space:
                result.append({"t": "Str", "c": space})
                continue
        result.append(element)
    return _joined(result)


def _space_between(before: Element | None, after: Element | None, rules: Mapping) -> str:
    first = _edge(after, 0)
    if first in rules.get("narrow_space_before", []):
        return NARROW_NO_BREAK_SPACE
    if first in rules.get("space_before", []):
        return NO_BREAK_SPACE
    if _edge(before, -1) in rules.get("narrow_space_after", []):
        return NARROW_NO_BREAK_SPACE
    return NO_BREAK_SPACE if before and after and _belong_together(before, after) else ""


def _belong_together(before: Element, after: Element) -> bool:
    """Say whether a number and its neighbour stay on one line, whatever the language."""
    if has_class(before, "value", "Span"):
        return bool(SHORT_NUMBER.fullmatch(stringify(before))) and _edge(after, 0).islower()
    if before["t"] != "Str":
        return False
    if MARK.fullmatch(before["c"]):
        return _edge(after, 0).isdecimal()
    return bool(after["t"] == "Str" and WORD.fullmatch(before["c"]) and CODE.match(after["c"]))


def _edge(element: Element | None, index: int) -> str:
    """Read the first (0) or last (-1) character of an inline, through emphasis and spans."""
    while element is not None and element["t"] in {"Emph", "Strong", "Span", "Link", "Superscript"}:
        content = element["c"] if isinstance(element["c"][0], dict) else element["c"][1]
        if not content:
            return ""
        element = content[index]
    return element["c"][index : index + 1 or None] if element is not None and element["t"] == "Str" else ""


def _joined(inlines: list[Element]) -> list[Element]:
    """Join neighbouring strings, as pandoc's own reader leaves them."""
    result: list[Element] = []
    for element in inlines:
        if element["t"] == "Str" and result and result[-1]["t"] == "Str":
            result[-1] = {"t": "Str", "c": result[-1]["c"] + element["c"]}
        else:
            result.append(element)
    return result
