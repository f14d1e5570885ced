"""Make a portfolio of invented evaluations of any size, always the same for the same seed.

.venv/bin/python tests/benchmarks/portfolio.py FOLDER --evaluations 100 --seed 1
"""

import argparse
import contextlib
import csv
import io
import json
import shutil
import sys
from collections.abc import Collection
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "scripts"))

from evalbrief.data.schema import Table, read_schemas  # noqa: E402
from evalbrief.text.translation import accept  # noqa: E402
from invented_tables import Row, Tables, invent_tables  # noqa: E402
from invented_text import invent_sections  # noqa: E402
from phrases import LANGUAGES, Phrase, read_phrases  # noqa: E402

SCHEMAS = ROOT / "data" / "schemas"
CRITERIA = ("relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability", "human_rights_gender")
OPTIONAL = ("coherence", "impact", "sustainability", "human_rights_gender")
# One language, two, three: how often.
NUMBERS_OF_LANGUAGES = {1: 80, 2: 15, 3: 5}
FORMULAS = {
    "interviews": ["women_share: {share: interviews.women, of: interviews.people}"],
    "ratings": [
        "highest_rating: {table: ratings, maximum: rating}",
        "lowest_rating: {table: ratings, minimum: rating}",
    ],
    "survey": [
        'needs_agree: {table: survey, sum: respondents, where: {question: needs, level: "4"}}',
        "needs_answers: {table: survey, sum: respondents, where: {question: needs}}",
        "needs_share: {share: values.needs_agree, of: values.needs_answers}",
    ],
}


def make_portfolio(folder: Path, number: int, seed: int) -> list[str]:
    """Write `number` evaluations to data/ in the project's folder and return their names.

    The n-th evaluation of a seed is the same in a portfolio of any size. One of the same name is replaced.
    """
    names = [f"evaluation_{index:04}" for index in range(1, number + 1)]
    for name in names:
        _make_evaluation(folder.resolve(), name, Random(f"{seed} {name}"))
    return names


def _make_evaluation(project: Path, name: str, rng: Random) -> None:
    """Invent one evaluation and write its folder."""
    weights = NUMBERS_OF_LANGUAGES
    languages = rng.sample(LANGUAGES, rng.choices(list(weights), list(weights.values()))[0])
    idea = rng.choice(list(read_phrases("projects")["projects"].values()))
    region = rng.choice(list(read_phrases("projects")["regions"].values()))
    countries = sorted(rng.sample(region["countries"], rng.randint(2, min(5, len(region["countries"])))))
    criteria = [name for name in CRITERIA if name not in OPTIONAL or rng.random() < 0.7]
    start = rng.randint(2015, 2022)
    tables = invent_tables(rng, countries, criteria, start)
    headings = _headings(rng, criteria)
    aim = {language: idea["aim"][language] for language in languages}
    sections = invent_sections(rng, tables, ["_".join(names) for names in headings], aim)

    folder = project / "data" / name
    shutil.rmtree(folder, ignore_errors=True)
    facts = _facts(rng, idea, region["name"], countries, headings, tables, languages)
    _write(folder / "evaluation.yaml", "".join(f"{key}: {_yaml(entry)}\n" for key, entry in facts.items()))
    as_excel = rng.random() < 0.2
    for table, rows in tables.items():
        _write(folder / f"{table}.csv", _csv(rows, languages, as_excel))
    formulas = [line for table, lines in FORMULAS.items() if table in tables for line in lines]
    if formulas:
        _write(folder / "values.yaml", "\n".join(formulas) + "\n")
    for section, texts in sections.items():
        for language, text in texts.items():
            _write(folder / "text" / language / f"{section}.md", text)
    _record_translations(project, folder, languages)


