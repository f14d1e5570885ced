"""Why an edit is not made: what a reviewer changed is worked out from the data, or belongs to the form."""

import json
from collections.abc import Mapping
from typing import Any

from evalbrief.catalogue import TABLES
from evalbrief.review.incoming.proposals import REFUSED, UNPLACED, Proposal
from evalbrief.review.incoming.returned import Paragraph, plain
from evalbrief.review.incoming.sides import Sides
from evalbrief.review.versions import Version

# Rows that are named one by one; characters from which on it is no chance that a value stands in a text.
MOST_ROWS, SHORTEST = 3, 3


class Computed:
    """Says of each edit that is refused where to correct it instead."""

    def __init__(self, sides: Sides, sent: Version, language: str) -> None:
        self._sides, self._evaluation = sides, sent.evaluation
        self._values: Mapping[str, Any] = json.loads(sent.read(f"build/context.{language}.json"))["values"]

    def refuse(self, olds: list[int], news: list[int]) -> Proposal:
        """Refuse an edit of what stands in no text file: a cell of a table, or what a value or the form says."""
        sides = self._sides
        texts = sides.texts(olds, news)
        paragraph = sides.before[olds[0]] if olds else sides.after[news[0]]
        who = [sides.after[place] for place in news]
        if not paragraph.cell:
            kind = REFUSED if olds else UNPLACED
            return sides.proposal(kind, "", paragraph.block, texts, who, self._why_not(texts[0]))
        table = _name_of(paragraph.block)
        place = f"table {table}, row {self._row_name(paragraph)}, column {paragraph.cell[1] + 1}"
        return sides.proposal(REFUSED, "", place, texts, who, self._why_not_table(table))

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

    def _source_of(self, expression: str) -> str:
        key = expression.split("|")[0].strip()
        origin = self._values.get(key, {}).get("origin")
        if not origin:
            return f"the value {key}"
        rows = ", ".join(f"row {number} ({name})" for name, number in origin["rows"].items())
        few = rows if len(origin["rows"]) <= MOST_ROWS else ""
        parts = [f"correct {origin['file']}", few, f"column {origin['column']}"]
        return ", ".join(filter(None, parts)) + f"; formula {origin['formula']}"

    def _row_name(self, cell: Paragraph) -> str:
        """Name the row of a cell by what stands first in it."""
        row = (cell.block, cell.cell and cell.cell[0])
        sides = self._sides
        side = sides.before if any(other is cell for other in sides.before) else sides.after
        first = next(other for other in side if other.cell and (other.block, other.cell[0]) == row)
        return f'"{first.text}"'

    def _why_not(self, old: str) -> str:
        """Say where words come from that stand in no text file: a cell of a table, or the form."""
        for value in self._values.values():
            said, origin = value["value"], value["origin"]
            if said and origin["formula"] == "cell" and len(said) > SHORTEST and plain(said) in old:
                (row, number), *_ = origin["rows"].items()
                place = f"{origin['file']}, row {number} ({row}), column {origin['column']}"
                return f"It comes from the data: correct {place}."
        return "It belongs to the form, or is set by the program."


def _name_of(block: str) -> str:
    return block.removeprefix("Ref_").removeprefix("table_")
