"""The Word brief: a document a person can go on working in, valid, accessible, the same bytes every time."""

import os
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from evalbrief.document.docx.package import R, W, content_type, read_parts, relations_of
from lxml import etree

from tests.docx_build import FILTER, ROOT, THEME, convert, render, write_fonts, write_reference
from tests.docx_checks import findings
from tests.docx_sample import PIXEL, SVG, brief_blocks, bullets, div, para, reference, table, write_brief
from tests.openxml import audit_findings, sdk_findings

HOSTILE = '<b>&amp; {{ x }} {title} \\textbf $a$ #let [1] | ` ~ * _ ]]> <w:p/> %s "q" & \U0001f600'
LONG_WORD = "x" * 10_000
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("word")
    write_reference(folder)
    return folder


@pytest.fixture(scope="module")
def path(folder: Path) -> str:
    return render(write_brief(folder, brief_blocks(HOSTILE), title=f"Titre {HOSTILE}"), folder)


@pytest.fixture(scope="module")
def parts(path: str) -> dict[str, bytes]:
    return read_parts(path)


@pytest.fixture(scope="module")
def body(parts: dict[str, bytes]) -> etree._Element:
    return etree.fromstring(parts["word/document.xml"]).find(f"{W}body")


def style(block: etree._Element) -> str:
    found = block.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val")


def words(element: etree._Element) -> str:
    return "".join(element.itertext(f"{W}t"))


def styled(body: etree._Element, name: str) -> list[str]:
    return [words(block) for block in body.iter(f"{W}p") if style(block) == name]


def codes(body: etree._Element) -> list[str]:
    return [code.strip() for code in body.itertext(f"{W}instrText")]


def test_every_style_used_exists(parts: dict[str, bytes]) -> None:
    present = set(re.findall(rb'w:styleId="(\w+)"', parts["word/styles.xml"]))
    for name in ("document", "footnotes", "header_default", "footer_default", "footer_first"):
        used = set(re.findall(rb'w:(?:pStyle|rStyle|tblStyle) w:val="(\w+)"', parts[f"word/{name}.xml"]))
        assert used <= present, name


def test_headings_are_in_order_and_the_title_is_a_title(body: etree._Element) -> None:
    levels = [int(style(block)[-1]) for block in body.iter(f"{W}p") if style(block).startswith("Heading")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert styled(body, "Title") == [f"Titre {HOSTILE}"]
    assert styled(body, "Notice") == ["Exemple fictif : aucune donnée n’est réelle"]


def test_captions_are_numbered_by_fields(body: etree._Element) -> None:
    assert styled(body, "Caption") == [
        "Figure\u00a01. Calendrier du projet",
        "Tableau\u00a01. Résultats chiffrés",
    ]
    assert {r"SEQ Figure \* ARABIC", r"SEQ Tableau \* ARABIC"} <= set(codes(body))


def test_references_and_lists_lead_to_bookmarks(body: etree._Element) -> None:
    names = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    targets = [code.split()[1] for code in codes(body) if code.startswith("REF ")]
    targets += [link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")]
    assert len(targets) == 4
    assert set(targets) <= set(names)
    assert r"REF Ref_fig_timeline \* Lower \h \* MERGEFORMAT" in codes(body)
    assert [code for code in codes(body) if code.startswith("TOC")] == [
        r'TOC \n \h \z \c "Figure"',
        r'TOC \n \h \z \c "Tableau"',
    ]
    assert styled(body, "TableOfFigures") == styled(body, "Caption")


def test_fields_are_whole(body: etree._Element) -> None:
    kinds = [mark.get(f"{W}fldCharType") for mark in body.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3)
    assert not [mark for mark in body.iter(f"{W}fldChar") if mark.get(f"{W}dirty")]


def test_bookmarks_are_short_plain_and_unique(body: etree._Element) -> None:
    marks = list(body.iter(f"{W}bookmarkStart"))
    names = [mark.get(f"{W}name") for mark in marks]
    assert {"context", "logic_1", "finding_need", "rec_1", "fig_timeline", "table_results"} <= set(names)
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name) for name in names)
    assert len({name.lower() for name in names}) == len(names)
    assert len({mark.get(f"{W}id") for mark in marks}) == len(marks)


def test_long_ids_become_short_names_that_differ(folder: Path) -> None:
    ids = [f"section-{'very-long-' * 5}{end}" for end in ("a", "b")]
    name = "long-" * 7
    blocks = [div(identifier, "block", para("Texte.")) for identifier in ids]
    blocks += [table(name, 1, "Titre", [("Colonne", "AlignLeft", 1.0)], [["un"]])]
    blocks += [div("c", "block", para(reference(f"table-{name}", "tableau\u00a01")))]
    render(write_brief(folder, blocks), folder, "long.docx")
    found = etree.fromstring(read_parts(folder / "long.docx")["word/document.xml"])
    names = [mark.get(f"{W}name") for mark in found.iter(f"{W}bookmarkStart")]
    # Five of the text, and the one that names the tree.
    assert len(set(names)) == len(names) == 5 + 1
    assert max(map(len, names)) <= 40
    assert next(code.split()[1] for code in codes(found) if code.startswith("REF")) in names


