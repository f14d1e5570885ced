"""The largest parts of a tree that hold nothing but what went, or came: a paragraph, an item, a record."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from evalbrief.review.tree.units import Unit
from evalbrief.tree import div, elements


class Part(NamedTuple):
    """A part of the tree: how deep it stands, and the units in it."""

    depth: int
    units: list[int]


def largest_parts(units: Sequence[Unit], chosen: set[int]) -> dict[int, Part]:
    """Find the largest parts of the tree that hold chosen units and no others, each by the first of its units."""
    inside = _inside(units)
    parts: dict[int, Part] = {}
    done: set[int] = set()
    for number in sorted(chosen):
        if number in done:
            continue
        held = [inside[id(holder), place] for holder, place in units[number].places]
        depth = next(depth for depth, together in enumerate(held) if chosen.issuperset(together))
        parts[number] = Part(depth, held[depth])
        done.update(held[depth])
    return parts


def _inside(units: Sequence[Unit]) -> dict[tuple[int, int], list[int]]:
    """List the units in each entry of each list of the tree."""
    inside: dict[tuple[int, int], list[int]] = {}
    for number, unit in enumerate(units):
        for holder, place in unit.places:
            inside.setdefault((id(holder), place), []).append(number)
    return inside


def fitting(entry: Any, target: list, depth: int, unit: Unit) -> Any:
    """Give an entry of an old list the form of those of the new list it goes to."""
    is_block = isinstance(entry, dict)
    takes_blocks = not target or isinstance(target[0], dict)
    if is_block or not takes_blocks:
        return entry
    holders = unit.places[depth - 1]
    outer = holders[0][holders[1]]
    if outer["t"] == "DefinitionList":
        return div("", ["fields"], [{"t": "DefinitionList", "c": [entry]}])
    return div("", ["block"], [{"t": "BulletList", "c": [entry]}])


def rename_ids(node: Any) -> None:
    """Give what went ids of its own: the new draft may have something of the same name."""
    for element in elements(node):
        if element["t"] in ("Div", "Span", "Figure", "Header", "Table"):
            triple = element["c"][1] if element["t"] == "Header" else element["c"][0]
            triple[0] = f"gone-{triple[0]}" if triple[0] else ""
