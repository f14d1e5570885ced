"""Cells: what each type reads, and what it refuses."""

import string
from decimal import Decimal

import pytest
from evalbrief.data.cells import CellError, parse_cell
from evalbrief.data.schema import Column
from hypothesis import given
from hypothesis import strategies as st

NARROW, WIDE = "\u202f", "\u00a0"


def column(kind: str, **limits: object) -> Column:
    return Column.model_validate({"type": kind, "why": "test", **limits})


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("number", "60", Decimal(60)),
        ("number", "2,5", Decimal("2.5")),
        ("number", "2.5", Decimal("2.5")),
        ("number", "0,234", Decimal("0.234")),
        ("number", "-3", Decimal(-3)),
        ("number", "−3", Decimal(-3)),
        ("number", "1 234,5", Decimal("1234.5")),
        ("number", f"2{NARROW}400{NARROW}000", Decimal(2400000)),
        ("number", f"2{WIDE}400", Decimal(2400)),
        ("number", "2'400", Decimal(2400)),
        ("integer", "7", 7),
        ("integer", "7.0", 7),
        ("date", "2023", "2023"),
        ("date", "2023-10", "2023-10"),
        ("date", "2024-02-29", "2024-02-29"),
        ("country", "CI", "CI"),
        ("currency", "EUR", "EUR"),
        ("flag", "Oui", "yes"),
        ("flag", "non", ""),
        ("key", "year_1", "year_1"),
        ("text", "60 %", "60 %"),
    ],
)
def test_a_cell_is_read(kind: str, text: str, value: object) -> None:
    assert parse_cell(text, column(kind), ()) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("number", "1,234"),
        ("number", "12.500"),
        ("number", "1,234,567"),
        ("number", "60 %"),
        ("number", "1E+05"),
        ("number", "1 2"),
        ("number", "12 34"),
        ("number", "٣"),
        ("integer", "1.5"),
        ("integer", "1.234"),
        ("date", "2023-13"),
        ("date", "2023-02-29"),
        ("date", "31/10/2023"),
        ("date", "2023-1-5"),
        ("country", "UK"),
        ("country", "ci"),
        ("country", "419"),
        ("currency", "FCFA"),
        ("flag", "environ"),
        ("key", "Clé"),
        ("key", "1a"),
        ("text", "#N/A"),
        ("text", "#valeur!"),
    ],
)
def test_a_cell_is_refused_with_a_hint(kind: str, text: str) -> None:
    with pytest.raises(CellError) as refused:
        parse_cell(text, column(kind), ())
    assert f'"{text}"' in refused.value.found
    assert refused.value.hint.endswith(".")


def test_limits_are_said() -> None:
    with pytest.raises(CellError, match="too small"):
        parse_cell("-1", column("number", minimum=0), ())
    with pytest.raises(CellError, match="too large"):
        parse_cell("2101", column("integer", maximum=2100), ())


def test_a_choice_takes_its_keys_only_and_knows_their_words() -> None:
    words = {"high": "Haute", "low": "Faible"}
    assert parse_cell("high", column("choice"), words) == "high"
    assert parse_cell("anything", column("choice"), None) == "anything"
    with pytest.raises(CellError) as refused:
        parse_cell("haute", column("choice"), words)
    assert refused.value.hint == 'Is "high" meant? Allowed: high, low.'


def test_a_level_that_a_spreadsheet_wrote_with_a_decimal_is_that_level() -> None:
    assert parse_cell("3.0", column("reference", reference="survey_scale.level"), {"3"}) == "3"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9))
def test_numbers_survive_every_way_of_writing(number: Decimal) -> None:
    written = f"{number:,.2f}"
    for grouping in (" ", NARROW, WIDE, "'"):
        for point in ".,":
            text = written.replace(",", "\0").replace(".", point).replace("\0", grouping)
            assert parse_cell(text, column("number"), ()) == number


@given(st.text(max_size=30), st.sampled_from(["number", "integer", "date", "country", "currency", "flag", "key"]))
def test_any_text_is_read_or_refused(text: str, kind: str) -> None:
    try:
        parse_cell(text, column(kind), ())
    except CellError as error:
        assert error.found
        assert error.hint


@given(st.text(string.ascii_letters + string.digits + "_é -", max_size=12))
def test_a_key_is_safe_in_a_path(text: str) -> None:
    try:
        key = parse_cell(text, column("key"), ())
    except CellError:
        return
    assert str(key).isidentifier()
    assert str(key).isascii()
