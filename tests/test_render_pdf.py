"""The PDF of a small brief: what a reader, a screen reader and a validator find in it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from evalbrief.document.pdf import TableNote, describe_tables
from evalbrief.document.typst import DocumentError
from pdf_sample import BRIEF, META, write_tree
from pypdf import PdfReader
from render_pdf import render_pdf
from ruamel.yaml import YAML
from verapdf import failures

ROOT = Path(__file__).parent.parent
TEMPLATE = str(ROOT / "templates/typst/brief.typ")
FILTER = str(ROOT / "templates/filters/typst.lua")
THEME = YAML(typ="safe").load(ROOT / "templates/themes/ilo.yaml")
HOSTILE = (
    '#eval("1") $x$ *a* _b_ `c` <id> @ref \\ // ... -- -2 -? ~ "q" \'q\' [x] #{1} /*c*/ = H + - / a: b ]#pagebreak()['
)
OPENED: list[pikepdf.Pdf] = []  # an element lives as long as its document
Render = Callable[..., Path]
pytestmark = pytest.mark.xdist_group("render_pdf")


@pytest.fixture(scope="module")
def render(tmp_path_factory: pytest.TempPathFactory) -> Render:
    """Render the small brief, changed a little, in a folder of its own."""

    def make(here: str = "voilà", legend: str = "2020", source: str = BRIEF, **meta: Any) -> Path:
        tree = write_tree(tmp_path_factory.mktemp("build"), here, legend, source, **meta)
        pdf = tree.with_name("brief.fr.pdf")
        render_pdf(tree=str(tree), template=TEMPLATE, filter=FILTER, theme=THEME, pdf=str(pdf))
        return pdf

    return make


@pytest.fixture(scope="module")
def brief(render: Render) -> Path:
    """Render the small brief once for all tests that only read it."""
    return render()


def elements(parent: Any) -> Iterator[Any]:
    """Visit every element of a PDF's structure tree in reading order."""
    children = parent.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


def structure(path: Path) -> list[Any]:
    """List the elements of a PDF's structure tree."""
    document = pikepdf.open(path)
    OPENED.append(document)
    return list(elements(document.Root.StructTreeRoot))


