"""Tables checked against their schemas, on rows written here."""

from decimal import Decimal

from evalbrief.data.schema import Table
from evalbrief.data.source import SourceRow, SourceTable
from evalbrief.data.table import TypedTable, check_table

SCHEMA = Table.model_validate(
    {
        "table": "things",
        "title": "Things",
        "why": "test",
        "key": ["key"],
        "columns": {
            "key": {"type": "key", "required": True, "why": "Names it."},
            "label": {"type": "text", "translated": True, "required": True, "why": "Shows it."},
            "value": {"type": "number", "why": "Counts it."},
            "criteria": {"type": "criterion", "many": True, "why": "Places it."},
        },
    }
)


def check(header: list[str], *rows: list[str]) -> tuple[TypedTable, list[str]]:
    cells = [SourceRow(number, dict(zip(header, row, strict=True))) for number, row in enumerate(rows, start=2)]
    table, problems = check_table(
        SourceTable("things.csv", header, cells), SCHEMA, "fr", {"criteria": {"impact", "relevance"}}
    )
    return table, [problem.message for problem in problems]


def test_rows_become_values() -> None:
    table, messages = check(
        ["label_fr", "label_en", "key", "criteria", "value"],
        ["Un", "One", "one", "impact ; relevance", "1,5"],
        ["Deux", "", "two", "", ""],
    )
    assert messages == []
    assert table.rows[0].values == {
        "key": "one",
        "label": "Un",
        "value": Decimal("1.5"),
        "criteria": ["impact", "relevance"],
    }
    assert table.rows[1].values == {"key": "two", "label": "Deux", "value": None, "criteria": []}
    assert [row.number for row in table.rows] == [2, 3]
    assert table.column("key") == ["one", "two"]


def test_absent_optional_columns_are_gaps() -> None:
    table, messages = check(["key", "label_fr"], ["one", "Un"])
    assert messages == []
    assert table.rows[0].values["value"] is None


def test_one_of_several_keys_is_unknown() -> None:
    _, messages = check(["key", "label_fr", "criteria"], ["one", "Un", "impact;efficiency"])
    assert messages == [
        'things.csv, row 2, column "criteria": "efficiency" is not known here. Allowed: impact, relevance.'
    ]


def test_a_missing_required_column_is_said_once() -> None:
    _, messages = check(["key"], ["one"], ["two"])
    assert messages == ['things.csv, row 1: the column "label_fr" is missing. Add it to the header: Shows it.']
