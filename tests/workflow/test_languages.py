"""Another language is one label file, another office one setting: each is tried here, and no code changes for it."""

import csv
import json
import re
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pytest
import verapdf
from evalbrief.delivery import FORMATS
from evalbrief.theme import in_language, read_theme
from evalbrief.tree import elements, identifier, stringify
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader
from ruamel.yaml import YAML
from workflow.project import CODE, ROOT, Project

LABELS = ROOT / "tests" / "data" / "labels" / "pt.yaml"
NEUTRAL = "templates/themes/neutral.yaml"
TINY = "data/tiny"
# What the evaluation says in Portuguese, by section and by the French words; the rest stays in French.
SECTIONS = {
    "logic": """O projeto atua em {{ geography.countries | words }} países. Dispõe de
{{ facts.donors[0].amount | millions }} de euros.

{{ figure("geography") }}
""",
    "method": """A equipa leu cerca de {{ evidence.documents.count | n }} documentos e ouviu
{{ interviews.people | n }} pessoas, das quais {{ values.women_share | percent }} são mulheres.
""",
    "relevance": """Ajuda {{ results.schools.value | n }} escolas. O {{ ref("results_table") }}
resume-o: "mais do que uma gota d'água".
""",
    "impact_sustainability": """O ateliê de {{ milestones.workshop.start | date }} confirmou-o. O orçamento é de
{{ budget.total | money }}.
""",
    "conclusion": """O projeto atingiu {{ achievements.reached | words("f") }} meta.
""",
}
WORDS = {
    "Petits pas : l'école pour tous": "Pequenos passos: a escola para todos",
    "Exemple fictif": "Exemplo fictício",
    "deux pays voisins": "dois países vizinhos",
    "Équipe d'appui": "Equipa de apoio",
    "Donateur fictif": "Doador fictício",
    "école": "escola",
    "travail décent": "trabalho digno",
    "Partenariats": "Parcerias",
    "Écoles aidées": "Escolas apoiadas",
    "écoles": "escolas",
    "Fin 2024": "Fim de 2024",
    "Ensemble du projet": "Todo o projeto",
}
NO_BREAK_SPACE = "\u00a0"

# All tests wait for the same two builds: one process makes them.
pytestmark = pytest.mark.xdist_group("languages")


def sources(folder: Path) -> dict[str, bytes]:
    """Read all code, templates and settings of a project, by path."""
    files = [path for name in CODE for path in [folder / name, *(folder / name).rglob("*")] if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.suffix != ".pyc"}


def changed(project: Project) -> list[str]:
    """List what differs between the code of a project and that of this one."""
    here, there = sources(ROOT), sources(project.folder)
    return sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))


def document(project: Project, name: str) -> Path:
    """Give a delivered document, which must be there."""
    path = project.path(f"build/tiny/{name}")
    assert path.is_file(), name
    return path


def read_tree(project: Project, language: str) -> dict:
    """Read the tree of the tiny brief in a language."""
    return json.loads(document(project, f"brief.{language}.json").read_text(encoding="utf-8"))


def meta(tree: dict) -> dict[str, str]:
    """Give the single texts of a tree's meta values."""
    return {name: value["c"] for name, value in tree["meta"].items() if value["t"] == "MetaString"}


def headings(tree: dict) -> dict[str, str]:
    """Give the headings of a tree by id."""
    return {identifier(node): stringify(node["c"][2]) for node in elements(tree["blocks"]) if node["t"] == "Header"}