def text(path: Path) -> str:
    """Read the words of all pages, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_prints_words_values_and_labels(brief: Path) -> None:
    words = text(brief)
    for expected in ("Bénin, Mali", "Figure 1. Calendrier", "Tableau 1. Résultats en chiffres", "Recommandation 1."):
        assert expected in words
    assert "Priorité, ressources : non communiqué" in words.replace("\u00a0", " ")
    assert "Liste des figures Figure 1 Calendrier" in words
    assert "Page 1 sur 1" in words
    opening = [words.index(part) for part in ("Entr’Alliance", "INFORMATIONS RAPIDES", "Figure 1. Calendrier")]
    assert opening == sorted(opening), "a figure stands above the title or the quick facts"


def test_without_figures_and_tables_there_are_no_lists(render: Render) -> None:
    source = re.sub(
        r"!\[.*\n|::: \{#table(.|\n)*?:::\n", "", BRIEF.replace("[figure 1](#fig-timeline){.reference}", "")
    )
    path = render(source=source, notice="")
    assert "Liste" not in text(path) and not [e for e in structure(path) if e.S in ("/Figure", "/Table")]


def test_repeats_series_title_and_notice_on_later_pages(render: Render) -> None:
    second = PdfReader(render(here="mot " * 900)).pages[1].extract_text()
    assert "► i-eval Discovery — " + META["title"] in second.replace("\n", " ")
    assert "Exemple fictif" in second and "Page 2 sur" in second


def test_has_headings_in_order(brief: Path) -> None:
    headings = [(str(e.S), str(e.T)) for e in structure(brief) if str(e.S)[:2] == "/H"]
    assert headings == [
        ("/H1", "Informations rapides"),
        ("/H1", "Contexte"),
        ("/H2", "Logique"),
        ("/H1", "Résultats"),
        ("/H2", "Pertinence"),
        ("/H1", "Recommandations"),
        ("/H2", "Suivi"),
        ("/H3", "Recommandation 1"),
    ]
    assert len(PdfReader(brief).outline) > 0


def test_names_itself(brief: Path) -> None:
    information, document = PdfReader(brief).metadata, pikepdf.open(brief)
    root = document.Root
    assert information is not None and information.title == META["title"] and information.author == META["author"]
    assert information["/Keywords"] == "travail décent, dialogue social"
    assert str(information["/CreationDate"]).startswith("D:20231001")
    assert str(root.Lang) == "fr-FR" and bool(root.ViewerPreferences.DisplayDocTitle)
    assert b"/Lang(en)" in document.pages[0].Contents.read_bytes()


def test_describes_figures_and_tables(brief: Path) -> None:
    found = structure(brief)
    assert [str(e.Alt) for e in found if e.S == "/Figure"] == ["Une frise de 2020 à 2024."]
    scopes = [str(a.Scope) for e in found if e.S == "/TH" for a in e.A if "/Scope" in a]
    assert scopes == ["/Column", "/Column", "/Row", "/Row"]
    summaries = [str(a.Summary) for e in found if e.S == "/Table" for a in e.A if "/Summary" in a]
    assert summaries == ["Deux résultats."]
    assert sum(e.S == "/TD" for e in found) == 2 and sum(e.S == "/Note" for e in found) == 1


def test_references_lead_somewhere(brief: Path) -> None:
    links = [
        a for page in PdfReader(brief).pages for a in page.get("/Annots", []) if a.get_object()["/Subtype"] == "/Link"
    ]
    assert len(links) >= 4


@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_conforms(brief: Path, flavour: str) -> None:
    assert failures(str(brief), flavour) == []


def test_validator_notices_a_lost_alternative_text(brief: Path, tmp_path: Path) -> None:
    with pikepdf.open(brief) as document:
        for element in elements(document.Root.StructTreeRoot):
            if element.S == "/Figure":
                del element["/Alt"]
        document.save(tmp_path / "broken.pdf")
    assert failures(str(tmp_path / "broken.pdf"), "ua1")


def test_prints_hostile_text_as_it_is(render: Render) -> None:
    source = BRIEF.replace("Achever la recherche.", "HERE") + "\n\n# Fin HERE {#end}\n"
    words = text(render(here=HOSTILE, source=source, title=HOSTILE, notice=HOSTILE))
    places = ["title", "notice", "paragraph", "card", "heading", "running title", "running notice"]
    assert words.replace(" ", "").replace("\u00ad", "").count(HOSTILE.replace(" ", "")) == len(places)


def test_long_words_stay_on_the_page(render: Render) -> None:
    right_edges: list[float] = []

    def note(_text: str, _matrix: list[float], matrix: list[float], _font: Any, _size: float) -> None:
        right_edges.append(matrix[4])

    path = render(here="x" * 10_000)
    letters = 0
    for page in PdfReader(path).pages:
        letters += page.extract_text(visitor_text=note).count("x")
    assert letters >= 10_000 and len(PdfReader(path).pages) >= 3
    assert max(right_edges) < 595 - 20 * 72 / 25.4


def test_repeats_the_header_of_a_long_table(render: Render) -> None:
    rows = "".join(f"| Ligne {number} | {number} |\n" for number in range(120))
    path = render(source=BRIEF.replace("| Groupes  | 3      |\n", rows))
    assert text(path).count("Résultat Valeur") >= 3
    assert sum(e.S == "/TH" for e in structure(path)) == 2 + 121


@pytest.mark.parametrize("where", ["here", "legend"])
def test_names_a_character_without_glyph(render: Render, where: str) -> None:
    with pytest.raises(DocumentError, match=r'"日" \(U\+65E5, cjk unified ideograph-65e5\)'):
        render(**{where: "日"})


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (BRIEF.replace("HERE", "[là](#nowhere)"), "label `<nowhere>` does not exist"),
        (BRIEF.replace("HERE", "`#panic()`{=typst}"), "raw typst"),
        (BRIEF.replace('alt="Une frise de 2020 à 2024."', 'alt=""'), "alt"),
        (BRIEF.replace("timeline.fr.svg", "missing.svg"), "file not found"),
        (BRIEF.replace("figures/timeline", "../../secret"), "escape the project root"),
        (BRIEF.replace("## Logique {#logic}", "### Logique {#logic}"), "heading"),
    ],
)
def test_refuses(render: Render, source: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        render(source=source)


def test_warnings_are_errors_and_leave_the_old_pdf(tmp_path: Path) -> None:
    tree = write_tree(tmp_path, "là", "2020", BRIEF, unit_mark="")
    pdf = tmp_path / "brief.fr.pdf"
    pdf.write_text("old")
    theme = THEME | {"fonts": {"display": "No Such Font", "text": "Noto Sans"}}
    with pytest.raises(DocumentError, match="unknown font family: no such font"):
        render_pdf(tree=str(tree), template=TEMPLATE, filter=FILTER, theme=theme, pdf=str(pdf))
    assert pdf.read_text() == "old"
    assert not list(tmp_path.glob("*.part"))


def test_refuses_tables_the_tree_does_not_know(brief: Path) -> None:
    with pytest.raises(ValueError, match="1 tables, the tree 2"):
        describe_tables(brief.read_bytes(), [TableNote("", False)] * 2)


def test_same_bytes_anywhere(brief: Path, tmp_path: Path) -> None:
    tree = write_tree(tmp_path, "voilà", "2020", BRIEF)
    other = tmp_path / "other.pdf"
    call = {"tree": str(tree), "template": TEMPLATE, "filter": FILTER, "theme": THEME, "pdf": str(other)}
    environment = os.environ | {
        "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT / "scripts"),
    }  # fmt: skip
    program = f"from render_pdf import render_pdf; render_pdf(**{call!r})"
    subprocess.run([sys.executable, "-c", program], check=True, env=environment, cwd=tmp_path)
    assert other.read_bytes() == brief.read_bytes()
