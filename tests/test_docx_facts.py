"""The quick facts come back from a Word document that people have worked on."""

import shutil
from pathlib import Path

import docx
import pytest
from evalbrief.document.docx.facts import read_facts
from evalbrief.document.docx.package import W, read_parts, write_parts
from lxml import etree

from tests.docx_build import convert, plant, render, write_reference
from tests.docx_sample import brief_blocks, write_brief

DOCUMENT = "word/document.xml"
VALUES = {
    "countries": "Bénin, Côte d’Ivoire",
    "date_approved": "non communiqué",
    "donors": "Fonds, non communiqué",
}


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("facts")
    write_reference(folder)
    return render(write_brief(folder, brief_blocks()), folder)


def controls(path: str) -> dict[str, etree._Element]:
    body = etree.fromstring(read_parts(path)[DOCUMENT])
    return {control.find(f"{W}sdtPr/{W}tag").get(f"{W}val"): control for control in body.iter(f"{W}sdt")}


def test_every_value_is_read(brief: str) -> None:
    assert read_facts(brief) == VALUES


def test_a_control_has_a_name_a_tag_a_number_and_a_bookmark(brief: str) -> None:
    found = controls(brief)
    assert set(found) == {"facts.countries", "facts.date_approved", "facts.donors"}
    names = [control.find(f"{W}sdtPr/{W}alias").get(f"{W}val") for control in found.values()]
    assert names[0] == "Pays"
    assert len(names[1]) == 64 and names[1].endswith("…"), "Word takes no longer title"
    assert len({control.find(f"{W}sdtPr/{W}id").get(f"{W}val") for control in found.values()}) == 3
    assert [control.getprevious().get(f"{W}name") for control in found.values()] == [
        "fact_countries",
        "fact_date_approved",
        "fact_donors",
    ]


def test_one_text_is_plain_text_and_a_gap_is_a_placeholder(brief: str) -> None:
    kinds = {
        tag: [etree.QName(child).localname for child in control.find(f"{W}sdtPr")][3:]
        for tag, control in controls(brief).items()
    }
    assert kinds == {"facts.countries": ["text"], "facts.date_approved": ["showingPlcHdr"], "facts.donors": []}
    style = controls(brief)["facts.date_approved"].find(f".//{W}rStyle")
    assert style.get(f"{W}val") == "Gap"


def test_an_edited_value_is_read(brief: str, tmp_path: Path) -> None:
    edited = plant(brief, DOCUMENT, ">Bénin, Côte d’Ivoire<", ">Bénin &amp; Togo<", tmp_path / "edited.docx")
    assert read_facts(edited) == VALUES | {"countries": "Bénin & Togo"}


def test_deleted_text_and_the_names_of_controls_are_no_value(brief: str, tmp_path: Path) -> None:
    deleted = "<w:del w:id='900' w:author='x'><w:r><w:delText>Togo</w:delText></w:r></w:del></w:sdtContent>"
    edited = plant(brief, DOCUMENT, "</w:sdtContent>", deleted, tmp_path / "edited.docx")
    assert read_facts(edited) == VALUES


def test_a_value_is_found_by_its_bookmark_when_the_tag_is_lost(brief: str, tmp_path: Path) -> None:
    parts = read_parts(brief)
    body = etree.fromstring(parts[DOCUMENT])
    for tag in list(body.iter(f"{W}tag")):
        tag.getparent().remove(tag)
    write_parts(parts | {DOCUMENT: etree.tostring(body)}, tmp_path / "untagged.docx")
    assert read_facts(tmp_path / "untagged.docx") == VALUES


def test_a_document_without_facts_has_none(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "other.docx"))
    assert read_facts(tmp_path / "other.docx") == {}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_edited_value_survives_libreoffice(brief: str, tmp_path: Path) -> None:
    edited = plant(brief, DOCUMENT, ">Bénin, Côte d’Ivoire<", ">Bénin<", tmp_path / "edited.docx")
    (tmp_path / "out").mkdir()
    assert read_facts(convert(edited, tmp_path / "out", "docx")) == VALUES | {"countries": "Bénin"}
