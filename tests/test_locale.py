"""Numbers, dates and names by language."""

from decimal import Decimal

import pytest
from evalbrief.text import locale


@pytest.mark.parametrize(
    ("language", "text"), [("fr", "1\u202f234\u202f567,891"), ("en", "1,234,567.891"), ("es", "1.234.567,891")]
)
def test_numbers(language: str, text: str) -> None:
    assert locale.number(Decimal("1234567.8912"), language) == text


@pytest.mark.parametrize(("value", "text"), [(0.1 + 0.2, "0,3"), (2.5, "2,5"), (7, "7"), (0, "0"), (-3, "-3")])
def test_numbers_of_any_type(value: float, text: str) -> None:
    assert locale.number(value, "fr") == text


@pytest.mark.parametrize(("value", "text"), [(0.5, "1"), (1.5, "2"), (2.5, "3"), (2.4, "2"), (-2.5, "-3")])
def test_halves_are_rounded_as_readers_do(value: float, text: str) -> None:
    assert locale.number(value, "fr", 0) == text


@pytest.mark.parametrize(("language", "text"), [("fr", "13\u00a0%"), ("en", "13%"), ("es", "13\u00a0%")])
def test_percentages(language: str, text: str) -> None:
    assert locale.percent(12.5, language) == text


def test_names_and_lists() -> None:
    assert locale.country("MA", "fr", {}) == "Maroc"
    assert locale.country("CD", "fr", {"CD": "RDC"}) == "RDC"
    with pytest.raises(KeyError):
        locale.country("XX1", "fr", {})
    assert locale.enumeration(["a", "b", "c"], "fr") == "a, b et c"


@pytest.mark.parametrize(
    ("last", "text"),
    [("informe", "a, b e informe"), ("Índice", "a, b e Índice"), ("hijos", "a, b e hijos"), ("hielo", "a, b y hielo")],
)
def test_the_last_joint_of_a_spanish_list_follows_the_sound(last: str, text: str) -> None:
    assert locale.enumeration(["a", "b", last], "es_ES") == text
    assert locale.enumeration(["a", last], "es_ES") == text.replace("a, b", "a")
    assert locale.enumeration([last], "es_ES") == last


@pytest.mark.parametrize(("value", "text"), [(2400, "2400"), (24000, "24.000"), (-9999, "-9999"), (9999.5, "9999,5")])
def test_four_digits_stay_together_in_spanish(value: float, text: str) -> None:
    assert locale.number(value, "es_ES") == text


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("en_GB", "1\u00a0March 2024"),
        ("fr_FR", "1er\u00a0mars 2024"),
        ("es_ES", "1\u00a0de\u00a0marzo de 2024"),
        ("en_US", "March\u00a01, 2024"),
    ],
)
def test_days(place: str, text: str) -> None:
    assert locale.day("2024-03-01", place) == text
