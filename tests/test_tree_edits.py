"""Edits of a tree by chance: every kind is made, always the same by the same seed, and truly changes what it says."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest
from evalbrief.document.docx.package import read_parts
from evalbrief.document.meta import read_meta
from evalbrief.tree import elements, identifier, stringify

from tests.docx_build import render, write_reference
from tests.docx_levels import levels
from tests.docx_sample import (
    PIXEL,
    SVG,
    bullets,
    div,
    facts,
    figure,
    gap,
    heading,
    note,
    para,
    record,
    reference,
    span,
    table,
    tree,
)
from tests.tree_edits import KINDS, edit, identified, write_draft
from tests.tree_words import VOCABULARY, WORD, Word, shown

FIGURES = ("timeline", "budget", "survey")
SEEDS = range(6)
SENTENCES = (
    "Un enfant quitte les champs quand une école existe pour lui.",
    "Chaque comité réunit les familles avant la récolte.",
    "Les visites ont commencé en octobre dans 16 communes.",
    "Le donateur demande des preuves de vigilance chaque année.",
    "Plusieurs services peuvent agir, et chacun attend parfois les autres.",
    "La radio a touché environ 350 000 personnes.",
)
# Written the shortest way, the number of the block that comes or goes stays where it is, for the next one.
ONE_NUMBER_LESS = {"recommendation inserted", "recommendation deleted", "figure removed"}


def blocks() -> list[dict]:
    """A brief with something for every kind of edit, and two of most."""
    values = {
        "countries": ("Pays", [span("Bénin", "value", key="facts.countries[0]")]),
        "date_approved": ("Date", [span("non communiqué", "gap", key="facts.date_approved")]),
    }
    columns = [("Produit", "AlignLeft", 0.6), ("Valeur", "AlignRight", 0.4)]
    rows = [[f"Produit {number}", str(number)] for number in range(2, 6)]
    finding = {"t": "Link", "c": [["", [], []], [{"t": "Str", "c": "1"}], ["#finding-need", ""]]}
    found = [
        div("quick_facts", "quick-facts", heading(1, "", "Informations rapides"), facts(values)),
        heading(1, "context", "Contexte"),
    ]
    for place, name in enumerate(("logic", "situation", "method")):
        found += [heading(2, name, f"Partie {name}"), *(para(*_sentences(place, number)) for number in range(3))]
        found.append(bullets(*(f"point {name} {number}" for number in range(4))))
        found.append(
            para("Voir la ", reference(f"fig-{FIGURES[place]}", f"figure\u00a0{place + 1}"), ". Elle est claire.")
        )
        found.append(figure(FIGURES[place], place + 1, f"Image de toute {name}", "Frise"))
        found.append(table(name, place + 1, f"Tableau de toute {name}", columns, rows))
    found += [
        div(f"finding-{name}", "finding", para("Constat. ", span(text, "value", key=f"findings.{name}.text")))
        for name, text in (("need", "Le besoin est réel."), ("relay", "Aucun relais existe encore."))
    ]
    found.append(heading(2, "recommendations", "Recommandations"))
    for number, text in enumerate(("Former les inspecteurs.", "Publier les données.", "Payer plus tôt."), start=1):
        fields = {"Priorité": span("Haute", "value"), "Délai": gap(), "Constats": finding}
        found.append(record("recommendation", number, "Recommandation", text, fields))
    lists = [div("", "list-of-figures"), div("", "list-of-tables")]
    return identified([*found, div("lists", "lists", *lists)])


def _sentences(place: int, number: int) -> list:
    first = 2 * place + number
    texts = [SENTENCES[(first + step) % len(SENTENCES)] for step in range(3)]
    called = [note("Une note de la fin.")] if number == 2 else []
    return [
        f"{texts[0]} {texts[1]} Il compte ",
        span(str(20 + first), "value", key="a.b"),
        f" villages. {texts[2]}",
        *called,
    ]


@cache
def base() -> dict:
    """The tree before it is edited."""
    return tree(blocks())


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pictures of the brief and a reference document."""
    folder = tmp_path_factory.mktemp("edited")
    (folder / "figures").mkdir()
    for name in FIGURES:
        (folder / "figures" / f"{name}.fr.png").write_bytes(PIXEL)
        (folder / "figures" / f"{name}.fr.svg").write_bytes(SVG + f"<!-- {name} -->".encode())
    write_reference(folder)
    return folder


def words(draft: dict) -> list[Word]:
    return shown(draft["blocks"], read_meta(draft))


