"""The finished Word document is valid, and the validators that say so notice faults."""

from pathlib import Path

import pytest

from tests.docx_build import plant, render, write_reference
from tests.docx_sample import brief_blocks, write_brief
from tests.openxml import audit_findings, sdk_findings

DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
TYPES = "[Content_Types].xml"
RELATIONS = "word/_rels/document.xml.rels"
# What each validator notices: by name, the part, what is replaced in it, and by what.
BOTH_NOTICE = {
    "unknown element": (DOCUMENT, "<w:body>", "<w:body><w:bogus/>"),
    "wrong order": (
        DOCUMENT,
        '<w:pPr><w:pStyle w:val="Title"/>',
        '<w:pPr><w:jc w:val="left"/><w:pStyle w:val="Title"/>',
    ),
    "value not allowed": (DOCUMENT, '<w:tblLayout w:type="fixed"/>', '<w:tblLayout w:type="wobbly"/>'),
    "colour not a number": (STYLES, 'w:color w:val="2D2D2D"', 'w:color w:val="black"'),
    "dangling relation": (DOCUMENT, 'r:embed="rId', 'r:embed="none'),
    "missing part": (RELATIONS, "media/figure1.svg", "media/none.svg"),
    "same relation twice": (RELATIONS, 'Id="footer_first"', 'Id="footer_default"'),
    "table without grid": (DOCUMENT, "<w:tblGrid>.*?</w:tblGrid>", ""),
    "same style twice": (STYLES, 'w:styleId="Masthead"', 'w:styleId="Series"'),
    "footnote that is not there": (
        DOCUMENT,
        r'<w:footnoteReference w:id="\d+"\s*/>',
        '<w:footnoteReference w:id="999"/>',
    ),
    "settings in wrong order": ("word/settings.xml", "(<w:zoom[^>]*>)(<w:embedTrueTypeFonts/>)", r"\2\1"),
    "font that is not there": ("word/fontTable.xml", 'r:id="NotoSans-Bold"', 'r:id="none"'),
}
SDK_NOTICES = {
    "part without content type": (TYPES, '<Default Extension="svg"[^>]*>', ""),
    "header without content type": (TYPES, '<Override PartName="/word/header_default.xml"[^>]*>', ""),
}
AUDIT_NOTICES = {
    "missing paragraph style": (DOCUMENT, 'w:val="Finding"', 'w:val="Findings"'),
    "missing table style": (DOCUMENT, 'w:val="BriefTable"', 'w:val="BriefTables"'),
    "style based on none": (STYLES, '<w:basedOn w:val="Normal"/>', '<w:basedOn w:val="Abnormal"/>'),
    "cell without paragraph": (DOCUMENT, "(<w:tc><w:tcPr>.*?</w:tcPr>).*?(</w:tc>)", r"\1\2"),
    "missing numbering": (DOCUMENT, r'<w:numId w:val="\d+"\s*/>', '<w:numId w:val="77"/>'),
    "main part of another type": (TYPES, "document.main", "document.plain"),
}


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("valid")
    write_reference(folder)
    return render(write_brief(folder, brief_blocks(), draft="Projet – ne pas diffuser"), folder)


def test_the_brief_is_valid_for_the_sdk(brief: str) -> None:
    assert sdk_findings(brief) == []


def test_the_brief_is_valid_for_openxml_audit(brief: str) -> None:
    assert audit_findings(brief) == []


def test_the_reference_document_is_valid(brief: str) -> None:
    reference = str(Path(brief).with_name("reference.docx"))
    assert sdk_findings(reference) == audit_findings(reference) == []


@pytest.mark.parametrize("fault", [*BOTH_NOTICE, *SDK_NOTICES])
def test_the_sdk_notices(fault: str, brief: str, tmp_path: Path) -> None:
    assert sdk_findings(plant(brief, *(BOTH_NOTICE | SDK_NOTICES)[fault], tmp_path / "faulty.docx"))


@pytest.mark.parametrize("fault", [*BOTH_NOTICE, *AUDIT_NOTICES])
def test_openxml_audit_notices(fault: str, brief: str, tmp_path: Path) -> None:
    assert audit_findings(plant(brief, *(BOTH_NOTICE | AUDIT_NOTICES)[fault], tmp_path / "faulty.docx"))
