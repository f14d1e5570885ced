"""The matrix of recommendations: what each one gives to those who follow it up, and what it still lacks."""

from dataclasses import dataclass

from evalbrief.figures.colour import ink_on
from evalbrief.figures.sheet import SMALL, WIDTH, Sheet
from evalbrief.tables.rows import Row, Value
from evalbrief.tables.wording import Wording

FIELDS = ["addressee", "priority", "resources", "time_frame", "response"]
GRADED = ["priority", "resources"]
LEVELS = {"high": "dark_blue", "medium": "blue", "low": "blue*0.25"}
FEW = 5
SHORT_WORD = 3
PUNCTUATION = " ,;:.\u00a0\u202f"
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
    """Say in words how many recommendations name each field, which are the few that do or do not, and the levels."""
    counts = [
        wording.say("alt_field", field=wording.say(field), given=_given(found, field), count=len(found))
        for field in FIELDS
    ]
    sentences = [wording.say("alt", count=len(found)), wording.say("alt_fields", fields=wording.enumeration(counts))]
    sentences += _exceptions(found, wording)
    for field in GRADED:
        levels = [
            _numbered(wording.term("level", level).lower(), [r for r in found if r.given[field] == level], wording)
            for level in LEVELS
            if any(r.given[field] == level for r in found)
        ]
        if levels:
            sentences.append(wording.say("alt_levels", field=wording.say(field), levels=wording.enumeration(levels)))
    return {"caption": wording.say("caption"), "source": wording.say("source"), "alt": " ".join(sentences)}


def _exceptions(found: list[Recommendation], wording: Wording) -> list[str]:
    """Name the recommendations that lack a field, or those that have it, whichever are fewer and few."""
    lacking, having = [], []
    for field in FIELDS:
        without = [r for r in found if not r.given[field]]
        with_it = [r for r in found if r.given[field]]
        if 0 < len(without) <= min(FEW, len(with_it)):
            lacking.append(_numbered(wording.say(field), without, wording))
        elif 0 < len(with_it) <= min(FEW, len(without)):
            having.append(_numbered(wording.say(field), with_it, wording))
    named = {"alt_missing": lacking, "alt_only": having}
    return [wording.say(label, fields=wording.enumeration(fields)) for label, fields in named.items() if fields]


def _numbered(name: str, members: list[Recommendation], wording: Wording) -> str:
    numbers = [wording.say("number", number=r.number) for r in sorted(members, key=lambda r: r.number)]
    return wording.say("alt_numbers", name=name, numbers=wording.enumeration(numbers))


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
    middle = x + width / 2, y + height / 2
    if field in GRADED:
        colour = LEVELS[value]
        sheet.bar(x + 0.1, y + 0.1, width - 0.2, height - 0.2, colour, edge=colour.partition("*")[0])
        ink = ink_on(sheet.colour(colour), sheet.colour("black"))
        sheet.text(*middle, wording.term("level", value), size=SMALL, bold=value == "high", colour=ink, align="center")
    else:
        sheet.bar(x, y, width, height, "blue")
        sheet.line(
            [(middle[0] - 1.3, middle[1]), (middle[0] - 0.3, middle[1] + 1), (middle[0] + 1.5, middle[1] - 1.1)],
            "white",
            1.4,
        )


def _given(found: list[Recommendation], field: str) -> int:
    return sum(1 for recommendation in found if recommendation.given[field])


def _beginning(sheet: Sheet, text: str, width: float) -> str:
    """Give as many words of a text as fit in a line; when there are more, end in an ellipsis and on no short word."""
    lines = sheet.wrap(text, width, SMALL)
    if len(lines) == 1:
        return text
    words = sheet.wrap(text, width - sheet.width_of("…", SMALL), SMALL)[0].split(" ")
    while len(words) > 1 and _is_short(words[-1]):
        words.pop()
    return " ".join(words).rstrip(PUNCTUATION) + "…"


def _is_short(word: str) -> bool:
    """Find articles and prepositions in any language: a word of few letters, or several that are drawn together."""
    return all(len(part) <= SHORT_WORD for part in word.strip(PUNCTUATION).replace("’", "'").split("'"))
