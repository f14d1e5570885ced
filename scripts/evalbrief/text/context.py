"""Build the context: everything a template may say about one evaluation in one language."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from evalbrief.data.problem import DataProblems
from evalbrief.data.schema import Table
from evalbrief.files import read_json, read_rows
from evalbrief.text.own_values import add_own_values
from evalbrief.text.values import Calculator, ModelTable, Origin, Value

# The kind of each quick fact; the others are text.
FACT_KINDS = {
    "date_completed": ("date", ""),
    "date_approved": ("date", ""),
    "type": ("label", "type"),
    "timing": ("label", "timing"),
    "nature": ("label", "nature"),
}


def context(
    model: str | Path, schemas: Mapping[str, Table], evaluation: str, vocabulary: Mapping[str, list[str]]
) -> dict:
    """Gather facts, headings, rows and values from the model folder of one evaluation and language.

    `vocabulary` lists the keys of each vocabulary, so that a count by one of them can be nought. Raises DataProblems
    for formulas of values.yaml that cannot be worked out.
    """
    model = Path(model)
    facts = read_json(model / "facts.json")
    origins = read_json(model / "origins.json")
    rules = read_json(model / "values.json")
    tables = {
        name: ModelTable(
            schema,
            read_rows(model / f"{name}.csv"),
            origins.get(name, {}).get("file", ""),
            origins.get(name, {}).get("rows", []),
        )
        for name, schema in schemas.items()
    }
    calculator = Calculator(tables, vocabulary)
    calculator.values.update(_fact_values(facts, f"data/{evaluation}/evaluation.yaml"))
    for name, table in tables.items():
        if table.rows:
            calculator.add_table(name)
    if problems := add_own_values(calculator, rules, f"data/{evaluation}/values.yaml"):
        raise DataProblems(problems)
    return {
        "facts": facts,
        "headings": [_heading(row) for row in read_rows(model / "criteria.csv")],
        "rows": {name: table.rows for name, table in tables.items()},
        "values": {path: value.as_json() for path, value in calculator.values.items()},
    }


def _heading(row: dict[str, str]) -> dict:
    members, names = row["members"].split(";"), row["names"].split(";")
    return {"key": row["key"], "members": dict(zip(members, names, strict=True)), "label": row["label"]}


def _fact_values(facts: dict, file: str) -> Iterator[tuple[str, Value]]:
    for name, content in facts.items():
        if name == "donors":
            for index, donor in enumerate(content):
                yield from _donor_values(index, donor, file)
        elif name == "rating_scale":
            for bound in ("lowest", "highest") if content else ():
                origin = Origin(file, f"{name}.{bound}", "entry")
                yield f"facts.{name}.{bound}", Value(content[bound], "number", "", origin)
        elif isinstance(content, list):
            kind = "country" if name == "countries" else "text"
            for index, item in enumerate(content):
                yield f"facts.{name}[{index}]", Value(item, kind, "", Origin(file, f"{name}[{index}]", "entry"))
        else:
            yield f"facts.{name}", Value(content, *FACT_KINDS.get(name, ("text", "")), Origin(file, name, "entry"))


def _donor_values(index: int, donor: dict, file: str) -> Iterator[tuple[str, Value]]:
    for name, kind, unit in (("name", "text", ""), ("amount", "money", donor["currency"] or "")):
        path = f"donors[{index}].{name}"
        yield f"facts.{path}", Value(donor[name], kind, unit, Origin(file, path, "entry"))
