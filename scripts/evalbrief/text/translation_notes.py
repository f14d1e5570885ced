"""Say what a translation lacks against its original: texts, cells, numbers, and originals that have changed since."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from evalbrief.data.problem import cell_place
from evalbrief.data.schema import Table
from evalbrief.folder import FACTS
from evalbrief.text.faults import EXPRESSION
from evalbrief.text.translation import Texts, read_record, read_texts, translated_rows

# What of Markdown is written with digits and says no number: markers of lists and of notes.
MARKER = re.compile(r"^\s*\d+[.)]\s|\[\^[^]]+\]:?", re.MULTILINE)
NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d+)*")


def notes(folder: Path, schemas: Mapping[str, Table], original: str, language: str) -> list[str]:
    """List in sentences what the translation of an evaluation into `language` lacks."""
    source, made = read_texts(folder, schemas, original), read_texts(folder, schemas, language)
    record, problems = read_record(folder)
    found = [problem.message for problem in problems]
    for name in source.words:
        found += _text_notes(f"data/{folder.name}", name, source, made, record.get(language, {}))
    for schema in schemas.values():
        found += _empty_cells(folder, schema, original, language)
    unrecorded = [name for name in made.words if name in source.words and name not in record.get(language, {})]
    if unrecorded:
        found.append(
            f"data/{folder.name}, {language}: it is not known from which state of the original {len(unrecorded)} texts"
            f" were made. When they are right: python3 brief.py translated {folder.name} {language}"
        )
    return found


def bound_values(text: str) -> Counter[str]:
    """Count the values, figures and tables that a text names, whatever filter writes them."""
    return Counter(re.sub(r"\s|\|.*", "", found[2:-2]) for found in EXPRESSION.findall(text))


def typed_numbers(text: str) -> Counter[str]:
    """Count the numbers that stand in a text as digits, such as years and names."""
    return Counter(NUMBER.findall(MARKER.sub("", EXPRESSION.sub("…", text))))


def _text_notes(where: str, name: str, source: Texts, made: Texts, record: Mapping[str, str]) -> Iterator[str]:
    place, origin = _place(where, name, made.language), _place(where, name, source.language)
    if name not in made.words:
        yield f"{place} is missing: {origin} is not translated, and shows as a gap."
        return
    if record.get(name, source.digest(name)) != source.digest(name):
        yield f"{place} is older than {origin}, which has changed since."
    if name == FACTS:
        own, others = (texts.words[name].count("\n") + 1 for texts in (made, source))
        if own != others:
            yield f"{place} has {own} texts, that in {source.language} {others}."
        return
    for count, shown in ((bound_values, "{{{{ {} }}}}"), (typed_numbers, "{}")):
        theirs, ours = count(source.words[name]), count(made.words[name])
        for number in theirs - ours:
            yield f"{place}: {shown.format(number)} is not said as often as in {source.language}."
        for number in ours - theirs:
            yield f"{place}: {shown.format(number)} is said more often than in {source.language}."


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
