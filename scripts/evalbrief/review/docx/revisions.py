"""Accept or reject all tracked changes of a document, as Word does."""

from typing import Any

from evalbrief.document.docx.package import W
from evalbrief.review.docx.story import BOOKMARKS

Element = Any
RANGES = [f"{W}{kind}Range{end}" for kind in ("moveFrom", "moveTo") for end in ("Start", "End")]
COMES, GOES = (f"{W}ins", f"{W}moveTo"), (f"{W}del", f"{W}moveFrom")
TEXT = {f"{W}delText": f"{W}t", f"{W}delInstrText": f"{W}instrText"}
# What stays of properties when those before the change are put back.
OWN_MARKS = (f"{W}rPr", f"{W}sectPr", *COMES, *GOES)
# Stand between paragraphs and hold nothing.
BETWEEN = (*BOOKMARKS, f"{W}commentRangeStart", f"{W}commentRangeEnd")


def accept(root: Element) -> None:
    """Turn a part into what it is when all changes are accepted."""
    _resolve(root, keep=COMES, drop=GOES, cell=f"{W}cellDel", accepted=True)


def reject(root: Element) -> None:
    """Turn a part into what it was before the changes."""
    _resolve(root, keep=GOES, drop=COMES, cell=f"{W}cellIns", accepted=False)


def _resolve(root: Element, *, keep: tuple[str, ...], drop: tuple[str, ...], cell: str, accepted: bool) -> None:
    _resolve_tables(root, keep, drop, cell)
    _resolve_looks(root, accepted=accepted)
    for mark in list(root.iter(*RANGES)):
        mark.getparent().remove(mark)
    ended = [paragraph for paragraph in root.iter(f"{W}p") if _marks_of_end(paragraph, drop)]
    for paragraph in root.iter(f"{W}p"):
        for mark in _marks_of_end(paragraph, (*keep, *drop)):
            mark.getparent().remove(mark)
    for mark in list(root.iter(*drop)):
        mark.getparent().remove(mark)
    for mark in list(root.iter(*keep)):
        _unwrap(mark)
    for text in root.iter(*TEXT):
        text.tag = TEXT[text.tag]
    for paragraph in ended:
        _join_with_next(paragraph)


def _resolve_tables(root: Element, keep: tuple[str, ...], drop: tuple[str, ...], cell: str) -> None:
    for row in list(root.iter(f"{W}tr")):
        marks = [mark for name in (*keep, *drop) for mark in row.findall(f"{W}trPr/{name}")]
        if any(mark.tag in drop for mark in marks):
            row.getparent().remove(row)
        for mark in marks:
            mark.getparent().remove(mark)
    for mark in list(root.iter(f"{W}cellIns", f"{W}cellDel")):
        held = mark.getparent().getparent()
        mark.getparent().remove(mark)
        if mark.tag == cell:
            held.getparent().remove(held)
    for name, inner in ((f"{W}tr", f"{W}tc"), (f"{W}tbl", f"{W}tr")):
        for element in list(root.iter(name)):
            if element.find(inner) is None:
                element.getparent().remove(element)


def _resolve_looks(root: Element, *, accepted: bool) -> None:
    """Keep the look after a change, or put back the one before it."""
    names = [f"{W}{name}Change" for name in ("rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "tblGrid")]
    for change in list(root.iter(*names)):
        properties = change.getparent()
        properties.remove(change)
        if not accepted:
            for part in [part for part in properties if part.tag not in OWN_MARKS]:
                properties.remove(part)
            for place, part in enumerate(list(change[0])):
                properties.insert(place, part)


def _marks_of_end(paragraph: Element, names: tuple[str, ...]) -> list[Element]:
    return [mark for name in names for mark in paragraph.findall(f"{W}pPr/{W}rPr/{name}")]


def _unwrap(mark: Element) -> None:
    parent = mark.getparent()
    place = parent.index(mark)
    for child in list(mark):
        parent.insert(place, child)
        place += 1
    parent.remove(mark)


def _join_with_next(paragraph: Element) -> None:
    """Give what is left of a paragraph without an end to the next one, which keeps its look."""
    following = paragraph.getnext()
    while following is not None and following.tag in BETWEEN:
        following = following.getnext()
    content = [child for child in paragraph if child.tag != f"{W}pPr"]
    if following is not None and following.tag == f"{W}p":
        place = 1 if following.find(f"{W}pPr") is not None else 0
        for child in content:
            following.insert(place, child)
            place += 1
    elif any(child.tag not in BETWEEN for child in content):
        return
    else:
        for child in content:
            paragraph.addprevious(child)
    paragraph.getparent().remove(paragraph)
