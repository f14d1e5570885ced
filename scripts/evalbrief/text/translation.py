"""Say of a translation what it lacks and what has changed since, by content: texts, rows of tables, quick facts.

translations.yaml keeps for each translated text a digest of the text it was made from; a date says nothing, for a copy,
an e-mail or a repository sets it anew.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evalbrief.data.problem import cell_place
from evalbrief.data.schema import Table
from evalbrief.data.source import UnreadableError, decode, read_csv, read_yaml
from evalbrief.folder import FACTS, TRANSLATIONS, text_files
from evalbrief.text.faults import EXPRESSION

HEAD = """# Which text each translation was made from, by digest.
# Written by: python3 brief.py translated EVALUATION LANGUAGE
"""
DIGEST = 12
MARKER = re.compile(r"^\s*\d+[.)]\s|\[\^[^]]+\]:?", re.MULTILINE)
NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d+)*")


@dataclass(frozen=True)
class Texts:
    """What an evaluation says in one language by the name of the text: a section, a row of a table, the facts."""

    language: str
    words: Mapping[str, str]

    def digest(self, name: str) -> str:
        """Digest a text as it is written."""
        return hashlib.sha256(self.words[name].encode()).hexdigest()[:DIGEST]


def read_texts(folder: Path, schemas: Mapping[str, Table], language: str) -> Texts:
    """Read all that an evaluation says in a language; what cannot be read is left out, for the check names it."""
    words = {}
    for path in map(Path, text_files(folder.name, language)):
        try:
            words[f"text/{path.name}"] = decode(path).replace("\r\n", "\n").strip()
        except UnreadableError:
            continue
    for name, schema in schemas.items():
        for _, key, cells in _translated_rows(folder, schema, language):
            if any(cells.values()):
                words[f"{name}.csv/{key}"] = "\n".join(cells.values())
    content, _ = read_yaml(folder / FACTS, FACTS)
    if facts := "\n".join(_in_language(content, language)):
        words[FACTS] = facts
    return Texts(language, words)


def read_record(folder: Path) -> dict[str, dict[str, str]]:
    """Read translations.yaml: digests of originals by language and text; nothing when there is no such file."""
    path = folder / TRANSLATIONS
    content = read_yaml(path, TRANSLATIONS)[0] if path.exists() else {}
    return {language: dict(texts) for language, texts in content.items() if isinstance(texts, dict)}


def write_record(folder: Path, record: Mapping[str, Mapping[str, str]]) -> None:
    """Write translations.yaml in the one form of this project."""
    lines = [HEAD]
    for language in sorted(record):
        lines += [f"{language}:\n", *(f'  "{name}": "{digest}"\n' for name, digest in sorted(record[language].items()))]
    (folder / TRANSLATIONS).write_text("".join(lines), encoding="utf-8", newline="\n")


def accept(
    folder: Path, schemas: Mapping[str, Table], original: str, language: str, names: Collection[str]
) -> list[str]:
    """Record that texts of a language were made from the originals of today; return which. `names` empty means all.

    A name is that of a section (logic), of a table (recommendations.csv) or of one text (recommendations.csv/training).
    """
    source, made = read_texts(folder, schemas, original), read_texts(folder, schemas, language)
    record = read_record(folder)
    chosen = [name for name in made.words if name in source.words and (not names or _meant(name, names))]
    gone = {name for name in record.get(language, {}) if name not in source.words}
    kept = {name: digest for name, digest in record.get(language, {}).items() if name not in gone}
    record[language] = kept | {name: source.digest(name) for name in chosen}
    write_record(folder, record)
    return chosen


def notes(folder: Path, schemas: Mapping[str, Table], original: str, language: str) -> list[str]:
    """List what a translation lacks against its original: texts, cells, numbers, and originals that have changed."""
    source, made = read_texts(folder, schemas, original), read_texts(folder, schemas, language)
    record = read_record(folder).get(language, {})
    where, found = f"data/{folder.name}", []
    for name in source.words:
        place = _place(where, name, language)
        if name not in made.words:
            found.append(f"{place} is missing: {_place(where, name, original)} is not translated, and shows as a gap.")
        elif name in record and record[name] != source.digest(name):
            found.append(f"{place} is older than {_place(where, name, original)}, which has changed since.")
        count, others = (texts.words.get(name, "").count("\n") + 1 for texts in (made, source))
        if name == FACTS and name in made.words and count != others:
            found.append(f"{place} has {count} texts, that in {original} {others}.")
        if name in made.words and name.startswith("text/"):
            found += [f"{place}: {fault}" for fault in _other_numbers(source.words[name], made.words[name], original)]
    for name in schemas:
        found += _empty_cells(folder, schemas[name], original, language)
    unrecorded = [name for name in made.words if name in source.words and name not in record]
    if unrecorded:
        found.append(
            f"{where}, {language}: it is not known from which state of the original {len(unrecorded)} texts were made."
            f" When they are right: python3 brief.py translated {folder.name} {language}"
        )
    return found


def bound_values(section: str) -> Counter[str]:
    """Count the values, figures and tables that a section names, whatever filter writes them."""
    return Counter(re.sub(r"\s|\|.*", "", found[2:-2]) for found in EXPRESSION.findall(section))


def typed_numbers(section: str) -> Counter[str]:
    """Count the numbers that stand in a section as digits, such as years and names."""
    return Counter(NUMBER.findall(MARKER.sub("", EXPRESSION.sub("…", section))))


def _other_numbers(original: str, translation: str, language: str) -> Iterator[str]:
    for count, shown in ((bound_values, "{{{{ {} }}}}"), (typed_numbers, "{}")):
        source, made = count(original), count(translation)
        for name in source - made:
            yield f"{shown.format(name)} is not said as often as in {language}."
        for name in made - source:
            yield f"{shown.format(name)} is said more often than in {language}."


def _meant(name: str, names: Collection[str]) -> bool:
    section = name.removeprefix("text/").removesuffix(".md")
    return bool({name, section, name.partition("/")[0]} & set(names))


def _place(where: str, name: str, language: str) -> str:
    if name.startswith("text/"):
        return f"{where}/text/{language}/{name.removeprefix('text/')}"
    file, _, row = name.partition("/")
    return f'{where}/{file}, "{row}" in {language}' if row else f"{where}/{file} in {language}"


def _translated_rows(folder: Path, schema: Table, language: str) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Give the number and the key of each row of a table, and its cells in a language by column."""
    columns = [name for name, column in schema.columns.items() if column.translated]
    path = folder / f"{schema.table}.csv"
    if not columns or not path.exists():
        return
    for row in read_csv(path, path.name)[0].rows:
        key = "/".join(row.cells.get(name, "") for name in schema.key)
        yield row.number, key, {name: row.cells.get(f"{name}_{language}", "") for name in columns}


def _empty_cells(folder: Path, schema: Table, original: str, language: str) -> list[str]:
    """Name the cells that only the original fills, of rows that are translated otherwise."""
    table, found = f"{schema.table}.csv", []
    rows = zip(_translated_rows(folder, schema, original), _translated_rows(folder, schema, language), strict=True)
    for (number, _, source), (_, _, made) in rows:
        empty = [name for name in source if source[name] and not made[name]]
        if empty and any(made.values()):
            places = ", ".join(cell_place(number, f"{name}_{language}") for name in empty)
            found.append(f"data/{folder.name}/{table}, {places}: the cell is empty, that in {original} is not.")
    return found


def _in_language(node: object, language: str) -> Iterator[str]:
    """Read the texts of evaluation.yaml that are given for a language."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == language:
                yield from map(str, value) if isinstance(value, list) else [str(value)]
            else:
                yield from _in_language(value, language)
    elif isinstance(node, list):
        for item in node:
            yield from _in_language(item, language)
