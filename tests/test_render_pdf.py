"""The PDF of a small brief: what a reader, a screen reader and a validator find in it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fontpkg_noto_sans
import pikepdf
import pytest
from evalbrief.document.pdf.finish import TableNote, finish_pdf
from evalbrief.document.pdf.typst import DocumentError
from pdf_checks import draft_faults, faults, margin_faults
from pdf_sample import BRIEF, DATA, META, PICTURE, ROOT, THEME, arguments, render_sample, write_tree
from pdf_text import Document
from PIL import Image
from pypdf import PdfReader
from render_pdf import render_pdf
from ruamel.yaml import YAML
from verapdf import failures

HOSTILE = (
    '#eval("1") $x$ *a* _b_ `c` <id> @ref \\ // ... -- -2 -? ~ "q" \'q\' [x] #{1} /*c*/ = H + - / a: b ]#pagebreak()['
)
OPENED: list[Document] = []  # an element lives as long as its document
Render = Callable[..., Path]
pytestmark = pytest.mark.xdist_group("render_pdf")


@pytest.fixture(scope="module")
def render(tmp_path_factory: pytest.TempPathFactory) -> Render:
    """Render the small brief, changed a little, in a folder of its own."""

    def make(*words: str, **changes: Any) -> Path:
        return render_sample(tmp_path_factory.mktemp("build"), *words, **changes)

    return make


@pytest.fixture(scope="module")
def brief(render: Render) -> Path:
    """Render the small brief once for all tests that only read it."""
    return render()


def structure(path: Path) -> list[Any]:
    """List the elements of a PDF's structure tree."""
    OPENED.append(Document(path))
    return OPENED[-1].elements


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
    information = PdfReader(brief).metadata
    assert information is not None and information.title == META["title"] and information.author == META["author"]
    assert information["/Keywords"] == "travail décent, dialogue social"
    assert str(information["/CreationDate"]).startswith("D:20231001")
    assert str(pikepdf.open(brief).Root.Lang) == "fr-FR"


def test_describes_figures_and_tables(brief: Path) -> None:
    found = structure(brief)
    assert [str(e.Alt) for e in found if e.S == "/Figure"] == ["Une frise de 2020 à 2024."]
    scopes = [str(a.Scope) for e in found if e.S == "/TH" for a in e.A if "/Scope" in a]
    assert scopes == ["/Column", "/Column", "/Row", "/Row", "/Row"]
    summaries = [str(a.Summary) for e in found if e.S == "/Table" for a in e.A if "/Summary" in a]
    assert summaries == ["Deux résultats."]
    assert sum(e.S == "/TD" for e in found) == 3 and sum(e.S == "/Note" for e in found) == 1
    assert sum(e.S == "/TFoot" for e in found) == 1


def test_words_of_another_language_stand_in_one_element(render: Render) -> None:
    words = "Global Business Network on Forced Labour and Human Trafficking"
    path = render("mot " * 8 + "HERE", source=BRIEF.replace("[due diligence]", f"[{words}]"))
    document = Document(path)
    marked = [element for element in document.elements if "/Lang" in element]
    assert [(str(e.S), str(e.Lang), document.text(e)) for e in marked] == [("/Span", "en", words)]
    assert len({piece.y for piece in document.content(marked[0])}) > 1, "the words are meant to run over a line's end"


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("draft", ["", "Projet – ne pas diffuser"])
def test_conforms(render: Render, paper: str, draft: str) -> None:
    path = render(changed={"paper": paper}, draft=draft)
    assert failures(str(path), "ua1") == []
    assert failures(str(path), "3a") == []
    assert faults(path, path.with_name("brief.fr.json"), list(THEME["fonts"].values())) == []


@pytest.mark.parametrize(("paper", "size"), [("a4", (595.28, 841.89)), ("letter", (612, 792))])
def test_figures_follow_the_paper(render: Render, paper: str, size: tuple[float, float]) -> None:
    document = Document(render(changed={"paper": paper}))
    assert [float(length) for length in document.pages[0].mediabox[2:]] == pytest.approx(size, abs=0.01)
    (figure,) = document.of_kind("/Figure")
    left, _, right, _ = (float(edge) for edge in figure.A[0].BBox)
    assert (left, right) == pytest.approx((56.69, size[0] - 56.69), abs=0.01)


def test_refuses_another_paper(render: Render) -> None:
    with pytest.raises(DocumentError, match="a3"):
        render(changed={"paper": "a3"})


# Attachments --------------------------------------------------------------------------------------------------------


def test_carries_its_data(brief: Path) -> None:
    with pikepdf.open(brief) as document:
        found = {name: file.get_file().read_bytes() for name, file in document.attachments.items()}
        described = [str(file.Desc) for file in document.Root.AF]
    values = found.pop("values.csv").decode()
    # The brief does not show the budget: its data stays where it is.
    shown = {name: content for name, content in DATA.items() if name != "tables/budget"}
    assert found == {f"{name.replace('/', '-')}.fr.csv": content.encode() for name, content in shown.items()}
    assert values.splitlines()[1:] == ['facts.countries,"Bénin, Mali",,evaluation.yaml,entry countries,entry']
    captions = ["Données de Calendrier", "Données de Résultats en chiffres"]
    assert sorted(described) == [*captions, "Valeurs du texte"]


