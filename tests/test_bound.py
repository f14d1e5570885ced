"""Values as a text shows them, in French and in other languages."""

from pathlib import Path

import pytest
from evalbrief.text.bound import Bound, Language, Values, branches
from evalbrief.text.labels import read_labels

ROOT = Path(__file__).parents[1]
NARROW, WIDE = "\u202f", "\u00a0"


@pytest.fixture
def french(labels: dict) -> Language:
    return Language(labels)


def shown(markdown: str) -> str:
    return markdown.removeprefix("[").partition("]{.value ")[0]


@pytest.mark.parametrize(
    ("call", "value", "text"),
    [
        (("n",), "2400", f"2{NARROW}400"),
        (("n",), "2400000", f"2{NARROW}400{NARROW}000"),
        (("n",), "16.6", "16,6"),
        (("n", 0), "12.5", "13"),
        (("n", 2), "12", "12,00"),
        (("percent",), "33.333333", f"33{WIDE}%"),
        (("percent",), "62.5", f"63{WIDE}%"),
        (("percent", 1), "33.333333", f"33,3{WIDE}%"),
        (("money",), "2400000", f"EUR{WIDE}2{NARROW}400{NARROW}000"),
        (("money", "USD"), "5", f"USD{WIDE}5"),
        (("millions",), "2400000", f"2,4{WIDE}millions"),
        (("millions",), "2000000", f"2{WIDE}millions"),
        (("millions",), "1900000", f"1,9{WIDE}million"),
        (("millions",), "1960000", f"2{WIDE}millions"),
        (("words",), "1", "un"),
        (("words", "f"), "1", "une"),
        (("words", "f"), "21", "vingt et une"),
        (("words", "f"), "2", "deux"),
        (("words",), "80", "quatre-vingts"),
        (("ordinal",), "1", "1^er^"),
        (("ordinal",), "5", "5^e^"),
        (("date",), "2023-10-31", "31\u00a0octobre 2023"),
        (("date",), "2023-10-01", "1er\u00a0octobre 2023"),
        (("date",), "2023-10", "octobre 2023"),
        (("date",), "2023", "2023"),
        (("year",), "2023-10-31", "2023"),
        (("text",), "a * b", "a \\* b"),
    ],
)
def test_a_filter_writes_french(french: Language, call: tuple, value: str, text: str) -> None:
    name, *arguments = call
    assert shown(getattr(french, name)(Bound("t.k.c", value, "number", "EUR"), *arguments)) == text


def test_every_filter_shows_a_gap(french: Language) -> None:
    for name, write in french.filters().items():
        assert write(Bound("t.k.c", None, "number", "level")) == '[non communiqué]{.gap key="t.k.c"}', name


@pytest.mark.parametrize(
    ("kind", "unit", "value", "text"),
    [
        ("integer", "", "2400", f"2{NARROW}400"),
        ("percent", "", "5", f"5{WIDE}%"),
        ("money", "EUR", "5", f"EUR{WIDE}5"),
        ("date", "", "2023-10", "octobre 2023"),
        ("label", "level", "high", "Haute"),
        ("label", "criterion", "relevance;impact", "Pertinence, Orientation vers l'impact"),
        ("country", "", "CI", "Côte d’Ivoire"),
        ("country", "", "CD", "République démocratique du Congo"),
        ("text", "", "mot", "mot"),
    ],
)
def test_a_value_without_filter_is_written_by_its_kind(
    french: Language, kind: str, unit: str, value: str, text: str
) -> None:
    assert shown(french.show(Bound("t.k.c", value, kind, unit))) == text


def test_a_value_names_its_path(french: Language) -> None:
    assert french.n(Bound("results.pledges.value", "3", "number")) == '[3]{.value key="results.pledges.value"}'


def test_values_are_reached_by_path() -> None:
    content = {"value": "1", "kind": "text", "unit": ""}
    tree = branches({"facts.donors[0].name": content, "facts.donors[1].name": content, "a.b.c": content})
    donors = tree["facts"].donors  # type: ignore[union-attr]
    assert isinstance(donors, Values)
    assert (len(donors), donors[1].name.path) == (2, "facts.donors[1].name")  # type: ignore[union-attr]
    assert [donor.name.value for donor in donors] == ["1", "1"]  # type: ignore[union-attr]
    with pytest.raises(AttributeError):
        _ = tree["a"].b.d  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("language", "call", "value", "text"),
    [
        ("en", ("n",), "2400.5", "2,400.5"),
        ("en", ("words",), "21", "twenty-one"),
        ("en", ("ordinal",), "22", "22nd"),
        ("en", ("ordinal",), "11", "11th"),
        ("en", ("millions",), "2400000", f"2.4{WIDE}million"),
        ("en", ("date",), "2023-10-31", "31\u00a0October 2023"),
        ("es", ("words",), "1", "un"),
        ("es", ("words",), "21", "veintiún"),
        ("es", ("words", "f"), "21", "veintiuna"),
        ("es", ("words", "f"), "200", "doscientas"),
        ("es", ("ordinal",), "5", "5.º"),
        ("es", ("millions",), "1000000", f"1{WIDE}millón"),
        ("es", ("millions",), "1500000", f"1,5{WIDE}millones"),
        ("pt", ("millions",), "1000000", f"1{WIDE}milhão"),
        ("es", ("date",), "2023-10-31", "31\u00a0de\u00a0octubre de 2023"),
    ],
)
def test_a_filter_writes_other_languages(language: str, call: tuple, value: str, text: str) -> None:
    name, *arguments = call
    folder = "tests/data/labels" if language == "pt" else "templates/labels"
    writer = Language(read_labels(ROOT / folder / f"{language}.yaml"))
    assert shown(getattr(writer, name)(Bound("t.k.c", value, "number", "EUR"), *arguments)).replace("\\", "") == text
