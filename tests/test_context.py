"""The context: every value with where it comes from."""

import csv
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def content(built: Path) -> dict:
    return json.loads((built / "context.json").read_text(encoding="utf-8"))


def test_a_cell_names_file_row_and_column(content: dict) -> None:
    value = content["values"]["results.listeners.value"]
    assert (value["value"], value["kind"]) == ("2400000", "number")
    assert value["origin"] == {
        "file": "data/tiny/results.csv",
        "column": "value",
        "formula": "cell",
        "rows": {"listeners": 3},
    }


def test_a_total_names_its_formula_and_rows(content: dict) -> None:
    assert content["values"]["interviews.people"]["origin"] == {
        "file": "data/tiny/interviews.csv",
        "column": "people",
        "formula": "sum(people)",
        "rows": {"teachers/BJ": 2, "teachers/TG": 3, "families/BJ": 4, "families/TG": 5},
    }


def test_every_cell_value_is_what_its_origin_holds(content: dict) -> None:
    checked = 0
    for value in content["values"].values():
        origin = value["origin"]
        if origin["formula"] != "cell" or value["kind"] != "integer":
            continue
        with (ROOT / "tests" / origin["file"]).open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        (number,) = origin["rows"].values()
        assert rows[number - 2][origin["column"]] == value["value"]
        checked += 1
    assert checked


def test_facts_have_the_kind_that_writes_them(content: dict) -> None:
    values = content["values"]
    assert (values["facts.donors[0].amount"]["kind"], values["facts.donors[0].amount"]["unit"]) == ("money", "EUR")
    assert values["facts.countries[1]"]["kind"] == "country"
    assert (values["facts.type"]["kind"], values["facts.type"]["unit"]) == ("label", "type")
    assert values["facts.date_approved"]["value"] is None


def test_a_missing_expenditure_leaves_the_total_a_gap(content: dict) -> None:
    assert content["values"]["budget.spent"]["value"] is None
    assert content["values"]["budget.rate"]["value"] is None
    assert content["values"]["budget.total"]["value"] == "1500000"


def test_headings_and_rows_are_in_the_order_of_the_data(content: dict) -> None:
    assert [heading["key"] for heading in content["headings"]] == ["relevance", "impact_sustainability", "partnership"]
    assert [row["key"] for row in content["rows"]["recommendations"]] == ["handover", "radio"]
