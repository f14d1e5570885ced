"""The judge of documents with tracked changes says right to right ones, and notices every fault by its rule."""

import re
from pathlib import Path
from typing import Any

import lxml.etree as etree
import pytest
from evalbrief.document.docx.package import DOCUMENT, Parts, W, read_parts

from tests.docx_build import render, write_reference
from tests.docx_coarse import coarse
from tests.docx_levels import LEVELS, levels
from tests.docx_oracle import MARKS, RULES, Marked, findings, marked
from tests.docx_redlines import (
    BOLD,
    CASES,
    Marks,
    bookmark,
    call,
    cell,
    document,
    gone,
    item,
    note,
    para,
    picture,
    row,
    run,
    table,
)
from tests.docx_resolve import RUN_MARKS, accepted, rejected
from tests.docx_sample import brief_blocks, write_brief

RELATIONS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
NOTES = "word/footnotes.xml"
HEADER = "word/header.xml"
SECTION = "<w:sectPr>"
LINK, LINK_END = '<w:hyperlink r:id="there">', "</w:hyperlink>"
INSIDE_OUT = rf"\1{LINK}\2{LINK_END}</w:ins>"
MARK = '<w:rPr><w:ins w:id="99"/></w:rPr>'
# What marks look like in a redline; a name is put into the braces.
END = "<w:rPr><w:{0} [^>]*></w:{0}></w:rPr>"
CHANGE = "<w:{0}Change .*?</w:{0}Change>"
MARKED_ROW = "<w:tr><w:trPr><w:{0} .*?</w:tr>"
ROW_MARK = "<w:trPr><w:{0} [^>]*></w:{0}>"
ANY = "(?:(?!<w:p>).)*"
FIELD_RESULT, FIELD_END = (f'<w:r><w:fldChar w:fldCharType="{sign}"/></w:r>' for sign in ("separate", "end"))
# By rule: the case, what is replaced in a part of its redline, and by what; what a finding is about.
FAULTS = [
    # Words
    ("accepting", "words", DOCUMENT, ">trois<", ">quatre<", "text differs in line 1: 'Le projet agit dans quatre"),
    ("accepting", "words", DOCUMENT, " pays<", " pays <", "text differs in line 1"),
    ("accepting", "words", DOCUMENT, "<w:r>(<w:t [^>]*>trois)", rf"<w:r>{BOLD}\1", "formatting differs in line 1"),
    ("rejecting", "words", DOCUMENT, ">deux<", ">quatre<", "text differs in line 1"),
    ("rejecting", "words", DOCUMENT, "<w:ins [^>]*>(<w:r><w:t [^>]*> voisins.*?)</w:ins>", r"\1", "text differs"),
    # Paragraphs and their ends
    ("accepting", "paragraphs", DOCUMENT, END.format("del"), "", "structure differs in line 3: 'Quote: '"),
    ("accepting", "paragraphs", DOCUMENT, f"<w:p>{ANY}Neuf.*?</w:p>", "", "text differs in line 2"),
    ("accepting", "split_and_merged", DOCUMENT, END.format("del"), "", "text differs in line 3"),
    ("accepting", "moved", DOCUMENT, END.format("moveFrom"), "", "structure differs in line 1"),
    ("rejecting", "paragraphs", DOCUMENT, END.format("ins"), "", "structure differs in line 2"),
    ("rejecting", "split_and_merged", DOCUMENT, END.format("ins"), "", "text differs in line 1"),
    ("rejecting", "moved", DOCUMENT, END.format("moveTo"), "", "structure differs in line 3"),
    # Tables
    ("accepting", "rows", DOCUMENT, ROW_MARK.format("del"), "<w:trPr>", "text differs in line 3: 'b' instead"),
    ("accepting", "rows", DOCUMENT, MARKED_ROW.format("ins"), "", "text differs in line 3: 'i-eval' instead"),
    ("accepting", "column", DOCUMENT, "<w:tc><w:tcPr><w:cellIns .*?</w:tc>", "", "text differs in line 2"),
    ("accepting", "column", DOCUMENT, "<w:gridCol .*?/>", "", "structure differs in line 1: 'table of 2 columns"),
    ("accepting", "whole_table", DOCUMENT, '"Nouveau"', '"Titre"', "structure differs in line 2"),
    ("accepting", "other_looks", DOCUMENT, "<w:tblHeader/>", "", "in line 2: 'row' instead of 'header"),
    ("rejecting", "rows", DOCUMENT, ROW_MARK.format("ins"), "<w:trPr>", "structure differs"),
    ("rejecting", "rows", DOCUMENT, MARKED_ROW.format("del"), "", "text differs in line 3: 'i-eval' instead of 'b'"),
    ("rejecting", "column", DOCUMENT, "<w:cellIns [^>]*></w:cellIns>", "", "text differs in line 2"),
    ("rejecting", "column", DOCUMENT, CHANGE.format("tblGrid"), "", "structure differs in line 1: 'table of 3 columns"),
    ("rejecting", "whole_table", DOCUMENT, "<w:tbl>.*?</w:tbl>", "", "text differs in line 2: 'Deux.' instead of 'a'"),
    ("rejecting", "other_looks", DOCUMENT, CHANGE.format("trPr"), "", "structure differs in line 2: 'header row'"),
    ("rejecting", "other_looks", DOCUMENT, CHANGE.format("tcPr"), "", "structure differs in line 3"),
    # Looks, links, lists
    ("accepting", "looks", DOCUMENT, "<w:b/>", "", "formatting differs in line 1: 'BodyText: Un mot.' instead of"),
    ("accepting", "looks", DOCUMENT, 'pStyle w:val="Quote"', 'pStyle w:val="Title"', "in line 2: 'Title"),
    ("accepting", "looks", DOCUMENT, "<w:pBdr>.*?</w:pBdr>", "", "formatting differs in line 2"),
    ("accepting", "links", DOCUMENT, 'r:id="there"', 'r:id="here"', "formatting differs in line 1"),
    ("accepting", "items", DOCUMENT, '"2"/>(?=(?:(?!numId).)*neuf)', '"3"/>', "number 1): neuf' instead of"),
    ("accepting", "items", DOCUMENT, 'numId w:val="4"', 'numId w:val="2"', "number 4): a' instead"),
    ("accepting", "other_looks", DOCUMENT, '(<w:pgSz w:w=)"9"', r'\1"7"', "formatting differs"),
    ("rejecting", "looks", DOCUMENT, CHANGE.format("rPr"), "", "formatting differs in line 1"),
    ("rejecting", "looks", DOCUMENT, CHANGE.format("pPr"), "", "structure differs in line 2"),
    ("rejecting", "looks", DOCUMENT, CHANGE.format("tblPr"), "", "structure differs in line 3"),
    ("rejecting", "other_looks", DOCUMENT, "<w:ins [^>]*></w:ins></w:numPr>", "</w:numPr>", "differs in line 6"),
    ("rejecting", "other_looks", DOCUMENT, CHANGE.format("sectPr"), "", "formatting differs"),
    # Things among the words, and other texts than the document's own
    ("accepting", "notes", NOTES, "Autre source", "Aucune source", "text differs in line 1"),
    ("accepting", "notes", DOCUMENT, '(footnoteReference w:id=)"13"', r'\1"99"', "text differs in line 1"),
    ("accepting", "controls", DOCUMENT, "facts.type", "facts.kind", "structure differs in line 1"),
    ("accepting", "numbers", DOCUMENT, "REF Ref_fig_timeline", "REF Ref_fig_budget", "formatting differs in line 1"),
    ("accepting", "numbers", DOCUMENT, FIELD_RESULT, "", "text differs in line 1: 'La  et l’annexe.'"),
    ("accepting", "pictures", DOCUMENT, 'embed="new"', 'embed="old"', "structure differs"),
    ("accepting", "pictures", DOCUMENT, '(id="2" descr=)"Frise"', r'\1"Carte"', "structure differs"),
    ("accepting", "headers", HEADER, "Projet", "Programme", "text differs in line 2"),
    ("rejecting", "notes", NOTES, "Source une", "Source deux", "text differs in line 1"),
    ("rejecting", "pictures", "word/media/old.png", "old", "lost", "structure differs"),
    # The marks themselves
    ("kinds", "column", DOCUMENT, "<w:cellIns (.*?)></w:cellIns>", r"<w:cellMerge \1/>", "cellMerge is not judged"),
    ("numbers", "words", DOCUMENT, '(<w:ins w:id=)"2"', r'\1"1"', "number 1 is there 2 times"),
    ("numbers", "looks", DOCUMENT, '(<w:pPrChange) w:id="2"', r"\1", "1 changes have no number"),
    ("numbers", "headers", HEADER, '(<w:ins w:id=)"2"', r'\1"1"', "number 1 is there 2 times"),
    ("moves", "moved", DOCUMENT, '(<w:moveToRangeStart [^>]*)"move1"', r'\1"move2"', "move1 does not arrive"),
    ("moves", "moved", DOCUMENT, '(<w:moveToRangeStart [^>]*)"move1"', r'\1"move2"', "move2 comes from nowhere"),
    ("moves", "moved", DOCUMENT, "<w:moveFromRangeEnd .*?</w:moveFromRangeEnd>", "", "a start of moveFrom has no end"),
    ("moves", "moved", DOCUMENT, "<w:moveToRangeStart .*?<w:p>", "<w:p>", "moveTo 'Un deux.' is part of no move"),
    ("moves", "moved", DOCUMENT, "<w:moveToRangeStart .*?<w:p>", "<w:p>", "an end of moveTo has no start"),
    ("deleted_text", "words", DOCUMENT, "<w:delText (.*?)delText>", r"<w:t \1t>", "t 'deux' stands in a deletion"),
    ("deleted_text", "words", DOCUMENT, "<w:t (.*?)w:t>", r"<w:delText \1w:delText>", "outside of a deletion"),
    ("deleted_text", "numbers", DOCUMENT, "<w:delInstr(.*?)delInstr", r"<w:instr\1instr", "instrText ' REF"),
    ("nesting", "words", DOCUMENT, "(<w:ins .*?>)(.*?)(</w:ins>)", r"\1<w:del>\2</w:del>\3", "del 'trois' stands"),
    ("links", "links", DOCUMENT, f"{LINK}(<w:ins .*?>)(.*?)</w:ins>{LINK_END}", INSIDE_OUT, "a link stands in ins"),
    ("ends", "paragraphs", DOCUMENT, f"(<w:p>{ANY})</w:pPr>({ANY}Quatre)", rf"\1{MARK}</w:pPr>\2", "'Quatre.' is"),
    ("ends", "rows", DOCUMENT, f"(<w:p>{ANY})</w:pPr>", rf"\1{MARK}</w:pPr>", "'a' is marked"),
    ("fields", "numbers", DOCUMENT, f"(.*){FIELD_END}</w:del>", rf"\1</w:del>{FIELD_END}", "after accepting"),
    # The package
    ("relations", "pictures", RELATIONS, 'Id="old"', 'Id="older"', "uses old, which is not there"),
    ("relations", "links", RELATIONS, '<Relationship Id="there".*?/>', "", "uses there, which is not there"),
    ("relations", "pictures", RELATIONS, "media/old.png", "media/lost.png", "word/media/lost.png, which is not there"),
    ("relations", "pictures", TYPES, "<Default .*?/>", "", "word/media/old.png has no content type"),
    ("bookmarks", "pictures", DOCUMENT, "<w:bookmarkStart .*?/>(.*)<w:bookmarkEnd .*?/>", r"\1", "fig_timeline is"),
    ("bookmarks", "pictures", DOCUMENT, "<w:bookmarkEnd .*?/>", "", "starts and ends differ"),
    ("bookmarks", "pictures", DOCUMENT, SECTION, bookmark(7, "other", "") + SECTION, "id 7 is there 2 times"),
    ("bookmarks", "pictures", DOCUMENT, SECTION, bookmark(8, "FIG_timeline", "") + SECTION, "fig_timeline is there 2"),
    ("pictures", "pictures", DOCUMENT, '(docPr id=)"2"', r'\1"1"', "number 1 is there 2 times"),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a reference document."""
    folder = tmp_path_factory.mktemp("judged")
    write_reference(folder)
    return folder


@pytest.fixture(scope="module")
def brief(folder: Path) -> Parts:
    """A small brief with one of everything, as the project writes it."""
    return read_parts(render(write_brief(folder, brief_blocks()), folder))


def plant(parts: Parts, part: str, pattern: str, instead: str) -> Parts:
    """Replace the first match of a pattern in a part."""
    text = parts[part].decode()
    changed = re.sub(pattern, instead, text, count=1, flags=re.DOTALL)
    assert changed != text, f"{pattern} is not in {part}"
    return parts | {part: changed.encode()}


@pytest.mark.parametrize("name", CASES)
def test_what_is_marked_right_is_right(name: str) -> None:
    case = CASES[name](Marks())
    assert findings(case.redline, case.old, case.new) == []
    assert findings(case.redline, case.new, case.old) != []
    assert marked(case.redline) == case.marked


@pytest.mark.parametrize("name", CASES)
def test_drafts_differ_where_something_changed(name: str) -> None:
    case = CASES[name](Marks())
    assert levels(case.old) != levels(case.new)
    for draft in (case.old, case.new):
        assert levels(accepted(draft)) == levels(rejected(draft)) == levels(draft)
        assert marked(draft) == Marked(0, 0, 0)


@pytest.mark.parametrize(
    "number", range(len(FAULTS)), ids=[f"{rule}-{case}-{words}" for rule, case, *_, words in FAULTS]
)
def test_a_fault_is_found_by_its_rule(number: int) -> None:
    rule, name, part, pattern, instead, expected = FAULTS[number]
    case = CASES[name](Marks())
    found = findings(plant(case.redline, part, pattern, instead), case.old, case.new)
    assert [finding for finding in found if finding.startswith(f"{rule}: ") and expected in finding], found


@pytest.mark.parametrize("name", CASES)
def test_every_mark_matters(name: str) -> None:
    """Without any one of its marks, a right document is wrong; in a row that comes or goes, words need none."""
    case = CASES[name](Marks())
    for part in (DOCUMENT, NOTES, HEADER):
        for number in range(len(_marks(etree.fromstring(case.redline[part])))):
            root = etree.fromstring(case.redline[part])
            mark = _marks(root)[number]
            for child in list(mark) if mark.tag in RUN_MARKS else []:
                mark.addprevious(child)
            mark.getparent().remove(mark)
            assert findings(case.redline | {part: etree.tostring(root)}, case.old, case.new), mark.tag


def _marks(root: Any) -> list[Any]:
    rows = [row for row in root.iter(f"{W}tr") if row.find(f"{W}trPr/{W}ins") is not None]
    needless = [mark for row in rows for cell in row.iter(f"{W}tc") for mark in cell.iter(*RUN_MARKS)]
    return [mark for mark in root.iter(*MARKS) if mark not in needless]


def test_every_rule_can_fail() -> None:
    assert {rule for rule, *_ in FAULTS} == set(RULES)


def test_a_brief_is_the_same_as_itself(brief: Parts) -> None:
    assert findings(brief, brief, brief) == []
    assert marked(brief) == Marked(0, 0, 0)


def test_the_coarsest_redline_is_right(brief: Parts, folder: Path) -> None:
    blocks = [block for block in brief_blocks("hostile") if block["t"] != "Header"]
    other = read_parts(render(write_brief(folder, blocks), folder, "other.docx"))
    assert findings(coarse(brief, other), brief, other) == []
    assert findings(coarse(other, brief), other, brief) == []


def test_a_change_in_a_brief_is_judged(brief: Parts) -> None:
    mark = Marks()
    changed = mark("del", gone("Confirmé")) + mark("ins", run("Infirmé"))
    redline = plant(
        brief, DOCUMENT, "<w:r><w:t [^>]*>Confirmé", changed + run("", name="t").removesuffix("</w:t></w:r>")
    )
    new = plant(brief, DOCUMENT, ">Confirmé", ">Infirmé")
    assert findings(redline, brief, new) == []
    assert marked(redline) == Marked(2, 2, 0)
    assert findings(redline, brief, brief) != []


def test_every_thing_of_a_brief_is_compared(brief: Parts) -> None:
    """Whatever is lost of a brief on the way, a level tells."""
    lost = [
        ("text", "word/footer_default.xml", ">Page", ">Pages"),
        ("text", NOTES, "Une note", "Des notes"),
        ("structure", DOCUMENT, "<w:tblHeader/>", ""),
        ("structure", DOCUMENT, 'descr="Frise', 'descr="Figure'),
        ("structure", DOCUMENT, "facts.countries", "facts.country"),
        ("structure", DOCUMENT, 'pStyle w:val="ListBullet"', 'pStyle w:val="BodyText"'),
        ("structure", "word/media/figure1.svg", "svg", "svg "),
        ("formatting", DOCUMENT, r"SEQ Figure \\\* ARABIC", "SEQ Photo"),
        ("formatting", DOCUMENT, '<w:lang w:val="en-US"/>', ""),
        ("formatting", DOCUMENT, 'anchor="fig_timeline"', 'anchor="table_results"'),
        ("formatting", DOCUMENT, "<w:pBdr>.*?</w:pBdr>", ""),
    ]
    right = levels(brief)
    for level, part, pattern, instead in lost:
        found = levels(plant(brief, part, pattern, instead))
        assert [name for name in LEVELS if found[name] != right[name]] == list(LEVELS[LEVELS.index(level) :]), pattern


def test_what_says_nothing_is_not_compared() -> None:
    one = document(item(1, run("Un mot"), call(1)), para(picture(1, "old")), notes=note(1, run("Note")))
    other = document(
        item(4, run("Un ", "<w:rPr/>"), run("mot"), call(7)).replace("<w:numPr>", "<w:keepNext/><w:numPr>"),
        para(picture(9, "older")),
        notes=note(7, run("Note")),
    )
    other = plant(other, RELATIONS, 'Id="old"', 'Id="older"')
    assert levels(one) == levels(other)


def test_a_list_that_begins_anew_is_another_one() -> None:
    one, other = (document(item(2, run("un")), item(number, run("deux"))) for number in (2, 3))
    assert levels(one)["text"] == levels(other)["text"]
    assert [line for line in levels(one)["structure"] if line not in levels(other)["structure"]] == [
        "BodyText (level 0, decimal %1., number 2): deux"
    ]


def test_the_last_paragraph_of_a_cell_keeps_its_end() -> None:
    mark = Marks()
    lone = para(mark("del", gone("a")), end=mark("del"))
    kept = accepted(document(table(row(cell(lone))), para(run("Un."))))
    assert levels(kept) == levels(document(table(row(cell(para()))), para(run("Un."))))
