"""What a paragraph looks like, without what only serves the break of pages."""

from typing import Any

from evalbrief.document.docx.package import W
from evalbrief.review.docx.numbering import Lists
from evalbrief.review.docx.story import canonical

Element = Any
# Belong to the mark of the paragraph, or to the section it ends.
NOT_ITS_LOOK = (f"{W}rPr", f"{W}sectPr", f"{W}pPrChange")
# The writer sets these from what comes next: a paragraph whose neighbour changed looks as before.
PAGE_BREAKS = (f"{W}keepNext", f"{W}keepLines")


def look_of(paragraph: Element, lists: Lists) -> tuple:
    """Return what a paragraph looks like, for comparison: its style, its list, and what it sets itself."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        return ()
    shown = [part for part in properties if part.tag not in (*NOT_ITS_LOOK, *PAGE_BREAKS)]
    return tuple(lists.signature(part) if part.tag == f"{W}numPr" else canonical(part) for part in shown)


def described(properties: Element) -> tuple[str, ...]:
    """Return what a table is called and how it is described for those who do not see it (of its `w:tblPr`)."""
    parts = [properties.find(f"{W}{name}") for name in ("tblCaption", "tblDescription")]
    return tuple("" if part is None else part.get(f"{W}val") for part in parts)