def pdf_text(path: Path) -> str:
    """Read the words of a PDF, with one plain space between each two."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def pdf_faults(path: Path) -> list[str]:
    """List what is wrong with a PDF by PDF/UA-1 and by the part of PDF/A it says it is."""
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        claimed = metadata.pdfa_status.lower()
    return [*verapdf.failures(str(path), "ua1"), *verapdf.failures(str(path), claimed)]


def parts(docx: Path) -> dict[str, str]:
    """Read the XML of a Word document, by name."""
    with zipfile.ZipFile(docx) as package:
        return {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}


def spaced(text: str) -> str:
    """Write a text with plain spaces only."""
    return re.sub(r"\s+", " ", text)


def colours(theme: str) -> set[str]:
    """Give the colours of a theme, in small letters."""
    return {colour.lower() for colour in read_theme(ROOT / f"templates/themes/{theme}.yaml")["colours"].values()}


def hexadecimal(text: str) -> set[str]:
    """Find the colours that a picture or page names."""
    return {colour.lower() for colour in re.findall(r"#[0-9A-Fa-f]{6}\b", text)}


def drawn(project: Project) -> set[str]:
    """List the colours of the figures."""
    figures = project.path("build/tiny/figures").glob("*.svg")
    return {colour for path in figures for colour in hexadecimal(path.read_text(encoding="utf-8"))}


def styled(project: Project) -> set[str]:
    """List the colours of the Word document, which names them without the sign before."""
    xml = parts(document(project, "brief.fr.docx")).values()
    return {f"#{colour.lower()}" for part in xml for colour in re.findall(r'"([0-9A-Fa-f]{6})"', part)}


def families(pdf: Path) -> set[str]:
    """Name the families of all fonts in a PDF, those of its pictures too."""
    with pikepdf.open(pdf) as document:
        fonts = [
            item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
        ]
        return {str(font.BaseFont).partition("+")[2].partition("-")[0] for font in fonts}


def add_portuguese(project: Project) -> None:
    """Add what an office adds: the label file, texts, columns and entries in the language."""
    shutil.copy(LABELS, project.path("templates/labels/pt.yaml"))
    texts = project.path(f"{TINY}/text")
    shutil.copytree(texts / "fr", texts / "pt")
    for name, text in SECTIONS.items():
        (texts / "pt" / f"{name}.md").write_text(text, encoding="utf-8")
    for table in project.path(TINY).glob("*.csv"):
        _translate_table(table)
    yaml, facts = YAML(), project.path(f"{TINY}/evaluation.yaml")
    content = yaml.load(facts)
    _translate_facts(content)
    yaml.dump(content, facts)


def _translate_table(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    french = [index for index, name in enumerate(header) if name.endswith("_fr")]
    added = [[f"{header[index].removesuffix('_fr')}_pt" for index in french]]
    added += [[WORDS.get(row[index], row[index]) for index in french] for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [*row, *more] for row, more in zip([header, *rows], added, strict=True)
        )


def _translate_facts(node: object) -> None:
    if isinstance(node, dict):
        if "fr" in node:
            french = node["fr"]
            node["pt"] = [WORDS[text] for text in french] if isinstance(french, list) else WORDS[french]
        for child in list(node.values()):
            _translate_facts(child)
    elif isinstance(node, list):
        for child in node:
            _translate_facts(child)


@pytest.fixture(scope="module")
def portuguese(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The built project with the tiny evaluation in Portuguese too, built again."""
    project = built.copy(tmp_path_factory.mktemp("portuguese") / "project")
    add_portuguese(project)
    run = project.build()
    assert run.returncode == 0, run.stderr
    return project


