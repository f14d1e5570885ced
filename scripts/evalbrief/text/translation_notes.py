"""Say what a translation lacks against its original: texts, cells, numbers, and originals that have changed since."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.numbers import get_decimal_symbol

from evalbrief.data.problem import cell_place
from evalbrief.data.schema import Table
from evalbrief.folder import FACTS
from evalbrief.text.faults import EXPRESSION
from evalbrief.text.translation import Texts, read_record, read_texts, translated_rows

# What of Markdown is written with digits and says no number: markers of lists and of notes.
MARKER = re.compile(r"^\s*\d+[.)]\s|\[\^[^]]+\]:?", re.MULTILINE)
# A plain space groups digits only in threes: "2 400", but "en 2022 12 villages".
NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+|(?<!\d{4}) \d{3}(?!\d))*")

# Texts named in one sentence.
MOST_NAMED = 3


def notes(folder: Path, schemas: Mapping[str, Table], original: str, language: str) -> list[str]:
    """List in sentences what the translation of an evaluation into `language` lacks."""
    source, made = read_texts(folder, schemas, original), read_texts(folder, schemas, language)
    record, problems = read_record(folder)
    found = [problem.message for problem in problems]
    found += _missing_rows(f"data/{folder.name}", source, made)
    for name in source.words:
        found += _text_notes(f"data/{folder.name}", name, source, made, record.get(language, {}))
    for schema in schemas.values():
        found += _empty_cells(folder, schema, original, language)
    unrecorded = [name for name in made.words if name in source.words and name not in record.get(language, {})]
    if unrecorded:
        found.append(
            f"data/{folder.name}, {language}: it is not known from which state of the original {_named(unrecorded)}."
            f" When all is right: python3 brief.py translated {folder.name} {language}"
        )
    return found


def _named(names: list[str]) -> str:
    """Say that texts were made, naming the first: these 5 texts were made: a, b, c and 2 more."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    were = "this text was" if len(names) == 1 else f"these {len(names)} texts were"
    return f"{were} made: {', '.join(names[:MOST_NAMED])}{more}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def bound_values(text: str, _: str = "") -> Counter[str]:
    """Count the values, figures and tables that a text names, whatever filter writes them."""
    return Counter(re.sub(r"\s|\|.*", "", found[2:-2]) for found in EXPRESSION.findall(text))


def typed_numbers(text: str, language: str) -> Counter[str]:
    """Count the numbers that stand in a text as digits, such as years, in the one form 1234.5 whatever the language."""
    decimal = get_decimal_symbol(language)
    prose = MARKER.sub("", EXPRESSION.sub("…", text))
    return Counter(_plain(found, decimal) for found in NUMBER.findall(prose))


def _plain(number: str, decimal: str) -> str:
    """Write a number without the signs that group its digits; a number such as 8.7 that groups none stays itself."""
    groups = re.sub(r"[.,\u00a0\u202f' ](?=\d{3}(?!\d))", "", number)
    return groups.replace(decimal, ".") if groups.count(decimal) == 1 else groups


def _text_notes(where: str, name: str, source: Texts, made: Texts, record: Mapping[str, str]) -> Iterator[str]:
    place, origin = _place(where, name, made.language), _place(where, name, source.language)
    if name not in made.words:
        if name.startswith("text/"):
            yield f"{place} is missing: {origin} is not translated, and shows as a gap."
        return
    if record.get(name, source.digest(name)) != source.digest(name):
        yield f"{place} was made from an older {origin}, which has changed since."
    if name == FACTS:
        own, others = (texts.words[name].count("\n") + 1 for texts in (made, source))
        if own != others:
            yield f"{place} has {_counted(own, 'text')}, that in {source.language} {others}."
        return
    for count, shown in ((bound_values, "{{{{ {} }}}}"), (typed_numbers, "{}")):
        theirs, ours = count(source.words[name], source.language), count(made.words[name], made.language)
        for number in theirs - ours:
            yield f"{place}: {shown.format(number)} is not said as often as in {source.language}."
        for number in ours - theirs:
            yield f"{place}: {shown.format(number)} is said more often than in {source.language}."


def _missing_rows(where: str, source: Texts, made: Texts) -> Iterator[str]:
    """Count by table the rows that have no words in the translation."""
    missing = Counter(
        name.partition("/")[0]
        for name in source.words
        if "/" in name and not name.startswith("text/") and name not in made.words
    )
    for file, count in missing.items():
        have, show = ("has", "it shows as a gap") if count == 1 else ("have", "they show as gaps")
        yield f"{where}/{file}: {_counted(count, 'row')} {have} no words in {made.language}; {show}."


def _place(where: str, name: str, language: str) -> str:
    if name.startswith("text/"):
        return f"{where}/text/{language}/{name.removeprefix('text/')}"
    file, _, row = name.partition("/")
    return f'{where}/{file}, "{row}" in {language}' if row else f"{where}/{file} in {language}"


def _empty_cells(folder: Path, schema: Table, original: str, language: str) -> list[str]:
    """Name the cells that only the original fills, of rows that are translated otherwise."""
    table, found = f"{schema.table}.csv", []
    rows = zip(translated_rows(folder, schema, original), translated_rows(folder, schema, language), strict=True)
    for (number, _, source), (_, _, made) in rows:
        empty = [name for name in source if source[name] and not made[name]]
        if empty and any(made.values()):
            places = ", ".join(cell_place(number, f"{name}_{language}") for name in empty)
            found.append(f"data/{folder.name}/{table}, {places}: the cell is empty, that in {original} is not.")
    return found
