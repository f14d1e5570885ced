"""Check one table against its schema: the rows as typed values, and every problem in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from evalbrief.data.cells import CellError, Value, parse_cell
from evalbrief.data.problem import Problem, cell_place, meant_or_allowed
from evalbrief.data.schema import Column, Table
from evalbrief.data.source import SourceRow, SourceTable

Cell = Value | list[str] | None


@dataclass(frozen=True)
class Row:
    """One row of the model: its number in the source and its values by column, None for a cell not given."""

    number: int
    values: dict[str, Cell]


@dataclass(frozen=True)
class TypedTable:
    """A checked table in one language; translated columns have lost their suffix."""

    file: str
    rows: list[Row]
    # The header of each column in the source, by the column's name in the model.
    headers: Mapping[str, str] = field(default_factory=dict)

    def column(self, name: str) -> list[Cell]:
        """List a column's values in row order."""
        return [row.values[name] for row in self.rows]


def check_table(
    source: SourceTable, schema: Table, language: str, choices: Mapping[str, Collection[str] | None]
) -> tuple[TypedTable, list[Problem]]:
    """Type every cell of a table; `choices` holds the keys allowed by column.

    Returns all rows that could be read and all problems found; with a problem, the rows are not for use.
    """
    headers = {name: f"{name}_{language}" if column.translated else name for name, column in schema.columns.items()}
    problems = _columns(source, schema, headers)
    rows = []
    for row in source.rows:
        if not row.sound:
            continue
        values: dict[str, Cell] = {}
        for name, column in schema.columns.items():
            values[name], found = _cell(source.file, row, headers[name], column, choices.get(name, ()))
            problems += found
        rows.append(Row(row.number, values))
    table = TypedTable(source.file, rows, headers)
    return table, [*problems, *_repeated_keys(table, schema), *_taken_keys(table, schema)]


def _columns(source: SourceTable, schema: Table, headers: Mapping[str, str]) -> list[Problem]:
    problems = []
    for name, header in headers.items():
        if header not in source.header and (schema.columns[name].required or _needs_language(source, schema, name)):
            hint = f"Add it to the header: {schema.columns[name].why}"
            problems.append(Problem(source.file, "row 1", f'the column "{header}" is missing.', hint))
    for header in source.header:
        if header and not _known(header, schema):
            hint = meant_or_allowed(header, list(headers.values()))
            problems.append(Problem(source.file, "row 1", f'the column "{header}" is not known.', hint))
    return problems


def _needs_language(source: SourceTable, schema: Table, name: str) -> bool:
    """Say whether a translated column is there in another language only."""
    return schema.columns[name].translated and any(header[:-2] == f"{name}_" for header in source.header)


def _known(header: str, schema: Table) -> bool:
    if header in schema.columns:
        return not schema.columns[header].translated
    column = schema.columns.get(header[:-3])
    return bool(column and column.translated and header[-3] == "_" and header[-2:].isalpha())


def _cell(
    file: str, row: SourceRow, header: str, column: Column, choices: Collection[str] | None
) -> tuple[Cell, list[Problem]]:
    place = cell_place(row.number, header)
    text = row.cells.get(header, "")
    if not text:
        if column.required and header in row.cells:
            return None, [Problem(file, place, "the cell is empty.", f"It is required: {column.why}")]
        return ([] if column.many else None), []
    try:
        if column.many:
            parts = [part.strip() for part in text.split(";") if part.strip()]
            return [str(parse_cell(part, column, choices)) for part in parts], []
        return parse_cell(text, column, choices), []
    except CellError as error:
        return None, [Problem(file, place, error.found, error.hint)]


def _repeated_keys(table: TypedTable, schema: Table) -> list[Problem]:
    problems = []
    first: dict[tuple, int] = {}
    for row in table.rows:
        key = tuple(row.values[name] for name in schema.key)
        if key[0] is None:
            continue
        if key in first:
            shown = ", ".join(str(part) for part in key if part is not None)
            columns = " and ".join(schema.key)
            found = f'"{shown}" is already in row {first[key]}.'
            problems.append(
                Problem(table.file, f"row {row.number}", found, f"Each {columns} may stand in one row only.")
            )
        first.setdefault(key, row.number)
    return problems


def _taken_keys(table: TypedTable, schema: Table) -> list[Problem]:
    """Find rows whose key is the name of a value: table.key and table.value would be one."""
    return [
        Problem(
            table.file,
            cell_place(row.number, schema.key[0]),
            f'"{row.values[schema.key[0]]}" is the name of a value of this table.',
            "Choose another key.",
        )
        for row in table.rows
        if len(schema.key) == 1 and row.values[schema.key[0]] in schema.values
    ]
