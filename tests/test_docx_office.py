"""Another office's document gives the brief its styles, page, headers and footers; what cannot serve is refused."""

import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from evalbrief.document.docx.office_file import read_office
from evalbrief.document.docx.package import MAIN, W, read_parts, write_parts
from lxml import etree

from tests.docx_build import plant, render, write_reference
from tests.docx_checks import findings
from tests.docx_sample import PIXEL, brief_blocks, write_brief
from tests.openxml import audit_findings, sdk_findings

# As Word writes identifiers in French; the names of styles are the same in every language.
FRENCH_IDS = {"Heading1": "Titre1", "BodyText": "Corpsdetexte", "Title": "Titre", "ListBullet": "Listepuces"}
STYLES = "word/styles.xml"
DOCUMENT = "word/document.xml"
TYPES = "[Content_Types].xml"
RELATIONS = "word/_rels/document.xml.rels"
NOTICE = "Exemple fictif : aucune donnée n’est réelle"
FIELD = (
    '</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDEPICTURE "x"</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>'
)
TEMPLATE = (
    f'<Relationship Id="t" Type="{MAIN.replace("wordprocessingml/2006/main", "officeDocument/2006/relationships")}'
    '/attachedTemplate" Target="file:///C:/office.dotx" TargetMode="External"/></Relationships>'
)


