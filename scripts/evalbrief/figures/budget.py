"""Expenditure inside its budget, a bar for each outcome; a panel for each currency."""

from decimal import Decimal

from evalbrief.figures.sheet import SMALL, WIDTH, Sheet
from evalbrief.tables.budget import Line, total_line
from evalbrief.tables.rows import Value
from evalbrief.tables.wording import Wording

LABELS = 72.0
RATE = 15.0
BAR = 5.6
INNER = 3.2
COLUMNS = ["budget", "expenditure", "rate"]


def budget_rows(panels: dict[str, list[Line]]) -> list[dict[str, Value]]:
    """Give the data as drawn; the rate is in per cent of the budget."""
    return [
        {"outcome": line.outcome, "label": line.label, "currency": currency, "budget": line.budget,
         "expenditure": line.expenditure, "rate": line.rate}
        for currency, lines in panels.items()
        for line in lines
    ]  # fmt: skip


def budget_words(panels: dict[str, list[Line]], years: tuple[str, str], wording: Wording) -> dict[str, str]:
    """Say in words what each outcome was given and spent, and the whole."""
    sentences = [wording.say("alt")]
    for lines in panels.values():
        sentences += [_line_words(line, wording) for line in [*lines, total_line(lines, wording.say("total"))]]
    period = years[0] if years[0] == years[1] else wording.say("period", first=years[0], last=years[1])
    caption = wording.say("caption", period=period)
    return {"caption": caption, "source": wording.say("source"), "alt": " ".join(sentences)}


def draw_panels(sheet: Sheet, panels: dict[str, list[Line]], wording: Wording) -> None:
    """Draw the currencies below each other, each on its own scale."""
    marks = [
        (lambda x, y: sheet.bar(x - 2, y - 1.5, 4, 3, "light_blue", edge="accessible_grey"), wording.say("budget")),
        (lambda x, y: sheet.bar(x - 2, y - 0.9, 4, 1.8, "blue"), wording.say("expenditure")),
    ]
    if any(_overspent(line) for lines in panels.values() for line in lines):
        marks.append((lambda x, y: _over(sheet, x - 2, y - 0.9, 4, 1.8), wording.say("over")))
    end, y = sheet.key(0, 2.2, marks)
    for currency, lines in panels.items():
        y = _draw_panel(sheet, currency, lines, (end, y), wording)
        end, y = 0.0, y + 4
    sheet.height = y - 3.6


def _draw_panel(sheet: Sheet, currency: str, lines: list[Line], start: tuple[float, float], wording: Wording) -> float:
    """Draw the outcomes of one currency and their sum below a line that is taken up to `start`; return the end."""
    width = _number_width(sheet, lines, wording)
    heads = [wording.say("budget_in", currency=currency), wording.say("expenditure"), wording.say("rate")]
    edges = sheet.columns(dict(zip(heads, (width, width + 4, RATE), strict=True)), bold=heads[-1])
    columns = dict(zip(COLUMNS, edges.values(), strict=True))
    y = sheet.heads(*start, edges, bold=heads[-1]) + 2.4
    first = columns["budget"] - width
    largest = max([float(value) for line in lines for value in (line.budget, line.expenditure) if value] or [1.0])
    scale = (first - 4 - LABELS) / largest
    for line in lines:
        label = sheet.wrap(line.label, LABELS - 4)
        height = max(BAR, len(label) * sheet.line_height()) + 1.8
        sheet.text(0, y + height / 2, label)
        _draw_bar(sheet, line, y + height / 2, scale)
        _write_numbers(sheet, line, y + height / 2, columns, wording)
        y += height
    if len(lines) > 1:
        sheet.line([(0, y + 0.4), (WIDTH, y + 0.4)], "accessible_grey", 0.5)
        whole = total_line(lines, wording.say("total"))
        sheet.text(0, y + 3.4, whole.label, bold=True)
        _write_numbers(sheet, whole, y + 3.4, columns, wording, bold=True)
        y += 5.6
    return y


def _number_width(sheet: Sheet, lines: list[Line], wording: Wording) -> float:
    whole = total_line(lines, "")
    numbers = [wording.number(round(value)) for value in (whole.budget, whole.expenditure) if value is not None]
    heads = [wording.say("expenditure"), wording.say("budget_in", currency=lines[0].currency)]
    widths = [sheet.width_of(number, bold=True) for number in numbers] + [sheet.width_of(head, SMALL) for head in heads]
    return max(widths)


def _draw_bar(sheet: Sheet, line: Line, y: float, scale: float) -> None:
    budget, spent = float(line.budget or 0) * scale, float(line.expenditure or 0) * scale
    if budget:
        sheet.bar(LABELS, y - BAR / 2, budget, BAR, "light_blue", edge="accessible_grey")
    if spent:
        sheet.bar(LABELS, y - INNER / 2, min(spent, budget) if budget else spent, INNER, "blue")
    if _overspent(line):
        _over(sheet, LABELS + budget, y - INNER / 2, spent - budget, INNER)


def _over(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    sheet.bar(x, y, width, height, "white", edge="dark_red", hatch="//////")


def _write_numbers(
    sheet: Sheet, line: Line, y: float, columns: dict[str, float], wording: Wording, bold: bool = False
) -> None:
    for name in ("budget", "expenditure"):
        sheet.text(columns[name], y, _amount(getattr(line, name), wording), bold=bold, align="right")
    rate = wording.say("missing_short") if line.rate is None else wording.percent(line.rate)
    colour = "dark_red" if _overspent(line) else "blue"
    sheet.text(columns["rate"], y, rate, bold=True, colour=colour, align="right")


def _amount(value: Decimal | None, wording: Wording) -> str:
    return wording.say("missing_short") if value is None else wording.number(round(value))


def _overspent(line: Line) -> bool:
    return line.budget is not None and line.expenditure is not None and line.expenditure > line.budget


def _line_words(line: Line, wording: Wording) -> str:
    def write(value: Decimal | None) -> str:
        return wording.say("missing") if value is None else wording.money(value, line.currency)

    rate = "" if line.rate is None else wording.say("alt_rate", rate=wording.percent(line.rate))
    budget, expenditure = write(line.budget), write(line.expenditure)
    return wording.say("alt_line", label=line.label, budget=budget, expenditure=expenditure, rate=rate)
