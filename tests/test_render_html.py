"""The web page of a small brief: what is in it, what it refuses, and what the checks notice."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from evalbrief.document.html.drawing import PageError
from html_checks import faults, words
from html_sample import META, PICTURE, SOURCE, sample_fonts, write_tree
from render_html import render_html
from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
THEME = YAML(typ="safe").load(ROOT / "templates/themes/ilo.yaml") | {"logo": ""}
FILES = {
    "template": str(ROOT / "templates/html/brief.html"),
    "filter": str(ROOT / "templates/filters/html.lua"),
    "style": str(ROOT / "templates/html/brief.css"),
    "script": str(ROOT / "templates/html/brief.js"),
}
MARKS = {"draft": META["draft"], "notice": META["notice"]}
HOSTILE = '<script>alert(1)</script> &amp; "q" \' <img src=x onerror=y> {{ 7 }} {% x %} ]]> <!-- --> </style>'
Render = Callable[..., Path]
pytestmark = pytest.mark.xdist_group("render_html")


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Cut the fonts once."""
    return sample_fonts(tmp_path_factory.mktemp("fonts"))


@pytest.fixture(scope="module")
def render(tmp_path_factory: pytest.TempPathFactory, fonts: dict[str, list[str]]) -> Render:
    """Render the small brief, changed a little, in a folder of its own."""

    def make(theme: dict[str, Any] = THEME, **changes: Any) -> Path:
        tree = write_tree(tmp_path_factory.mktemp("build"), **changes)
        html = tree.with_name("brief.fr.html")
        render_html(tree=str(tree), theme=theme, **fonts, html=str(html), **FILES)
        return html

    return make


@pytest.fixture(scope="module")
def brief(render: Render) -> Path:
    """Render the small brief once for all tests that only read it."""
    return render()


def tree_of(html: Path) -> dict[str, Any]:
    """Read the tree that a page was made from."""
    return json.loads(html.with_name("brief.fr.json").read_text(encoding="utf-8"))


def parsed(html: Path) -> Any:
    """Read a page."""
    return lxml.html.document_fromstring(html.read_text(encoding="utf-8"))


def test_has_no_faults(brief: Path) -> None:
    assert faults(brief.read_text(encoding="utf-8"), tree_of(brief), **MARKS) == []


def test_a_final_brief_has_no_marks(render: Render) -> None:
    html = render(draft="", notice="")
    text = html.read_text(encoding="utf-8")
    assert faults(text, tree_of(html)) == []
    assert META["draft"] not in text and "noindex" not in text and "noindex" in render().read_text(encoding="utf-8")


def test_outline_starts_with_the_title(brief: Path) -> None:
    page = parsed(brief)
    outline = [(element.tag, words(element)) for element in page.iter("h1", "h2", "h3", "h4")]
    assert outline[:4] == [
        ("h1", META["title"].replace("\u00a0", " ")),
        ("h2", "Informations rapides"),
        ("h2", "Contexte"),
        ("h3", "Logique"),
    ]
    assert ("h4", "Recommandation 1") in outline and ("h2", "Liste des figures") in outline
    contents = [words(link) for link in page.xpath("//nav[@class='contents']//a")]
    assert contents == [words(e) for e in page.xpath("//main//h2[not(@id='notes-heading')] | //main//h3")][:-2]


def test_landmarks_and_language(brief: Path) -> None:
    page = parsed(brief)
    landmarks = [element.tag for element in page.iter("header", "nav", "main", "footer")]
    assert landmarks == ["header", "nav", "main", "nav", "nav", "footer"]
    assert page.get("lang") == "fr-FR" and words(page.xpath("//span[@lang='en']")[0]) == "due diligence"
    assert page.xpath("//a[@class='skip']/@href") == ["#text"]
    assert page.findtext("head/title") == f"[{META['draft']}] {META['title']} – {META['series']}"


def test_quick_facts_are_pairs_without_keys(brief: Path) -> None:
    pairs = [[words(part) for part in pair] for pair in parsed(brief).xpath("//dl/div")]
    assert pairs == [["Pays", "Bénin, Mali"], ["Date d’approbation", "non communiqué"]]
    assert "facts.countries" not in brief.read_text(encoding="utf-8")


def test_table_has_headers_values_and_total(brief: Path) -> None:
    table = parsed(brief).xpath("//table")[0]
    assert words(table.xpath("ancestor::figure/figcaption")[0]) == "Tableau 1. Résultats en chiffres"
    assert [words(cell) for cell in table.xpath("thead//th[@scope='col']")] == ["Pays", "Valeur", "Mode"]
    assert table.xpath("tbody/tr/td/@data-value") == ["1340", "58", "4.5"]
    assert [words(cell) for cell in table.xpath("tfoot/tr/*")] == ["Total", "1 402,5", "tous"]
    assert [cell.get("class") for cell in table.xpath("thead/tr/*")] == [None, "right", "centre"]
    assert [cell.get("class") for cell in table.xpath("tfoot/tr/*")] == ["short", "right short", "centre short"]
    described = table.get("aria-describedby")
    assert words(table.getroottree().xpath(f"//*[@id='{described}']")[0]) == "Quatre pays et leur total."


