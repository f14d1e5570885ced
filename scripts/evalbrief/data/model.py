"""Write the model: one file per table in one form, so that a change travels no further than it must."""

import csv
from decimal import Decimal
from pathlib import Path

from evalbrief.data.check import CheckedEvaluation
from evalbrief.data.evaluation import Evaluation, Words
from evalbrief.data.schema import Table
from evalbrief.data.table import Cell
from evalbrief.files import write_json


def write_model(checked: CheckedEvaluation, schemas: dict[str, Table], language: str, folder: str | Path) -> None:
    """Write every table, the facts and the origins of one evaluation in one language into `folder`."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas.items():
        rows = [[_plain(row.values[column]) for column in schema.columns] for row in checked.tables[name].rows]
        write_csv(folder / f"{name}.csv", list(schema.columns), rows)
    write_csv(
        folder / "criteria.csv",
        ["key", "members", "names", "label"],
        [
            [heading.key, ";".join(heading.members), ";".join(heading.names), heading.label]
            for heading in checked.headings
        ],
    )
    scale = checked.facts.rating_scale
    write_csv(
        folder / "rating_scale.csv",
        ["lowest", "highest", "unit"],
        [[_plain(scale.lowest), _plain(scale.highest), scale.unit]] if scale else [],
    )
    write_json(folder / "facts.json", _facts(checked.facts, language))
    write_json(folder / "values.json", checked.formulas)
    origins = {
        name: {"file": table.file, "rows": [row.number for row in table.rows]}
        for name, table in checked.tables.items()
        if table.rows
    }
    write_json(folder / "origins.json", origins)


def write_csv(path: Path, header: list[str], rows: list[list[str]]) -> None:
    """Write a table in the one form of this project: UTF-8, commas, line feeds."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def _facts(facts: Evaluation, language: str) -> dict:
    def words(value: Words | None) -> str | None:
        return value.get(language) if isinstance(value, dict) else value

    return {
        "title": words(facts.title),
        "notice": words(facts.notice),
        "country_groups": words(facts.country_groups),
        "countries": facts.countries,
        "date_completed": facts.date_completed,
        "date_approved": facts.date_approved,
        "type": facts.type,
        "timing": facts.timing,
        "nature": facts.nature,
        "profile": facts.profile,
        "admin_office": words(facts.admin_office),
        "tech_offices": [words(office) for office in facts.tech_offices],
        "managers": facts.managers,
        "evaluators": facts.evaluators,
        "codes": facts.codes,
        "donors": [
            {
                "name": words(donor.name),
                "amount": None if donor.amount is None else _plain(donor.amount),
                "currency": donor.currency,
            }
            for donor in facts.donors
        ],
        "keywords": facts.keywords.get(language, []),
        "rating_scale": {name: _plain(value) for name, value in facts.rating_scale} if facts.rating_scale else None,
    }


def _plain(value: Cell) -> str:
    """Write a value the one way it can be written: 60, 16.6, 2400000."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)
