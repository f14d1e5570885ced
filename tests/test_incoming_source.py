"""An edit of what was printed goes back into the text file: words do, values do not, marks are kept."""

import pytest
from evalbrief.review.incoming.patch import patched
from evalbrief.review.incoming.refusals import Refused
from evalbrief.review.incoming.signs import BOLD, EMPHASIS, LINK, Signs, with_signs
from evalbrief.review.incoming.source import passages, prints

TEXT = """Un premier paragraphe
sur deux lignes.

Une liste :

- le premier point ;
- le **second** point.

{{ figure("timeline") }}

La fin."""


def test_passages_are_paragraphs_and_items() -> None:
    found = passages(TEXT + "\n")
    assert [(TEXT[part.start : part.end], part.listed) for part in found] == [
        ("Un premier paragraphe\nsur deux lignes.", False),
        ("Une liste :", False),
        ("le premier point ;", True),
        ("le **second** point.", True),
        ('{{ figure("timeline") }}', False),
        ("La fin.", False),
    ]


@pytest.mark.parametrize(
    ("source", "old", "new", "expected"),
    [
        ("Le projet est utile.", "Le projet est utile.", "Le projet est vain.", "Le projet est vain."),
        ("Le **projet** est utile.", "Le projet est utile.", "Le projet est vain.", "Le **projet** est vain."),
        ("Le **projet** est utile.", "Le projet est utile.", "Le plan est utile.", "Le **plan** est utile."),
        (
            "Il a {{ interviews.people | n }} amis.",
            "Il a 137 amis.",
            "Elle a 137 amis.",
            "Elle a {{ interviews.people | n }} amis.",
        ),
        ("Un. Deux. Trois.", "Un. Deux. Trois.", "Un. Trois.", "Un. Trois."),
        ("Un. Trois.", "Un. Trois.", "Un. Deux. Trois.", "Un. Deux. Trois."),
        ("Un mot.", "Un mot.", "Un *mot*.", r"Un \*mot\*."),
        ("Un. Deux.", "Un. Deux.", "Un.\n\nDeux.", "Un.\n\nDeux."),
        ("Un.\n\nDeux.", "Un.\n\nDeux.", "Un. Deux.", "Un. Deux."),
        ("Le {{ a.b | n }} reste. Le reste va.", "Le 12 reste. Le reste va.", "Le reste va.", "Le reste va."),
    ],
)
def test_words_are_carried(source: str, old: str, new: str, expected: str) -> None:
    patch = patched(source, old, new)
    assert (patch.text, patch.printed, patch.refused) == (expected, new, [])


def test_typed_value_is_refused_and_the_rest_is_carried() -> None:
    patch = patched(
        "L'équipe a vu {{ interviews.people | n }} personnes en mai.",
        "L'équipe a vu 137 personnes en mai.",
        "L'équipe a vu 145 personnes en juin.",
    )
    assert patch.text == "L'équipe a vu {{ interviews.people | n }} personnes en juin."
    assert patch.refused == [Refused("interviews.people | n", "137", "145")]
    assert patch.printed == "L'équipe a vu 137 personnes en juin."
    assert patch.values == {"interviews.people | n": "137"}


def test_value_of_several_words_is_one() -> None:
    patch = patched("Il a {{ a.b | words }} amis.", "Il a trente-neuf amis.", "Il a quarante amis.")
    assert patch.text == "Il a {{ a.b | words }} amis."
    assert [refused.expression for refused in patch.refused] == ["a.b | words"]


def test_value_of_several_words_beside_a_space_is_one() -> None:
    patch = patched('La {{ ref("targets") }} compare.', "La figure 6 compare.", "La figure 6 rapproche.")
    assert (patch.text, patch.refused) == ('La {{ ref("targets") }} rapproche.', [])
    assert patch.values == {'ref("targets")': "figure 6"}


def test_value_moves_with_its_sentence() -> None:
    source = "Un début. Il finit en {{ a.b | date }}. Il commence en mai."
    old, new = (
        "Un début. Il finit en juin 2024. Il commence en mai.",
        "Un début. Il commence en mai. Il finit en juin 2024.",
    )
    patch = patched(source, old, new)
    assert patch.text == "Un début. Il commence en mai. Il finit en {{ a.b | date }}."
    assert patch.refused == []


def test_each_value_is_refused_as_itself() -> None:
    patch = patched("De {{ a.b | year }} à {{ c.d | year }}.", "De 2022 à 2026.", "De 2022 à 2027.")
    assert [refused.expression for refused in patch.refused] == ["c.d | year"]


