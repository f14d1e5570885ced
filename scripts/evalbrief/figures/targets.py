"""Results against targets: from the baseline to the actual value, each row on the scale of its own target."""

from decimal import Decimal

from evalbrief.arithmetic import share
from evalbrief.figures.sheet import SMALL, Sheet
from evalbrief.tables.indicators import Indicator
from evalbrief.tables.rows import Value
from evalbrief.tables.wording import Wording

LABELS = 66.0
NARROWEST = 15.0
COLUMNS = ["baseline", "actual", "target"]
MOST = 200.0
STEP = 50
RADIUS = 1.6


def target_rows(indicators: list[Indicator]) -> list[dict[str, Value]]:
    """Give the data as drawn; the rate is in per cent of the target."""
    return [
        {"indicator": i.key, "label": i.label, "unit": i.unit, "country": i.country, "year": i.year,
         "baseline": i.baseline, "target": i.target, "actual": i.actual, "rate": i.rate}
        for i in indicators
    ]  # fmt: skip


def target_words(indicators: list[Indicator], wording: Wording) -> dict[str, str]:
    """Say in words how many targets are reached and which, and the values of each indicator."""
    with_target = [i for i in indicators if i.reached is not None]
    reached = [_short_name(i, wording) for i in with_target if i.reached]
    sentences = [wording.say("alt", count=len(indicators))]
    if with_target:
        sentences.append(wording.say("alt_reached", count=len(reached), total=len(with_target)))
    if 0 < len(reached) < len(indicators):
        sentences.append(wording.say("alt_names", indicators=wording.enumeration(reached)))
    sentences += [_row_words(i, wording) for i in indicators]
    years = sorted({i.year for i in indicators if i.year})
    source = wording.say("source", years=wording.enumeration(years))
    return {"caption": wording.say("caption"), "source": source, "alt": " ".join(sentences)}


def draw_dumbbells(sheet: Sheet, indicators: list[Indicator], wording: Wording) -> None:
    """Draw a row for each indicator, one line for all targets, and the numbers themselves at the right."""
    width = _number_width(sheet, indicators, wording)
    heads = sheet.columns({wording.say(name): width for name in COLUMNS}, bold=wording.say("actual"))
    columns = dict(zip(COLUMNS, heads.values(), strict=True))
    right = columns["baseline"] - width - 3
    most = _scale_end(indicators)
    scale = (right - LABELS) / most
    y = _heads(sheet, heads, wording) + 2.6
    for indicator in indicators:
        label = sheet.wrap(indicator.name(wording), LABELS - 5)
        height = len(label) * sheet.line_height() + 1.8
        sheet.text(0, y + height / 2, label)
        if indicator.target and indicator.actual is not None:
            _draw_scale(sheet, y, height, scale, most)
            _draw_marks(sheet, indicator, y + height / 2, scale, most)
        else:
            _say_why_not(sheet, indicator, y + height / 2, wording)
        _write_numbers(sheet, indicator, y + height / 2, columns, wording)
        y += height
    sheet.height = _write_axis(sheet, y, scale, most, wording)


def _write_axis(sheet: Sheet, y: float, scale: float, most: float, wording: Wording) -> float:
    """Write what the scale is, and its numbers beside that; return where they end."""
    axis = sheet.wrap(wording.say("axis"), LABELS - 5, SMALL)
    height = len(axis) * sheet.line_height(SMALL)
    sheet.text(0, y + 0.8 + height / 2, axis, size=SMALL)
    for value in range(0, int(most) + 1, STEP):
        number, x = wording.percent(value), LABELS + value * scale
        sheet.text(x, y + 0.8 + sheet.line_height(SMALL) / 2, number, size=SMALL, bold=value == 100, align="center")
    return y + 1.2 + height


def _scale_end(indicators: list[Indicator]) -> float:
    """End the scale at the largest share of a target, between 110 and MOST per cent; more is drawn as an arrow."""
    shares = [share(value, i.target) for i in indicators for value in (i.baseline, i.actual)]
    largest = max((float(s) for s in shares if s is not None), default=100.0)
    return min(max(largest + 6, 110.0), MOST)


