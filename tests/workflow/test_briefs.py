"""The two evaluations of the project, built as their users build them: the finished documents themselves."""

import json
import zipfile
from pathlib import Path

import lxml.etree as etree
import pdf_checks
import pdf_layout
import pikepdf
import pytest
import verapdf
from evalbrief.data.schema import read_schemas
from evalbrief.data.source import read_csv
from openxml_audit import OpenXmlValidator
from pdf_text import Document
from pypdf import PdfReader
from workflow.project import ROOT, Project

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EVALUATIONS = ("entralliance", "demo")
NOTICE = "Exemple fictif"
MOST_PAGES = 8


@pytest.fixture(scope="session")
def briefs(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project with both evaluations, built."""
    project = Project.create(
        tmp_path_factory.mktemp("briefs") / "project", **{name: ROOT / "data" / name for name in EVALUATIONS}
    )
    run = project.build()
    assert run.returncode == 0, run.stderr
    return project


@pytest.fixture(params=EVALUATIONS)
def evaluation(request: pytest.FixtureRequest) -> str:
    """The name of one of the evaluations."""
    return request.param


def document(briefs: Project, evaluation: str, ending: str) -> Path:
    return briefs.path(f"build/{evaluation}/brief.fr.{ending}")


def pages(briefs: Project, evaluation: str) -> list[str]:
    return [page.extract_text() for page in PdfReader(document(briefs, evaluation, "pdf")).pages]


def headings_of_tree(briefs: Project, evaluation: str) -> list[int]:
    tree = json.loads(document(briefs, evaluation, "json").read_text(encoding="utf-8"))
    levels: list[int] = []

    def visit(node: object) -> None:
        if isinstance(node, dict):
            if node.get("t") == "Header":
                levels.append(node["c"][0])
            for child in node.values():
                visit(child)
        elif isinstance(node, list):
            for child in node:
                visit(child)

    visit(tree["blocks"])
    return levels


@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_pdf_conforms(briefs: Project, evaluation: str, flavour: str) -> None:
    assert verapdf.failures(str(document(briefs, evaluation, "pdf")), flavour) == []


def test_pdf_keeps_what_verapdf_does_not_see(briefs: Project, evaluation: str) -> None:
    pdf, tree = document(briefs, evaluation, "pdf"), document(briefs, evaluation, "json")
    assert pdf_checks.faults(pdf, tree, ["Noto Sans", "Overpass"]) == []


def test_pages_break_where_they_may(briefs: Project, evaluation: str) -> None:
    pdf = Document(document(briefs, evaluation, "pdf"))
    tree = json.loads(document(briefs, evaluation, "json").read_text(encoding="utf-8"))
    assert [*pdf_layout.orphan_headings(pdf), *pdf_layout.short_pages(pdf), *pdf_layout.early_figures(pdf)] == []
    assert [*pdf_layout.split_cards(pdf, tree), *pdf_layout.distant_figures(pdf, tree)] == []


def test_pdf_carries_the_data_of_every_figure_and_table(briefs: Project, evaluation: str) -> None:
    with pikepdf.open(document(briefs, evaluation, "pdf")) as pdf:
        carried = {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
    data = [path for kind in ("figures", "tables") for path in briefs.path(f"build/{evaluation}/{kind}").glob("*.csv")]
    assert carried.pop("values.csv").startswith(b"key,value,unit,file,place,formula\n")
    assert carried == {f"{path.parent.name}-{path.name}": path.read_bytes() for path in data}


def test_docx_is_valid(briefs: Project, evaluation: str) -> None:
    assert OpenXmlValidator().validate(str(document(briefs, evaluation, "docx"))).errors == []


def test_brief_keeps_within_the_pages_of_the_form(briefs: Project) -> None:
    assert len(pages(briefs, "entralliance")) <= MOST_PAGES


def test_fictitious_brief_says_so_on_every_page(briefs: Project) -> None:
    assert [number for number, text in enumerate(pages(briefs, "demo"), 1) if NOTICE not in text] == []
    with zipfile.ZipFile(document(briefs, "demo", "docx")) as package:
        headers = [name for name in package.namelist() if name.startswith("word/header")]
        assert headers
        assert all(NOTICE in package.read(name).decode() for name in headers)


def test_every_page_says_which_of_how_many_it_is(briefs: Project, evaluation: str) -> None:
    texts = pages(briefs, evaluation)
    for number, text in enumerate(texts, 1):
        assert f"Page {number} sur {len(texts)}" in " ".join(text.split())


def test_headings_are_the_same_in_both_formats(briefs: Project, evaluation: str) -> None:
    expected = headings_of_tree(briefs, evaluation)
    with pikepdf.open(document(briefs, evaluation, "pdf")) as pdf:
        tags = _tags(pdf.Root.StructTreeRoot.K)
    assert [int(tag[1:]) for tag in tags if tag in {"H1", "H2", "H3"}][: len(expected)] == expected
    with zipfile.ZipFile(document(briefs, evaluation, "docx")) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    styles = [style.get(f"{W}val") for style in body.iter(f"{W}pStyle")]
    assert [int(style[-1]) for style in styles if style in {"Heading1", "Heading2", "Heading3"}][
        : len(expected)
    ] == expected


def test_figures_say_in_words_what_they_show(briefs: Project, evaluation: str) -> None:
    figures = sorted(briefs.path(f"build/{evaluation}/figures").glob("*.json"))
    assert len(figures) >= 3
    for path in figures:
        words = json.loads(path.read_text(encoding="utf-8"))
        assert len(words["alt"]) > 60, path.name
        assert words["alt"] != words["caption"]


def test_values_of_the_text_come_from_cells_that_exist(briefs: Project, evaluation: str) -> None:
    context = json.loads(briefs.path(f"build/{evaluation}/context.fr.json").read_text(encoding="utf-8"))
    tree = document(briefs, evaluation, "json").read_text(encoding="utf-8")
    bound = [path for path in context["values"] if f'["key", "{path}"]' in tree]
    assert len(bound) > 50
    schemas = read_schemas(ROOT / "data/schemas")
    for path in bound:
        origin = context["values"][path]["origin"]
        source = briefs.path(origin["file"])
        assert source.is_file(), path
        if source.suffix == ".csv":
            table, _ = read_csv(source, source.name)
            rows = {row.number: row.cells for row in table.rows}
            key_columns = schemas[source.stem].key
            assert origin["rows"] or origin["formula"].startswith(("count", "distinct")), path
            for key, number in origin["rows"].items():
                assert key == "/".join(filter(None, (rows[number][name] for name in key_columns))), path
            if origin["formula"] == "cell":
                cells = rows[next(iter(origin["rows"].values()))]
                written = cells.get(origin["column"]) or cells.get(f"{origin['column']}_fr") or ""
                assert (context["values"][path]["value"] or "") in (written, written.replace(",", ".")), path


def _tags(node: pikepdf.Object) -> list[str]:
    if isinstance(node, pikepdf.Array):
        return [tag for child in node for tag in _tags(child)]
    if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
        return []
    return [str(node.S)[1:], *(_tags(node.K) if "/K" in node else [])]
