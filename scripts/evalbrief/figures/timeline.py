"""The timeline: a lane for each strand, bars for periods, diamonds for moments, labels beside them or on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from evalbrief.figures.intervals import first_day, interval, short_month, years
from evalbrief.figures.sheet import SMALL, WIDTH, Sheet
from evalbrief.tables.rows import Row, Value
from evalbrief.tables.wording import Wording
from evalbrief.text.locale import NO_BREAK_SPACE

LANE = 24.0
HEAD = 5.4
GAP = 1.6
BAR = 5.0
ROW_PADDING = 1.4
LANE_PADDING = 1.6
RADIUS = 1.7
COLOURS = {"project": "blue", "evaluation": "purple"}
MOST_LABELS = 14
FEW_DAYS = 548


@dataclass(frozen=True)
class Milestone:
    """A period or a moment; `first` and `after` are days, `after` being the first day that no longer belongs to it."""

    key: str
    strand: str
    label: str
    start: str
    end: str
    first: date
    after: date


@dataclass(frozen=True)
class Place:
    """Where a milestone and its label stand: millimetres across, and the row of its lane."""

    milestone: Milestone
    left: float
    right: float
    side: str
    lines: list[str]
    extent: tuple[float, float]


def collect_milestones(rows: list[Row]) -> list[Milestone]:
    """Read the milestones, earliest first within each strand; the strands keep the order of their first row."""
    strands = list(dict.fromkeys(row["strand"] for row in rows))
    milestones = [
        Milestone(
            row["key"], row["strand"], row["label"], row["start"], row["end"],
            first_day(row["start"]), _day_after(row["end"] or row["start"]),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(milestones, key=lambda m: (strands.index(m.strand), m.first, -m.after.toordinal()))


def milestone_rows(milestones: list[Milestone]) -> list[dict[str, Value]]:
    """Give the data as drawn."""
    return [{"key": m.key, "strand": m.strand, "label": m.label, "start": m.start, "end": m.end} for m in milestones]


def timeline_words(milestones: list[Milestone], wording: Wording) -> dict[str, str]:
    """Say in words what the timeline shows: every strand with its milestones and their dates."""
    sentences = [wording.say("alt", years=_years(milestones, wording))]
    for strand, members in _by_strand(milestones):
        items = [wording.say("alt_milestone", label=m.label, dates=_dates(m, wording)) for m in members]
        sentences.append(
            wording.say("alt_strand", strand=wording.term("strand", strand), milestones=wording.enumeration(items))
        )
    return {"caption": wording.say("caption"), "source": wording.say("source"), "alt": " ".join(sentences)}


def draw_timeline_on(sheet: Sheet, milestones: list[Milestone], wording: Wording) -> None:
    """Draw the lanes over bands of years, or of months when there is less than a year and a half of them."""
    scale, bands = _time_scale(milestones, wording.locale)
    lanes = []
    y = HEAD
    for strand, members in _by_strand(milestones):
        rows = _pack([_place(sheet, m, scale, wording) for m in members])
        height = sum(_row_height(sheet, row) for row in rows) + 2 * LANE_PADDING
        lanes.append((strand, rows, y, height, COLOURS.get(strand, "dark_blue")))
        y += height
    _draw_bands(sheet, bands, scale, HEAD, y)
    if not bands[0][1].isdigit():
        sheet.text(0, HEAD / 2, _years(milestones, wording), size=SMALL)
    for strand, rows, top, height, colour in lanes:
        sheet.line([(0, top), (WIDTH, top)], "accessible_grey", 0.5)
        name = sheet.wrap(wording.term("strand", strand), LANE - 3, bold=True)
        sheet.text(0, top + height / 2, name, bold=True, colour=colour)
        _draw_rows(sheet, rows, top + LANE_PADDING, colour)
    sheet.line([(0, y), (WIDTH, y)], "accessible_grey", 0.5)
    sheet.height = y + 0.4


class _TimeScale:
    """Turn days into millimetres across."""

    def __init__(self, first: date, after: date) -> None:
        self.first, self.after = first, after

    def __call__(self, day: date) -> float:
        part = (day - self.first).days / (self.after - self.first).days
        return LANE + part * (WIDTH - LANE)


def _time_scale(milestones: list[Milestone], locale: str) -> tuple[_TimeScale, list[tuple[date, str]]]:
    """Choose the bands, each with its first day and its name: whole years, or months of a short time."""
    first, last = min(m.first for m in milestones), max(m.after for m in milestones) - timedelta(days=1)
    if (last - first).days < FEW_DAYS:
        months = range(12 * first.year + first.month - 1, 12 * last.year + last.month + 1)
        days = [date(month // 12, month % 12 + 1, 1) for month in months]
        names = [short_month(day, locale) for day in days]
    else:
        days = [date(year, 1, 1) for year in range(first.year, last.year + 2)]
        every = -(-len(days) // MOST_LABELS)
        names = [str(day.year) if number % every == 0 else "" for number, day in enumerate(days)]
    return _TimeScale(days[0], days[-1]), list(zip(days[:-1], names, strict=False))


def _draw_bands(sheet: Sheet, bands: list[tuple[date, str]], scale: _TimeScale, top: float, bottom: float) -> None:
    edges = [scale(day) for day, _ in bands] + [WIDTH]
    for number, (_, name) in enumerate(bands):
        left, right = edges[number], edges[number + 1]
        if number % 2 == 0:
            sheet.bar(left, 0, right - left, bottom, "light_blue")
        sheet.text((left + right) / 2, top / 2, name, size=SMALL, align="center")


def _place(sheet: Sheet, milestone: Milestone, scale: _TimeScale, wording: Wording) -> Place:
    """Put the label on the bar if it fits there, else to the right, in two lines if need be, else to the left."""
    left, right = scale(milestone.first), scale(milestone.after)
    if not milestone.end:
        middle = (left + right) / 2
        left, right = min(left, middle - RADIUS), max(right, middle + RADIUS)
    dates = _dates(milestone, wording).replace(" ", NO_BREAK_SPACE)
    words = wording.say("milestone", label=milestone.label, dates=dates)
    width = sheet.width_of(words)
    room = {
        "inside": right - left - 2 * GAP if milestone.end else 0,
        "right": WIDTH - right - GAP,
        "left": left - LANE - GAP,
    }
    whole = max(sheet.width_of(word) for word in words.split(" ")) <= room["right"]
    if width > room["inside"] and whole and len(sheet.wrap(words, room["right"])) <= 2:
        side = "right"
    else:
        side = next((side for side in room if width <= room[side]), max(room, key=lambda side: room[side]))
    lines = sheet.wrap(words, room[side])
    width = max(sheet.width_of(line) for line in lines)
    extent = {"inside": (left, right), "right": (left, right + GAP + width), "left": (left - GAP - width, right)}[side]
    return Place(milestone, left, right, side, lines, extent)


def _pack(places: list[Place]) -> list[list[Place]]:
    """Put each milestone into the first row where neither it nor its label meets another."""
    rows: list[list[Place]] = []
    for place in places:
        for row in rows:
            if all(place.extent[0] > other.extent[1] + 3 or place.extent[1] < other.extent[0] - 3 for other in row):
                row.append(place)
                break
        else:
            rows.append([place])
    return rows


def _row_height(sheet: Sheet, row: list[Place]) -> float:
    return max(BAR, max(len(place.lines) for place in row) * sheet.line_height()) + ROW_PADDING


def _draw_rows(sheet: Sheet, rows: list[list[Place]], y: float, colour: str) -> None:
    for row in rows:
        height = _row_height(sheet, row)
        for place in row:
            _draw_place(sheet, place, y + height / 2, max(BAR, height - ROW_PADDING), colour)
        y += height


def _draw_place(sheet: Sheet, place: Place, y: float, height: float, colour: str) -> None:
    tall = height if place.side == "inside" else BAR
    if place.milestone.end:
        sheet.bar(place.left, y - tall / 2, place.right - place.left, tall, colour)
    else:
        if place.right - place.left > 4 * RADIUS:
            sheet.line([(place.left, y), (place.right, y)], colour, 1.2)
        sheet.diamond((place.left + place.right) / 2, y, RADIUS, colour)
    if place.side == "inside":
        sheet.text(place.left + GAP, y, place.lines, colour="white")
    elif place.side == "right":
        sheet.text(place.right + GAP, y, place.lines)
    else:
        sheet.text(place.left - GAP, y, place.lines, align="right")


def _dates(milestone: Milestone, wording: Wording) -> str:
    start, end = milestone.start, milestone.end
    if not end or end == start:
        return wording.day(start)
    return interval(start, end, wording)


def _years(milestones: list[Milestone], wording: Wording) -> str:
    first, last = min(m.first for m in milestones), max(m.after for m in milestones) - timedelta(days=1)
    return years(first.year, last.year, wording)


def _by_strand(milestones: list[Milestone]) -> Iterable[tuple[str, list[Milestone]]]:
    for strand in dict.fromkeys(m.strand for m in milestones):
        yield strand, [m for m in milestones if m.strand == strand]


def _day_after(text: str) -> date:
    """Give the first day after a date of any precision."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts) + timedelta(days=1)
    if len(parts) == 2:
        return date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
    return date(parts[0] + 1, 1, 1)