def test_pictures_say_what_they_show(body: etree._Element) -> None:
    pictures = list(body.iter(f"{WP}docPr"))
    assert [picture.get("descr") for picture in pictures] == ["Frise de 2019 à 2023"]
    assert len({picture.get("id") for picture in pictures}) == len(pictures)
    assert [body.find(f".//{WP}inline").get(f"dist{side}") for side in "TBLR"] == ["0"] * 4
    assert not list(body.iter(f"{WP}anchor"))


def test_tables_have_headers_and_a_description(body: etree._Element) -> None:
    facts, results = body.iter(f"{W}tbl")
    for found in (facts, results):
        properties = found.find(f"{W}tblPr")
        assert properties.find(f"{W}tblDescription").get(f"{W}val")
        assert properties.find(f"{W}tblLook").get(f"{W}firstColumn") == "1"
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in found.iter(f"{W}tr"))
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in results.iter(f"{W}tr")]
    assert heads == [True] + [False] * 22
    assert [words(cell) for cell in facts.iter(f"{W}tc")][:4] == [
        "Information",
        "Valeur",
        "Pays",
        "Bénin, Côte d’Ivoire",
    ]
    assert "TableNumber" in {style(block) for block in results.iter(f"{W}p")}


def test_a_total_stands_last_in_its_own_look(body: etree._Element, parts: dict[str, bytes]) -> None:
    results = list(body.iter(f"{W}tbl"))[1]
    last = list(results.iter(f"{W}tr"))[-1]
    assert [words(cell) for cell in last.iter(f"{W}tc")] == ["Total", "210"]
    look = results.find(f"{W}tblPr/{W}tblLook")
    assert (look.get(f"{W}lastRow"), look.get(f"{W}firstColumn"), look.get(f"{W}val")) == ("1", "1", "04E0")
    assert re.search(
        rb'w:type="lastRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders><w:top', parts["word/styles.xml"]
    )
    assert b"value=" not in parts["word/document.xml"]


def test_a_draft_says_so_on_every_page(folder: Path) -> None:
    mark = "Projet – ne pas diffuser"
    render(write_brief(folder, [div("a", "block", para("Texte."))], draft=mark), folder, "draft.docx")
    parts = read_parts(folder / "draft.docx")
    blocks = list(etree.fromstring(parts["word/document.xml"]).iter(f"{W}p"))
    assert (style(blocks[0]), words(blocks[0])) == ("DraftMark", mark)
    notice = "Exemple fictif : aucune donnée n’est réelle"
    assert styled(etree.fromstring(parts["word/header_default.xml"]), "HeaderNotice") == [f"{mark} – {notice}"]


def test_a_final_brief_has_no_trace_of_a_draft(parts: dict[str, bytes], body: etree._Element) -> None:
    assert styled(body, "DraftMark") == []
    notice = "Exemple fictif : aucune donnée n’est réelle"
    assert styled(etree.fromstring(parts["word/header_default.xml"]), "HeaderNotice") == [notice]


def test_a_picture_is_there_as_png_and_svg(parts: dict[str, bytes], body: etree._Element) -> None:
    blip = body.find(".//{*}blip")
    named = {relation.get("Id"): relation.get("Target") for relation in relations_of(parts, "word/document.xml")}
    png, svg = (named[place.get(f"{R}embed")] for place in (blip, blip.find(".//{*}svgBlip")))
    assert parts[f"word/{svg}"] == SVG
    assert parts[f"word/{png}"].startswith(b"\x89PNG")
    assert content_type(parts, f"word/{svg}") == "image/svg+xml"
    assert body.find(f".//{WP}docPr").get("title") is None


@pytest.mark.parametrize(("paper", "width"), [("a4", 9638), ("letter", 9972)])
def test_what_depends_on_the_width_follows_the_paper(paper: str, width: int, tmp_path: Path) -> None:
    write_reference(tmp_path, paper=paper)
    body = etree.fromstring(read_parts(render(write_brief(tmp_path, brief_blocks()), tmp_path))["word/document.xml"])
    widths = [int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) for table in body.iter(f"{W}tbl")]
    assert widths == [width - 45, pytest.approx(width, abs=2)]
    assert int(body.find(f".//{WP}extent").get("cx")) == pytest.approx(width * 635, rel=0.002)


