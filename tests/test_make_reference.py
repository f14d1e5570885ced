"""The reference document: valid, the office's look, the same bytes every time."""

from pathlib import Path

import docx
import pytest
from evalbrief.document.docx_package import W, read_parts
from evalbrief.document.docx_style_xml import Style, colour, style_id, style_xml
from make_reference import make_reference
from openxml_audit import OpenXmlValidator
from ruamel.yaml import YAML

THEME = YAML(typ="safe").load(Path(__file__).resolve().parents[1] / "templates" / "themes" / "ilo.yaml")


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("reference") / "reference.docx")
    make_reference(theme=THEME, docx=path)
    return path


def test_it_is_valid(reference: str) -> None:
    assert OpenXmlValidator().validate(reference).errors == []


def test_the_same_bytes_every_time(reference: str, tmp_path: Path) -> None:
    make_reference(theme=THEME, docx=str(tmp_path / "again.docx"))
    assert (tmp_path / "again.docx").read_bytes() == Path(reference).read_bytes()


def test_styles_have_the_names_word_gives_them(reference: str) -> None:
    names = {style.name for style in docx.Document(reference).styles}
    built_in = {"Title", "Heading 1", "Heading 2", "Heading 3", "Body Text", "Caption", "Quote", "table of figures"}
    own = {"Masthead", "Series", "Finding", "Recommendation", "Recommendation Field", "Source", "Disclaimer", "Gap"}
    assert built_in | own <= names
    assert "First Paragraph" not in names


def test_the_page_is_a4_with_margins_of_20_mm(reference: str) -> None:
    section = docx.Document(reference).sections[0]
    assert [round(length.mm) for length in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(length.mm) for length in margins] == [20] * 4
    assert section.different_first_page_header_footer


def test_fonts_and_colours_are_the_themes(reference: str) -> None:
    styles = docx.Document(reference).styles
    assert styles["Normal"].font.name == "Noto Sans"
    assert styles["Heading 1"].font.name == "Overpass"
    assert str(styles["Heading 2"].font.color.rgb) == "1E2DBE"
    assert b'typeface="Overpass"' in read_parts(reference)["word/theme/theme1.xml"]


def test_every_style_it_names_exists(reference: str) -> None:
    sheet = docx.Document(reference).styles.element
    present = {style.get(f"{W}styleId") for style in sheet.iter(f"{W}style")}
    named = {link.get(f"{W}val") for kind in ("basedOn", "next") for link in sheet.iter(f"{W}{kind}")}
    assert named <= present


def test_a_colour_can_be_thinned_with_white() -> None:
    assert colour("blue", THEME) == "1E2DBE"
    assert colour("yellow/100", THEME) == "FFCD2D"
    assert colour("yellow/0", THEME) == "FFFFFF"


def test_a_style_is_written_in_the_order_the_schema_wants() -> None:
    style = Style("Own Look", size=9.5, bold=True, colour="blue", before=2, left=10, keep_next=True, own=True)
    assert style_id("Own Look") == "OwnLook"
    assert style_xml(style, THEME) == (
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="OwnLook"><w:name w:val="Own Look"/>'
        '<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="40"/>'
        '<w:ind w:left="200" w:right="0"/></w:pPr><w:rPr><w:b/><w:bCs/><w:color w:val="1E2DBE"/><w:sz w:val="19"/>'
        '<w:szCs w:val="19"/></w:rPr></w:style>'
    )
