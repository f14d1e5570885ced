"""Check the data of one evaluation in one language: everything that is wrong at once, or the model."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from evalbrief.data.addresses import read_sources
from evalbrief.data.consistency import check_consistency
from evalbrief.data.criteria import Heading, criterion_headings
from evalbrief.data.evaluation import Evaluation, read_evaluation
from evalbrief.data.formulas import read_formulas
from evalbrief.data.glyphs import unprintable
from evalbrief.data.problem import DataProblems, Problem, cell_place, meant_or_allowed, nearest
from evalbrief.data.schema import Table
from evalbrief.data.source import SourceTable, files_in, read_csv, read_yaml
from evalbrief.data.table import TypedTable, check_table
from evalbrief.data.words import check_words
from evalbrief.folder import FACTS, FETCHED, FORMULAS, TRANSLATIONS

# Endings of the files that spreadsheets keep as their own.
WORKBOOKS = ("xlsx", "xls", "xlsm", "xlsb", "ods", "numbers")


@dataclass(frozen=True)
class CheckedEvaluation:
    """An evaluation whose data is right: its facts, criteria, tables and own formulas in one language."""

    facts: Evaluation
    headings: list[Heading]
    tables: dict[str, TypedTable]
    formulas: dict[str, dict]


def check_evaluation(
    folder: str | Path, schemas: Mapping[str, Table], vocabulary: Mapping[str, Mapping[str, str]], language: str
) -> CheckedEvaluation:
    """Check every file of an evaluation's folder; raise DataProblems with all there is to correct.

    `vocabulary` is the label file's: the allowed keys of each list with their words.
    """
    folder = Path(folder)
    facts, problems = read_evaluation(folder / FACTS, _shown(folder, FACTS))
    problems += read_sources(read_yaml(folder / FACTS, _shown(folder, FACTS))[0], _shown(folder, FACTS), schemas)[1]
    problems += _unknown_files(folder, schemas)
    formulas, found = read_formulas(folder / FORMULAS, _shown(folder, FORMULAS), schemas)
    problems += found
    headings = []
    if facts:
        problems += check_words(facts, folder / FACTS, _shown(folder, FACTS), vocabulary, language)
        headings = criterion_headings(facts.criteria, vocabulary["criterion"], language)
    criteria = None
    if facts and not any("criteria" in problem.place for problem in problems):
        names = [zip(heading.members, heading.names, strict=True) for heading in headings]
        criteria = {member: name for heading in names for member, name in heading}

    sources: dict[str, SourceTable] = {}
    unread = set()
    for name in schemas:
        sources[name], found = _read(folder, name)
        problems += found + _unprintable_cells(sources[name])
        if found and not sources[name].header:
            unread.add(name)
    tables: dict[str, TypedTable] = {}
    for name, schema in schemas.items():
        if not sources[name].header:
            tables[name] = TypedTable(sources[name].file, [])
            continue
        choices = _choices(schema, sources, unread, vocabulary, criteria)
        tables[name], found = check_table(sources[name], schema, language, choices)
        problems += found
    if facts:
        faulty = {problem.file for problem in problems}
        sound = {name: replace(table, rows=[]) if table.file in faulty else table for name, table in tables.items()}
        problems += check_consistency(sound, facts)
    if problems or not facts:
        raise DataProblems(problems)
    return CheckedEvaluation(facts, headings, tables, formulas)


def _shown(folder: Path, name: str) -> str:
    return f"data/{folder.name}/{name}"


def _read(folder: Path, name: str) -> tuple[SourceTable, list[Problem]]:
    path, shown = folder / f"{name}.csv", _shown(folder, f"{name}.csv")
    return read_csv(path, shown) if path.exists() else (SourceTable(shown, [], []), [])


def _unknown_files(folder: Path, schemas: Collection[str]) -> list[Problem]:
    known = [FACTS, FORMULAS, TRANSLATIONS, *(f"{name}.csv" for name in schemas)]
    return [
        Problem(_shown(folder, path.name), "", *_unknown_file(path.name, known, schemas))
        for path in files_in(folder)
        if path.name not in (*known, FETCHED)
    ]


def _unknown_file(name: str, known: Collection[str], tables: Collection[str]) -> tuple[str, str]:
    """Say what is wrong with a file; a workbook that only got the name of a table could not be read."""
    stem, _, ending = name.rpartition(".")
    if ending.lower() not in WORKBOOKS:
        return "an evaluation has no file of this name.", meant_or_allowed(name, known)
    near = nearest(stem, tables)
    name = f"the name {near}.csv" if near else "the name of a table"
    hint = f"Save it as CSV UTF-8 (File > Save as) under {name}, or move it out of the folder."
    allowed = "" if near else f" Allowed: {', '.join(f'{table}.csv' for table in tables)}."
    return "a workbook is not read.", f"{hint}{allowed}"


def _unprintable_cells(source: SourceTable) -> list[Problem]:
    return [
        Problem(source.file, cell_place(row.number, column), *fault)
        for row in source.rows
        for column, text in row.cells.items()
        if (fault := unprintable(text))
    ]


def _choices(
    schema: Table,
    sources: Mapping[str, SourceTable],
    unread: Collection[str],
    vocabulary: Mapping[str, Mapping[str, str]],
    criteria: Collection[str] | None,
) -> dict[str, Collection[str] | None]:
    """List what each column may name; None for anything, where the list itself could not be read."""
    choices: dict[str, Collection[str] | None] = {}
    for name, column in schema.columns.items():
        if column.type == "choice":
            choices[name] = vocabulary[column.vocabulary]
        elif column.type == "criterion":
            choices[name] = criteria
        elif column.type == "reference":
            table, _, key = column.reference.partition(".")
            keys = {row.cells.get(key, "") for row in sources[table].rows} - {""}
            choices[name] = None if table in unread else keys
    return choices
