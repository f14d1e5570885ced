"""Everything that differs between two versions of a brief in one language, and why."""

import hashlib
import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evalbrief.catalogue import FIGURES, TABLES
from evalbrief.data.schema import Table
from evalbrief.review.incoming.comments import Comment, load_comments
from evalbrief.review.pictures import ADDED, DATA, REMOVED, FigureChange, figure_changes
from evalbrief.review.reasons import ChangedValue, changed_values
from evalbrief.review.rows import CHANGED, RowChange, row_changes
from evalbrief.review.tree.changes import CELLS, COME, GONE, NUMBER
from evalbrief.review.tree.merge import Merged, merge
from evalbrief.review.tree.units import titles
from evalbrief.review.versions import Version
from evalbrief.tree import Element, attributes, elements

# The form of changes.json; another number as soon as a program that knows only this one would misread it.
SCHEMA = 1
# Kinds of values that a sentence says as a number.
NUMBERS = ("integer", "number", "money", "percent", "date")
# Where pictures of the old version lie beside those of the new one.
BEFORE = "before/"


@dataclass(frozen=True)
class Alarm:
    """What a reviewer should look at: data that changed and shows nowhere, a typed number, a number in old words."""

    kind: str
    place: str
    old: str = ""
    new: str = ""


class Comparison:
    """Two versions of a brief in a language, compared; `schemas` are those of the tables, by name."""

    def __init__(self, old: Version, new: Version, language: str, schemas: Mapping[str, Table]) -> None:
        self.old, self.new, self.language = old, new, language
        self._schemas = schemas

    @cached_property
    def trees(self) -> tuple[Element, Element]:
        """The old and the new tree."""
        old, new = (self._json(version, f"brief.{self.language}.json") for version in (self.old, self.new))
        return old, new

    @cached_property
    def merged(self) -> Merged:
        """The new tree with marks; pictures of the old one lie in a folder of their own."""
        old, new = self.trees
        moved = deepcopy(old)
        for image in (element for element in elements(moved["blocks"]) if element["t"] == "Image"):
            image["c"][2][0] = BEFORE + image["c"][2][0]
        pictures = [self._pictures(version) for version in (self.old, self.new)]
        return merge(moved, new, {BEFORE + path: digest for path, digest in pictures[0].items()}, pictures[1])

    @cached_property
    def rows(self) -> list[RowChange]:
        """The rows and cells of the data that differ."""
        old, new = self._contexts
        was, now = (self._json(version, f"model/{self.language}/origins.json") for version in (self.old, self.new))
        return row_changes(old["rows"], new["rows"], was, now, self._schemas)

    @cached_property
    def values(self) -> dict[str, ChangedValue]:
        """The values that differ, whether the text says them or not."""
        old, new = self._contexts
        return changed_values(old["values"], new["values"], self.rows)

    @cached_property
    def told_values(self) -> list[ChangedValue]:
        """The changed values that one of the texts says, in its order; those of a record that is new are none."""
        old, new = self._contexts
        return [value for value in self._told if value.key in old["values"] and value.key in new["values"]]

    @cached_property
    def figures(self) -> list[FigureChange]:
        """The figures that differ."""
        return figure_changes(self.old, self.new, self.language)

    @cached_property
    def alarms(self) -> list[Alarm]:
        """What a reviewer should look at."""
        untold = self._untold
        alarms = [Alarm("untold", place) for row in self.rows if (place := untold(row))]
        for change in self.merged.changes:
            alarms += [Alarm("typed", change.block, *pair) for pair in change.typed if pair[0] != pair[1]]
            numbers = [pair for key, *pair in change.numbers if change.kind == NUMBER and self._is_number(key)]
            if numbers:
                alarms.append(
                    Alarm("same_words", change.block, *(" … ".join(side) for side in zip(*numbers, strict=True)))
                )
        return alarms

    @property
    def findings(self) -> tuple[list[str], list[str]]:
        """What there is to note about the new version and was not about the old one, and the other way round."""
        old, new = (version.findings.get(self.language, []) for version in (self.old, self.new))
        return [note for note in new if note not in old], [note for note in old if note not in new]

    @property
    def has_other_program(self) -> bool:
        """Say whether the program or its templates are others: what looks otherwise may come of that."""
        return bool(self.old.program and self.new.program) and self.old.program != self.new.program

    @cached_property
    def comments(self) -> list[Comment]:
        """Reviewers' comments on the brief in this language, open and settled."""
        return [comment for comment in load_comments(self.new.evaluation) if comment.language == self.language]

    @property
    def is_empty(self) -> bool:
        """Say that nothing differs that a reader could see."""
        return not (self.merged.changes or self.merged.renumbered or self.figures or self.rows)

    def as_json(self) -> dict[str, Any]:
        """Give everything in plain form, as changes.json holds it for machines."""
        names = titles(self.trees[1]["blocks"]) | titles(self.trees[0]["blocks"])
        return {
            "schema": SCHEMA,
            "evaluation": self.new.evaluation,
            "language": self.language,
            "from": {"label": self.old.label, "date": self.old.date},
            "to": {"label": self.new.label, "date": self.new.date},
            "changes": [_plain(vars(change)) for change in self.merged.changes],
            "renumbered": [vars(entry) for entry in self.merged.renumbered],
            "words": [
                {"section": section, "title": names.get(section, ""), "came": came, "went": went}
                for section, (came, went) in self.merged.words.items()
            ],
            "values": [value.as_json() for value in self.told_values],
            "rows": [row.as_json() for row in self.rows],
            "figures": [
                {"figure": figure.name, "kind": figure.kind, "share": round(figure.share, 6)} for figure in self.figures
            ],
            "alarms": [vars(alarm) for alarm in self.alarms],
            "findings": {"new": self.findings[0], "settled": self.findings[1]},
            "other_program": self.has_other_program,
            "comments": [vars(comment) for comment in self.comments],
        }

    @cached_property
    def _contexts(self) -> tuple[dict[str, Any], dict[str, Any]]:
        old, new = (self._json(version, f"context.{self.language}.json") for version in (self.old, self.new))
        return old, new

    @cached_property
    def _told(self) -> list[ChangedValue]:
        """The changed values that one of the texts says: in the order of the new one, then of the old one."""
        keys = dict.fromkeys(key for tree in reversed(self.trees) for key in _keys(tree))
        return [self.values[key] for key in keys if key in self.values]

    def _is_number(self, key: str) -> bool:
        """Say whether a value is a number or a date, and not a name or a word of a list."""
        return any(values["values"].get(key, {}).get("kind") in NUMBERS for values in self._contexts)

    @property
    def _untold(self) -> Callable[[RowChange], str]:
        """Name a row with those of its changed cells that show nowhere: in no value of the text, figure or table.

        Which columns a figure or table shows is not known: one that differs counts as showing all of a row.
        """
        told = {(cause.file, cause.row, cause.column) for value in self._told for cause in value.causes}
        rows = {(file, row) for file, row, _ in told}
        drawn = [figure.name for figure in self.figures if figure.kind in (DATA, ADDED, REMOVED)]
        kinds = (CELLS, COME, GONE)
        laid_out = [change.block.removeprefix("table-") for change in self.merged.changes if change.kind in kinds]
        tables = {table for name in drawn for table in FIGURES.get(name, [])}
        tables |= {table for name in laid_out for table in TABLES.get(name, [])}

        def untold(row: RowChange) -> str:
            if row.table in tables:
                return ""
            place = f"{row.file}, {row.row}"
            if row.kind != CHANGED:
                return "" if (row.file, row.row) in rows else place
            columns = [column for column in row.cells if (row.file, row.row, column) not in told]
            return f"{place} ({', '.join(columns)})" if columns else ""

        return untold

    def _json(self, version: Version, name: str) -> Any:
        return json.loads(version.read(f"build/{name}"))

    def _pictures(self, version: Version) -> dict[str, str]:
        """Give the digest of each figure of the version by the path that the tree names."""
        paths = [name.removeprefix("build/") for name in version.names() if name.endswith(f".{self.language}.svg")]
        return {path: hashlib.sha256(version.read(f"build/{path}")).hexdigest() for path in paths}


def _keys(tree: Element) -> list[str]:
    spans = [element for element in elements(tree["blocks"]) if element["t"] == "Span"]
    return [key for span in spans if (key := attributes(span).get("key"))]


def _plain(change: dict[str, Any]) -> dict[str, Any]:
    return {name: [list(pair) for pair in value] if name == "typed" else value for name, value in change.items()}
