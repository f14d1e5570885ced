"""The rating strip: one row per criterion, filled as far as the rating goes."""

from decimal import Decimal

from evalbrief.figures.sheet import WIDTH, Sheet
from evalbrief.tables.ratings import Rating, Scale
from evalbrief.tables.rows import Value
from evalbrief.tables.wording import Wording

LABELS = 54.0
MOST_CELLS = 10
GAP = 1.0
STRIP = 4.4
COLUMN = 17.0


def rating_rows(ratings: list[Rating], scale: Scale) -> list[dict[str, Value]]:
    """Give the data as drawn."""
    return [
        {"criterion": r.criterion, "label": r.label, "rating": r.rating, "evidence_strength": r.evidence_strength,
         "lowest": scale.lowest, "highest": scale.highest, "unit": scale.unit}
        for r in ratings
    ]  # fmt: skip


def rating_words(ratings: list[Rating], scale: Scale, wording: Wording) -> dict[str, str]:
    """Say in words what the strip shows."""

    def listed(marks: dict[str, Decimal]) -> str:
        return wording.enumeration(
            [wording.say("alt_rating", label=label, rating=scale.write(mark, wording)) for label, mark in marks.items()]
        )

    marks = {r.label: r.rating for r in ratings if r.rating is not None}
    strengths = {r.label: r.evidence_strength for r in ratings if r.evidence_strength is not None}
    missing = [r.label for r in ratings if r.rating is None]
    sentences = [wording.say("alt", ratings=listed(marks))]
    if len(set(marks.values())) > 1:
        worst, best = (
            wording.enumeration([label for label, mark in marks.items() if mark == extreme])
            for extreme in (min(marks.values()), max(marks.values()))
        )
        sentences.append(wording.say("alt_extremes", best=best, worst=worst))
    if missing:
        sentences.append(wording.say("alt_missing", labels=wording.enumeration(missing)))
    if strengths:
        sentences.append(wording.say("alt_evidence", ratings=listed(strengths)))
    return {"caption": wording.say("caption"), "source": wording.say("source"), "alt": " ".join(sentences)}


def draw_strip(sheet: Sheet, ratings: list[Rating], scale: Scale, wording: Wording) -> None:
    """Draw a strip for each criterion, a thin one below it for the strength of the evidence, and the numbers."""
    with_evidence = any(r.evidence_strength is not None for r in ratings)
    heads = {wording.say("rating"): COLUMN, wording.say("evidence_short"): COLUMN}
    edges = sheet.columns(heads, bold=wording.say("rating"))
    rating_column = min(edges.values()) if with_evidence else WIDTH
    y = _head(sheet, edges, wording) + 3.4 if with_evidence else 0.0
    for rating in ratings:
        lines = sheet.wrap(rating.label, LABELS - 4)
        height = max(len(lines) * sheet.line_height() + 1.8, 7.8 if with_evidence else 6.4)
        middle = y + height / 2
        sheet.text(0, middle, lines)
        top = middle - (STRIP / 2 if rating.evidence_strength is None else 3.2)
        _strip(sheet, rating_column - COLUMN, top, rating.rating or Decimal(0), scale)
        if rating.evidence_strength is not None:
            length = (rating_column - COLUMN - LABELS) * _share(rating.evidence_strength, scale)
            sheet.bar(LABELS, middle + 1.6, length, 1.2, "purple")
        _write_mark(sheet, rating_column, middle, rating.rating, scale, wording, bold=True)
        if with_evidence:
            _write_mark(sheet, WIDTH, middle, rating.evidence_strength, scale, wording)
        y += height
    sheet.height = y + 0.6


def _head(sheet: Sheet, heads: dict[str, float], wording: Wording) -> float:
    """Name the two strips by their marks and head their columns; return the middle of the last line."""
    marks = [
        (lambda x, y: sheet.bar(x - 2, y - 1.5, 4, 3, "blue"), wording.say("rating")),
        (lambda x, y: sheet.bar(x - 2, y - 0.6, 4, 1.2, "purple"), wording.say("evidence")),
    ]
    end, y = sheet.key(0, 2.2, marks)
    return sheet.heads(end, y, heads, bold=wording.say("rating"))


def _write_mark(
    sheet: Sheet, x: float, y: float, mark: Decimal | None, scale: Scale, wording: Wording, bold: bool = False
) -> None:
    """Write a rating (bold) or the strength of its evidence, or the sign that there is none."""
    if mark is None:
        sheet.text(x, y, wording.say("missing_short"), colour="accessible_grey", align="right")
    else:
        sheet.text(x, y, scale.write(mark, wording), bold=bold, colour="blue" if bold else "purple", align="right")


def _strip(sheet: Sheet, right: float, top: float, rating: Decimal, scale: Scale) -> None:
    """Draw the scale as cells when it has few points, else as one bar, and fill it up to the rating."""
    cells = int(scale.highest) if scale.unit == "points" and scale.highest <= MOST_CELLS else 1
    step = (right - LABELS + GAP) / cells
    for number in range(cells):
        left, width = LABELS + number * step, step - GAP
        part = min(max(_share(rating, scale) * cells - number, 0), 1)
        sheet.bar(left, top, width, STRIP, "light_blue", edge="accessible_grey" if part < 1 else "")
        if part:
            sheet.bar(left, top, width * part, STRIP, "blue")


def _share(value: Decimal, scale: Scale) -> float:
    return float(value / scale.highest)