def test_figure_is_part_of_the_page(brief: Path) -> None:
    figure = parsed(brief).xpath("//figure")[0]
    assert words(figure.find("figcaption")) == "Figure 1. Calendrier"
    svg = figure.xpath(".//svg")[0]
    assert (svg.get("role"), svg.get("aria-label")) == ("img", "Une frise de 2020 à 2024.")
    assert figure.xpath(".//use/@href") == ["#fig-timeline-mark"]
    assert figure.xpath(".//g/@clip-path") == ["url(#fig-timeline-clip)"]


def test_notes_lead_there_and_back(brief: Path) -> None:
    page = parsed(brief)
    mark, back = page.xpath("//a[@role='doc-noteref']")[0], page.xpath("//a[@role='doc-backlink']")[0]
    assert (mark.get("href"), back.get("href")) == ("#note-1", f"#{mark.get('id')}")
    assert words(mark) == "1" and back.get("aria-label") == "Retour au texte (1)"
    assert page.xpath("//section[@role='doc-endnotes']//a[@href='https://www.example.org/page']")
    assert words(page.xpath("//nav[@aria-labelledby='list-of-figures']//a")[0]) == "Figure 1. Calendrier"


def test_a_long_entry_leaves_its_column_free(render: Render) -> None:
    table = parsed(render(source=SOURCE.replace("| Mali    |", "| Mali, Niger, Togo |"))).xpath("//table")[0]
    assert [cell.get("class") for cell in table.xpath("tbody/tr[1]/*")] == [None, "right short", "centre short"]


def test_a_keyboard_stops_at_the_anchors_of_sections_only(brief: Path) -> None:
    page = parsed(brief)
    stops = page.xpath("//a[@class='anchor'][not(@tabindex)]")
    assert [stop.getparent()[0].tag for stop in stops] == [e.tag for e in page.xpath("//div/h2 | //div/h3")]
    others = {link.get("href") for link in page.xpath("//a[@class='anchor'][@tabindex='-1']")}
    assert others == {"#fig-timeline", "#finding-a", "#table-results", "#rec-a", "#lesson-a", "#practice-a"}


def test_a_number_says_what_it_is_the_number_of(brief: Path) -> None:
    link = parsed(brief).xpath("//*[@class='fields']//a[@href='#finding-a']")[0]
    assert (words(link), link.get("aria-label")) == ("1", "Constat clé\u00a01")


def test_the_arrow_back_keeps_to_the_last_word(brief: Path) -> None:
    assert parsed(brief).xpath("//section[@role='doc-endnotes']//li/p/text()")[-1] == ".\u00a0"


def test_side_headings_stand_beside_prose_only(brief: Path) -> None:
    beside = parsed(brief).xpath("//div[@class='beside']")
    assert [[part.get("id") for part in block.xpath(".//*[@class='block']")] for block in beside] == [
        ["logic-1"],
        ["logic-2"],
    ]


def test_without_figures_and_tables_there_are_no_lists(render: Render) -> None:
    source = SOURCE[: SOURCE.index("![")] + SOURCE[SOURCE.index("::: {#logic-2") :]
    source = source[: source.index("::: {#table")] + source[source.index("# Recommandations") :]
    page = parsed(render(source=source.replace("[figure 1](#fig-timeline){.reference}", "")))
    assert not page.xpath("//nav[@aria-labelledby]") and not page.xpath("//figure | //table")


def test_shows_hostile_text_as_it_is(render: Render) -> None:
    source = SOURCE.replace("Achever la recherche.", "HERE").replace("{#logic}", "HERE {#logic}")
    html = render(here=HOSTILE, source=source, title=HOSTILE, notice=HOSTILE)
    page = parsed(html)
    assert len(page.xpath("//script")) == 1 and not page.xpath("//img")
    assert faults(html.read_text(encoding="utf-8"), tree_of(html), META["draft"], " ".join(HOSTILE.split())) == []
    for place in ("//h1", "//h3", "//*[@id='logic-1']", "//*[@id='rec-a']", "//*[@class='notice']"):
        assert "".join(HOSTILE.split()) in "".join(words(page.xpath(place)[0]).split()), place


