"""Answers to a survey as bars that part at the middle of the scale: negative to the left, positive to the right."""

from dataclasses import dataclass
from decimal import Decimal

from evalbrief.arithmetic import tenth
from evalbrief.figures.colour import ink_on
from evalbrief.figures.sheet import SMALL, Sheet
from evalbrief.tables.rows import Row, Value, groups_of
from evalbrief.tables.wording import Wording

LABELS = 71.0
COLUMN = 17.0
BAR = 5.6
NUMBER_MARGIN = 0.5
LIGHTEST_RED = 0.25
LIGHTEST_BLUE = 0.5


@dataclass(frozen=True)
class Question:
    """A question and how many people gave each answer, from the most negative to the most positive."""

    key: str
    label: str
    answers: list[int]

    @property
    def respondents(self) -> int:
        """Count the people who answered."""
        return sum(self.answers)

    def percent(self, level: int) -> Decimal:
        """Give an answer in per cent of all, to a tenth."""
        return tenth(Decimal(100 * self.answers[level]) / self.respondents)

    @property
    def positive(self) -> Decimal:
        """Give the answers above the middle in per cent of all."""
        above = sum(self.answers[(len(self.answers) + 1) // 2 :])
        return tenth(Decimal(100 * above) / self.respondents)


def collect_questions(survey: list[Row], scale: list[Row]) -> tuple[list[Question], list[str]]:
    """Count the answers of each question by level; give the names of the levels too."""
    levels = sorted(scale, key=lambda row: int(row["level"]))
    questions = []
    for key, rows in groups_of(survey, "question").items():
        counts = {row["level"]: int(row["respondents"]) for row in rows}
        questions.append(Question(key, rows[0]["label"], [counts.get(level["level"], 0) for level in levels]))
    return questions, [level["label"] for level in levels]


def survey_rows(questions: list[Question], levels: list[str], minimum: int) -> list[dict[str, Value]]:
    """Give the data as drawn; questions with too few answers have no numbers."""
    return [
        {"question": q.key, "label": q.label, "level": level, "answer": name,
         "respondents": q.answers[level - 1] if q.respondents >= minimum else None,
         "percent": q.percent(level - 1) if q.respondents >= minimum else None}
        for q in questions
        for level, name in enumerate(levels, start=1)
    ]  # fmt: skip


def survey_words(questions: list[Question], levels: list[str], minimum: int, wording: Wording) -> dict[str, str]:
    """Say in words how people answered each question."""
    shown = [q for q in questions if q.respondents >= minimum]
    sentences = [wording.say("alt", count=len(questions), levels=wording.enumeration(levels))]
    for question in shown:
        answers = [
            wording.say("alt_answer", answer=name, percent=wording.percent(question.percent(level)))
            for level, name in enumerate(levels)
        ]
        sentences.append(
            wording.say("alt_question", label=question.label, answers=wording.enumeration(answers),
                        respondents=wording.number(question.respondents))
        )  # fmt: skip
    if len(shown) > 1:
        best, worst = max(shown, key=lambda q: q.positive), min(shown, key=lambda q: q.positive)
        if best.positive != worst.positive:
            sentences.append(wording.say("alt_extremes", best=best.label, worst=worst.label))
    source = [wording.say("source", respondents=_range(shown, wording))] if shown else []
    if len(shown) < len(questions):
        source.append(wording.say("hidden", minimum=minimum))
    return {"caption": wording.say("caption"), "source": " ".join(source), "alt": " ".join(sentences)}


def draw_likert(sheet: Sheet, questions: list[Question], levels: list[str], minimum: int, wording: Wording) -> None:
    """Draw a bar for each question round a common middle, with the share of positive answers and the count."""
    shown = [q for q in questions if q.respondents >= minimum]
    colours = level_colours(len(levels))
    positive, respondents = wording.say("positive"), wording.say("respondents")
    heads = sheet.columns({positive: COLUMN, respondents: COLUMN}, bold=positive)
    right = heads[positive] - COLUMN - 2
    before = max((float(_left_part(q)) for q in shown), default=50.0)
    after = max((100 - float(_left_part(q)) for q in shown), default=50.0)
    scale = (right - LABELS) / (before + after)
    middle = LABELS + before * scale
    y = sheet.heads(*_key(sheet, levels, colours), heads, bold=positive) + 2.6
    for question in questions:
        lines = sheet.wrap(question.label, LABELS - 4)
        height = max(BAR, len(lines) * sheet.line_height()) + 1.8
        sheet.text(0, y + height / 2, lines)
        if question.respondents < minimum:
            sheet.text(
                LABELS, y + height / 2, wording.say("few", minimum=minimum), size=SMALL, colour="accessible_grey"
            )
        else:
            sheet.line([(middle, y), (middle, y + height)], "black", 1)
            start = middle - float(_left_part(question)) * scale
            _draw_answers(sheet, question, colours, start, y + height / 2, scale, wording)
            share = wording.percent(question.positive)
            sheet.text(heads[positive], y + height / 2, share, bold=True, colour="blue", align="right")
            sheet.text(heads[respondents], y + height / 2, wording.number(question.respondents), align="right")
        y += height
    sheet.height = y + 0.4


def level_colours(count: int) -> list[str]:
    """Give a colour for each answer: red to the left, white in the middle of an odd number, blue to the right.

    The lightest red is lighter than the lightest blue, so that they differ in grey print too.
    """
    negative = [f"dark_red*{strength:.2f}" for strength in reversed(_strengths(count // 2, LIGHTEST_RED))]
    positive = [f"blue*{strength:.2f}" for strength in _strengths(count // 2, LIGHTEST_BLUE)]
    return [*negative, *(["white"] if count % 2 else []), *positive]


def _strengths(count: int, lightest: float) -> list[float]:
    """Give equal steps from the lightest strength to 1."""
    return [1.0] if count == 1 else [lightest + (1 - lightest) * step / (count - 1) for step in range(count)]


def _left_part(question: Question) -> Decimal:
    """Give the part of a bar left of the middle, in per cent: the negative answers and half of the neutral ones."""
    half, odd = divmod(len(question.answers), 2)
    neutral = question.answers[half] if odd else 0
    return Decimal(100 * (2 * sum(question.answers[:half]) + neutral)) / (2 * question.respondents)


def _key(sheet: Sheet, levels: list[str], colours: list[str]) -> tuple[float, float]:
    """Name the answers; return where their last line ends, and its middle."""

    def mark(colour: str):
        return lambda x, y: sheet.bar(x - 2, y - 1.5, 4, 3, colour, edge=_edge(colour))

    return sheet.key(0, 2.2, [(mark(colour), name) for name, colour in zip(levels, colours, strict=True)])


def _draw_answers(
    sheet: Sheet, question: Question, colours: list[str], x: float, y: float, scale: float, wording: Wording
) -> None:
    for level, colour in enumerate(colours):
        percent = question.percent(level)
        width = float(percent) * scale
        number = wording.number(round(percent))
        if width:
            sheet.bar(x, y - BAR / 2, width, BAR, colour, edge=_edge(colour))
        if sheet.width_of(number, SMALL, bold=True) + NUMBER_MARGIN <= width:
            ink = ink_on(sheet.colour(colour), sheet.colour("black"))
            sheet.text(x + width / 2, y, number, size=SMALL, bold=True, colour=ink, align="center")
        x += width


def _edge(colour: str) -> str:
    return "accessible_grey" if colour == "white" else "white"


def _range(questions: list[Question], wording: Wording) -> str:
    counts = sorted({q.respondents for q in questions})
    if len(counts) == 1:
        return wording.say("count", count=counts[0])
    return wording.say("count_range", lowest=wording.number(counts[0]), highest=wording.number(counts[-1]))
