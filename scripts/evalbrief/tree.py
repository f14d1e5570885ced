"""Pandoc's tree as plain Python: make, walk and read its elements."""

from collections.abc import Iterator
from typing import Any

Element = dict
# An element, a list of them, or what they hold.
Node = Any
Attributes = dict[str, str]


def attr(identifier: str = "", classes: list[str] | None = None, attributes: Attributes | None = None) -> list:
    """Make pandoc's attribute triple."""
    return [identifier, classes or [], list(map(list, (attributes or {}).items()))]


def div(identifier: str, classes: list[str], blocks: list, attributes: Attributes | None = None) -> Element:
    """Make a Div."""
    return {"t": "Div", "c": [attr(identifier, classes, attributes), blocks]}


def plain(inlines: list) -> Element:
    """Make a Plain block."""
    return {"t": "Plain", "c": inlines}


def text_inlines(text: str) -> list[Element]:
    """Split a text into words and ordinary spaces as pandoc does; no-break spaces stay inside words."""
    inlines: list[Element] = []
    for word in text.split(" "):
        inlines += [{"t": "Space"}, {"t": "Str", "c": word}] if word else [{"t": "Space"}]
    return inlines[1:]


def identifier(element: Element) -> str:
    """Give the id of a Div, Span, Header, Figure or Table."""
    return _triple(element)[0]


def classes(element: Element) -> list[str]:
    """Give the classes of an element that has attributes."""
    return _triple(element)[1]


def attributes(element: Element) -> Attributes:
    """Give the attributes of an element that has them."""
    return dict(_triple(element)[2])


def _triple(element: Element) -> list:
    content = element["c"]
    return content[1] if element["t"] == "Header" else content[0]


def has_class(element: object, name: str, kind: str = "Div") -> bool:
    """Say whether this is an element of a kind with a class."""
    return isinstance(element, dict) and element.get("t") == kind and name in classes(element)


def elements(node: Node) -> Iterator[Element]:
    """Visit every element below a node, parents before children, in the order of the text."""
    waiting = [node]  # the next one last: a generator for each level would hand every element up through all of them
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if "t" in node:
                yield node
            waiting += reversed(node.values())
        elif isinstance(node, list):
            waiting += reversed(node)


def stringify(node: Node) -> str:
    """Read the words of a node as plain text; notes are left out."""
    parts = []
    if isinstance(node, dict):
        match node.get("t"):
            case "Str":
                return node["c"]
            case "Space" | "SoftBreak" | "LineBreak":
                return " "
            case "Note":
                return ""
            case "Code":
                return node["c"][1]
        parts = [stringify(child) for key, child in node.items() if key != "t"]
    elif isinstance(node, list):
        # The first item of an attribute triple is a string and so never reaches a reader.
        parts = [stringify(child) for child in node if isinstance(child, dict | list)]
    return "".join(parts)