def test_keeps_no_attribute_that_people_wrote(render: Render) -> None:
    here = SOURCE.replace(
        "et HERE", 'et [a]{style="color: red" onclick="x()" .band} [b](https://b.example){onclick="y()"}'
    )
    assert faults((html := render(source=here)).read_text(encoding="utf-8"), tree_of(html), **MARKS) == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (SOURCE.replace("HERE", "`<b>`{=html}"), "raw html"),
        (SOURCE.replace("HERE", "\n\n```{=html}\n<b>\n```\n\n"), "raw html"),
        (SOURCE.replace("HERE", "[là](javascript:alert)"), "leads neither"),
        (SOURCE.replace("HERE", "[là](ftp://example.org)"), "leads neither"),
        (SOURCE.replace('alt="Une frise de 2020 à 2024."', 'alt=""'), "no alternative text"),
        (SOURCE.replace("timeline.fr.svg", "missing.svg"), "is not there"),
        (SOURCE.replace("figures/timeline", "../../secret"), "is not there"),
    ],
)
def test_refuses(render: Render, source: str, message: str) -> None:
    with pytest.raises(PageError, match=message):
        render(source=source)


def test_a_failure_leaves_the_old_page(tmp_path: Path, fonts: dict[str, list[str]]) -> None:
    tree = write_tree(tmp_path, picture=PICTURE.replace("<defs>", "<script/><defs>"))
    html = tmp_path / "brief.fr.html"
    html.write_text("old")
    with pytest.raises(PageError, match="<script>"):
        render_html(tree=str(tree), theme=THEME, **fonts, html=str(html), **FILES)
    assert html.read_text() == "old" and not list(tmp_path.glob("*.part"))


def test_logo_is_part_of_the_page(render: Render, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    html = render(theme=THEME | {"logo": str(tmp_path / "logo.svg")})
    assert parsed(html).xpath("//img/@src")[0].startswith("data:image/svg+xml;base64,")
    assert faults(html.read_text(encoding="utf-8"), tree_of(html), **MARKS) == []


def test_same_bytes_anywhere(brief: Path, tmp_path: Path, fonts: dict[str, list[str]]) -> None:
    tree, other = write_tree(tmp_path), tmp_path / "other.html"
    backwards = {name: paths[::-1] for name, paths in fonts.items()}
    call = {"tree": str(tree), "theme": THEME, **backwards, "html": str(other), **FILES}
    environment = os.environ | {
        "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT / "scripts"),
    }  # fmt: skip
    program = f"from render_html import render_html; render_html(**{call!r})"
    subprocess.run([sys.executable, "-c", program], check=True, env=environment, cwd=tmp_path)
    assert other.read_bytes() == brief.read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('<p class="series">', '<img src="https://example.org/x.png" alt=""><p class="series">', "address: <img src>"),
        ("<style>", "<link rel=stylesheet href=look.css><style>", "address: <link href>"),
        ("</style>", "p { background: url(https://example.org/x) }</style>", "address: a style loads"),
        ("</style>", "</style><style>@import 'x.css'</style>", "address: a style imports"),
        ('id="logic-2"', 'id="logic-1"', "id: logic-1 stands twice"),
        ('href="#context"', 'href="#nowhere"', "id: nothing is called nowhere"),
        ('aria-describedby="table-results-summary"', 'aria-describedby="gone"', "id: nothing is called gone"),
        ("url(#fig-timeline-clip)", "url(#clip)", "id: nothing is called clip"),
        ('<h3 id="logic"', '<h5 id="logic"', "heading: level 5 follows level 2"),
        ("<h1>", "<h2>", "heading: not one title"),
        ('scope="col"', "", "table: a row of 3 cells under 2"),
        ('scope="row"', "", "table: the row Mali"),
        ('<table aria-labelledby="table-results-caption"', "<table", "table: no caption"),
        ("<td ", "<td></td><td ", "table: a row of 4 cells"),
        ("sha256-", "sha256-0", "policy: a style that it does not know"),
        ("<script>", "<script>x", "policy: a script that it does not know"),
        ("default-src &#39;none&#39;", "default-src *", "policy: it does not shut everything out"),
        ("<p>Le projet est", '<p style="color:red" onclick="x()">Le projet est', "policy: <p style>"),
        ('aria-label="Une frise de 2020 à 2024."', 'aria-label="Calendrier"', "picture: the alternative text only"),
        ('aria-label="Une frise de 2020 à 2024."', "", "picture: no alternative text"),
        (' lang="fr-FR"', "", "name: the page has no language"),
        ('<p class="draft">', '<p class="other">', "mark: draft is []"),
        ('<p class="notice">', '<p class="draft">', "mark: notice is []"),
        (f"<title>[{META['draft']}]", "<title>", "mark: the title of the page"),
        ('id="relevance-1"', 'id="relevance-2"', "anchor: relevance-1 is lost"),
        ('<a href="#rec-a" class="anchor"', '<a href="#rec-a"', "anchor: 0 links to rec-a"),
        ("pertinent.", "", "words: pertinent. is lost"),
    ],
)
def test_checks_notice(brief: Path, old: str, new: str, fault: str) -> None:
    html = brief.read_text(encoding="utf-8")
    assert old in html
    assert any(found.startswith(fault) for found in faults(html.replace(old, new, 1), tree_of(brief), **MARKS))