def test_lists_are_those_of_words_list_styles(folder: Path) -> None:
    numbered = {"t": "OrderedList", "c": [[3, {"t": "Decimal"}, {"t": "Period"}], bullets("a", "b")["c"]]}
    blocks = [div("a", "block", bullets("un", "deux")), div("b", "block", numbered)]
    parts = read_parts(render(write_brief(folder, blocks), folder, "lists.docx"))
    lists = etree.fromstring(parts["word/numbering.xml"])
    abstract = {use.get(f"{W}numId"): use.find(f"{W}abstractNumId").get(f"{W}val") for use in lists.iter(f"{W}num")}
    items = [place.getparent().getparent() for place in etree.fromstring(parts["word/document.xml"]).iter(f"{W}numPr")]
    found = [(style(item), abstract[item.find(f".//{W}numId").get(f"{W}val")]) for item in items]
    assert found == [("ListBullet", "1")] * 2 + [("ListNumber", "2")] * 2
    start = lists.findall(f"{W}num")[-1].find(f"{W}lvlOverride/{W}startOverride")
    assert start.get(f"{W}val") == "3"


def test_nothing_is_left_of_what_pandoc_writes_empty(parts: dict[str, bytes]) -> None:
    assert not {"docProps/custom.xml", "word/comments.xml"} & set(parts)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_uses_the_embedded_fonts(path: str, tmp_path: Path) -> None:
    convert(path, tmp_path, "pdf")
    with pikepdf.open(tmp_path / "brief.pdf") as pdf:
        fonts = {str(item.get("/BaseFont", "")) for item in pdf.objects if isinstance(item, pikepdf.Dictionary)}
    assert any("Overpass" in font for font in fonts)
    assert any("NotoSans-Regular" in font for font in fonts)


def test_the_fields_of_a_record_take_few_lines(body: etree._Element) -> None:
    lines = styled(body, "RecommendationField")
    assert lines[0] == "Priorité\u00a0:\u00a0Haute"
    assert lines[1].startswith("Plan d’action\u00a0:\u00a0mot mot")
    assert styled(body, "RecommendationGap") == ["Délai, ressources\u00a0:\u00a0non communiqué"]
    blocks = [block for block in body.iter(f"{W}p") if style(block).startswith("Recommendation")]
    assert [block.find(f"{W}pPr/{W}keepNext") is not None for block in blocks] == [True, True, True, False]


def test_each_kind_of_record_has_its_colour(body: etree._Element, parts: dict[str, bytes]) -> None:
    styles = {entry.get(f"{W}styleId"): entry for entry in etree.fromstring(parts["word/styles.xml"])}

    def bar(place: etree._Element) -> str:
        return place.find(f"{W}pPr/{W}pBdr/{W}left").get(f"{W}color")

    pairs = [pair for pair in pairwise(body.iter(f"{W}p")) if style(pair[0]) == "Heading3"]
    assert {style(below): bar(heading) for heading, below in pairs} == {
        kind: THEME["colours"][name].lstrip("#").upper()
        for kind, name in (("Recommendation", "blue"), ("LessonLearned", "green"), ("GoodPractice", "turquoise"))
    }
    assert all(bar(styles[style(below)]) == bar(heading) for heading, below in pairs)


def test_no_paragraph_is_empty_and_body_text_has_one_style(body: etree._Element) -> None:
    blocks = list(body.iter(f"{W}p"))
    assert [block for block in blocks if not words(block) and block.find(f".//{W}drawing") is None] == []
    assert not {style(block) for block in blocks} & {"", "FirstParagraph", "Compact"}


def test_language_title_and_settings(parts: dict[str, bytes], body: etree._Element) -> None:
    core = etree.fromstring(parts["docProps/core.xml"])
    properties = {etree.QName(item).localname: item.text for item in core}
    assert properties == {
        "title": f"Titre {HOSTILE}",
        "creator": "Bureau d’évaluation de l’OIT",
        "keywords": "travail décent, évaluation",
        "language": "fr-FR",
        "created": "2023-10-31T00:00:00Z",
        "modified": "2023-10-31T00:00:00Z",
    }
    for name, sign in (("themeFontLang", "fr-FR"), ("decimalSymbol", ","), ("listSeparator", ";")):
        assert f'<w:{name} w:val="{sign}"/>'.encode() in parts["word/settings.xml"]
    assert b'w:name="compatibilityMode"' in parts["word/settings.xml"]
    assert b"updateFields" not in parts["word/settings.xml"]
    language = etree.fromstring(parts["word/styles.xml"]).find(f"{W}docDefaults//{W}lang")
    assert language.get(f"{W}val") == "fr-FR"
    assert [tag.get(f"{W}val") for tag in body.iter(f"{W}lang")] == ["en-US"]


