"""The values that a text prints, as a table."""

from typing import Any

import pytest
from evalbrief.document.pdf.values_table import values_table


def entry(value: str | None, formula: str = "cell", **origin: Any) -> dict[str, Any]:
    """Make a value of the context."""
    origin = {"file": "data/a/results.csv", "column": "value", "rows": {}} | origin
    return {"value": value, "kind": "number", "unit": "", "origin": origin | {"formula": formula}}


def printed(*keys: str) -> list[dict[str, Any]]:
    """Make a paragraph that prints values."""
    spans = [{"t": "Span", "c": [["", ["value"], [["key", key]]], [{"t": "Str", "c": "x"}]]} for key in keys]
    return [{"t": "Para", "c": spans}]


def rows(values: dict[str, Any], *keys: str) -> list[str]:
    """Write the table and give its rows."""
    return values_table(printed(*keys), values).splitlines()[1:]


def test_lists_what_is_printed_in_the_order_of_the_text_and_once() -> None:
    values = {name: entry(name) for name in ("hidden", "first", "second")}
    assert rows(values, "second", "first", "second", "countries") == [
        "second,second,,data/a/results.csv,column value,cell",
        "first,first,,data/a/results.csv,column value,cell",
    ]


def test_names_its_columns() -> None:
    assert values_table([], {}) == "key,value,unit,file,place,formula\n"


@pytest.mark.parametrize(
    ("origin", "place"),
    [
        ({"rows": {"a": 2}}, "row 2, column value"),
        ({"rows": {"a": 2, "b": 3, "c": 3}}, "row 2 3, column value"),
        ({"sheet": "results", "rows": {"a": 2}}, "sheet results, row 2, column value"),
    ],
)
def test_names_the_place(origin: dict[str, Any], place: str) -> None:
    assert place in rows({"a": entry("1", **origin)}, "a")[0]


@pytest.mark.parametrize(
    ("value", "formula", "written"),
    [
        ("87.264865", "spent / total * 100", "87.3"),
        ("12.25", "a / b * 100", "12.3"),
        ("-0.25", "a - b", "-0.25"),
        ("87.5", "spent / total * 100", "87.5"),
        ("22.75", "cell", "22.75"),
        ("2025.10.31", "latest", "2025.10.31"),
        (None, "cell", ""),
    ],
)
def test_says_no_more_of_a_number_worked_out_than_the_figures_do(value: str | None, formula: str, written: str) -> None:
    assert rows({"a": entry(value, formula)}, "a")[0].split(",")[1] == written
