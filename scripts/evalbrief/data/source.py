"""Read the files people wrote: CSV as Excel writes it in any office, YAML with the place of every entry."""

import codecs
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from evalbrief.data.problem import Problem

# A cell is one line of text: what a spreadsheet breaks into lines is joined. The no-break spaces stay.
BREAKS = re.compile(r"[ \t\r\n]+")
# Two bytes that make a letter in UTF-8; in Windows-1252 they would be two odd signs in a row.
BROKEN_UTF8 = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")
# Accents as Excel for Mac writes them by default; in Windows-1252 no word holds these signs there.
MAC_ROMAN = re.compile(rb"[a-z][\x88\x8d-\x90\x9d]|[A-Za-z][\x87\x88\x8d-\x90\x9d][a-z]")
# The first line that tells Excel the separator; Excel does not show it as a row.
SEPARATOR_LINE = re.compile(r"\"?sep=(.)\"?\r?\n", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")

# What ruamel says of a broken file, and what its writer is told: the fault, a hint, and whether it began further up.
YAML_FAULTS = (
    (r"character '\\t'", "a tab stands where spaces must.", "Indent with spaces.", False),
    (
        r"duplicate key \"(.*?)\"",
        'the entry "{}" stands here a second time.',
        "Remove one of the two.",
        False,
    ),
    (
        r"end of stream|expected ',' or",
        "a quotation mark or bracket is opened and not closed.",
        "Close it, on this line or where its list ends.",
        True,
    ),
    (
        r"alias|anchor|tag|character",
        "a text begins with a sign that means something else here.",
        "Put the text in quotation marks.",
        False,
    ),
)
YAML_FAULT = (
    "a colon or the indentation is out of place.",
    "Put a text that holds a colon in quotation marks, and begin all entries of a group at the same column.",
)

# What Windows keeps in a folder and hides.
HIDDEN = {"thumbs.db", "ehthumbs.db", "desktop.ini"}
# What a file begins with that Excel or the editor has saved as "Unicode".
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class PlainConstructor(RoundTripConstructor):
    """Read dates as the text that was written: only our own check can say what is wrong with one."""


PlainConstructor.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_yaml_str)


@dataclass(frozen=True)
class SourceRow:
    """One row as written: its number in the spreadsheet (the header is row 1) and its cells by column name."""

    number: int
    cells: dict[str, str]
    # Whether each cell is known to belong to its column.
    sound: bool = True


@dataclass(frozen=True)
class SourceTable:
    """A CSV file as written; `file` is its path as people see it."""

    file: str
    header: list[str]
    rows: list[SourceRow]


class UnreadableError(ValueError):
    """A file that cannot be read as text: what was found, and a hint."""

    def __init__(self, found: str, hint: str) -> None:
        super().__init__(found)
        self.found, self.hint = found, hint


def files_in(folder: Path) -> list[Path]:
    """List the files of a folder by name, without those that systems and editors hide there."""
    if not folder.is_dir():
        return []
    shown = [path for path in sorted(folder.iterdir()) if path.name[0] not in ".~" and path.name.lower() not in HIDDEN]
    return [path for path in shown if path.is_file()]


