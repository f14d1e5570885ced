"""The rating of each criterion, in the order of the brief."""

from dataclasses import dataclass
from decimal import Decimal

from evalbrief.tables.rows import Row, number_in
from evalbrief.tables.wording import Wording


@dataclass(frozen=True)
class Rating:
    """A criterion and what it was given; None where it was not rated."""

    criterion: str
    label: str
    rating: Decimal | None
    evidence_strength: Decimal | None
    justification: str


@dataclass(frozen=True)
class Scale:
    """The scale of the ratings; unit is points or percent."""

    lowest: Decimal
    highest: Decimal
    unit: str

    def write(self, rating: Decimal, wording: Wording) -> str:
        """Write a rating so that its scale is seen: 5 / 6, or 83 %."""
        if self.unit == "percent":
            return wording.percent(rating, 0 if rating == rating.to_integral_value() else 1)
        return wording.say("of", rating=wording.number(rating), highest=wording.number(self.highest))


def collect_ratings(
    ratings: list[Row], criteria: list[Row], rating_scale: list[Row], wording: Wording
) -> tuple[list[Rating], Scale]:
    """Put the ratings in the order of the criteria; raise ValueError when there is no scale."""
    if not rating_scale:
        raise ValueError("criteria are rated, but there is no rating scale")
    scale = Scale(Decimal(rating_scale[0]["lowest"]), Decimal(rating_scale[0]["highest"]), rating_scale[0]["unit"])
    given = {row["criterion"]: row for row in ratings}
    return [_rating(key, label, given.get(key, {})) for key, label in criterion_names(criteria).items()], scale


def _rating(key: str, label: str, row: Row) -> Rating:
    strength = number_in(row.get("evidence_strength", ""))
    return Rating(key, label, number_in(row.get("rating", "")), strength, row.get("justification", ""))


def criterion_names(criteria: list[Row]) -> dict[str, str]:
    """Name each criterion, also those that share a heading."""
    return {
        member: name
        for heading in criteria
        for member, name in zip(heading["members"].split(";"), heading["names"].split(";"), strict=True)
    }