def shortest(old: list, new: list) -> tuple[int, int]:
    """Count what the shortest way from one list to another inserts and deletes (Myers 1986)."""
    furthest = {1: 0}
    for steps in range(len(old) + len(new) + 1):
        for line in range(-steps, steps + 1, 2):
            down = line == -steps or (line != steps and furthest[line - 1] < furthest[line + 1])
            at = furthest[line + 1] if down else furthest[line - 1] + 1
            while at < len(old) and at - line < len(new) and old[at] == new[at - line]:
                at += 1
            furthest[line] = at
            if at >= len(old) and at - line >= len(new):
                longer = len(new) - len(old)
                return (steps + longer) // 2, (steps - longer) // 2
    raise AssertionError("there is always a way")


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_edit_says_is_what_changed(kind: str) -> None:
    for seed in SEEDS:
        new, (made,) = edit(base(), Random(seed), 1, [kind])
        assert new != base() and made.kind == kind
        expected = {(made.inserted, made.deleted)}
        if kind in ONE_NUMBER_LESS:
            expected.add((made.inserted - 1, made.deleted - 1))
        assert shortest(words(base()), words(new)) in expected, made
        strong = [sum(element["t"] == "Strong" for element in elements(draft["blocks"])) for draft in (base(), new)]
        assert made.formatting == strong[1] - strong[0]


def test_every_kind_is_made_over_some_seeds() -> None:
    made = Counter(one.kind for seed in range(40) for one in edit(base(), Random(seed), 8)[1])
    assert set(made) == set(KINDS)


def test_the_same_seed_makes_the_same() -> None:
    before = json.dumps(base())
    assert edit(base(), Random(3), 12) == edit(base(), Random(3), 12)
    assert edit(base(), Random(3), 12) != edit(base(), Random(4), 12)
    assert json.dumps(base()) == before


def test_no_block_is_edited_twice_and_counts_add_up() -> None:
    for seed in SEEDS:
        new, made = edit(base(), Random(seed), 12)
        assert len({one.place for one in made}) == len(made) == 12
        inserted, deleted = shortest(words(base()), words(new))
        total = [sum(one.inserted for one in made), sum(one.deleted for one in made)]
        assert total[0] - total[1] == inserted - deleted
        # What moves may find some of its words on the way.
        assert inserted <= total[0] <= inserted + 12


def test_edits_end_when_nothing_is_left() -> None:
    _, made = edit(base(), Random(1), 1000)
    assert len(KINDS) < len(made) < 1000


def test_numbers_go_on_without_a_break() -> None:
    for kind in sorted(ONE_NUMBER_LESS):
        for seed in SEEDS:
            new, _ = edit(base(), Random(seed), 1, [kind])
            records = [block for block in new["blocks"] if block["t"] == "Div" and "recommendation" in block["c"][0][1]]
            figures = [block for block in new["blocks"] if block["t"] == "Figure"]
            for found in (records, figures):
                numbers = [dict(block["c"][0][2])["number"] for block in found]
                assert numbers == [str(number) for number in range(1, len(found) + 1)]
            assert [stringify(block["c"][1][0]["c"][2]) for block in records] == [
                f"Recommandation\u00a0{number}" for number in range(1, len(records) + 1)
            ]
            targets = {f"#{identifier(block)}": dict(block["c"][0][2])["number"] for block in figures}
            for link in (element for element in elements(new["blocks"]) if element["t"] == "Link"):
                if "reference" in link["c"][0][1]:
                    assert stringify(link["c"][1]) == f"figure\u00a0{targets[link['c'][2][0]]}"


def test_blocks_have_the_ids_of_a_build() -> None:
    for seed in SEEDS:
        new, _ = edit(base(), Random(seed), 12)
        assert identified(new["blocks"]) == new["blocks"]
        names = [
            identifier(element) for element in elements(new["blocks"]) if element["t"] in ("Div", "Header", "Figure")
        ]
        assert max(Counter(name for name in names if name).values()) == 1


@pytest.mark.parametrize("seed", range(3))
def test_the_document_shows_the_words_that_are_counted(seed: int, source: Path, tmp_path: Path) -> None:
    new, made = edit(base(), Random(seed), 8 * seed)
    (tmp_path / "reference.docx").symlink_to(source / "reference.docx")
    docx = read_parts(render(write_draft(new, source, tmp_path), tmp_path))
    lines = " ".join(levels(docx)["text"])
    begin = lines.index(" Informations rapides ")
    printed = WORD.findall(lines[begin:].replace("[note ", " ").replace("]", " "))
    expected = [word for word, _ in words(new)]
    assert printed[: len(expected)] == expected
    assert len(made) == 8 * seed


def test_a_figure_that_is_drawn_anew_has_other_bytes(source: Path, tmp_path: Path) -> None:
    redrawn = 0
    for seed in SEEDS:
        new, _ = edit(base(), Random(seed), 1, ["figure"])
        folder = tmp_path / str(seed)
        write_draft(new, source, folder)
        written = {path.name: path.read_bytes() for path in (folder / "figures").iterdir()}
        kept = {path.name: path.read_bytes() for path in (source / "figures").iterdir()}
        for name, content in written.items():
            redrawn += name not in kept
            assert content == kept[name] if name in kept else content not in kept.values()
    assert redrawn > 0


def test_vocabularies_are_of_plain_words() -> None:
    for language, choice in VOCABULARY.items():
        assert len(set(choice)) == len(choice), language
        assert all(word.isalpha() and word.islower() for word in choice), language
