"""Values worked out from tables: each formula, and the gaps."""

import pytest
from evalbrief.data.schema import Table, ValueRule
from evalbrief.text.own_values import add_own_values
from evalbrief.text.values import Calculator, ModelTable, Origin, Value

COLUMNS = {
    "group": {"type": "key", "why": "test"},
    "level": {"type": "choice", "vocabulary": "level", "why": "test"},
    "year": {"type": "integer", "why": "test"},
    "target": {"type": "number", "why": "test"},
    "actual": {"type": "number", "why": "test"},
    "currency": {"type": "currency", "why": "test"},
}
VOCABULARY = {"level": ["high", "low"]}


def calculator(*rows: str) -> Calculator:
    """Rows are written "group level year target actual currency", "-" for an empty cell."""
    schema = Table.model_validate(
        {"table": "things", "title": "T", "why": "test", "key": ["group", "year"], "columns": COLUMNS}
    )
    cells = [dict(zip(COLUMNS, ("" if cell == "-" else cell for cell in row.split()), strict=True)) for row in rows]
    table = ModelTable(schema, cells, "data/e/things.csv", list(range(2, 2 + len(rows))))
    return Calculator({"things": table}, VOCABULARY)


def work_out(rule: dict, *rows: str) -> Value:
    made = calculator(*rows)
    made.add("result", ValueRule.model_validate(rule), "things")
    return made.values["result"]


ROWS = ("a high 2023 10 5 EUR", "a high 2024 20 25 EUR", "b low 2024 30.5 - EUR")


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ({"count": "rows"}, "3"),
        ({"count": "actual"}, "2"),
        ({"count": "rows", "where": {"level": "low"}}, "1"),
        ({"count": "rows", "where": {"year": 2024}}, "2"),
        ({"count": "rows", "where": {"group": ["a", "b"], "level": "high"}}, "2"),
        ({"sum": "target"}, "60.5"),
        ({"sum": "actual", "where": {"group": "a"}}, "30"),
        ({"maximum": "target"}, "30.5"),
        ({"minimum": "target"}, "10"),
        ({"distinct": "group"}, "2"),
        ({"distinct": "currency"}, "1"),
        ({"largest_total": "target", "by_total": "group"}, "30.5"),
        ({"attained": "group"}, "1"),
    ],
)
def test_a_formula(rule: dict, value: str) -> None:
    assert work_out(rule, *ROWS).value == value


@pytest.mark.parametrize("formula", ["sum", "maximum", "minimum"])
def test_a_missing_cell_is_a_gap_and_not_a_nought(formula: str) -> None:
    assert work_out({formula: "actual"}, *ROWS).value is None
    assert work_out({formula: "target"}).value is None


def test_an_indicator_is_judged_by_the_latest_year_that_has_both() -> None:
    assert work_out({"attained": "group"}, "a high 2023 10 10 EUR", "a high 2024 20 - EUR").value == "1"
    assert work_out({"attained": "group"}, "a high 2023 10 10 EUR", "a high 2024 20 19 EUR").value == "0"
    assert work_out({"attained": "group"}, "a high 2024 10 9 EUR", "a low 2024 10 11 EUR").value == "1"


def test_a_value_by_a_vocabulary_has_every_word_of_it() -> None:
    made = calculator(*ROWS[:2])
    made.add("things.by_level", ValueRule(count="rows", by="level"), "things")
    assert {path: value.value for path, value in made.values.items()} == {
        "things.by_level.high": "2",
        "things.by_level.low": "0",
    }


def test_a_value_knows_where_it_comes_from() -> None:
    value = work_out({"sum": "target", "where": {"group": "a"}, "unit": "currency"}, *ROWS)
    assert (value.kind, value.unit) == ("money", "EUR")
    assert value.origin == Origin(
        "data/e/things.csv", "target", "sum(target) where group = a", {"a/2023": 2, "a/2024": 3}
    )


def own(rules: dict, **known: tuple[str | None, str]) -> tuple[dict, list[str]]:
    made = calculator(*ROWS)
    made.values = {f"facts.{name}": Value(*value, "", Origin("f", "c", "cell")) for name, value in known.items()}
    problems = add_own_values(made, rules, "values.yaml")
    return made.values, [problem.message for problem in problems]


def test_a_share_is_in_per_cent_and_a_gap_when_a_part_is() -> None:
    known = {"part": ("1", "number"), "whole": ("3", "number"), "none": (None, "number"), "nought": ("0", "number")}
    rules = {
        "third": {"share": "facts.part", "of": "facts.whole"},
        "gap": {"share": "facts.none", "of": "facts.whole"},
        "impossible": {"share": "facts.part", "of": "facts.nought"},
        "of_own": {"share": "values.third", "of": "values.third"},
    }
    values, problems = own(rules, **known)
    assert problems == []
    assert [values[f"values.{name}"].value for name in rules] == ["33.333333", None, None, "100"]
    assert values["values.third"].kind == "percent"


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [("2019-11", "2024-12", "62"), ("2023", "2023", "12"), ("2024-01-15", "2024-01-31", "1"), (None, "2024", None)],
)
def test_months_count_to_the_close_of_the_last(start: str | None, end: str, months: str | None) -> None:
    rules = {"length": {"months_between": ["facts.start", "facts.end"]}}
    values, _ = own(rules, start=(start, "date"), end=(end, "date"))
    assert values["values.length"].value == months


def test_what_cannot_be_worked_out_is_said() -> None:
    rules = {
        "ahead": {"share": "values.later", "of": "facts.whole"},
        "later": {"table": "things", "count": "rows", "where": {"group": "c"}},
        "words": {"share": "facts.title", "of": "facts.whole"},
    }
    _, problems = own(rules, whole=("3", "number"), title=("T", "text"))
    assert problems == [
        'values.yaml, entry "ahead": there is no value "values.later". '
        "A formula can use only values that stand above it.",
        'values.yaml, entry "later": no group of things is "c". Allowed: a, b.',
        'values.yaml, entry "words": "facts.title" is not a number. A share is made of two numbers.',
    ]
