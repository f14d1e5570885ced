"""What a paragraph of a Word file shows, piece by piece, each with the run it stands in and the link of its field."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from evalbrief.document.docx.package import W

Element = Any
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TEXT, CALL = f"{W}t", f"{W}footnoteReference"
# Stands for a sign that no font of the brief has: one of a symbol font, or of Unicode's private use.
ODD = "\ufffd"
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
# Elements of a run that show something else than text; a soft hyphen shows nothing.
OTHERS = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-", f"{W}sym": ODD}
FIELD, CODE = f"{W}fldChar", f"{W}instrText"
HYPERLINK = re.compile(r'\s*HYPERLINK\s+"(https?://[^"]+)"')
# A line break that an editor of XML put into a text: Word shows a space.
BROKEN = re.compile(r" *[\t\r\n][ \t\r\n]*")


class Piece(NamedTuple):
    """A text, or the call of a note (its element); `address` is where a field leads that it stands in."""

    text: str
    run: Element
    call: Element | None = None
    address: str = ""


def pieces(paragraph: Element) -> Iterator[Piece]:
    """Yield what a paragraph itself shows: nothing of a text box that hangs in it, and no codes of fields."""
    fields: list[str] = []
    for part in paragraph.iter(TEXT, CALL, FIELD, CODE, *OTHERS):
        run = next(part.iterancestors(f"{W}r"), None)
        if run is None or not _is_of(part, paragraph):
            continue
        if part.tag == FIELD:
            _turn(fields, part.get(f"{W}fldCharType", ""))
        elif part.tag == CODE:
            fields[-1:] = [code + (part.text or "") for code in fields[-1:]]
        elif part.tag == CALL:
            yield Piece("", run, call=part)
        else:
            text = _readable(part.text or "") if part.tag == TEXT else OTHERS[part.tag]
            yield Piece(text, run, address=_address(run, fields))


def words_of(paragraph: Element) -> str:
    """Read what a paragraph shows, without the codes of its fields and the numbers of its notes."""
    return "".join(piece.text for piece in pieces(paragraph)).strip()


def _is_of(part: Element, paragraph: Element) -> bool:
    """Say whether something stands in this paragraph itself, and not in what old programs show instead."""
    for ancestor in part.iterancestors():
        if ancestor.tag == FALLBACK:
            return False
        if ancestor.tag == f"{W}p":
            return ancestor is paragraph
    return False


def _turn(fields: list[str], kind: str) -> None:
    """Begin or end a field; `fields` are the codes of those that are open."""
    if kind == "begin":
        fields.append("")
    elif kind == "end":
        fields[-1:] = []


def _readable(text: str) -> str:
    return PRIVATE.sub(ODD, BROKEN.sub(" ", text))


def _address(run: Element, fields: list[str]) -> str:
    codes = [*fields, *(field.get(f"{W}instr", "") for field in run.iterancestors(f"{W}fldSimple"))]
    return next((found[1] for code in codes if (found := HYPERLINK.match(code))), "")
