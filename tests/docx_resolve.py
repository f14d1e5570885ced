"""Accept or reject all tracked changes of a Word document, in every story of it, as Word does.

Nothing here is taken from what writes such documents: it reads the marks by the standard (ISO/IEC 29500-1, 17.13.5).
"""

import re
from typing import Any

import lxml.etree as etree
from evalbrief.document.docx.package import Parts, W, to_bytes

STORY = re.compile(r"word/(document|header|footer|footnotes|endnotes)\w*\.xml")
# By what becomes of what they mark when the changes are accepted.
COMING = ("ins", "moveTo", "cellIns")
GOING = ("del", "moveFrom", "cellDel")
RUN_MARKS = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
# They hold how something looked before.
CHANGES = tuple(f"{W}{name}Change" for name in ("rPr", "pPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sectPr"))
# What such a change does not cover: it stays as it is, before or after the rest.
UNCHANGED_FIRST = (f"{W}headerReference", f"{W}footerReference")
UNCHANGED_LAST = (f"{W}rPr", f"{W}sectPr")
HOLDS_REST = (f"{W}pPr", f"{W}sectPr")
MOVE_RANGES = tuple(f"{W}move{side}Range{end}" for side in ("From", "To") for end in ("Start", "End"))
# What may stand between two paragraphs without being shown.
MARKERS = (
    *(f"{W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd")),
    f"{W}proofErr",
)


def accepted(parts: Parts) -> Parts:
    """Return the document as it is when all changes are accepted."""
    return _resolved(parts, COMING, GOING, former=False)


def rejected(parts: Parts) -> Parts:
    """Return the document as it is when all changes are rejected."""
    return _resolved(parts, GOING, COMING, former=True)


def without_controls(parts: Parts) -> Parts:
    """Take the content controls away and leave what they hold."""
    roots = stories(parts)
    for control in [control for root in roots.values() for control in root.iter(f"{W}sdt")]:
        for child in list(control.find(f"{W}sdtContent")):
            control.addprevious(child)
        control.getparent().remove(control)
    return parts | {name: to_bytes(root) for name, root in roots.items()}


def stories(parts: Parts) -> dict[str, Any]:
    """Parse all parts that hold text of the document, by their names."""
    return {name: etree.fromstring(content) for name, content in sorted(parts.items()) if STORY.fullmatch(name)}


def _resolved(parts: Parts, stays: tuple[str, ...], goes: tuple[str, ...], *, former: bool) -> Parts:
    """Resolve every story; `former` brings back how things looked before."""
    roots = stories(parts)
    for root in roots.values():
        _resolve(root, tuple(f"{W}{name}" for name in stays), tuple(f"{W}{name}" for name in goes), former)
    return parts | {name: to_bytes(root) for name, root in roots.items()}


def _resolve(root: Any, stays: tuple[str, ...], goes: tuple[str, ...], former: bool) -> None:
    _resolve_tables(root, stays, goes)
    unended = _without_end(root, stays, goes)
    for change in list(root.iter(*CHANGES)):
        _resolve_change(change, former)
    for mark in list(root.iter(*goes)):
        # Numbering that came goes with its mark, which stands inside of it.
        _remove(mark.getparent() if mark.getparent().tag == f"{W}numPr" else mark)
    for mark in list(root.iter(*stays)):
        _unwrap(mark)
    for marker in list(root.iter(*MOVE_RANGES)):
        _remove(marker)
    for name in ("Text", "InstrText"):
        for text in root.iter(f"{W}del{name}"):
            text.tag = f"{W}{'t' if name == 'Text' else 'instrText'}"
    for paragraph in unended:
        _join_next(paragraph)


def _resolve_tables(root: Any, stays: tuple[str, ...], goes: tuple[str, ...]) -> None:
    """Drop the rows and cells that go, and what is left without any."""
    for name in ("tr", "tc"):
        for place in list(root.iter(f"{W}{name}")):
            _take_marks(place.find(f"{W}{name}Pr"), stays)
            if _take_marks(place.find(f"{W}{name}Pr"), goes):
                _remove(place)
    for name, inner in (("tr", "tc"), ("tbl", "tr")):
        for place in list(root.iter(f"{W}{name}")):
            if next(place.iter(f"{W}{inner}"), None) is None:
                _remove(place)


def _without_end(root: Any, stays: tuple[str, ...], goes: tuple[str, ...]) -> list[Any]:
    """Find the paragraphs whose end goes; the marks at the ends are taken away."""
    found = []
    for paragraph in root.iter(f"{W}p"):
        end = paragraph.find(f"{W}pPr/{W}rPr")
        _take_marks(end, stays)
        if _take_marks(end, goes):
            found.append(paragraph)
    return found


def _take_marks(properties: Any, names: tuple[str, ...]) -> bool:
    """Take the marks of these names out of properties, and say whether there were any."""
    if properties is None:
        return False
    marks = [mark for mark in properties if mark.tag in names]
    for mark in marks:
        properties.remove(mark)
    return bool(marks)


def _resolve_change(change: Any, former: bool) -> None:
    """Leave the properties as they are, or bring back those that the change holds."""
    holder = change.getparent()
    if former:
        before = list(change[0]) if len(change) else []
        rest = [child for child in holder if child is not change] if holder.tag in HOLDS_REST else []
        first = [child for child in rest if child.tag in UNCHANGED_FIRST]
        last = [child for child in rest if child.tag in UNCHANGED_LAST]
        holder[:] = [*first, *before, *last]
    else:
        holder.remove(change)


def _join_next(paragraph: Any) -> None:
    """Let what is left of a paragraph without an end begin the next paragraph, whose end gives both their look.

    Before a table it goes if it is empty. The last one of a cell, a note or a story cannot lose its end.
    """
    between, after = [], paragraph.getnext()
    while after is not None and after.tag in MARKERS:
        between.append(after)
        after = after.getnext()
    content = [child for child in paragraph if child.tag != f"{W}pPr"]
    if after is not None and after.tag == f"{W}p":
        place = 0 if after.find(f"{W}pPr") is None else 1
        after[place:place] = [*content, *between]
        _remove(paragraph)
    elif after is not None and after.tag == f"{W}tbl" and all(child.tag in MARKERS for child in content):
        for child in content:
            paragraph.addprevious(child)
        _remove(paragraph)


def _unwrap(mark: Any) -> None:
    """Put what stands in a mark in its place."""
    for child in list(mark):
        mark.addprevious(child)
    _remove(mark)


def _remove(place: Any) -> None:
    """Take an element out, unless that is done."""
    holder = place.getparent()
    if holder is not None:
        holder.remove(place)