def _facts(
    rng: Random,
    idea: Row,
    region: Phrase,
    countries: list[str],
    headings: list[list[str]],
    tables: Tables,
    languages: list[str],
) -> dict[str, Any]:
    """Invent the quick facts."""
    words = read_phrases("projects")["facts"]
    report = tables["milestones"][-1]["start"]

    def said(phrase: dict[str, Any]) -> dict[str, Any]:
        return {language: phrase[language] for language in languages}

    facts: dict[str, Any] = {
        "title": said(idea["title"]),
        "notice": said(words["notice"]),
        "country_groups": said(region),
        "countries": countries,
        "date_completed": report,
        "date_approved": rng.choice((None, report[:7])),
        "type": "project",
        "timing": rng.choice(("mid_term", "final")),
        "nature": rng.choice(("independent", "internal", "self")),
        "profile": "draft",
        "original": languages[0],
        "admin_office": f"CO-{rng.choice(countries)}",
        "tech_offices": [f"DWT-{rng.choice(countries)}"],
        "managers": [f"{rng.choice('ABCDEF')}. Example"],
        "evaluators": [f"{letter}. Example" for letter in rng.sample("GHIJKLM", rng.randint(1, 3))],
        "codes": [f"RAF/{rng.randint(15, 22)}/{rng.randint(1, 99):02}/XXX"],
        "donors": [{"name": said(words["donor"]), "amount": rng.randint(8, 90) * 100000, "currency": "EUR"}],
        "keywords": {language: [*words["keywords"][language], *idea["keywords"][language]] for language in languages},
        "criteria": [names if len(names) > 1 else names[0] for names in headings],
    }
    if "ratings" in tables:
        facts["rating_scale"] = {"lowest": 1, "highest": 6, "unit": "points"}
    return facts


def _headings(rng: Random, criteria: list[str]) -> list[list[str]]:
    """Give the criteria by heading, in their order; impact and sustainability sometimes share one."""
    shared = ["impact", "sustainability"]
    if set(shared) <= set(criteria) and rng.random() < 0.4:
        at = criteria.index(shared[0])
        return [*([name] for name in criteria[:at]), shared, *([name] for name in criteria[at + 2 :])]
    return [[name] for name in criteria]


def _yaml(entry: Any) -> str:
    """Write an entry of a YAML file: JSON is YAML too, but for nothing and dates, which people write as they are."""
    if entry is None:
        return ""
    return json.dumps(entry, ensure_ascii=False)


def _csv(rows: list[Row], languages: Collection[str], as_excel: bool) -> str:
    """Write a table, a column for each language of a phrase; as Excel does in Europe, or with commas and points."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";" if as_excel else ",", lineterminator="\n")
    cells = [_cells(row, languages) for row in rows]
    writer.writerow(cells[0])
    for row in cells:
        numbers = (
            str(cell).replace(".", ",") if isinstance(cell, float) and as_excel else cell for cell in row.values()
        )
        writer.writerow(numbers)
    return ("\ufeff" if as_excel else "") + file.getvalue()


def _cells(row: Row, languages: Collection[str]) -> Row:
    """Spread the phrases of a row over the columns of the languages."""
    cells: Row = {}
    for column, value in row.items():
        if isinstance(value, dict):
            cells |= {f"{column}_{language}": value[language] for language in languages}
        else:
            cells[column] = value
    return cells


def _record_translations(project: Path, folder: Path, languages: list[str]) -> None:
    """Record all translations as right."""
    if len(languages) == 1:
        return
    schemas = all_schemas()
    with contextlib.chdir(project):
        for language in languages[1:]:
            accept(folder, schemas, languages[0], language, ())


@cache
def all_schemas() -> dict[str, Table]:
    """Read the schemas once for all evaluations."""
    return read_schemas(SCHEMAS)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Make a portfolio as the command line says."""
    parser = argparse.ArgumentParser(description="Write invented evaluations to data/ in a project's folder.")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--evaluations", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    names = make_portfolio(arguments.folder, arguments.evaluations, arguments.seed)
    print(f"{len(names)} evaluations are in {arguments.folder / 'data'}.")


if __name__ == "__main__":
    main()