def test_source_is_read_back_before_it_is_taken() -> None:
    assert prints("Le **projet** a {{ a.b | n }} amis.", "Le projet a 12 amis.", {"a.b | n": "12"})
    assert not prints("Le **projet a {{ a.b | n }} amis.", "Le projet a 13 amis.", {"a.b | n": "12"})
    assert not prints("Le [projet est loin.", "Le projet est loin.", {})


def signed(text: str, signs: Signs) -> str:
    """Write signs into a text: <b>, <i>, <n> for a note, <a ADDRESS> ... </a> for a link."""
    for name, mark in (("b", BOLD), ("i", EMPHASIS)):
        text = text.replace(f"<{name}>", mark[0]).replace(f"</{name}>", mark[1])
    text = text.replace("<n>", NOTE)
    before, _, rest = text.partition("<a ")
    address, _, rest = rest.partition(">")
    return f"{before}{LINK}{rest.replace('</a>', signs.address(address))}" if rest else text


NOTE = Signs().note("")


@pytest.mark.parametrize(
    ("source", "old", "new", "expected"),
    [
        ("Le plan va.", "Le plan va.", "Le <b>plan</b> va.", "Le **plan** va."),
        ("Le **plan** va.", "Le <b>plan</b> va.", "Le plan va.", "Le plan va."),
        ("Le **plan** va.", "Le <b>plan</b> va.", "Le <b>plan va</b>.", "Le **plan va**."),
        ("Le **plan** va.", "Le <b>plan</b> va.", "Le <i>plan</i> va.", "Le *plan* va."),
        ("Le *plan* va.", "Le <i>plan</i> va.", "Le va.", "Le va."),
        ("Il a {{ a.b | n }} amis.", "Il a 12 amis.", "Il a <b>12 amis</b>.", "Il a **{{ a.b | n }} amis**."),
        ("Le plan.[^x] Il va.", "Le plan.<n> Il va.", "Il va.", "Il va."),
        ("Le plan. Il va.", "Le plan. Il va.", "Le plan.<n> Il va.", "Le plan.^[Une note.] Il va."),
        ("Le plan va.", "Le plan va.", "Le <a https://a.org>plan</a> va.", "Le [plan](https://a.org) va."),
        (
            "Le [plan](https://a.org) va.",
            "Le <a https://a.org/>plan</a> va.",
            "Le <a https://b.org>plan</a> va.",
            "Le [plan](https://b.org) va.",
        ),
        ("Le [plan](https://a.org) va.", "Le <a https://a.org>plan</a> va.", "Le plan va.", "Le plan va."),
        (
            "Le [plan](https://a.org) va.",
            "Le <a https://a.org/>plan</a> va.",
            "Le <a https://a.org/>plan</a> vit.",
            "Le [plan](https://a.org) vit.",
        ),
        (
            "Le [plan]{lang=en} va *bien*.",
            "Le plan va <i>bien</i>.",
            "Le plan va <i>mal</i>.",
            "Le [plan]{lang=en} va *mal*.",
        ),
    ],
)
def test_looks_links_and_notes_are_carried(source: str, old: str, new: str, expected: str) -> None:
    signs = Signs(["Une note."])
    before, after = signed(old, signs), signed(new, signs)
    patch = patched(source, before, after, signs)
    assert (patch.text, patch.refused) == (expected, [])
    assert prints(patch.text, after, patch.values, signs)
    assert not prints(source, after, patch.values, signs)


def test_marks_are_tight() -> None:
    chars = [*((char, ()) for char in "Le"), *((char, [BOLD]) for char in " plan "), *((char, ()) for char in "va.")]
    assert with_signs(chars) == f"Le {BOLD[0]}plan{BOLD[1]} va."


@pytest.mark.parametrize(
    "source",
    [
        "Le code `x` est là.",
        "## Titre",
        "![Un dessin](a.png)",
        "::: {.note}\nBla\n:::",
        "1914. Une guerre",
        "Un\n\n:   deux",
    ],
)
def test_source_that_no_text_may_hold_prints_something_else(source: str) -> None:
    assert not prints(source, "Le code x est là.", {})


def test_address_cannot_write_into_the_text() -> None:
    signs = Signs()
    new = f"Voir {LINK}ici{signs.address('https://x.org/a) [b](c){{ 7 }}')}."
    patch = patched("", "", new, signs)
    assert patch.text == "Voir [ici](https://x.org/a%29%20%5Bb%5D%28c%29%7B%7B%207%20%7D%7D)."
    assert prints(patch.text, new, patch.values, signs)


@pytest.mark.parametrize("head", ["1)", "(a)", "2022.", ":::", "-"])
def test_head_of_a_new_paragraph_makes_no_list(head: str) -> None:
    new = f"{head} Le projet va."
    patch = patched("", "", new)
    assert prints(patch.text, new, patch.values)
