"""The Word document has nothing that Word's accessibility checker would report, and the rules notice faults."""

from pathlib import Path

import pytest

from tests.docx_build import plant, render, write_reference
from tests.docx_checks import RULES, findings
from tests.docx_contrast import contrast
from tests.docx_sample import brief_blocks, write_brief

DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
SETTINGS = "word/settings.xml"
CORE = "docProps/core.xml"
FONTS = "word/fontTable.xml"
HEADER = "word/header_default.xml"
RELATIONS = "word/_rels/document.xml.rels"
TEXT = "<w:t[^>]*>Confirmé"
PICTURE = '<w:p><w:pPr><w:pStyle w:val="Figure"/>'
# By rule: what is replaced in a part, and by what; what each finding is about.
FAULTS = [
    ("alternative_text", DOCUMENT, 'descr="[^"]*"', "", "Picture 1"),
    ("alternative_text", DOCUMENT, 'descr="[^"]*"', 'descr="timeline.png"', "timeline.png"),
    ("table_headers", DOCUMENT, "<w:tblHeader/>", "", "table 1 has no header row"),
    ("table_headers", DOCUMENT, '(<w:tblLook [^>]*)w:firstRow="1"', r'\1w:firstRow="0"', "table 1 has no header row"),
    ("table_headers", DOCUMENT, ">Valeur<", "><", "table 1 has an empty header"),
    ("table_headers", DOCUMENT, '<w:tblDescription w:val="[^"]*"/>', "", "table 1 has no tblDescription"),
    ("simple_tables", DOCUMENT, "(<w:tcPr><w:tcW[^>]*/>)", r'\1<w:gridSpan w:val="2"/>', "table 1 has merged cells"),
    ("simple_tables", DOCUMENT, "<w:tc>.*?</w:tc>", "", "table 1 has a row of another length"),
    ("simple_tables", DOCUMENT, "(<w:tbl>.*?</w:tbl>)(.*?<w:tc>.*?</w:tcPr>)", r"\1\2\1", "table 3 stands in another"),
    ("title", CORE, "<dc:title>.*?</dc:title>", "<dc:title></dc:title>", "the document has none"),
    ("heading_order", DOCUMENT, 'w:val="Heading2"', 'w:val="Heading3"', "is of level 3 after 1"),
    ("heading_order", DOCUMENT, ">Contexte<", "><", "a heading is empty"),
    ("inline_objects", DOCUMENT, "<wp:inline(.*?)</wp:inline>", r"<wp:anchor\1</wp:anchor>", "anchor floats"),
    ("blanks", DOCUMENT, TEXT, "<w:t>Confirmé   par l’enquête", "Confirmé   par"),
    ("blanks", DOCUMENT, PICTURE, f"<w:p/><w:p/>{PICTURE}", "two empty paragraphs"),
    ("real_lists", DOCUMENT, TEXT, "<w:t>• Confirmé", "• Confirmé"),
    ("link_text", DOCUMENT, "(<w:hyperlink [^>]*>)<w:r>.*?</w:r>", r"\1<w:r><w:t>ici</w:t></w:r>", "ici"),
    ("watermark", HEADER, "</w:hdr>", '<w:p><w:r><w:t id="WaterMark">x</w:t></w:r></w:p></w:hdr>', "header_default"),
    ("contrast", STYLES, '<w:color w:val="6D6D6D"/>', '<w:color w:val="B8C4CC"/>', "B8C4CC on"),
    ("contrast", STYLES, '(lastRow"><w:rPr>)', r'\1<w:color w:val="FFFFFF"/>', "'Total': FFFFFF on FFFFFF"),
    ("access", SETTINGS, "<w:zoom", '<w:documentProtection w:edit="readOnly"/><w:zoom', "documentProtection"),
    ("language", STYLES, '<w:lang [^>]*>', "", "not the same everywhere"),
    ("language", SETTINGS, 'themeFontLang w:val="fr-FR"', 'themeFontLang w:val="en-US"', "not the same everywhere"),
    ("language", DOCUMENT, 'w:lang w:val="en-US"', 'w:lang w:val="en"', "'en'"),
    ("bookmarks", DOCUMENT, 'w:name="context"', 'w:name="findings"', "name findings is there 2 times"),
    ("bookmarks", DOCUMENT, r'<w:bookmarkEnd w:id="\d+"/>', "", "starts and ends differ"),
    ("references", DOCUMENT, 'w:anchor="fig_timeline"', 'w:anchor="fig_none"', "fig_none is not there"),
    ("references", DOCUMENT, "REF Ref_fig_timeline", "REF Ref_none", "Ref_none is not there"),
    ("references", DOCUMENT, r'\\c "Figure"', r'\\c "Photo"', "a list of Photo has nothing to list"),
    ("fields", DOCUMENT, '<w:fldChar w:fldCharType="end"/>', "", "a field is not whole"),
    ("fields", DOCUMENT, 'w:fldCharType="begin"', 'w:fldCharType="begin" w:dirty="true"', "waits to be renewed"),
    ("fields", SETTINGS, "<w:zoom", "<w:updateFields/><w:zoom", "asks to renew"),
    ("controls", DOCUMENT, 'w:val="facts.donors"', 'w:val="facts.countries"', "tag is missing or there twice"),
    ("controls", DOCUMENT, '<w:alias w:val="Pays"/>', f'<w:alias w:val="{"x" * 65}"/>', "alias is empty or too long"),
    ("controls", DOCUMENT, "<w:sdtPr>", '<w:sdtPr><w:dataBinding w:xpath="/x"/>', "a control is bound"),
    ("compatibility", SETTINGS, 'w:val="15"', 'w:val="12"', "the mode is not 15"),
    ("outside", RELATIONS, 'Target="styles.xml"', 'Target="//x/y.xml" TargetMode="External"', "needs //x/y.xml"),
    ("fonts", FONTS, 'r:id="NotoSans-Bold"', 'r:id="none"', "Noto Sans cannot be read"),
    ("fonts", STYLES, 'w:ascii="Overpass"', 'w:ascii="Comic Sans"', "Comic Sans is not embedded"),
    ("fonts", SETTINGS, "<w:embedTrueTypeFonts/>", "", "Word would drop the fonts"),
]  # fmt: skip


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("accessible")
    write_reference(folder)
    return render(write_brief(folder, brief_blocks(), draft="Projet – ne pas diffuser"), folder)


def test_nothing_is_reported(brief: str) -> None:
    assert findings(brief) == []


@pytest.mark.parametrize("number", range(len(FAULTS)), ids=[f"{rule}-{words}" for rule, *_, words in FAULTS])
def test_a_fault_is_reported_by_its_rule(number: int, brief: str, tmp_path: Path) -> None:
    rule, part, pattern, instead, expected = FAULTS[number]
    found = findings(plant(brief, part, pattern, instead, tmp_path / "faulty.docx"))
    assert [finding for finding in found if finding.startswith(f"{rule}: ") and expected in finding], found


def test_every_rule_can_fail() -> None:
    assert {rule for rule, *_ in FAULTS} == set(RULES)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.005)
