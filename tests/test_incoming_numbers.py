"""Numbers of the data never become typed ones: they are known again where they come back, or refused."""

import pytest
from evalbrief.review.incoming.markup import Printed
from evalbrief.review.incoming.mentions import A_VALUE, ODD_SIGN, Mentions, mentions_in
from evalbrief.review.incoming.patch import Patch, patched
from evalbrief.review.incoming.refusals import AGAINST_A_VALUE
from evalbrief.review.incoming.runs import ODD
from evalbrief.review.incoming.signs import Signs

# Passages of one text file, with what they printed.
PASSAGES = {
    "L'équipe a vu {{ interviews.people | n }} personnes : {{ interviews.women | n }} femmes.": (
        "L'équipe a vu 137 personnes : 64 femmes."
    ),
    "Les groupes sont {{ interviews.groups | words }} en tout, comme le montre la {{ ref('x') }}.": (
        "Les groupes sont six en tout, comme le montre la figure 3."
    ),
    "Elle commence en {{ a.start | year }} et finit en 2026.": "Elle commence en 2022 et finit en 2026.",
    "Le pays est {{ facts.country | text }}.": "Le pays est Bénin.",
}
VALUES = {"137", "64", "six", "2022"}


def known(notes: dict[str, str] | None = None) -> Mentions:
    passages = PASSAGES | (notes or {})
    names = {"note": "Il y en a {{ interviews.groups | words }}."}
    found = [
        mention
        for source, text in passages.items()
        for mention in mentions_in(Printed(source, text), source, "method", names)
    ]
    return Mentions(found, VALUES)


def edited(source: str, old: str, new: str, section: str = "method") -> Patch:
    return patched(source, old, new, Signs(), known(), section)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("Il va. Elle a vu 137 personnes.", "Il va. Elle a vu {{ interviews.people | n }} personnes."),
        ("Il va. Ils sont six en tout.", "Il va. Ils sont {{ interviews.groups | words }} en tout."),
        ("Il va (voir la figure 3).", "Il va (voir la {{ ref('x') }})."),
        ("Il va. Il commence en 2022.", "Il va. Il commence en {{ a.start | year }}."),
        ("Il va. Il finit en 2026.", "Il va. Il finit en 2026."),
        ("Il va au Bénin.", "Il va au Bénin."),
    ],
)
def test_what_stood_beside_the_same_words_is_known_again(new: str, expected: str) -> None:
    patch = edited("Il va.", "Il va.", new)
    assert (patch.text, patch.refused, patch.typed) == (expected, [], [])


@pytest.mark.parametrize("source", PASSAGES)
def test_copied_paragraph_has_its_values(source: str) -> None:
    assert edited("", "", PASSAGES[source], "logic").text == source


@pytest.mark.parametrize("words", ["Il a 137 ans.", "Depuis 2022, il va."])
def test_typed_number_that_is_a_value_is_refused(words: str) -> None:
    patch = edited("Tout meurt ici.", "Tout meurt ici.", f"Tout vit ici. {words}")
    assert patch.text == "Tout vit ici."
    (refused,) = patch.refused
    assert refused.why.startswith(A_VALUE.split("{")[0])
    assert words.strip(".") in refused.new


def test_new_number_is_applied_and_told() -> None:
    patch = edited("Il va.", "Il va.", "Il va 12 fois en six ans.")
    assert (patch.text, patch.typed, patch.refused) == ("Il va 12 fois en six ans.", ["12", "six"], [])


def test_number_in_words_whose_value_went_is_refused() -> None:
    source = list(PASSAGES)[1]
    patch = edited(source, PASSAGES[source], "Comme le montre la figure 3, il y a six chefs.")
    assert (patch.text, patch.whole) == (source, True)


def test_number_between_words_of_two_values_is_refused() -> None:
    source = "Ici, {{ a.b | n }} personnes, et là {{ c.d | n }} personnes."
    printed = Printed(source, "Ici, 12 personnes, et là 12 personnes.")
    mentions = Mentions(mentions_in(printed, source, "method", {}), {"12"})
    patch = patched("Il va.", "Il va.", "Il va. Avec 12 personnes.", Signs(), mentions, "method")
    assert patch.text == "Il va."
    assert patch.refused[0].why == A_VALUE.format("{{ a.b | n }} or {{ c.d | n }}")


SOURCE = next(iter(PASSAGES))


@pytest.mark.parametrize(
    "new",
    [
        "Parmi les 64 femmes, soit 137, on a parlé.",
        "Lors de rencontres, tous ont parlé : 64 femmes.",
        "L'équipe a vu 64 femmes, en tout 137.",
    ],
)
def test_rewording_that_cannot_be_carried_whole_is_refused_whole(new: str) -> None:
    patch = edited(SOURCE, PASSAGES[SOURCE], new)
    assert patch.whole
    assert patch.text == SOURCE
    assert patch.refused


def test_numbers_change_their_places() -> None:
    patch = edited(SOURCE, PASSAGES[SOURCE], "Elle a vu 64 femmes, et en tout 137 personnes.")
    assert (patch.text, patch.refused) == (
        "Elle a vu {{ interviews.women | n }} femmes, et en tout {{ interviews.people | n }} personnes.",
        [],
    )


@pytest.mark.parametrize("number", ["137 000", "12 137"])
def test_number_against_a_value_is_refused(number: str) -> None:
    patch = edited(SOURCE, PASSAGES[SOURCE], PASSAGES[SOURCE].replace("137", number))
    assert patch.text == SOURCE
    assert [refused.why for refused in patch.refused] == [AGAINST_A_VALUE]


def test_sign_without_a_font_is_refused() -> None:
    patch = edited("Il va.", "Il va.", f"Il va {ODD} bien.")
    assert (patch.text, [refused.why for refused in patch.refused]) == ("Il va.", [ODD_SIGN])


SIGNS = Signs()
SENT, NEW = SIGNS.note("Il y en a six."), SIGNS.note("Elle a vu 137 personnes.")


@pytest.mark.parametrize(
    ("section", "note", "expected"),
    [
        ("method", SENT, "Il va.[^note]"),
        ("logic", SENT, "Il va.^[Il y en a {{ interviews.groups | words }}.]"),
        ("method", NEW, "Il va.^[Elle a vu {{ interviews.people | n }} personnes.]"),
    ],
)
def test_note_keeps_its_source(section: str, note: str, expected: str) -> None:
    mentions = known({"On le dit.[^note]": f"On le dit.{SENT}"})
    assert patched("Il va.", "Il va.", f"Il va.{note}", SIGNS, mentions, section).text == expected


def test_number_typed_in_a_new_note_is_refused() -> None:
    signs = Signs()
    patch = patched("Il va.", "Il va.", f"Il va.{signs.note('Il a 137 ans.')}", signs, known(), "method")
    assert patch.text == "Il va."
    assert patch.refused


def test_value_that_moved_from_a_refused_place_is_not_doubled() -> None:
    source = "On a vu {{ a.b | n }} {{ c.d | n }} ici. Il y a des femmes."
    old, new = "On a vu 137 64 ici. Il y a des femmes.", "On a vu 99 ici. Il y a des femmes : 64 ici."
    patch = patched(source, old, new)
    assert patch.text.count("{{ c.d | n }}") == 1