# Draft and logo -----------------------------------------------------------------------------------------------------


def test_a_draft_says_so_on_every_page(render: Render) -> None:
    words = "Projet – ne pas diffuser"
    document = Document(render("mot " * 1500, draft=words))
    assert len(document.pages) > 2
    assert list(draft_faults(document, words)) == []
    across = [piece for piece in document.pieces if piece.artifact and piece.size > 30]
    assert {piece.page for piece in across} == {1, 2, 3} and not list(margin_faults(document))


def test_a_final_document_says_nothing_of_drafts(brief: Path) -> None:
    document = Document(brief)
    assert len(list(draft_faults(document, "Projet"))) == 1 + len(document.pages)
    assert not [piece for piece in document.pieces if piece.artifact and piece.size > 30]


@pytest.mark.parametrize("theme", ["ilo", "neutral"])
@pytest.mark.parametrize("ground", ["white", "light_blue"])
def test_the_mark_across_the_page_leaves_the_greyest_text_readable(theme: str, ground: str) -> None:
    def light(colour: list[float]) -> float:
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    def below(name: str) -> float:
        channels, mark = (
            [int(colours[key][place : place + 2], 16) / 255 for place in (1, 3, 5)] for key in (name, "dark_blue")
        )
        return light([0.96 * channel + 0.04 * over for channel, over in zip(channels, mark, strict=True)])

    colours = YAML(typ="safe").load(ROOT / f"templates/themes/{theme}.yaml")["colours"] | {"white": "#FFFFFF"}
    assert "colour.dark_blue.transparentize(96%)" in (ROOT / "templates/typst/brief.typ").read_text(encoding="utf-8")
    assert (below(ground) + 0.05) / (below("accessible_grey") + 0.05) >= 4.5


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_shows_the_logo(render: Render, tmp_path: Path, ending: str) -> None:
    logo = tmp_path / f"logo.{ending}"
    logo.write_text(PICTURE, encoding="utf-8")
    if ending == "png":
        Image.new("RGB", (40, 20), "white").save(logo)
    document = Document(render(changed={"theme": THEME | {"logo": str(logo)}}))
    assert failures(str(document.path), "ua1") == []
    assert len(document.of_kind("/Figure")) == 1, "the logo adds nothing to what is said beside it"
    if ending == "svg":
        assert "LEGEND" in "".join(piece.text for piece in document.pieces if piece.artifact)
    else:
        assert "/Image" in {str(item.get("/Subtype")) for item in document.pages[0].obj.Resources.XObject.values()}


def test_one_family_may_serve_for_everything(render: Render) -> None:
    folder = str(Path(fontpkg_noto_sans.__path__[0]) / "files")
    fonts = {"display": "Noto Sans", "text": "Noto Sans"}
    path = render(changed={"theme": THEME | {"fonts": fonts}, "fonts": [folder]}, unit_mark="")
    assert faults(path, path.with_name("brief.fr.json"), ["Noto Sans"]) == []


# Odd texts ----------------------------------------------------------------------------------------------------------


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
    assert sum(e.S == "/TH" for e in structure(path)) == 2 + 122


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
        render_pdf(**arguments(tree, theme=theme))
    assert pdf.read_text() == "old"
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("when", ["not steady", "true"])
def test_pages_that_find_no_end_are_set_steadily(render: Render, tmp_path: Path, when: str) -> None:
    grow = f"\n#context if {when} {{ for _ in range(query(<grow>).len() + 1) [#metadata(0) <grow>] }}\n"
    spoiled = tmp_path / "spoiled.typ"
    spoiled.write_text((ROOT / "templates/typst/brief.typ").read_text(encoding="utf-8") + grow, encoding="utf-8")
    if when == "true":
        with pytest.raises(DocumentError, match="did not converge"):
            render(changed={"template": str(spoiled)})
    else:
        assert failures(str(render(changed={"template": str(spoiled)})), "ua1") == []


def test_refuses_tables_the_tree_does_not_know(brief: Path) -> None:
    with pytest.raises(ValueError, match="1 tables, the tree 2"):
        finish_pdf(brief.read_bytes(), [TableNote("", False)] * 2)


def test_same_bytes_anywhere(brief: Path, tmp_path: Path) -> None:
    tree = write_tree(tmp_path, "voilà", "2020", BRIEF)
    other = tmp_path / "other.pdf"
    call = arguments(tree, pdf=str(other))
    environment = os.environ | {
        "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT / "scripts"),
    }  # fmt: skip
    program = f"from render_pdf import render_pdf; render_pdf(**{call!r})"
    subprocess.run([sys.executable, "-c", program], check=True, env=environment, cwd=tmp_path)
    assert other.read_bytes() == brief.read_bytes()
