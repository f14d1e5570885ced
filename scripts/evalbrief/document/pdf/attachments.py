"""The data that goes with a document: what each figure and table shows, and the values that the text prints."""

from pathlib import Path
from typing import Any, NamedTuple

from evalbrief.tree import Node, elements, has_class, identifier, stringify

# The folders of the data, and what the ids of the elements that show it begin with.
PREFIXES = {"figures": "fig", "tables": "table"}


class Attachment(NamedTuple):
    """A file that goes with a document, and what a reader is told of it."""

    name: str
    description: str
    content: bytes

    def values(self) -> dict[str, Any]:
        """Give it as values that JSON can hold."""
        return {"name": self.name, "description": self.description, "content": list(self.content)}


def read_attachments(paths: list[str], tree: Node, label: str) -> list[Attachment]:
    """Read the files {folder}/{name}.{language}.csv that the tree shows, described by `label` round its caption.

    What the brief does not show is not published with it. A figure and a table may share their name, so the name of
    each attachment begins with its folder.
    """
    captions = _captions(tree)
    found = []
    for path in map(Path, paths):
        name = f"{path.parent.name}-{path.name}"
        if _element(path) in captions:
            found.append(Attachment(name, label.format(captions[_element(path)]), path.read_bytes()))
    return found


def _element(path: Path) -> str:
    """Name the element that shows the data of a file."""
    return f"{PREFIXES.get(path.parent.name)}-{path.name.partition('.')[0]}"


def _captions(tree: Node) -> dict[str, str]:
    """Give the captions of all figures and tables by the ids of their elements."""
    captions = {}
    for element in elements(tree):
        if element["t"] == "Figure":
            captions[identifier(element)] = stringify(element["c"][1])
        elif has_class(element, "table"):
            tables = (block for block in elements(element["c"][1]) if block["t"] == "Table")
            captions[identifier(element)] = stringify(next(tables)["c"][1])
    return captions
