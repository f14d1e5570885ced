"""References to figures and tables: fields whose words LibreOffice writes anew, with a capital letter."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evalbrief.document.docx.package import W

Element = Any
REFERENCE = re.compile(r"\s*REF\s+(\S+)")
BEGIN, SHOW, END = "begin", "separate", "end"


def references(root: Element) -> dict[str, str]:
    """Give what the references of a document say, by the bookmark that each leads to."""
    return {name: _said(texts) for name, texts in _fields(root)}


def keep_references(root: Element, known: Mapping[str, str]) -> None:
    """Let references say what they said when they differ by capital letters only."""
    for name, texts in _fields(root):
        if texts and _said(texts) != known.get(name) and _said(texts).casefold() == known.get(name, "").casefold():
            for text in texts:
                text.text = ""
            texts[0].text = known[name]


def _fields(root: Element) -> Iterator[tuple[str, list[Element]]]:
    """Yield the bookmark of each reference, and the elements that hold its words."""
    for paragraph in root.iter(f"{W}p"):
        code, texts, shows = "", [], False
        for part in paragraph.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
            kind = part.get(f"{W}fldCharType")
            if kind == BEGIN:
                code, texts, shows = "", [], False
            elif kind == SHOW:
                shows = True
            elif kind == END:
                if found := REFERENCE.match(code):
                    yield found[1], texts
                shows = False
            elif part.tag == f"{W}instrText":
                code += part.text or ""
            elif shows:
                texts.append(part)


def _said(texts: list[Element]) -> str:
    return " ".join("".join(text.text or "" for text in texts).split())
