"""What no text file can take in is told, one line each: nothing that a reviewer did is dropped."""

import pytest
from evalbrief.document.docx.package import Parts
from evalbrief.review.incoming import overlooked as lines
from evalbrief.review.incoming.overlooked import overlooked
from evalbrief.review.incoming.sides import Sides

from tests.test_incoming_runs import NAMES, document

BLOCK = "<w:bookmarkStart w:id='1' w:name='logic_0123abcd'/>"
WORDS = "<w:r><w:t>Un texte de plusieurs mots.</w:t></w:r>"
PICTURE = (
    "<w:p><w:r><w:drawing><wp:docPr xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' "
    "id='1' descr='Un dessin'/></w:drawing></w:r></w:p>"
)
TABLE = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Une cellule</w:t></w:r>{}</w:p></w:tc></w:tr></w:tbl>"
BODY = f"<w:p>{BLOCK}{WORDS}</w:p>{PICTURE}{TABLE.format('')}"


def part(kind: str, content: str) -> bytes:
    return f"<w:{kind} {NAMES}>{content}</w:{kind}>".encode()


def note(kind: str) -> bytes:
    return part(f"{kind}s", f"<w:{kind} w:id='2'><w:p><w:r><w:t>Une source.</w:t></w:r></w:p></w:{kind}>")


HEADER = part("hdr", "<w:p><w:r><w:t>En-tête</w:t></w:r></w:p>")
CASES = {
    "endnote": (
        BODY.replace("</w:t></w:r></w:p>", "</w:t><w:endnoteReference w:id='2'/></w:r></w:p>", 1),
        {"word/endnotes.xml": note("endnote")},
        ("", "Une source.", lines.ENDNOTE),
    ),
    "note in a cell": (
        BODY.replace(TABLE.format(""), TABLE.format("<w:r><w:footnoteReference w:id='2'/></w:r>")),
        {"word/footnotes.xml": note("footnote")},
        ("", "Une source.", lines.NOTE_OF_FORM),
    ),
    "header": (
        BODY,
        {"word/header1.xml": HEADER.replace("En-tête".encode(), b"Autre")},
        ("", "Autre", lines.EDGE),
    ),
    "heading": (
        BODY.replace(BLOCK, f"<w:pPr><w:pStyle w:val='Heading2'/></w:pPr>{BLOCK}"),
        {},
        ("Un texte de plusieurs mots.", "Un texte de plusieurs mots.", lines.RESTYLED),
    ),
    "item": (
        BODY.replace(BLOCK, f"<w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr>{BLOCK}"),
        {},
        ("Un texte de plusieurs mots.", "Un texte de plusieurs mots.", lines.RELISTED),
    ),
    "struck": (
        BODY.replace(WORDS, WORDS.replace("<w:t>", "<w:rPr><w:strike/></w:rPr><w:t>")),
        {},
        ("", "Un texte de plusieurs mots.", lines.STRUCK),
    ),
    "picture": (BODY.replace(PICTURE, ""), {}, ("Un dessin", "", lines.PICTURE)),
    "text box": (
        BODY.replace(WORDS, f"{WORDS}<w:r><w:txbxContent><w:p><w:r><w:t>Boîte</w:t></w:r></w:p></w:txbxContent></w:r>"),
        {},
        ("", "Boîte", lines.BOXED),
    ),
    "mail": (
        BODY.replace(WORDS, f"{WORDS}<w:hyperlink r:id='r1'><w:r><w:t>lui</w:t></w:r></w:hyperlink>"),
        {},
        ("", "lui", lines.NO_PAGE),
    ),
}


def parts(body: str, more: dict[str, bytes]) -> Parts:
    return document(body, {"r1": "mailto:a@b.org"}) | {"word/header.xml": HEADER} | more


@pytest.mark.parametrize("case", CASES)
def test_it_is_told_once(case: str) -> None:
    body, more, expected = CASES[case]
    sent, returned = parts(BODY, {}), parts(body, more)
    told = overlooked(sent, returned, Sides(sent, returned, "the office"))
    assert [(one.old, one.new, one.reason) for one in told] == [expected]


def test_nothing_new_is_nothing_to_tell() -> None:
    sent = parts(BODY, {})
    assert overlooked(sent, sent, Sides(sent, sent, "the office")) == []
