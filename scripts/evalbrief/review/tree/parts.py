"""The largest parts of a tree that hold nothing but what went, or came: a paragraph, an item, a record."""

from collections.abc import Sequence
from typing import Any

from evalbrief.review.tree.units import Unit
from evalbrief.tree import div, elements


def largest_parts(units: Sequence[Unit], chosen: set[int]) -> dict[int, list[int]]:
    """Group chosen units by the largest parts of the tree that hold no others: by the first of each, all."""
    inside = _inside(units)
    parts: dict[int, list[int]] = {}
    done: set[int] = set()
    for number in sorted(chosen):
        if number in done:
            continue
        for holder, place in units[number].places:
            together = inside[id(holder), place]
            if chosen.issuperset(together):
                break
        parts[number] = together
        done.update(together)
    return parts


def _inside(units: Sequence[Unit]) -> dict[tuple[int, int], list[int]]:
    """List the units in each entry of each list of the tree."""
    inside: dict[tuple[int, int], list[int]] = {}
    for number, unit in enumerate(units):
        for holder, place in unit.places:
            inside.setdefault((id(holder), place), []).append(number)
    return inside


def depth_of(units: Sequence[Unit], together: list[int]) -> int:
    """Return how deep in the tree the part stands that holds these units and no others."""
    inside = _inside(units)
    return next(
        depth
        for depth, (holder, place) in enumerate(units[together[0]].places)
        if inside[id(holder), place] == together
    )


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
