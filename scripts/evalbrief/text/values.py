"""Work out the values a text may say, each with where it comes from: file, rows, column, formula."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from evalbrief.arithmetic import attains
from evalbrief.data.formulas import ALL_ROWS
from evalbrief.data.schema import Column, Table, ValueRule

Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Origin:
    """Where a value comes from; `rows` names rows by key with their number in the source file.

    A value that follows from others names them in `values`; each of them has an origin of its own.
    """

    file: str
    column: str
    formula: str
    rows: dict[str, int] = field(default_factory=dict)
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Value:
    """A value of a text: in canonical form (None is a gap), its kind, its unit or vocabulary, and its origin."""

    value: str | None
    kind: str
    unit: str
    origin: Origin

    def as_json(self) -> dict:
        """Give the plain form that the context file holds."""
        plain = asdict(self)
        if not self.origin.values:
            del plain["origin"]["values"]
        return plain


@dataclass(frozen=True)
class ModelTable:
    """A table of the model with its schema and the place of its rows in the source."""

    schema: Table
    rows: Rows
    file: str
    numbers: list[int]

    def row_key(self, index: int) -> str:
        """Name a row by its key columns, as in pledges or government/CI."""
        return "/".join(self.rows[index][name] for name in self.schema.key if self.rows[index][name])


def cell_values(name: str, table: ModelTable) -> Iterator[tuple[str, Value]]:
    """Give every cell of a table that has one key column, as table.key.column."""
    if len(table.schema.key) != 1:
        return
    for index, row in enumerate(table.rows):
        key = table.row_key(index)
        for column, schema in table.schema.columns.items():
            if column not in table.schema.key:
                origin = Origin(table.file, column, "cell", {key: table.numbers[index]})
                yield f"{name}.{key}.{column}", Value(row[column] or None, *_kind(schema), origin)


def _kind(column: Column) -> tuple[str, str]:
    if column.type in {"choice", "criterion"}:
        return "label", column.vocabulary or "criterion"
    return column.type, ""


class Calculator:
    """Work out value rules over the tables of a model; a rule may use values worked out before it."""

    def __init__(self, tables: Mapping[str, ModelTable], vocabulary: Mapping[str, list[str]]) -> None:
        self.tables = tables
        self.vocabulary = vocabulary
        self.values: dict[str, Value] = {}

    def add_table(self, name: str) -> None:
        """Add a table's cells and the values its schema declares."""
        table = self.tables[name]
        self.values.update(cell_values(name, table))
        for value, rule in table.schema.values.items():
            self.add(f"{name}.{value}", rule, name)

    def add(self, path: str, rule: ValueRule, table: str) -> None:
        """Add the value of one rule, or one per content of the column named in `by`."""
        if rule.share:
            self.values[path] = self._share(rule)
        elif rule.months_between:
            self.values[path] = self._months(rule)
        elif rule.by:
            for content in self.contents(table, rule.by):
                narrowed = rule.model_copy(update={"where": {**rule.where, rule.by: (content,)}, "by": None})
                self.values[f"{path}.{content}"] = self._aggregate(narrowed, table)
        else:
            self.values[path] = self._aggregate(rule, table)

    def contents(self, table: str, column: str) -> list[str]:
        """List what a column can hold: its vocabulary or the table it refers to, else what it does hold."""
        schema = self.tables[table].schema.columns[column]
        if schema.vocabulary:
            return self.vocabulary[schema.vocabulary]
        if schema.reference:
            table, _, column = schema.reference.partition(".")
        return list(dict.fromkeys(row[column] for row in self.tables[table].rows if row[column]))

    def _aggregate(self, rule: ValueRule, name: str) -> Value:
        table = self.tables[name]
        chosen = [i for i, row in enumerate(table.rows) if all(row[c] in allowed for c, allowed in rule.where.items())]
        rows = [table.rows[i] for i in chosen]
        formula, column = next((f, c) for f in FORMULAS if (c := getattr(rule, f)))
        if formula == "largest_total":
            result = _largest_total(rows, column, rule.by_total or "")
        elif formula == "attained":
            indicators = self.tables["indicators"].rows if "indicators" in self.tables else []
            result = _attained(rows, column, {row["key"]: row["baseline"] for row in indicators})
        else:
            result = FORMULAS[formula](rows, column)
        where = " and ".join(f"{c} = {' or '.join(allowed)}" for c, allowed in rule.where.items())
        text = f"{formula}({column})" + (f" where {where}" if where else "")
        unit = rows[0][rule.unit] if rule.unit and rows else ""
        kind = "money" if rule.unit else "number"
        origin = Origin(table.file, column, text, {table.row_key(i): table.numbers[i] for i in chosen})
        return Value(_text(result), kind, unit, origin)

    def _share(self, rule: ValueRule) -> Value:
        part, whole = self.values[rule.share or ""], self.values[rule.of or ""]
        share = None
        if part.value is not None and whole.value is not None and Decimal(whole.value):
            share = Decimal(part.value) / Decimal(whole.value) * 100
        formula, values = f"{rule.share} / {rule.of} * 100", (rule.share or "", rule.of or "")
        origin = Origin(part.origin.file, part.origin.column, formula, part.origin.rows, values)
        return Value(_text(share), "percent", "", origin)

    def _months(self, rule: ValueRule) -> Value:
        values = rule.months_between or ("", "")
        start, end = (self.values[path] for path in values)
        months = None
        if start.value and end.value:
            months = Decimal(_month(end.value, last=True) - _month(start.value, last=False))
        rows = {**start.origin.rows, **end.origin.rows}
        formula = "months from {} to {}".format(*values)
        origin = Origin(start.origin.file, start.origin.column, formula, rows, values)
        return Value(_text(months), "number", "", origin)


