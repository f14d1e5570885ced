"""Read the files people wrote: CSV as Excel writes it in any office, YAML with the place of every entry."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from evalbrief.data.problem import Problem

# A cell is one line of text: what a spreadsheet breaks into lines is joined. The no-break spaces stay.
BREAKS = re.compile(r"[ \t\r\n]+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True)
class SourceRow:
    """One row as written: its number in the spreadsheet (the header is row 1) and its cells by column name."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class SourceTable:
    """A CSV file as written; `file` is its path as people see it."""

    file: str
    header: list[str]
    rows: list[SourceRow]


def decode(path: Path) -> str:
    """Read text as UTF-8 with or without byte-order mark, else as Windows-1252; raise ValueError for neither."""
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ValueError


def read_csv(path: Path, file: str) -> tuple[SourceTable, list[Problem]]:
    """Read a table with commas or semicolons; rows without any content are passed over."""
    try:
        text = decode(path)
    except ValueError:
        hint = "Save it again as CSV UTF-8; an Excel workbook renamed to .csv is not a CSV file."
        return SourceTable(file, [], []), [Problem(file, "", "this is not a text file.", hint)]
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except csv.Error as error:
        hint = "A cell that holds a quotation mark must be in quotation marks, and the mark doubled."
        return SourceTable(file, [], []), [Problem(file, "", f"the table cannot be read ({error}).", hint)]
    header = [_clean(name) for name in records[0]] if records else []
    problems = _header_problems(file, header)
    rows = []
    for number, record in enumerate(records[1:], start=2):
        cells = [_clean(cell) for cell in record]
        if not any(cells):
            continue
        if any(cells[len(header) :]):
            problems.append(
                Problem(
                    file,
                    f"row {number}",
                    f"{len(cells)} cells found, but the header has {len(header)} columns.",
                    "Put a cell that holds the separator in quotation marks.",
                )
            )
        padded = cells[: len(header)] + [""] * (len(header) - len(cells))
        rows.append(SourceRow(number, dict(zip(header, padded, strict=True))))
    return SourceTable(file, header, rows), problems


def read_yaml(path: Path, file: str) -> tuple[dict, list[Problem]]:
    """Read a YAML 1.2 mapping that knows the line of each entry (ruamel's `lc`)."""
    try:
        content = YAML(typ="rt").load(decode(path))
    except ValueError:
        return {}, [Problem(file, "", "this is not a text file.", "Save it as UTF-8.")]
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        hint = "Check the indentation, and put text that holds a colon in quotation marks."
        return {}, [Problem(file, f"line {line}", f"the file cannot be read ({error.problem}).", hint)]
    if not isinstance(content, dict):
        return {}, [Problem(file, "line 1", "no entries found.", "Write one entry a line, as in title: ...")]
    return content, []


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return ";" if header.count(";") > header.count(",") else ","


def _clean(cell: str) -> str:
    return BREAKS.sub(" ", cell).strip(" ")


def _header_problems(file: str, header: list[str]) -> list[Problem]:
    problems = []
    if not any(header):
        problems.append(Problem(file, "row 1", "the header is missing.", "Write the names of the columns in row 1."))
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        hint = "Remove or rename one of them."
        problems.append(Problem(file, "row 1", f'the column "{name}" is there {header.count(name)} times.', hint))
    return problems
