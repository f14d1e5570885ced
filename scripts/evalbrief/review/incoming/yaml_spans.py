"""Change single values of a YAML file, and no other sign of it."""

import io
import json
from collections.abc import Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from evalbrief.data.source import PlainConstructor
from evalbrief.review.incoming.three_way import Edit, applied

Node = Any


def with_value(content: str, path: Sequence[str], value: str | list[str]) -> str | None:
    """Return a file with another value at a place; none where it is written in a way that is not known here.

    A list keeps its items or loses some: of as many items, those that differ are changed.
    """
    node = YAML().compose(content)
    for key in path:
        node = _entry(node, key)
    if isinstance(value, str):
        changes = _scalar_change(node, value)
    else:
        changes = _list_changes(content, node, value)
    return None if changes is None else applied(content, changes)


def _entry(node: Node, key: str) -> Node:
    if not isinstance(node, MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def _scalar_change(node: Node, value: str) -> list[Edit] | None:
    if not isinstance(node, ScalarNode) or node.style in ("|", ">"):
        return None
    return [Edit(node.start_mark.index, node.end_mark.index, _written(value, node.style))]


def _list_changes(content: str, node: Node, value: list[str]) -> list[Edit] | None:
    if not isinstance(node, SequenceNode) or not all(isinstance(item, ScalarNode) for item in node.value):
        return None
    if len(value) == len(node.value):
        changed = [(item, new) for item, new in zip(node.value, value, strict=True) if item.value != new]
        changes = [_scalar_change(item, new) for item, new in changed]
        return None if None in changes else [edit for change in changes for edit in change or ()]
    left = [item for item in node.value if item.value in value]
    if [item.value for item in left] != value:
        return None
    if node.flow_style:
        words = ", ".join(content[item.start_mark.index : item.end_mark.index] for item in left)
        return [Edit(node.start_mark.index, node.end_mark.index, f"[{words}]")]
    return [_without_line(content, item) for item in node.value if item not in left]


def _without_line(content: str, item: Node) -> Edit:
    start = content.rfind("\n", 0, item.start_mark.index) + 1
    end = content.find("\n", item.end_mark.index)
    return Edit(start, len(content) if end < 0 else end + 1, "")


def _written(value: str, style: str | None) -> str:
    """Write a text in the style of the one before it, or in quotation marks where it would be read otherwise."""
    if style == "'":
        return "'" + value.replace("'", "''") + "'"
    return value if style != '"' and _is_plain(value) else json.dumps(value, ensure_ascii=False)


def _is_plain(value: str) -> bool:
    yaml = YAML(typ="rt")
    yaml.Constructor = PlainConstructor
    try:
        return yaml.load(io.StringIO(f"[{value}]")) == [value] and yaml.load(io.StringIO(f"a: {value}")) == {"a": value}
    except YAMLError:
        return False