def write_office(folder: Path) -> str:
    """Write a document as another office may have it: letter paper, red headings, an emblem, its own text."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.left_margin, section.right_margin = Mm(215.9), Mm(30), Mm(25)
    section.different_first_page_header_footer = True
    heading = document.styles["Heading 1"]
    heading.element.rPr.rFonts.attrib.clear()
    heading.font.name, heading.font.color.rgb = "Verdana", RGBColor(0x80, 0, 0)
    for style in document.styles.element.iter(qn("w:style")):
        style.set(qn("w:styleId"), FRENCH_IDS.get(style.get(qn("w:styleId")), style.get(qn("w:styleId"))))
    for kind in ("basedOn", "next", "link"):
        for link in document.styles.element.iter(qn(f"w:{kind}")):
            link.set(qn("w:val"), FRENCH_IDS.get(link.get(qn("w:val")), link.get(qn("w:val"))))
    (folder / "emblem.png").write_bytes(PIXEL)
    line = section.header.paragraphs[0]
    line.add_run("Their office – {short")
    line.add_run("_title}")
    line.add_run().add_picture(str(folder / "emblem.png"))
    section.footer.paragraphs[0].text = "{organisation} {unknown}"
    section.first_page_header.paragraphs[0].text = "Their first page"
    document.add_paragraph("Their text")
    document.add_paragraph("Their item", style=document.styles["List Bullet"])
    path = str(folder / "office.docx")
    document.save(path)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    write_reference(folder, office=write_office(folder))
    return folder


@pytest.fixture(scope="module")
def brief(folder: Path) -> str:
    return render(write_brief(folder, brief_blocks(), title="Titre"), folder)


@pytest.fixture(scope="module")
def parts(brief: str) -> dict[str, bytes]:
    return read_parts(brief)


def words(part: bytes) -> str:
    return "".join(etree.fromstring(part).itertext(f"{W}t"))


def style(parts: dict[str, bytes], name: str) -> bytes:
    sheet = etree.fromstring(parts[STYLES])
    found = [style for style in sheet.iter(f"{W}style") if style.get(f"{W}styleId") == name]
    assert len(found) == 1
    return etree.tostring(found[0])


def test_the_brief_is_valid(brief: str, folder: Path) -> None:
    assert sdk_findings(brief) == audit_findings(brief) == []
    assert sdk_findings(folder / "reference.docx") == []


def test_the_rules_find_only_what_the_office_does(brief: str) -> None:
    rules = {finding.partition(":")[0] for finding in findings(brief)}
    assert rules == {"alternative_text", "contrast", "fonts"}


def test_its_styles_win_and_ours_are_added(parts: dict[str, bytes]) -> None:
    assert b"800000" in style(parts, "Heading1"), "found by its name, whatever its identifier"
    assert b'w:val="Finding"' in style(parts, "Finding")
    names = re.findall(r'<w:name w:val="([^"]*)"', parts[STYLES].decode())
    assert len({name.casefold() for name in names}) == len(names)
    assert b"Titre1" not in parts[STYLES] + parts["word/numbering.xml"]


def test_headings_and_captions_stay_with_what_follows(parts: dict[str, bytes]) -> None:
    for name in ("Heading1", "Heading2", "Caption"):
        assert b"keepNext" in style(parts, name)


def test_added_styles_take_its_fonts(parts: dict[str, bytes]) -> None:
    assert b"Verdana" in style(parts, "Masthead")
    assert b"rFonts" not in style(parts, "TableText")
    assert b"Noto Sans" not in parts[STYLES]


def test_its_lists_win(parts: dict[str, bytes]) -> None:
    numbers = etree.fromstring(parts["word/numbering.xml"])
    abstract = {use.get(f"{W}numId"): use.find(f"{W}abstractNumId").get(f"{W}val") for use in numbers.iter(f"{W}num")}
    theirs = re.search(rb'<w:numId w:val="(\d+)"', style(parts, "ListBullet"))
    item = next(etree.fromstring(parts[DOCUMENT]).iter(f"{W}numPr"))
    assert theirs and abstract[item.find(f"{W}numId").get(f"{W}val")] == abstract[theirs[1].decode()]


def test_its_page_decides_the_width(parts: dict[str, bytes]) -> None:
    body = etree.fromstring(parts[DOCUMENT]).find(f"{W}body")
    size, margins = body.find(f"{W}sectPr/{W}pgSz"), body.find(f"{W}sectPr/{W}pgMar")
    width = int(size.get(f"{W}w")) - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))
    assert width == pytest.approx(Mm(160.9).twips, abs=2)
    tables = [int(place.get(f"{W}w")) for place in body.iterfind(f".//{W}tblPr/{W}tblW")]
    assert tables == [width - 45, pytest.approx(width, abs=2)]
    assert f'w:pos="{width}"'.encode() in style(parts, "Series")


def test_its_headers_and_footers_stay_with_our_words_in_them(parts: dict[str, bytes]) -> None:
    assert words(parts["word/header_default.xml"]) == f"Their office – Titre{NOTICE}"
    assert words(parts["word/header_first.xml"]) == f"Their first page{NOTICE}"
    assert words(parts["word/footer_default.xml"]) == "Organisation internationale du Travail {unknown}"
    assert PIXEL in parts.values()


def test_its_text_is_gone(parts: dict[str, bytes]) -> None:
    assert not any(b"Their text" in content for content in parts.values())


def test_a_draft_says_so_in_its_headers_too(folder: Path) -> None:
    parts = read_parts(render(write_brief(folder, brief_blocks(), draft="Projet"), folder, "draft.docx"))
    for page in ("default", "first"):
        assert words(parts[f"word/header_{page}.xml"]).endswith(f"Projet – {NOTICE}")


def test_its_embedded_fonts_are_carried(tmp_path: Path) -> None:
    house = Path(write_reference(tmp_path)).rename(tmp_path / "house.docx")
    write_reference(tmp_path, office=str(house), fonts=[])
    parts = read_parts(render(write_brief(tmp_path, brief_blocks()), tmp_path))
    assert [name for name in parts if name.startswith("word/fonts/")] == [
        "word/fonts/NotoSans-Bold.odttf",
        "word/fonts/NotoSans-Italic.odttf",
        "word/fonts/NotoSans-Regular.odttf",
        "word/fonts/Overpass-Bold.odttf",
    ]
    assert findings(tmp_path / "brief.docx") == []


def test_the_same_bytes_every_time(folder: Path, tmp_path: Path) -> None:
    again = write_reference(tmp_path, office=str(folder / "office.docx"))
    assert Path(again).read_bytes() == (folder / "reference.docx").read_bytes()


def not_a_zip(office: str, bad: Path) -> None:
    bad.write_text("Bonjour", encoding="utf-8")


def a_password(office: str, bad: Path) -> None:
    bad.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512)


def macros(office: str, bad: Path) -> None:
    pattern = r"application/vnd\.openxmlformats-officedocument\.wordprocessingml\.document\.main\+xml"
    plant(office, TYPES, pattern, "application/vnd.ms-word.document.macroEnabled.main+xml", bad)


def a_field_from_outside(office: str, bad: Path) -> None:
    plant(office, header_part(office), "Their office", FIELD, bad)


def a_tracked_change(office: str, bad: Path) -> None:
    plant(office, header_part(office), "</w:p>", '<w:del w:id="7" w:author="A"/></w:p>', bad)


def an_attached_template(office: str, bad: Path) -> None:
    plant(office, RELATIONS, "</Relationships>", TEMPLATE, bad)


def broken_xml(office: str, bad: Path) -> None:
    plant(office, DOCUMENT, "<w:body>", "<w:body", bad)


def a_document_type(office: str, bad: Path) -> None:
    plant(office, DOCUMENT, "<w:document", '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><w:document', bad)


def a_spreadsheet(office: str, bad: Path) -> None:
    write_parts({TYPES: b"<Types/>", "xl/workbook.xml": b"<workbook/>"}, bad)


def a_header_that_is_gone(office: str, bad: Path) -> None:
    plant(office, RELATIONS, 'Target="header1.xml"', 'Target="header9.xml"', bad)


def header_part(office: str) -> str:
    """Name the part with the running header."""
    return next(name for name, part in read_parts(office).items() if b"Their office" in part)


def test_a_template_serves_too(folder: Path, tmp_path: Path) -> None:
    template = tmp_path / "office.dotx"
    plant(str(folder / "office.docx"), TYPES, r"document\.main\+xml", "template.main+xml", template)
    assert read_office(str(template)).part("styles")


REFUSED = {
    not_a_zip: "not a Word document",
    a_password: "has a password or is a .doc",
    macros: "holds macros",
    a_field_from_outside: "has the field INCLUDEPICTURE in a header or footer",
    a_tracked_change: "has tracked changes, comments or objects in a header or footer",
    an_attached_template: "depends on file:///C:/office.dotx",
    broken_xml: "not a Word document",
    a_document_type: "not a Word document",
    a_spreadsheet: "not a Word document",
    a_header_that_is_gone: "is damaged",
}


@pytest.mark.parametrize("fault", REFUSED, ids=lambda fault: fault.__name__)
def test_what_cannot_serve_is_refused_in_one_sentence(
    fault: Callable[[str, Path], None], folder: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.docx"
    fault(str(folder / "office.docx"), bad)
    with pytest.raises(ValueError, match=re.escape(REFUSED[fault])) as refusal:
        write_reference(tmp_path, office=str(bad))
    assert str(refusal.value).count(". ") == 0
    assert not (tmp_path / "reference.docx").exists()


def test_a_document_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"none\.docx does not exist"):
        write_reference(tmp_path, office=str(tmp_path / "none.docx"))
