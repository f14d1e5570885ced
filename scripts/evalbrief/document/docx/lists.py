"""The lists of a Word document: numbering that belongs to Word's list styles, and lists tied to these styles."""

from collections import defaultdict
from typing import Any

import lxml.etree as etree

from evalbrief.document.docx.package import MAIN, STYLES, Parts, W, element, to_bytes

NUMBERING = "word/numbering.xml"
# The kinds of lists: the style of each, and what stands before its items, level by level in turn.
LIST_STYLES = {"bullet": "ListBullet", "number": "ListNumber"}
BULLETS = "•–"
LISTS = {kind: number for number, kind in enumerate(LIST_STYLES, start=1)}
LEVELS = 9
STEP = 340
HANGING = 227
BOUND_FORMATS = {"bullet": "bullet", "decimal": "number"}


def numbering(lists: dict[str, int]) -> list[Any]:
    """Return the definitions of our lists, each kind under its number: all abstract ones, then those that use them."""
    abstract, used = [], []
    for kind, number in lists.items():
        definition = element("abstractNum", abstractNumId=str(number))
        definition.append(element("multiLevelType", val="multilevel"))
        definition.extend(_level(kind, level) for level in range(LEVELS))
        use = element("num", numId=str(number))
        use.append(element("abstractNumId", val=str(number)))
        abstract.append(definition)
        used.append(use)
    return [*abstract, *used]


def free_lists(root: Any) -> dict[str, int]:
    """Return a number for each kind of list that nothing in a numbering (`w:numbering`) has yet."""
    taken = [int(entry.get(f"{W}{key}", "0")) for key in ("abstractNumId", "numId") for entry in root]
    return {kind: number for number, kind in enumerate(LIST_STYLES, start=max(taken, default=0) + 1)}


def numbering_part(elements: list[Any]) -> bytes:
    """Return word/numbering.xml."""
    root = etree.Element(f"{W}numbering", nsmap={"w": MAIN})
    root.extend(elements)
    return to_bytes(root)


def bind_lists(parts: Parts, document: Any) -> None:
    """Let the lists that pandoc wrote be those of Word's list styles, each counting on its own."""
    root = etree.fromstring(parts[NUMBERING])
    used = _levels_used(document)
    styled = _style_definitions(root, etree.fromstring(parts[STYLES]))
    definitions = {definition.get(f"{W}abstractNumId"): definition for definition in root.findall(f"{W}abstractNum")}
    for use in root.findall(f"{W}num"):
        levels = used.get(use.get(f"{W}numId"), set())
        link = use.find(f"{W}abstractNumId")
        kind = _kind(definitions[link.get(f"{W}val")], levels)
        bound = styled.get(kind, "")
        if bound and _has_levels(definitions[bound], levels):
            link.set(f"{W}val", bound)
        elif levels:
            _tighten(definitions[link.get(f"{W}val")])
    parts[NUMBERING] = to_bytes(root)


def _tighten(definition: Any) -> None:
    """Indent a list of pandoc's own like ours."""
    for level in definition.findall(f"{W}lvl"):
        indent = level.find(f"{W}pPr/{W}ind")
        indent.set(f"{W}left", str(STEP * (int(level.get(f"{W}ilvl")) + 1)))
        indent.set(f"{W}hanging", str(HANGING))


def _levels_used(document: Any) -> dict[str, set[str]]:
    used: dict[str, set[str]] = defaultdict(set)
    for place in document.iter(f"{W}numPr"):
        number, level = place.find(f"{W}numId"), place.find(f"{W}ilvl")
        used[number.get(f"{W}val")].add("0" if level is None else level.get(f"{W}val"))
    return used


def _style_definitions(root: Any, styles: Any) -> dict[str, str]:
    """Find the abstract numbering of each list style."""
    abstract = {use.get(f"{W}numId"): use.find(f"{W}abstractNumId").get(f"{W}val") for use in root.findall(f"{W}num")}
    found = {}
    for kind, style in LIST_STYLES.items():
        number = styles.find(f"{W}style[@{W}styleId='{style}']/{W}pPr/{W}numPr/{W}numId")
        if number is not None and number.get(f"{W}val") in abstract:
            found[kind] = abstract[number.get(f"{W}val")]
    return found


def _kind(definition: Any, levels: set[str]) -> str:
    """Name the kind of a list; letters and Roman numbers, and the empty marks of a second paragraph, have none."""
    formats = {
        level.find(f"{W}numFmt").get(f"{W}val")
        for level in definition.findall(f"{W}lvl")
        if level.get(f"{W}ilvl") in levels and level.find(f"{W}lvlText").get(f"{W}val").strip()
    }
    return BOUND_FORMATS.get(formats.pop(), "") if len(formats) == 1 else ""


def _has_levels(definition: Any, levels: set[str]) -> bool:
    """Say whether a numbering has the levels; one without any of its own has them through another style."""
    own = {level.get(f"{W}ilvl") for level in definition.findall(f"{W}lvl")}
    return not own or levels <= own


def _level(kind: str, level: int) -> Any:
    bullet = kind == "bullet"
    root = element("lvl", ilvl=str(level))
    root.append(element("start", val="1"))
    root.append(element("numFmt", val="bullet" if bullet else "decimal"))
    if level == 0:
        root.append(element("pStyle", val=LIST_STYLES[kind]))
    root.append(element("lvlText", val=BULLETS[level % len(BULLETS)] if bullet else f"%{level + 1}."))
    root.append(element("lvlJc", val="left"))
    properties = element("pPr")
    properties.append(element("ind", left=str(STEP * (level + 1)), hanging=str(HANGING)))
    root.append(properties)
    return root
