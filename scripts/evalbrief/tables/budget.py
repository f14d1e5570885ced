"""The budget and what was spent of it, by outcome, all years together; one currency is never added to another."""

from dataclasses import dataclass
from decimal import Decimal

from evalbrief.arithmetic import share, total
from evalbrief.tables.rows import Row, groups_of, number_in


@dataclass(frozen=True)
class Line:
    """What an outcome was given and what it spent, in units of the currency; None where nothing is known."""

    outcome: str
    label: str
    currency: str
    budget: Decimal | None
    expenditure: Decimal | None

    @property
    def rate(self) -> Decimal | None:
        """Give the expenditure in per cent of the budget."""
        return share(self.expenditure, self.budget)


def collect_budget(budget: list[Row], outcomes: list[Row]) -> dict[str, list[Line]]:
    """Add the years up: a list of lines for each currency, in the order of the outcomes."""
    labels = {row["key"]: row["label"] for row in outcomes}
    return {
        currency: [
            Line(key, labels[key], currency, _sum(lines, "budget"), _sum(lines, "expenditure"))
            for key in labels
            if (lines := [row for row in rows if row["outcome"] == key])
        ]
        for currency, rows in groups_of(budget, "currency").items()
    }


def total_line(lines: list[Line], label: str) -> Line:
    """Add up the outcomes of one currency."""
    budget, expenditure = (total(getattr(line, column) for line in lines) for column in ("budget", "expenditure"))
    return Line("", label, lines[0].currency, budget, expenditure)


def years_of(budget: list[Row]) -> tuple[str, str]:
    """Give the first and the last year."""
    years = sorted(row["year"] for row in budget)
    return years[0], years[-1]


def _sum(rows: list[Row], column: str) -> Decimal | None:
    return total(number_in(row[column]) for row in rows)
