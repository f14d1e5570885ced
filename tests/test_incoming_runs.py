"""What a paragraph of a Word file shows, whatever programs wrote into it."""

import lxml.etree as etree
import pytest
from evalbrief.document.docx.package import DOCUMENT, OFFICE, RELATIONSHIPS, Parts
from evalbrief.review.incoming.returned import read_document
from evalbrief.review.incoming.runs import ODD, words_of
from evalbrief.review.incoming.signs import BOLD, EMPHASIS, LINK, Signs, web_address, with_plain_head

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
BOX = "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>"


def paragraph(content: str) -> etree._Element:
    return etree.fromstring(f"<w:p {NAMES}>{content}</w:p>")


def document(body: str, addresses: dict[str, str] | None = None) -> Parts:
    parts = {DOCUMENT: f"<w:document {NAMES}><w:body>{body}</w:body></w:document>".encode()}
    relations = "".join(
        f'<Relationship Id="{name}" Target="{address}" TargetMode="External"/>'
        for name, address in (addresses or {}).items()
    )
    parts["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{RELATIONSHIPS}">{relations}</Relationships>'.encode()
    )
    return parts


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<w:r><w:t>semi</w:t><w:noBreakHyphen/><w:t>arid</w:t></w:r>", "semi-arid"),
        ("<w:r><w:t>semi</w:t><w:softHyphen/><w:t>arid</w:t></w:r>", "semiarid"),
        ("<w:r><w:t>one</w:t><w:cr/><w:t>two</w:t></w:r>", "one two"),
        ("<w:r><w:t>one</w:t><w:sym w:font='Wingdings' w:char='F0E8'/></w:r>", f"one{ODD}"),
        ("<w:r><w:t>one \ue105 two \ue000</w:t></w:r>", f"one {ODD} two {ODD}"),
        ("<w:r><w:t>one\n\n  two</w:t></w:r>", "one two"),
        (
            "<w:r><w:t>one</w:t></w:r><w:r><mc:AlternateContent>"
            f"<mc:Choice Requires='wps'>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r>",
            "one",
        ),
        (
            "<w:r><mc:AlternateContent><mc:Choice><w:t>new</w:t></mc:Choice><mc:Fallback><w:t>old</w:t></mc:Fallback>"
            "</mc:AlternateContent></w:r>",
            "new",
        ),
    ],
)
def test_words_of_a_paragraph(content: str, words: str) -> None:
    assert words_of(paragraph(content)) == words


def marked(content: str, addresses: dict[str, str] | None = None) -> str:
    (found,) = read_document(document(f"<w:p>{content}</w:p>", addresses)).paragraphs
    return found.marked


FIELD = (
    "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK \"https://x.org\" </w:instrText></w:r>"
    "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>here</w:t></w:r>"
    "<w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t> and</w:t></w:r>"
)
ADDRESS = Signs().address("https://x.org")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<w:r><w:rPr><w:rStyle w:val='Strong'/></w:rPr><w:t>one</w:t></w:r>", f"{BOLD[0]}one{BOLD[1]}"),
        ("<w:r><w:rPr><w:rStyle w:val='Emphasis'/></w:rPr><w:t>one</w:t></w:r>", f"{EMPHASIS[0]}one{EMPHASIS[1]}"),
        ("<w:r><w:rPr><w:rStyle w:val='Strong'/><w:b w:val='0'/></w:rPr><w:t>one</w:t></w:r>", "one"),
        (FIELD, f"{LINK}here{ADDRESS} and"),
        (
            "<w:fldSimple w:instr='HYPERLINK \"https://x.org\"'><w:r><w:t>here</w:t></w:r></w:fldSimple>",
            f"{LINK}here{ADDRESS}",
        ),
        ("<w:hyperlink r:id='r1'><w:r><w:t>here</w:t></w:r></w:hyperlink>", f"{LINK}here{ADDRESS}"),
        ("<w:hyperlink r:id='r2'><w:r><w:t>here</w:t></w:r></w:hyperlink>", "here"),
    ],
)
def test_looks_and_links_of_a_paragraph(content: str, expected: str) -> None:
    assert marked(content, {"r1": "https://x.org", "r2": "mailto:a@b.org"}) == expected


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://x.org/", "https://x.org"),
        ("https://x.org/a_(b)", "https://x.org/a_%28b%29"),
        ("https://x.org/{{ 7 }}", "https://x.org/%7B%7B%207%20%7D%7D"),
        ("https://x.org/{% if 1 %}", "https://x.org/%7B%%20if%201%20%%7D"),
        ('https://x.org/a) [b](c\n\n# "<\\`', "https://x.org/a%29%20%5Bb%5D%28c%0A%0A#%20%22%3C%5C%60"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
    ],
)
def test_address_is_written_so_that_it_is_one(address: str, written: str) -> None:
    assert web_address(address) == written


@pytest.mark.parametrize("head", ["2022.", "1)", "(a)", "A)", "(2)", "iv.", "-", "+", ":", "%", ":::", "=="])
def test_head_of_a_passage_begins_no_list(head: str) -> None:
    assert with_plain_head(f"{head} Le projet") != f"{head} Le projet"


@pytest.mark.parametrize("words", ["Un. Deux", "Le projet", "(voir) le", "-deux", "1.5 million"])
def test_other_words_stay_as_they_are(words: str) -> None:
    assert with_plain_head(words) == words


@pytest.mark.parametrize(
    "body",
    [
        "<w:customXml><w:p><w:r><w:t>one</w:t></w:r></w:p></w:customXml>",
        "<w:sdt><w:sdtPr/></w:sdt><w:p><w:r><w:t>one</w:t></w:r></w:p>",
        "<w:p><w:bookmarkStart w:id='7'/><w:r><w:t>one</w:t></w:r></w:p>",
        "<w:bookmarkStart/><w:p><w:r><w:t>one</w:t></w:r></w:p>",
    ],
)
def test_odd_documents_are_read(body: str) -> None:
    assert [found.text for found in read_document(document(body)).paragraphs] == ["one"]