@pytest.fixture(scope="module")
def neutral(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The built project with the theme of another office, built again."""
    project = built.copy(tmp_path_factory.mktemp("neutral") / "project")
    project.replace("config.yaml", "theme: templates/themes/ilo.yaml", f"theme: {NEUTRAL}")
    run = project.build()
    assert run.returncode == 0, run.stderr
    return project


def test_one_label_file_makes_a_language(portuguese: Project) -> None:
    assert changed(portuguese) == ["templates/labels/pt.yaml"]
    for ending in FORMATS:
        document(portuguese, f"brief.pt.{ending}")


def test_the_french_brief_keeps_its_bytes(built: Project, portuguese: Project) -> None:
    before, after = built.contents(), portuguese.contents()
    assert [name for name in before if after.get(name) != before[name]] == []
    assert not [name for name in after.keys() - before.keys() if ".pt." not in name and "/pt/" not in name]
    written = built.made(), portuguese.made()
    documents = [f"tiny/brief.fr.{ending}" for ending in FORMATS]
    assert [name for name in documents if written[0][name] != written[1][name]] == []


def test_the_words_of_the_form_are_portuguese(portuguese: Project) -> None:
    tree, french = read_tree(portuguese, "pt"), read_tree(portuguese, "fr")
    assert meta(tree)["lang"] == "pt-PT"
    assert meta(tree)["title"] == "Pequenos passos: a escola para todos"
    assert meta(tree)["draft"] == "Versão provisória – não divulgar"
    # What the office does not say in Portuguese, it says in English.
    assert meta(tree)["organisation"] == "International Labour Organization"
    mine, theirs = headings(tree), headings(french)
    assert mine.keys() == theirs.keys()
    assert not set(mine.values()) & set(theirs.values())
    assert {"Informações rápidas", "Orientação para o impacto, sustentabilidade", "Parcerias"} <= set(mine.values())


def test_values_are_written_as_the_language_does(portuguese: Project) -> None:
    text = stringify(read_tree(portuguese, "pt")["blocks"])
    printed = spaced(text)
    for words in (
        "Benim",
        "31 de outubro de 2024",
        "não comunicado",
        "O projeto atua em dois países. Dispõe de 1,5 milhões de euros.",
        "ouviu 40 pessoas, das quais 60% são mulheres.",
        "O quadro 2 resume-o: «mais do que uma gota d’água».",
        "O ateliê de 1 de outubro de 2024 confirmou-o.",
        "O orçamento é de EUR 1 500 000.",
        "O projeto atingiu uma meta.",
        "cerca de 2 400 000",
    ):
        assert words in printed, words
    assert "EUR 1 500 000".replace(" ", NO_BREAK_SPACE) in text


def test_figures_and_tables_are_portuguese(portuguese: Project) -> None:
    words = json.loads(document(portuguese, "figures/geography.pt.json").read_text(encoding="utf-8"))
    assert words["caption"] == "Países e formas de participação no projeto"
    assert words["alt"].startswith("Matriz que mostra como 2 países participam no projeto.")
    layout = json.loads(document(portuguese, "tables/results.pt.json").read_text(encoding="utf-8"))
    assert [column["label"] for column in layout["columns"]][:2] == ["Resultado", "Valor"]


def test_the_pdf_is_portuguese_and_conforms(portuguese: Project) -> None:
    path = document(portuguese, "brief.pt.pdf")
    printed, pages = pdf_text(path), len(PdfReader(path).pages)
    for words in ("Figura 1", "Quadro 1", "Fonte:", f"Página 1 de {pages}", "Lista de quadros", "Recomendação 1"):
        assert words in printed, words
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "pt-PT"
    assert pdf_faults(path) == []


def test_the_word_document_is_portuguese_and_valid(portuguese: Project) -> None:
    path = document(portuguese, "brief.pt.docx")
    assert OpenXmlValidator().validate(str(path)).errors == []
    xml = parts(path)
    assert "Informações rápidas" in xml["word/document.xml"]
    assert 'w:val="pt-PT"' in xml["word/styles.xml"]
    assert "fr-FR" not in xml["word/styles.xml"]


@pytest.mark.skipif("html" not in FORMATS, reason="the project makes no web pages")
def test_the_web_page_is_portuguese(portuguese: Project) -> None:
    page = document(portuguese, "brief.pt.html").read_text(encoding="utf-8")
    assert re.search(r"<html\b[^>]*\blang=.?pt", page)
    assert "Informações rápidas" in page
    assert "Ir para o texto" in page


def test_one_setting_makes_an_office(neutral: Project) -> None:
    assert changed(neutral) == ["config.yaml"]
    for ending in FORMATS:
        document(neutral, f"brief.fr.{ending}")


def test_the_masthead_says_its_names(neutral: Project) -> None:
    said = meta(read_tree(neutral, "fr"))
    assert {name: said[name] for name in ("organisation", "unit_mark", "unit", "series", "author")} == {
        "organisation": "Nom de l’organisation",
        "unit_mark": "",
        "unit": "Unité d’évaluation",
        "series": "Note d’évaluation",
        "author": "Unité d’évaluation",
    }
    printed = pdf_text(document(neutral, "brief.fr.pdf"))
    assert "Nom de l’organisation" in printed
    first = in_language(read_theme(ROOT / "templates/themes/ilo.yaml"), "fr")
    assert [first[name] for name in ("organisation", "series") if first[name] in printed] == []


def test_no_colour_of_the_first_office_is_left(neutral: Project) -> None:
    others, own = colours("ilo"), colours("neutral")
    assert not others & own
    for found in (drawn(neutral), styled(neutral)):
        assert found & own
        assert found & others == set()


def test_its_fonts_are_embedded_and_no_others(neutral: Project) -> None:
    assert families(document(neutral, "brief.fr.pdf")) == {"NotoSans"}
    xml = parts(document(neutral, "brief.fr.docx"))
    assert set(re.findall(r'w:ascii="([^"]+)"', xml["word/styles.xml"])) == {"Noto Sans"}
    assert [name for name in xml if "Overpass" in xml[name]] == []


def test_the_documents_conform(neutral: Project) -> None:
    assert pdf_faults(document(neutral, "brief.fr.pdf")) == []
    assert OpenXmlValidator().validate(str(document(neutral, "brief.fr.docx"))).errors == []


@pytest.mark.skipif("html" not in FORMATS, reason="the project makes no web pages")
def test_the_web_page_has_its_look(neutral: Project) -> None:
    page = document(neutral, "brief.fr.html").read_text(encoding="utf-8")
    assert "Nom de l’organisation" in page
    assert "Overpass" not in page
    assert hexadecimal(page) & colours("ilo") == set()


def test_the_first_office_would_be_seen(built: Project) -> None:
    """The searches above find what they look for where it is."""
    assert drawn(built) & colours("ilo")
    assert styled(built) & colours("ilo")
    assert families(document(built, "brief.fr.pdf")) == {"NotoSans", "Overpass"}
