"""The two evaluations of the project, built as their users build them: what the finished documents say."""

import json
import re
import zipfile

import lxml.etree as etree
import lxml.html
import pikepdf
from evalbrief.data.schema import read_schemas
from evalbrief.data.source import read_csv
from evalbrief.theme import read_theme
from evalbrief.tree import elements, identifier
from pypdf import PdfReader
from workflow.project import ROOT, Brief, Project

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
THEME = ROOT / "templates/themes/ilo.yaml"


def pages(brief: Brief) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(brief.path("pdf")).pages]


def parts(brief: Brief, pattern: str) -> dict[str, str]:
    """Read parts of the Word document by name."""
    with zipfile.ZipFile(brief.path("docx")) as package:
        return {name: package.read(name).decode() for name in package.namelist() if re.fullmatch(pattern, name)}


def test_a_brief_keeps_within_the_pages_of_the_form(brief: Brief) -> None:
    assert len(pages(brief)) <= read_theme(THEME)["limits"]["pages"]


def test_every_page_says_which_of_how_many_it_is(brief: Brief) -> None:
    texts = pages(brief)
    for number, text in enumerate(texts, 1):
        assert f"{brief.words('page')} {number} {brief.words('of')} {len(texts)}" in text


def test_a_fictitious_draft_says_so_on_every_page_and_a_final_brief_does_not(briefs: Project) -> None:
    for language in ("en", "es", "fr"):
        draft, final = Brief(briefs, "demo", language), Brief(briefs, "entralliance", language)
        marks = [draft.words("draft"), draft.words("notice")]
        assert all(marks)
        spaced = [" ".join(mark.split()) for mark in marks]
        assert [number for number, text in enumerate(pages(draft), 1) if not all(mark in text for mark in spaced)] == []
        headers = parts(draft, r"word/header\d*.*\.xml")
        assert headers and all(mark in text for text in headers.values() for mark in marks)
        assert all(mark in draft.path("html").read_text(encoding="utf-8") for mark in marks)
        assert final.words("draft") == final.words("notice") == ""
        printed = [
            *pages(final),
            *parts(final, r"word/.*\.xml").values(),
            final.path("html").read_text(encoding="utf-8"),
        ]
        assert not any(mark in text for text in printed for mark in marks)


def test_headings_are_the_same_in_all_formats(brief: Brief) -> None:
    expected = [element["c"][0] for element in elements(brief.tree["blocks"]) if element["t"] == "Header"]
    with pikepdf.open(brief.path("pdf")) as pdf:
        tags = _tags(pdf.Root.StructTreeRoot.K)
    assert [int(tag[1:]) for tag in tags if tag in {"H1", "H2", "H3"}][: len(expected)] == expected
    body = etree.fromstring(parts(brief, "word/document.xml")["word/document.xml"].encode())
    styles = [style.get(f"{W}val") for style in body.iter(f"{W}pStyle")]
    levels = [int(style[-1]) for style in styles if style in {"Heading1", "Heading2", "Heading3"}]
    assert levels[: len(expected)] == expected
    page = lxml.html.document_fromstring(brief.path("html").read_text(encoding="utf-8"))
    # The title of the page takes the first level there.
    levels = [int(element.tag[1]) - 1 for element in page.iter("h2", "h3", "h4")]
    assert levels[: len(expected)] == expected


def test_figures_say_in_words_what_they_show(brief: Brief) -> None:
    figures = brief.made("figures", "json")
    assert len(figures) >= 3
    for name, path in figures.items():
        words = json.loads(path.read_text(encoding="utf-8"))
        assert len(words["alt"]) > 60, name
        assert words["alt"] != words["caption"]


def test_pdf_carries_the_data_it_was_made_from(brief: Brief) -> None:
    with pikepdf.open(brief.path("pdf")) as pdf:
        carried = {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
    shown = {identifier(element) for element in elements(brief.tree["blocks"]) if element["t"] in ("Figure", "Div")}
    data = [path for name, path in brief.made("figures", "csv").items() if f"fig-{name}" in shown]
    data += [path for name, path in brief.made("tables", "csv").items() if f"table-{name}" in shown]
    assert len(data) > 3
    assert carried.pop("values.csv").startswith(b"key,value,unit,file,place,formula\n")
    assert carried == {f"{path.parent.name}-{path.name}": path.read_bytes() for path in data}


def test_values_of_the_text_come_from_cells_that_exist(brief: Brief) -> None:
    values, tree = brief.context["values"], brief.path("json").read_text(encoding="utf-8")
    bound = [path for path in values if f'["key", "{path}"]' in tree]
    assert len(bound) > 50
    schemas = read_schemas(ROOT / "data/schemas")
    for path in bound:
        origin = values[path]["origin"]
        source = brief.project.path(origin["file"])
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
                written = cells.get(origin["column"]) or cells.get(f"{origin['column']}_{brief.language}") or ""
                assert (values[path]["value"] or "") in (written, written.replace(",", ".")), path


def test_documents_name_their_language(brief: Brief) -> None:
    language = brief.words("lang")
    assert language.startswith(brief.language)
    assert str(PdfReader(brief.path("pdf")).trailer["/Root"]["/Lang"]) == language
    assert f'w:lang w:val="{language}"' in parts(brief, "word/styles.xml")["word/styles.xml"]
    assert lxml.html.document_fromstring(brief.path("html").read_text(encoding="utf-8")).get("lang") == language


def _tags(node: pikepdf.Object) -> list[str]:
    if isinstance(node, pikepdf.Array):
        return [tag for child in node for tag in _tags(child)]
    if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
        return []
    return [str(node.S)[1:], *(_tags(node.K) if "/K" in node else [])]
