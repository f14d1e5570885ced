"""The reference document: valid, the office's look, the same bytes every time."""

import uuid
from io import BytesIO
from pathlib import Path

import docx
import pytest
from evalbrief.document.docx.fonts import hide
from evalbrief.document.docx.package import W, read_parts
from evalbrief.document.docx.style_xml import Look, Style, colour, style_id, style_xml
from fontTools.ttLib import TTFont
from lxml import etree

from tests.docx_build import THEME, static_font, write_reference

LOOK = Look(THEME, 9638, {"bullet": 1, "number": 2})
# Word's own styles that the brief uses, by Word's own names; the others are ours because Word has none of the kind.
BUILT_IN = {
    *("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Body Text", "Caption", "List Bullet", "List Number"),
    *("Quote", "TOC Heading", "table of figures", "Header", "Footer", "footnote text", "footnote reference"),
    *("Default Paragraph Font", "Hyperlink", "Strong", "Emphasis", "HTML Code", "Normal Table", "No List"),
}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_reference(tmp_path_factory.mktemp("reference"))


def test_the_same_bytes_every_time(reference: str, tmp_path: Path) -> None:
    assert Path(write_reference(tmp_path)).read_bytes() == Path(reference).read_bytes()


def test_styles_have_the_names_word_gives_them(reference: str) -> None:
    sheet = docx.Document(reference).styles
    assert {style.name for style in sheet if style.builtin} == BUILT_IN
    own = {style.name for style in sheet if not style.builtin}
    assert {"Masthead", "Finding", "Recommendation", "Source", "Gap", "Draft Mark", "Quick Fact Value"} <= own


@pytest.mark.parametrize(("paper", "size"), [("a4", [210, 297]), ("letter", [216, 279])])
def test_the_page_has_margins_of_20_mm(paper: str, size: list[int], tmp_path: Path) -> None:
    reference = docx.Document(write_reference(tmp_path, paper=paper))
    section = reference.sections[0]
    assert [round(length.mm) for length in (section.page_width, section.page_height)] == size
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(length.mm) for length in margins] == [20] * 4
    assert section.different_first_page_header_footer
    tab = reference.styles["Footer"].paragraph_format.tab_stops[0]
    assert tab.position.twips == section.page_width.twips - section.left_margin.twips - section.right_margin.twips


def test_fonts_are_embedded_and_can_be_read(reference: str) -> None:
    parts = read_parts(reference)
    table = etree.fromstring(parts["word/fontTable.xml"])
    faces = [[etree.QName(face).localname for face in font if face.get(f"{W}fontKey")] for font in table]
    assert faces == [["embedRegular", "embedBold", "embedItalic"], ["embedBold"]]
    key = table[0].find(f"{W}embedItalic").get(f"{W}fontKey")
    assert hide(parts["word/fonts/NotoSans-Italic.odttf"], uuid.UUID(key)) == static_font("NotoSans-Italic")
    assert b"<w:embedTrueTypeFonts/><w:saveSubsetFonts/>" in parts["word/settings.xml"]


def test_a_font_that_may_not_be_embedded_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "Closed-Bold.ttf"
    font = TTFont(BytesIO(static_font("Overpass-Bold")))
    font["OS/2"].fsType = 2
    font.save(path)
    with pytest.raises(ValueError, match=r"licence of the font Closed-Bold\.ttf does not allow"):
        write_reference(tmp_path, fonts=[str(path)])


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
    assert style_xml(style, LOOK) == (
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="OwnLook"><w:name w:val="Own Look"/>'
        '<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="40"/>'
        '<w:ind w:left="200" w:right="0"/></w:pPr><w:rPr><w:b/><w:bCs/><w:color w:val="1E2DBE"/><w:sz w:val="19"/>'
        '<w:szCs w:val="19"/></w:rPr></w:style>'
    )
