"""Give every block of a tree a stable id, so that two drafts can be compared block by block."""

import hashlib
import re

from evalbrief.tree import Element, Node, attributes, div, identifier, stringify

WRAPPED = {"Para", "Plain", "BulletList", "OrderedList", "DefinitionList", "BlockQuote"}
# Words that decide an id: a paragraph keeps it when its end, a number in it, or its neighbours change.
DECIDING_WORDS = 8


def identify_blocks(blocks: list[Element]) -> list[Element]:
    """Wrap each paragraph and list in a Div.block with an id from its section and its first words."""
    used: dict[str, int] = {}
    result = []
    section = ""
    for block in blocks:
        if block["t"] == "Header":
            section = identifier(block)
        if block["t"] in WRAPPED:
            block = div(_unused(f"{section}-{_digest(block)}", used), ["block"], [block])
        result.append(block)
    return result


def _digest(block: Element) -> str:
    words = re.findall(r"\w+", stringify(_without_values(block)))[:DECIDING_WORDS]
    return hashlib.sha256(" ".join(words).lower().encode()).hexdigest()[:8]


def _without_values(node: Node) -> Node:
    """Put the key of a value in the place of what it prints: a number that moves is no other paragraph."""
    if isinstance(node, dict):
        if node.get("t") == "Span" and (key := attributes(node).get("key")):
            return {"t": "Str", "c": key}
        return {name: _without_values(child) for name, child in node.items()}
    return [_without_values(child) for child in node] if isinstance(node, list) else node


def _unused(wanted: str, used: dict[str, int]) -> str:
    used[wanted] = used.get(wanted, 0) + 1
    return wanted if used[wanted] == 1 else f"{wanted}-{used[wanted]}"