def _number_width(sheet: Sheet, indicators: list[Indicator], wording: Wording) -> float:
    """Give the width of a column of numbers, which is that of the longest."""
    values = [value for i in indicators for name in COLUMNS if (value := getattr(i, name)) is not None]
    return max([NARROWEST, *(sheet.width_of(wording.number(value), bold=True) + 3 for value in values)])


def _heads(sheet: Sheet, heads: dict[str, float], wording: Wording) -> float:
    marks = [
        (lambda x, y: sheet.disc(x, y, 1.2, "white", "black", 0.9), wording.say("baseline")),
        (lambda x, y: sheet.disc(x, y, RADIUS, "blue"), wording.say("reached")),
        (lambda x, y: sheet.diamond(x, y, RADIUS + 0.2, "dark_red"), wording.say("missed")),
        (lambda x, y: sheet.line([(x, y - 1.8), (x, y + 1.8)], "black", 1.4), wording.say("target")),
    ]
    end, y = sheet.key(0, 2.2, marks)
    return sheet.heads(end, y, heads, bold=wording.say("actual"))


def _draw_scale(sheet: Sheet, y: float, height: float, scale: float, most: float) -> None:
    """Draw the lines of the scale through a row, the target's strongest."""
    for value in range(0, int(most) + 1, STEP):
        x = LABELS + value * scale
        target = value == 100
        sheet.line([(x, y), (x, y + height)], "black" if target else "grey", 1.4 if target else 0.5)


def _draw_marks(sheet: Sheet, indicator: Indicator, y: float, scale: float, most: float) -> None:
    """Draw the baseline, the actual value and the way between; what lies beyond the scale is an arrow at its end."""

    def place(value: Decimal | None) -> tuple[float, bool]:
        percent = float(share(value, indicator.target) or 0)
        return LABELS + min(max(percent, 0), most) * scale, percent > most

    (start, start_beyond), (end, end_beyond) = place(indicator.baseline), place(indicator.actual)
    if indicator.baseline is not None:
        sheet.bar(min(start, end), y - 0.9, abs(end - start), 1.8, "blue*0.3")
    if start_beyond:
        _arrow(sheet, start, y, "white", "black")
    elif indicator.baseline is not None:
        sheet.disc(start, y, 1.2, "white", "black", 0.9)
    if end_beyond:
        _arrow(sheet, end, y, _colour(indicator), "white")
    elif indicator.reached:
        sheet.disc(end, y, RADIUS, "blue")
    else:
        sheet.diamond(end, y, RADIUS + 0.2, "dark_red")


def _say_why_not(sheet: Sheet, indicator: Indicator, y: float, wording: Wording) -> None:
    if indicator.actual is None:
        words = wording.say("no_actual")
    else:
        words = wording.say("no_target" if indicator.target is None else "zero_target")
    sheet.text(LABELS, y, words, size=SMALL, colour="accessible_grey")


def _write_numbers(sheet: Sheet, indicator: Indicator, y: float, columns: dict[str, float], wording: Wording) -> None:
    for name, x in columns.items():
        value = getattr(indicator, name)
        text = wording.say("missing_short") if value is None else wording.number(value)
        look = {"bold": True, "colour": _colour(indicator)} if name == "actual" else {}
        sheet.text(x, y, text, align="right", **look)


def _arrow(sheet: Sheet, tip: float, y: float, colour: str, edge: str) -> None:
    sheet.shape([(tip - 2.4, y - RADIUS), (tip, y), (tip - 2.4, y + RADIUS)], colour, edge)


def _colour(indicator: Indicator) -> str:
    if indicator.reached is None:
        return "black"
    return "blue" if indicator.reached else "dark_red"


def _row_words(indicator: Indicator, wording: Wording) -> str:
    def write(value: Decimal | None) -> str:
        return wording.say("missing") if value is None else wording.number(value)

    values = {name: write(getattr(indicator, name)) for name in COLUMNS}
    rate = "" if indicator.rate is None else wording.say("alt_rate", rate=wording.percent(indicator.rate))
    return wording.say("alt_row", indicator=indicator.name(wording), rate=rate, **values)


def _short_name(indicator: Indicator, wording: Wording) -> str:
    """Name an indicator without its unit, which only its numbers need."""
    if not indicator.country:
        return indicator.label
    return wording.say("indicator", label=indicator.label, unit=indicator.country)
