"""The results framework: what each indicator reached in the last year that has a value."""

from dataclasses import dataclass, field
from decimal import Decimal

from evalbrief.arithmetic import attains, share, total
from evalbrief.tables.rows import Row, groups_of, number_in
from evalbrief.tables.wording import Wording
from evalbrief.text.locale import NO_BREAK_SPACE

SHORT_UNIT = 20  # characters


@dataclass(frozen=True)
class Indicator:
    """An indicator and its values; None where they are not given. `country` is empty for all countries together."""

    key: str
    label: str
    unit: str
    country: str
    year: str
    baseline: Decimal | None
    target: Decimal | None
    actual: Decimal | None
    by_country: dict[str, tuple[Decimal | None, Decimal | None]] = field(default_factory=dict)

    def name(self, wording: Wording) -> str:
        """Name the indicator with its country and its unit, which stays on one line if it is short."""
        place = f", {self.country}" if self.country else ""
        unit = self.unit.replace(" ", NO_BREAK_SPACE) if len(self.unit) <= SHORT_UNIT else self.unit
        return wording.say("indicator", label=self.label + place, unit=unit)

    @property
    def rate(self) -> Decimal | None:
        """Give the actual value in per cent of the target."""
        return share(self.actual, self.target)

    @property
    def reached(self) -> bool | None:
        """Say whether the target is reached; None where one of the two is not given."""
        if self.actual is None or self.target is None:
            return None
        return attains(self.actual, self.target, self.baseline)


def collect_indicators(achievements: list[Row], indicators: list[Row], wording: Wording) -> list[Indicator]:
    """Add the countries up for the last year with an actual value; shares (unit with %) cannot be added and stay apart.

    A target counts only for countries that gave an actual value, and only if all of them have one.
    """
    values = groups_of(achievements, "indicator")
    found = []
    for row in indicators:
        rows = _last_year(values.get(row["key"], []))
        countries = list(dict.fromkeys(value["country"] for value in rows))
        if "%" in row["unit"] and len(countries) > 1:
            found += [_indicator(row, [v for v in rows if v["country"] == code], code, wording) for code in countries]
        else:
            found.append(_indicator(row, rows, "", wording))
    return found


def _last_year(rows: list[Row]) -> list[Row]:
    """Keep the rows of the last year with an actual value that have one; without any, those of the last year."""
    given = [row for row in rows if row["actual"]] or rows
    last = max((int(row["year"]) for row in given), default=None)
    return [row for row in given if int(row["year"]) == last]


def _indicator(indicator: Row, rows: list[Row], code: str, wording: Wording) -> Indicator:
    targets = [number_in(row["target"]) for row in rows]
    actuals = [number_in(row["actual"]) for row in rows]
    return Indicator(
        key=indicator["key"],
        label=indicator["label"],
        unit=indicator["unit"],
        country=wording.country(code) if code else "",
        year=rows[0]["year"] if rows else "",
        baseline=None if code else number_in(indicator["baseline"]),
        target=None if None in targets else total(targets),
        actual=total(actuals),
        by_country={r["country"]: (t, a) for r, t, a in zip(rows, targets, actuals, strict=True) if r["country"]},
    )