def test_every_page_has_the_notice_and_its_number(parts: dict[str, bytes], body: etree._Element) -> None:
    notice = "Exemple fictif : aucune donnée n’est réelle"
    running = words(etree.fromstring(parts["word/header_default.xml"]))
    assert running == f"► i-eval Discovery — Titre {HOSTILE}{notice}"
    assert styled(body, "Notice") == [notice], "the first page has it below the masthead"
    assert "word/header_first.xml" not in parts
    for page in ("default", "first"):
        footer = etree.fromstring(parts[f"word/footer_{page}.xml"])
        assert words(footer) == "Organisation internationale du Travail · Bureau d’évaluationPage 1 sur 1"
        assert codes(footer) == ["PAGE", "NUMPAGES"]


def test_a_long_title_is_smaller_and_shortened_where_it_repeats(folder: Path) -> None:
    render(write_brief(folder, [div("a", "block", para("Texte."))], title="titre " * 50), folder, "title.docx")
    parts = read_parts(folder / "title.docx")
    assert b'w:val="LongTitle"' in parts["word/document.xml"]
    assert "titre…" in words(etree.fromstring(parts["word/header_default.xml"]))


def test_without_a_notice_nothing_stands_in_its_place(folder: Path) -> None:
    render(write_brief(folder, [div("a", "block", para("Texte."))], notice=""), folder, "plain.docx")
    parts = read_parts(folder / "plain.docx")
    assert b'"Notice"' not in parts["word/document.xml"]
    assert len(etree.fromstring(parts["word/header_default.xml"])) == 1


def test_an_office_without_a_mark_has_no_gap_in_its_place(folder: Path) -> None:
    render(write_brief(folder, [div("a", "block", para("Texte."))], unit_mark=""), folder, "unmarked.docx")
    parts = read_parts(folder / "unmarked.docx")
    assert styled(etree.fromstring(parts["word/document.xml"]), "Series") == ["Bureau d’évaluationi-eval Discovery"]
    assert words(etree.fromstring(parts["word/header_default.xml"])).startswith("i-eval Discovery — Alliance")


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_the_logo_stands_above_the_masthead(ending: str, tmp_path: Path) -> None:
    (tmp_path / f"logo.{ending}").write_bytes(SVG if ending == "svg" else PIXEL)
    write_reference(tmp_path, theme=THEME | {"logo": str(tmp_path / f"logo.{ending}")})
    brief = render(write_brief(tmp_path, brief_blocks()), tmp_path)
    parts = read_parts(brief)
    picture = etree.fromstring(parts["word/header_first.xml"]).find(f".//{WP}docPr")
    assert picture.get("descr") == "Organisation internationale du Travail"
    assert parts["word/media/logo.png"].startswith(b"\x89PNG")
    assert ("word/media/logo.svg" in parts) == (ending == "svg")
    assert findings(brief) == audit_findings(brief) == sdk_findings(brief) == []


def test_hostile_text_and_long_words_arrive_unharmed(folder: Path, body: etree._Element) -> None:
    assert f"Voir la figure\u00a01. {HOSTILE}" in styled(body, "BodyText")
    assert HOSTILE in styled(body, "TableText")
    render(write_brief(folder, [div("a", "block", para(LONG_WORD))]), folder, "word.docx")
    found = etree.fromstring(read_parts(folder / "word.docx")["word/document.xml"])
    assert styled(found, "BodyText") == [LONG_WORD]


def test_raw_markup_in_the_tree_is_refused(folder: Path) -> None:
    raw = {"t": "RawBlock", "c": ["openxml", "<w:p/>"]}
    with pytest.raises(RuntimeError, match="the tree holds raw openxml"):
        render(write_brief(folder, [raw]), folder, "raw.docx")
    assert not (folder / "raw.docx").exists()


def test_the_same_bytes_elsewhere(tmp_path: Path, path: str) -> None:
    """Build in another folder, time zone, locale and with another hash seed."""
    tree = write_brief(tmp_path / "ailleurs été", brief_blocks(HOSTILE), title=f"Titre {HOSTILE}")
    fonts = write_fonts(tmp_path / "fonts")
    code = (
        f"from make_reference import make_reference; from render_docx import render_docx; theme={THEME!r}\n"
        f"make_reference(theme=theme, paper='a4', fonts={fonts!r}, office=None, docx='reference.docx')\n"
        f"render_docx(tree={tree!r}, reference='reference.docx', filter={FILTER!r}, docx='brief.docx')"
    )
    surroundings = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    environment = os.environ | surroundings | {"PYTHONPATH": str(ROOT / "scripts")}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path, env=environment)
    assert (tmp_path / "brief.docx").read_bytes() == Path(path).read_bytes()
