"""Why a value of the text is another one than before: the rows and cells that its formula reads, and the formula."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from evalbrief.data.formulas import ALL_ROWS
from evalbrief.review.rows import ADDED, CHANGED, REMOVED, RowChange

CELL, ROW_ADDED, ROW_REMOVED = "cell", "row_added", "row_removed"
COUNTS_NOW, COUNTS_NO_MORE, FORMULA, ENTRY, VALUE = "row_counts_now", "row_counts_no_more", "formula", "entry", "value"
WORD = re.compile(r"[a-z_][a-z0-9_]*")
AGGREGATE = re.compile(r"(\w+)\((\w+)\)(?: where (.+))?")
MONTHS = re.compile(r"months from (\S+) to (\S+)")
# What a formula reads besides the columns it names.
READ_BESIDES = {"attained": ("year", "target", "actual"), "largest_total": ()}
# Tables that a formula reads besides its own.
ALSO_READ = {"attained": ("indicators", "baseline")}
EXTREMES = ("maximum", "minimum")


@dataclass(frozen=True)
class Cause:
    """One reason: a row or cell of a file (`line` in the new file, in the old one for what went), a formula, a value.

    `row` is the key of the row, `old` and `new` what stood and what stands there.
    """

    kind: str
    file: str = ""
    line: int = 0
    row: str = ""
    column: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class ChangedValue:
    """A value that changed, with its formula and the causes; a gap is an empty text."""

    key: str
    kind: str
    unit: str
    old: str
    new: str
    difference: str
    formula: str
    causes: tuple[Cause, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the plain form that the list of changes holds."""
        causes = [{name: part for name, part in asdict(cause).items() if part} for cause in self.causes]
        return {**asdict(self), "causes": causes}


def changed_values(
    old: Mapping[str, dict], new: Mapping[str, dict], rows: Sequence[RowChange]
) -> dict[str, ChangedValue]:
    """Explain every value that differs between two contexts, by key."""
    found = {}
    for key in [*old, *(key for key in new if key not in old)]:
        before, after = old.get(key), new.get(key)
        if (before or {}).get("value") == (after or {}).get("value"):
            continue
        known = after or before or {}
        was, now = ((side or {}).get("value") or "" for side in (before, after))
        causes = tuple(dict.fromkeys(_causes(key, old, new, rows)))
        kind, unit, formula = known["kind"], known["unit"], known["origin"]["formula"]
        found[key] = ChangedValue(key, kind, unit, was, now, _difference(was, now), formula, causes)
    return found


def _causes(key: str, old: Mapping[str, dict], new: Mapping[str, dict], rows: Sequence[RowChange]) -> list[Cause]:
    before, after = (values.get(key, {}).get("origin", {}) for values in (old, new))
    known = after or before
    causes = []
    if before and after and before["formula"] != after["formula"]:
        causes.append(Cause(FORMULA, known["file"], old=before["formula"], new=after["formula"]))
    parts = list(dict.fromkeys([*before.get("values", ()), *after.get("values", ())]))
    if parts:
        for part in parts:
            causes += _causes(part, old, new, rows) if _differs(part, old, new) else []
        return causes
    if known["formula"] == ENTRY:
        texts = [values.get(key, {}).get("value") or "" for values in (old, new)]
        return [*causes, Cause(ENTRY, known["file"], column=known["column"], old=texts[0], new=texts[1])]
    texts = [values.get(key, {}).get("value") or "" for values in (old, new)]
    return causes + _causes_in_rows(before, after, known, rows, texts)


def _differs(key: str, old: Mapping[str, dict], new: Mapping[str, dict]) -> bool:
    return old.get(key, {}).get("value") != new.get(key, {}).get("value")


def _causes_in_rows(
    before: dict, after: dict, known: dict, rows: Sequence[RowChange], texts: Sequence[str]
) -> list[Cause]:
    """Find the rows that count now, or no more, and the cells of the others that the formula reads."""
    old_rows, new_rows = before.get("rows", {}), after.get("rows", {})
    formula = known["formula"].split("(")[0]
    named = {known["column"], *WORD.findall(known["formula"]), *READ_BESIDES.get(formula, ())}
    causes = []
    for row in rows:
        if row.file == known["file"] and (row.row in old_rows or row.row in new_rows):
            counted, counts = row.row in old_rows, row.row in new_rows
            if _matters(formula, row.cells.get(known["column"]), counted and counts, texts):
                causes += _causes_in_row(row, counted, counts, named)
        elif formula in ALSO_READ and row.table == ALSO_READ[formula][0] and row.kind == CHANGED:
            causes += _causes_in_row(row, True, True, {ALSO_READ[formula][1]})
    return causes


def _matters(formula: str, cell: tuple[str, str] | None, stays: bool, texts: Sequence[str]) -> bool:
    """Say whether a changed row can have changed the value: a number that is not the largest does not."""
    if formula in EXTREMES:
        return cell is not None and (cell[0] == texts[0] or cell[1] == texts[1])
    if formula == "count" and stays and cell is not None:
        return bool(cell[0]) != bool(cell[1])
    return True


def _causes_in_row(row: RowChange, counted: bool, counts: bool, named: set[str]) -> list[Cause]:
    line = row.lines[1] or row.lines[0]
    if row.kind in (ADDED, REMOVED):
        return [Cause(ROW_ADDED if row.kind == ADDED else ROW_REMOVED, row.file, line, row.row)]
    cells = {column: pair for column, pair in row.cells.items() if column in named}
    if counted and counts:
        return [Cause(CELL, row.file, line, row.row, column, *pair) for column, pair in cells.items()]
    kind = COUNTS_NOW if counts else COUNTS_NO_MORE
    return [Cause(kind, row.file, line, row.row, column, *pair) for column, pair in cells.items()]


def formula_words(formula: str, words: Mapping[str, str]) -> str:
    """Say a formula in the words of a language, given by kind; what is no kind of ours, such as a share, stays."""
    if months := MONTHS.fullmatch(formula):
        return words["months"].format(start=months[1], end=months[2])
    found = AGGREGATE.fullmatch(formula)
    if not found:
        return words.get(formula, formula)
    name, column, where = found.groups()
    said = words["count_rows" if (name, column) == ("count", ALL_ROWS) else name].format(column=column)
    if not where:
        return said
    conditions = [condition.replace(" or ", f" {words['or']} ") for condition in where.split(" and ")]
    return words["where"].format(formula=said, conditions=f" {words['and']} ".join(conditions))


def _difference(old: str, new: str) -> str:
    """Subtract numbers; nothing for what is none."""
    try:
        difference = Decimal(new) - Decimal(old)
    except InvalidOperation:
        return ""
    return f"{difference.normalize():+f}"
