"""What is wrong with somebody's data, in that person's words."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Problem:
    """One thing to correct: where it is, what was found and what is allowed, and a hint."""

    file: str
    place: str
    found: str
    hint: str

    @property
    def message(self) -> str:
        """Say it in one line: file, place: what was found. Hint."""
        where = f"{self.file}, {self.place}" if self.place else self.file
        return f"{where}: {self.found} {self.hint}".rstrip()


class DataProblems(Exception):
    """Every problem found in one evaluation; nothing is built from it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems), key=_reading_order)
        super().__init__("\n".join(problem.message for problem in self.problems))


def _reading_order(problem: Problem) -> list:
    """Sort by file and place as people count: row 2 before row 10."""
    parts = re.split(r"(\d+)", f"{problem.file}\n{problem.place}\n{problem.found}\n{problem.hint}")
    return [int(part) if index % 2 else part for index, part in enumerate(parts)]


def meant(word: str, allowed: Collection[str]) -> str:
    """Ask for the nearest of the words allowed, or nothing when none is near.

    `allowed` may be a vocabulary: a word of the language is then taken for its key.
    """
    labels = {label.lower(): key for key, label in allowed.items()} if isinstance(allowed, Mapping) else {}
    near = labels.get(word.lower()) or nearest(word, allowed)
    return f'Is "{near}" meant?' if near else ""


def nearest(word: str, allowed: Collection[str]) -> str:
    """Return the nearest of the words allowed, whatever their capitals; empty when none is near."""
    small = {name.lower(): name for name in allowed}
    near = get_close_matches(word.lower(), small, n=1, cutoff=0.7)
    return small[near[0]] if near else ""


def meant_value(path: str, values: Collection[str]) -> str:
    """Ask for the nearest value, one whose path is near in each of its parts; nothing when there is none."""
    parts = path.split(".")

    def is_near(other: str) -> bool:
        others = other.split(".")
        return len(others) == len(parts) and all(map(_are_near, parts, others))

    return meant(path, [value for value in values if is_near(value)])


def _are_near(word: str, other: str) -> bool:
    return bool(nearest(word, [other]))


def meant_or_allowed(word: str, allowed: Collection[str]) -> str:
    """Ask for the nearest of the words allowed, else name them all."""
    return meant(word, allowed) or f"Allowed: {', '.join(allowed)}."


def cell_place(row: int, column: str) -> str:
    """Name a cell as its spreadsheet does; the header is row 1."""
    return f'row {row}, column "{column}"'
