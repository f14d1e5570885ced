"""Why an edit is not made: what a reviewer changed is worked out from the data, or belongs to the form."""

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any

from evalbrief.catalogue import TABLES
from evalbrief.review.incoming.proposals import REFUSED, UNPLACED, Proposal
from evalbrief.review.incoming.returned import Paragraph, plain
from evalbrief.review.incoming.sides import Sides
from evalbrief.review.incoming.signs import without_signs
from evalbrief.review.incoming.source import decoded
from evalbrief.review.versions import Version

# Rows that are named one by one; characters from which on it is no chance that a value stands in a text.
MOST_ROWS, SHORTEST = 3, 3
# How people count the first entries of a list.
ORDINALS = ("first", "second", "third")
OF_THE_FORM = "It belongs to the form, or is set by the program."
# What a table of a brief may call the row of the data that it shows.
ROW_KEYS = ("key", "criterion", "indicator")


class Computed:
    """Says of each edit that is refused where to correct it instead."""

    def __init__(self, sides: Sides, sent: Version, language: str) -> None:
        self._sides, self._evaluation = sides, sent.evaluation
        self._sent, self._language = sent, language
        context = json.loads(sent.read(f"build/context.{language}.json"))
        self._values: Mapping[str, Any] = context["values"]
        self._rows: Mapping[str, list[dict[str, str]]] = context["rows"]

    def refuse(self, olds: list[int], news: list[int]) -> Proposal:
        """Refuse an edit of what stands in no text file: a cell of a table, or what a value or the form says."""
        sides = self._sides
        texts = sides.texts(olds, news)
        paragraph = sides.before[olds[0]] if olds else sides.after[news[0]]
        who = [sides.after[place] for place in news]
        if not paragraph.cell:
            kind = REFUSED if olds else UNPLACED
            place = sides.where(paragraph)
            return sides.proposal(kind, "", place, texts, who, self._why_not(*map(without_signs, texts)))
        table = _name_of(paragraph.block)
        place = f"table {table}, row {self._row_name(paragraph)}, column {paragraph.cell[1] + 1}"
        why = self._why_not_cell(table, paragraph.cell) if olds else self._why_not_table(table)
        return sides.proposal(REFUSED, "", place, texts, who, why)

    def refuse_table(self, block: str) -> Proposal:
        """Refuse to take a whole table away."""
        table = _name_of(block)
        words = " / ".join(cell.text for cell in self._sides.before if cell.cell and cell.block == block)
        return self._sides.proposal(REFUSED, "", f"table {table}", (words, ""), [], self._why_not_table(table))

    def why_not_value(self, expression: str) -> str:
        """Name the file and the rows that a value of the text comes from."""
        return f"It is worked out from the data: {self._source_of(expression)}."

    def _why_not_table(self, table: str) -> str:
        files = [f"data/{self._evaluation}/{name}.csv" for name in TABLES.get(table, [])[:1]]
        return f"Tables come from the data: correct {files[0]}." if files else "It is set by the program."

    def _why_not_cell(self, table: str, cell: tuple[int, int]) -> str:
        """Name the file, row and column that a cell shows; of one that adds up rows, the file and the column."""
        names = [f"build/tables/{table}.{self._language}.{ending}" for ending in ("json", "csv")]
        if not set(names) <= set(self._sent.names()) or table not in TABLES:
            return self._why_not_table(table)
        columns = [column["key"] for column in json.loads(self._sent.read(names[0]))["columns"]]
        rows = list(csv.DictReader(io.StringIO(decoded(self._sent.read(names[1])))))
        number, column = cell
        if number == 0:
            return OF_THE_FORM
        if number > len(rows) or column >= len(columns):
            return self._why_not_table(table)
        keys = [rows[number - 1][name] for name in ROW_KEYS if rows[number - 1].get(name)]
        paths = [f"{source}.{key}.{columns[column]}" for source in TABLES[table] for key in keys]
        origin = next((self._values[path]["origin"] for path in paths if path in self._values), None)
        if origin:
            return f"Tables come from the data: correct {self._place_of(origin)}."
        source = TABLES[table][0]
        if columns[column] in next(iter(self._rows.get(source, [])), {}):
            name = self._column(f"data/{source}.csv", columns[column])
            return f"Tables come from the data: correct data/{self._evaluation}/{source}.csv, column {name}."
        return self._why_not_table(table)

    def _source_of(self, expression: str) -> str:
        key = expression.split("|")[0].strip()
        origin = self._values.get(key, {}).get("origin")
        if not origin:
            return f"the value {key}"
        formula = "" if origin["formula"] in ("cell", "entry") else f"; formula {origin['formula']}"
        return f"correct {self._place_of(origin)}{formula}"

    def _place_of(self, origin: Mapping[str, Any]) -> str:
        """Name the file, row and column that a value comes from, or the file and its entry."""
        if origin["formula"] == "entry":
            return f"{origin['file']}, {entry_in_words(origin['column'])}"
        rows = ", ".join(f"row {number} ({name})" for name, number in origin["rows"].items())
        few = rows if len(origin["rows"]) <= MOST_ROWS else ""
        file = origin["file"].replace(f"data/{self._evaluation}/", "data/", 1)
        return ", ".join(filter(None, [origin["file"], few, f"column {self._column(file, origin['column'])}"]))

    def _column(self, file: str, name: str) -> str:
        """Name a column as its file does: of one in several languages, that of the brief's."""
        translated = f"{name}_{self._language}"
        if file not in self._sent.names():
            return name
        header = re.split(r'[",;\t]+', decoded(self._sent.read(file)).split("\n", 1)[0])
        return translated if translated in map(str.strip, header) else name

    def _row_name(self, cell: Paragraph) -> str:
        """Name the row of a cell by what stands first in it."""
        row = (cell.block, cell.cell and cell.cell[0])
        sides = self._sides
        side = sides.before if any(other is cell for other in sides.before) else sides.after
        first = next(other for other in side if other.cell and (other.block, other.cell[0]) == row)
        return f'"{first.text}"'

    def _why_not(self, old: str, new: str) -> str:
        """Say where words come from that stand in no text file: a cell of a table, or the form."""
        cells = [value for value in self._values.values() if value["origin"]["formula"] == "cell"]
        # Of a label, the brief prints another word than its key.
        printed = [cell for cell in cells if cell["kind"] != "label" and len(cell["value"] or "") > SHORTEST]
        found = [(words, cell["origin"]) for cell in printed if (words := plain(cell["value"])) in old]
        # A paragraph may show several cells: what is meant is the one that is not whole any more, or most of it.
        gone = [one for one in found if one[0] not in new]
        found = gone or [one for one in found if 2 * len(one[0]) > len(old)]
        longest = max((len(words) for words, _ in found), default=0)
        places = [self._place_of(origin) for words, origin in found if len(words) == longest]
        return f"It comes from the data: correct {' or '.join(places[:MOST_ROWS])}." if places else OF_THE_FORM


def entry_in_words(path: str) -> str:
    """Name an entry of a YAML file: donors[0].amount is donors, first entry: amount."""
    name = re.sub(r"\[(\d+)\]", lambda found: f", {_counted(int(found[1]))}", path)
    return name.replace(".", ": ")


def _counted(number: int) -> str:
    return f"{ORDINALS[number]} entry" if number < len(ORDINALS) else f"entry {number + 1}"


def _name_of(block: str) -> str:
    return block.removeprefix("Ref_").removeprefix("table_")