def _month(day: str, last: bool) -> int:
    """Count months; an end counts to the close of its month or year, a start from the opening."""
    parts = [int(part) for part in day.split("-")]
    month = parts[1] if len(parts) > 1 else (12 if last else 1)
    return parts[0] * 12 + month - (0 if last else 1)


def _numbers(rows: Rows, column: str) -> list[Decimal] | None:
    """Read a column's numbers; None when a single one is missing, for then no total is known."""
    texts = [row[column] for row in rows]
    return [Decimal(text) for text in texts] if texts and all(texts) else None


def _over_numbers(function: Callable[[Iterable[Decimal]], Decimal]) -> Callable[[Rows, str], Decimal | None]:
    def aggregate(rows: Rows, column: str) -> Decimal | None:
        numbers = _numbers(rows, column)
        return None if numbers is None else Decimal(function(numbers))

    return aggregate


def _count(rows: Rows, column: str) -> Decimal:
    return Decimal(len(rows) if column == ALL_ROWS else sum(bool(row[column]) for row in rows))


def _distinct(rows: Rows, column: str) -> Decimal:
    return Decimal(len({row[column] for row in rows if row[column]}))


def _largest_total(rows: Rows, column: str, by: str) -> Decimal | None:
    totals: dict[str, Decimal] = {}
    for row in rows:
        totals[row[by]] = totals.get(row[by], Decimal(0)) + Decimal(row[column] or 0)
    return max(totals.values(), default=None)


def _attained(rows: Rows, by: str, baselines: Mapping[str, str]) -> Decimal:
    """Count the contents of `by` whose actual values reach their targets in the latest year that has both."""
    reached = 0
    for content in {row[by] for row in rows}:
        own = [row for row in rows if row[by] == content and row["target"] and row["actual"]]
        year = max((row["year"] for row in own), default=None)
        latest = [row for row in own if row["year"] == year]
        actual, target = (sum((Decimal(row[name]) for row in latest), Decimal(0)) for name in ("actual", "target"))
        baseline = baselines.get(content)
        reached += bool(latest) and attains(actual, target, Decimal(baseline) if baseline else None)
    return Decimal(reached)


FORMULAS: dict[str, Callable[..., Decimal | None]] = {
    "count": _count,
    "sum": _over_numbers(sum),  # type: ignore[arg-type]
    "maximum": _over_numbers(max),
    "minimum": _over_numbers(min),
    "distinct": _distinct,
    "largest_total": _largest_total,
    "attained": _attained,
}


def _text(number: Decimal | None) -> str | None:
    """Write a result in canonical form; a share keeps six digits, more than any text shows."""
    if number is None:
        return None
    return format(round(number, 6).normalize(), "f")
