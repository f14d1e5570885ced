"""What is wrong with somebody's data, in that person's words."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
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
        self.problems = sorted(set(problems))
        super().__init__("\n".join(problem.message for problem in self.problems))


def cell_place(row: int, column: str) -> str:
    """Name a cell as its spreadsheet does; the header is row 1."""
    return f'row {row}, column "{column}"'
