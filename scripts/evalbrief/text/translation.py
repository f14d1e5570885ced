"""What an evaluation says in each language, and the record of which text each translation was made from.

translations.yaml keeps for each translated text a digest of the text it was made from; a date says nothing, for a copy,
an e-mail or a repository sets it anew.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evalbrief.data.problem import DataProblems, Problem
from evalbrief.data.schema import Table
from evalbrief.data.source import UnreadableError, decode, read_csv, read_yaml
from evalbrief.files import write_whole
from evalbrief.folder import FACTS, TRANSLATIONS, text_files

HEAD = """# Which text each translation was made from, by digest.
# Written by: python3 brief.py translated EVALUATION LANGUAGE
"""
DIGEST = 12
Record = dict[str, dict[str, str]]


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
        for _, key, cells in translated_rows(folder, schema, language):
            if any(cells.values()):
                words[f"{name}.csv/{key}"] = "\n".join(cells.values())
    content, _ = read_yaml(folder / FACTS, FACTS)
    if facts := "\n".join(_in_language(content, language)):
        words[FACTS] = facts
    return Texts(language, words)


def read_record(folder: Path) -> tuple[Record, list[Problem]]:
    """Read translations.yaml: digests of originals by language and text; nothing when there is no such file."""
    path = folder / TRANSLATIONS
    content, problems = read_yaml(path, f"data/{folder.name}/{TRANSLATIONS}") if path.exists() else ({}, [])
    return {language: dict(texts) for language, texts in content.items() if isinstance(texts, dict)}, problems


def write_record(folder: Path, record: Record) -> None:
    """Write translations.yaml in the one form of this project."""
    lines = [HEAD]
    for language in sorted(record):
        lines += [f"{language}:\n", *(f'  "{name}": "{digest}"\n' for name, digest in sorted(record[language].items()))]
    write_whole(folder / TRANSLATIONS, "".join(lines).encode())


def accept(
    folder: Path, schemas: Mapping[str, Table], original: str, language: str, names: Collection[str]
) -> list[str]:
    """Record that texts of a language were made from the originals of today; return which. `names` empty means all.

    A name is that of a section (logic), of a table (recommendations.csv) or of one text (recommendations.csv/training).
    Raise DataProblems, and leave the record as it is, when it cannot be read.
    """
    source, made = read_texts(folder, schemas, original), read_texts(folder, schemas, language)
    record, problems = read_record(folder)
    if problems:
        raise DataProblems(problems)
    chosen = [name for name in made.words if name in source.words and (not names or _meant(name, names))]
    kept = {name: digest for name, digest in record.get(language, {}).items() if name in source.words}
    record[language] = kept | {name: source.digest(name) for name in chosen}
    write_record(folder, record)
    return chosen


def _meant(name: str, names: Collection[str]) -> bool:
    section = name.removeprefix("text/").removesuffix(".md")
    return bool({name, section, name.partition("/")[0]} & set(names))


def translated_rows(folder: Path, schema: Table, language: str) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Give the number and the key of each row of a table, and its cells in a language by column."""
    columns = [name for name, column in schema.columns.items() if column.translated]
    path = folder / f"{schema.table}.csv"
    if not columns or not path.exists():
        return
    for row in read_csv(path, path.name)[0].rows:
        key = "/".join(row.cells.get(name, "") for name in schema.key)
        yield row.number, key, {name: row.cells.get(f"{name}_{language}", "") for name in columns}


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
