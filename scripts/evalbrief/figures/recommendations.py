"""The matrix of recommendations: what each one gives to those who follow it up, and what it still lacks."""

from dataclasses import dataclass

from evalbrief.figures.colour import ink_on
from evalbrief.figures.sheet import SMALL, WIDTH, Sheet
from evalbrief.tables.rows import Row, Value
from evalbrief.tables.wording import Wording

FIELDS = ["addressee", "priority", "resources", "time_frame", "response"]
LEVELS = {"high": "dark_blue", "medium": "blue", "low": "blue*0.25"}
NUMBERS = 9.0
COLUMN = 18.0
ROW = 5.6
GAP = 0.8


@dataclass(frozen=True)
class Recommendation:
    """A recommendation with the number it has in the brief; an empty text is a gap."""

    number: int
    key: str
    text: str
    given: dict[str, str]


def collect_recommendations(rows: list[Row]) -> list[Recommendation]:
    """Put the most urgent first; without priority a recommendation comes last, in the order of the brief."""
    order = [*LEVELS, ""]
    found = [
        Recommendation(number, row["key"], row["text"], {field: row[field] for field in FIELDS})
        for number, row in enumerate(rows, start=1)
    ]
    return sorted(found, key=lambda r: (order.index(r.given["priority"]), r.number))


def recommendation_rows(found: list[Recommendation]) -> list[dict[str, Value]]:
    """Give the data as drawn."""
    return [{"number": r.number, "key": r.key, **r.given} for r in found]


def recommendation_words(found: list[Recommendation], wording: Wording) -> dict[str, str]:
    """Say in words how many recommendations name each field, and which are urgent."""
    counts = [
        wording.say("alt_field", field=wording.say(field), given=_given(found, field), count=len(found))
        for field in FIELDS
    ]
    sentences = [wording.say("alt", count=len(found)), wording.say("alt_fields", fields=wording.enumeration(counts))]
    for level in LEVELS:
        numbers = [str(r.number) for r in found if r.given["priority"] == level]
        if numbers:
            term = wording.term("level", level).lower()
            sentences.append(wording.say("alt_level", level=term, numbers=wording.enumeration(numbers)))
    return {"caption": wording.say("caption"), "source": wording.say("source"), "alt": " ".join(sentences)}


def draw_recommendations_on(sheet: Sheet, found: list[Recommendation], wording: Wording) -> None:
    """Draw a row for each recommendation: its number, how it begins, and a tile, full or empty, for each field."""
    first = WIDTH - COLUMN * len(FIELDS)
    y = _heads(sheet, first, wording)
    for recommendation in found:
        middle = y + ROW / 2
        sheet.text(0, middle, wording.say("number", number=recommendation.number), bold=True, colour="blue")
        sheet.text(NUMBERS, middle, _beginning(sheet, recommendation.text, first - NUMBERS - 4), size=SMALL)
        for column, field in enumerate(FIELDS):
            _tile(sheet, first + column * COLUMN, y, field, recommendation.given[field], wording)
        y += ROW
    sheet.text(0, y + 3.2, wording.say("total"), size=SMALL, bold=True)
    for column, field in enumerate(FIELDS):
        count = wording.say("given", given=_given(found, field), total=len(found))
        sheet.text(first + (column + 0.5) * COLUMN, y + 3.2, count, size=SMALL, bold=True, align="center")
    sheet.height = y + 5.2


def _heads(sheet: Sheet, first: float, wording: Wording) -> float:
    """Write the heading of each column, and the key to the tiles; return where the rows begin."""
    heads = [sheet.wrap(wording.say(field), COLUMN - 1, SMALL, bold=True) for field in FIELDS]
    height = max(len(lines) for lines in heads) * sheet.line_height(SMALL) + 1.6
    height = max(height, 5.4)
    for column, lines in enumerate(heads):
        middle = height - 0.8 - len(lines) * sheet.line_height(SMALL) / 2
        sheet.text(
            first + (column + 0.5) * COLUMN, middle, lines, size=SMALL, bold=True, colour="dark_blue", align="center"
        )
    marks = [
        (lambda x, y: sheet.bar(x - 2, y - 1.5, 4, 3, "blue"), wording.say("key_given")),
        (lambda x, y: sheet.bar(x - 2, y - 1.5, 4, 3, "white", edge="accessible_grey"), wording.say("key_missing")),
    ]
    sheet.key(0, height - 0.8 - sheet.line_height(SMALL) / 2, marks)
    return height


def _tile(sheet: Sheet, x: float, y: float, field: str, value: str, wording: Wording) -> None:
    x, y, width, height = x + GAP / 2, y + GAP / 2, COLUMN - GAP, ROW - GAP
    if not value:
        sheet.bar(x + 0.1, y + 0.1, width - 0.2, height - 0.2, "white", edge="accessible_grey")
        return
    colour = LEVELS[value] if field == "priority" else "blue"
    sheet.bar(x, y, width, height, colour)
    middle = x + width / 2, y + height / 2
    if field in ("priority", "resources"):
        ink = ink_on(sheet.colour(colour))
        sheet.text(*middle, wording.term("level", value), size=SMALL, bold=value == "high", colour=ink, align="center")
    else:
        sheet.line(
            [(middle[0] - 1.3, middle[1]), (middle[0] - 0.3, middle[1] + 1), (middle[0] + 1.5, middle[1] - 1.1)],
            "white",
            1.4,
        )


def _given(found: list[Recommendation], field: str) -> int:
    return sum(1 for recommendation in found if recommendation.given[field])


def _beginning(sheet: Sheet, text: str, width: float) -> str:
    """Give as many words of a text as fit in a line, with an ellipsis when there are more."""
    lines = sheet.wrap(text, width, SMALL)
    if len(lines) == 1:
        return text
    return sheet.wrap(text, width - sheet.width_of("…", SMALL), SMALL)[0].rstrip(" ,;:.") + "…"
