"""The two edits that are measured: a word of the text in one language, and one cell of the data; the n-th differs."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

# Where a number may grow without contradicting another; the first table that an evaluation has is edited.
CELLS = (("survey", "respondents"), ("budget", "expenditure"), ("results", "value"), ("evidence", "count"))
SECTION = "conclusion"
MARK = "\ufeff"
WORD = re.compile(r"(?<![\w{\[(\"'])[a-zà-ÿ]{5,}(?![\w}\])\"'])")


@dataclass(frozen=True)
class Edit:
    """A file of an evaluation as it was first written, and which kind of edit it gets."""

    path: str
    original: str
    column: str = ""

    def make(self, project: Path, number: int) -> None:
        """Edit the file in a project for the n-th time."""
        changed = change_cell(self.original, self.column, number) if self.column else change_word(self.original, number)
        (project / self.path).write_text(changed, encoding="utf-8", newline="")


def word_edit(project: Path, evaluation: str, language: str) -> Edit:
    """Choose a section of an evaluation to change a word in."""
    path = f"data/{evaluation}/text/{language}/{SECTION}.md"
    return Edit(path, (project / path).read_text(encoding="utf-8"))


def cell_edit(project: Path, evaluation: str) -> Edit:
    """Choose a table and column of an evaluation to change a cell in."""
    for table, column in CELLS:
        path = project / "data" / evaluation / f"{table}.csv"
        text = path.read_bytes().decode("utf-8") if path.exists() else ""
        if any(row[column].isdigit() for row in read_table(text)):
            return Edit(path.relative_to(project).as_posix(), text, column)
    raise LookupError(f"{evaluation} has no number in the tables {', '.join(table for table, _ in CELLS)}.")


def change_word(text: str, number: int) -> str:
    """Write the first longer word of a text with other last letters, which depend on the number."""
    found = WORD.search(re.sub(r"\{\{.*?\}\}", lambda value: "{" * len(value[0]), text))
    assert found, text
    letters = "".join("abcdefghij"[int(digit)] for digit in str(number))
    return text[: found.start()] + found[0] + letters + text[found.end() :]


def change_cell(text: str, column: str, number: int) -> str:
    """Add the number to the first whole number of a column."""
    rows = read_table(text)
    row = next(row for row in rows if row[column].isdigit())
    row[column] = str(int(row[column]) + number)
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter_of(text), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return (MARK if text.startswith(MARK) else "") + file.getvalue()


def read_table(text: str) -> list[dict[str, str]]:
    """Read the rows of a table by column."""
    file = io.StringIO(text.removeprefix(MARK), newline="")
    return list(csv.DictReader(file, delimiter=delimiter_of(text)))


def delimiter_of(text: str) -> str:
    """Tell commas from semicolons by the head of a table."""
    return ";" if ";" in text.split("\n", 1)[0] else ","