def decode(path: Path) -> str:
    """Read text as UTF-8 with or without byte-order mark, else as Windows-1252; raise UnreadableError for neither.

    A link is refused too: it could lead out of the evaluation's folder.
    """
    if path.is_symlink() or path.parent.is_symlink():
        raise UnreadableError("this is a link to another place.", "Put the file itself here.")
    content = path.read_bytes()
    form = "CSV UTF-8" if path.suffix == ".csv" else "UTF-8"
    if content.startswith(UTF_16):
        raise UnreadableError('it was saved as "Unicode" (UTF-16).', f"Save it as {form} (File > Save as).")
    if BROKEN_UTF8.search(content) and not _is_utf8(content):
        raise UnreadableError("some letters are damaged: two encodings are mixed.", "Open it and save it as UTF-8.")
    if b"\x00" not in content and MAC_ROMAN.search(content) and not _is_utf8(content):
        raise UnreadableError("its accents are those of Excel for Mac.", f"Save it as {form} (File > Save as).")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableError(
        "this is not a text file.", "Save it as UTF-8; an Excel workbook renamed to .csv is not a CSV file."
    )


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def read_csv(path: Path, file: str) -> tuple[SourceTable, list[Problem]]:
    """Read a table with commas or semicolons; rows without any content are passed over."""
    try:
        text = decode(path)
    except UnreadableError as error:
        return SourceTable(file, [], []), [Problem(file, "", error.found, error.hint)]
    records, problems = _records(text, file)
    if problems:
        return SourceTable(file, [], []), problems
    header = [_clean(name) for name in records[0]] if records else []
    problems = _header_problems(file, header)
    repeated = bool(problems)
    nameless = [index for index, name in enumerate(header) if not name]
    rows = []
    for number, record in enumerate(records[1:], start=2):
        cells = [_clean(cell) for cell in record]
        if not any(cells):
            continue
        if any(cells[len(header) :]):
            found = f"{len(cells)} cells found, but the header has {len(header)} columns."
            hint = "Put a text that holds the separator in quotation marks."
            problems.append(Problem(file, f"row {number}", found, hint))
        if filled := [cells[index] for index in nameless if any(cells[index : index + 1])]:
            found = f'"{filled[0]}" stands in a column that has no name.'
            problems.append(Problem(file, f"row {number}", found, "Name the column in row 1, or delete the cell."))
        padded = cells[: len(header)] + [""] * (len(header) - len(cells))
        sound = not repeated and not any(cells[len(header) :])
        rows.append(SourceRow(number, dict(zip(header, padded, strict=True)), sound))
    return SourceTable(file, header, rows), problems


def read_yaml(path: Path, file: str) -> tuple[dict, list[Problem]]:
    """Read a YAML 1.2 mapping that knows the line of each entry (ruamel's `lc`)."""
    yaml = YAML(typ="rt")
    yaml.Constructor = PlainConstructor
    try:
        text = decode(path)
    except UnreadableError as error:
        return {}, [Problem(file, "", error.found, error.hint)]
    try:
        content = yaml.load(text)
    except ReaderError as error:
        found = f"a control character (U+{error.character:04X}) is in the text."
        line = text.count("\n", 0, error.position) + 1
        return {}, [Problem(file, f"line {line}", found, "Type the text anew or delete it.")]
    except MarkedYAMLError as error:
        return {}, [_yaml_problem(file, error)]
    if not isinstance(content, dict):
        return {}, [Problem(file, "line 1", "no entries found.", "Write one entry a line, as in title: ...")]
    return content, []


def line_of(content: object, location: Sequence) -> int:
    """Find the line of an entry in what read_yaml read, or of the nearest that holds it; 0 when there is none."""
    line = 0
    for step in location:
        places = getattr(content, "lc", None)
        if places is None or places.data is None or step not in places.data:
            break
        line = places.data[step][0] + 1
        content = content[step]  # type: ignore[index]
    return line


def _yaml_problem(file: str, error: MarkedYAMLError) -> Problem:
    mark, (found, hint) = error.problem_mark, YAML_FAULT
    for pattern, fault, advice, further_up in YAML_FAULTS:
        if match := re.search(pattern, error.problem or ""):
            found, hint = fault.format(*match.groups()), advice
            mark = error.context_mark if further_up and error.context_mark else mark
            break
    return Problem(file, f"line {mark.line + 1}" if mark else "", found, hint)


def _records(text: str, file: str) -> tuple[list[list[str]], list[Problem]]:
    """Split a CSV text into records; a quotation mark that breaks it is looked for in the row where it stands."""
    records: list[list[str]] = []
    named = SEPARATOR_LINE.match(text)
    text, delimiter = (text[named.end() :], named[1]) if named else (text, _delimiter(text))
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            records.append(record)
    except csv.Error as error:
        place = f"row {len(records) + 1}"
        if "limit" in str(error) or "end of data" in str(error):
            found, hint = "a quotation mark is opened and not closed.", "Close it, or delete it."
        else:
            found = "a quotation mark is inside a text in quotation marks."
            hint = 'Write it twice ("") there, or use « and ».'
        return [], [Problem(file, place, found, hint)]
    return records, []


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _clean(cell: str) -> str:
    return BREAKS.sub(" ", cell).strip(" ")


def _header_problems(file: str, header: list[str]) -> list[Problem]:
    if not any(header):
        return [Problem(file, "row 1", "the header is missing.", "Write the names of the columns in row 1.")]
    return [
        Problem(file, "row 1", f'the column "{name}" is there {header.count(name)} times.', "Remove or rename one.")
        for name in sorted({name for name in header if name and header.count(name) > 1})
    ]
