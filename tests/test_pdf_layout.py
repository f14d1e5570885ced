"""The look of the PDF that can be measured: whatever the length of the text, on both papers."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pdf_layout import (
    cut_paragraphs,
    distant_figures,
    distant_notes,
    early_figures,
    orphan_headings,
    short_pages,
    split_cards,
)
from pdf_sample import BRIEF, ROOT, render_sample
from pdf_text import Document

TEMPLATE = ROOT / "templates/typst/brief.typ"
# Words before the parts that must not break, so that the end of a page falls everywhere once.
LENGTHS = range(20, 700, 25)
CARDS = "".join(
    f"""
::: {{#rec-{number} .recommendation number="{number}"}}
### Recommandation {number} {{#rec-{number}-heading}}

{"Achever la recherche sur les filières. " * 4}

::: fields
Délai
:   2024

Ressources
:   [non communiqué]{{.gap}}
:::
:::
"""
    for number in range(2, 9)
)
LONG = BRIEF.replace("::: {#lists .lists}", CARDS + "\n::: {#lists .lists}")
Render = Callable[..., tuple[Document, dict[str, Any]]]
pytestmark = pytest.mark.xdist_group("pdf_layout")


@pytest.fixture
def render(tmp_path_factory: pytest.TempPathFactory) -> Render:
    """Render the brief and read both the PDF and the tree."""

    def make(here: str, source: str = LONG, **changed: Any) -> tuple[Document, dict[str, Any]]:
        pdf = render_sample(tmp_path_factory.mktemp("build"), here, source=source, changed=changed)
        return Document(pdf), json.loads(pdf.with_name("brief.fr.json").read_text(encoding="utf-8"))

    return make


@pytest.fixture
def template(tmp_path: Path) -> Callable[[str, str], str]:
    """A function that spoils the template."""

    def spoil(good: str, bad: str) -> str:
        text = TEMPLATE.read_text(encoding="utf-8")
        assert good in text
        (tmp_path / "spoiled.typ").write_text(text.replace(good, bad), encoding="utf-8")
        return str(tmp_path / "spoiled.typ")

    return spoil


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_nothing_breaks_where_it_must_not(render: Render, paper: str) -> None:
    found = []
    for length in LENGTHS:
        document, tree = render("mot " * length, paper=paper)
        found += [*orphan_headings(document), *short_pages(document), *early_figures(document)]
        found += [*distant_notes(document), *cut_paragraphs(document)]
        found += [*split_cards(document, tree), *distant_figures(document, tree)]
    assert found == []


def test_a_card_longer_than_a_page_breaks(render: Render) -> None:
    document, tree = render("mot", source=LONG.replace("Achever", "Achever " * 900, 1))
    assert [fault.partition(" ")[0] for fault in split_cards(document, tree)] == ["rec-a"]


def test_orphan_headings_are_found(render: Render, template: Callable[[str, str], str]) -> None:
    spoiled = template("sticky: true", "sticky: false")
    assert any(list(orphan_headings(render("mot " * length, template=spoiled)[0])) for length in LENGTHS)


def test_split_cards_are_found(render: Render, template: Callable[[str, str], str]) -> None:
    spoiled = template("breakable: measure(width: text-width, body).height > text-height - 20mm", "breakable: true")
    assert any(list(split_cards(*render("mot " * length, template=spoiled))) for length in LENGTHS)


def test_distant_figures_are_found(render: Render) -> None:
    figure = next(line for line in LONG.splitlines() if line.startswith("!["))
    source = LONG.replace(figure, "mot " * 4000 + "\n\n" + figure)
    (fault,) = distant_figures(*render("mot", source=source))
    assert fault.startswith("fig-timeline, mentioned on page 1, stands on page")


def test_early_figures_are_found(render: Render, template: Callable[[str, str], str]) -> None:
    spoiled = template("if not steady and shown", "if false and shown")
    assert list(early_figures(render("mot", template=spoiled)[0])) == [
        "page 1: 'Figure 1.' stands above 'Contexte'",
        "page 1: 'Tableau 1.' stands above 'Résultats'",
    ]


def test_cut_paragraphs_and_distant_notes_are_found(render: Render, template: Callable[[str, str], str]) -> None:
    spoiled = template("breakable: height > whole-lines * line-height", "breakable: true")
    words = "".join(f"::: block\n{'mot ' * length}[^{length}]\n:::\n\n" for length in range(40, 90))
    notes = "".join(f"[^{length}]: {'Une note. ' * 20}\n\n" for length in range(40, 90))
    source = LONG.replace("# Résultats", words + notes + "# Résultats", 1)
    document, _ = render("mot", source=source, template=spoiled)
    assert list(cut_paragraphs(document)) and list(distant_notes(document))
    document, _ = render("mot", source=source)
    assert [*cut_paragraphs(document), *distant_notes(document)] == []


def test_short_pages_are_found(render: Render, template: Callable[[str, str], str]) -> None:
    spoiled = template(
        "#let placed(id, body) =", "#let placed(id, body) = block(breakable: false, body)\n#let unused(id, body) ="
    )
    figures = "".join(
        f"![Image {number}](figures/timeline.fr.svg){{#fig-{number} alt='Une image.'}}\n\n{'mot ' * 600}\n\n"
        for number in range(6)
    )
    source = LONG.replace("# Résultats", figures + "# Résultats")
    lengths = (20, 220)
    assert any(list(short_pages(render("mot " * length, source=source, template=spoiled)[0])) for length in lengths)
    assert not any(list(short_pages(render("mot " * length, source=source)[0])) for length in lengths)
