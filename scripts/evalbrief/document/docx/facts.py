"""Read the values of the quick facts back from a Word document that people have worked on."""

from pathlib import Path
from typing import Any

from evalbrief.document.docx.package import DOCUMENT, W, from_outside, read_parts

TAG = "facts."
# LibreOffice 7.4 drops the tag of a content control; the bookmark round it stays.
BOOKMARK = "fact_"
# Text, and what parts it.
SHOWN = (f"{W}t", f"{W}br", f"{W}tab", f"{W}p")


def read_facts(docx: str | Path) -> dict[str, str]:
    """Return the value of each fact by its key, as in {"countries": "Bénin, Togo"}; a gap reads as its words."""
    return facts_in(from_outside(read_parts(docx)[DOCUMENT]))


def facts_in(document: Any) -> dict[str, str]:
    """Read the values from the tree of the document's part."""
    body = document.find(f"{W}body")
    tagged = {tag.removeprefix(TAG): control for control in body.iter(f"{W}sdt") if (tag := _tag(control))}
    marked = {
        name.removeprefix(BOOKMARK): mark
        for mark in body.iter(f"{W}bookmarkStart")
        if (name := mark.get(f"{W}name", "")).startswith(BOOKMARK)
    }
    values = {key: _inside(mark) for key, mark in marked.items()}
    return values | {key: _words(control.find(f"{W}sdtContent").iter()) for key, control in tagged.items()}


def _tag(control: Any) -> str:
    tag = control.find(f"{W}sdtPr/{W}tag")
    value = "" if tag is None else tag.get(f"{W}val", "")
    return value if value.startswith(TAG) else ""


def _inside(mark: Any) -> str:
    """Read what stands between the start of a bookmark and its end, in whatever paragraphs."""
    body = next(mark.iterancestors(f"{W}body"))
    elements = iter(body.iter())
    for element in elements:
        if element is mark:
            break
    inside = []
    for element in elements:
        if element.tag == f"{W}bookmarkEnd" and element.get(f"{W}id") == mark.get(f"{W}id"):
            break
        inside.append(element)
    return _words(inside)


def _words(elements: Any) -> str:
    """Join text only: the names and tags of controls, and deleted text, are no value."""
    shown = "".join(
        element.text or "" if element.tag == f"{W}t" else " " for element in elements if element.tag in SHOWN
    )
    return shown.strip()
