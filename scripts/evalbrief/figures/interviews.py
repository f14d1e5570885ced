"""Bars of the people met, by group, split into women and men where nobody can be recognised."""

from decimal import Decimal

from evalbrief.figures.sheet import SMALL, WIDTH, Sheet
from evalbrief.tables.interviews import Group, People
from evalbrief.tables.rows import Value
from evalbrief.tables.wording import Wording

LABELS = 71.0
NUMBERS = 12.0
BAR = 5.0


def people_rows(people: People) -> list[dict[str, Value]]:
    """Give the data as drawn; hidden numbers are empty."""
    return [{"group": g.label, people.measure: g.people, "women": g.women, "men": g.men} for g in people.groups]


def people_words(people: People, minimum: int, wording: Wording) -> dict[str, str]:
    """Say in words what the bars show, and in the source line what is not shown."""
    split = any(g.women is not None for g in people.groups)
    source = [wording.say("source")]
    if people.merged:
        source.append(wording.say("merged", minimum=minimum))
    if people.hidden_splits:
        source.append(wording.say("hidden", minimum=minimum))
    if people.total is None:
        alt = wording.say("alt_few", minimum=minimum)
    else:
        alt = wording.say(
            f"alt_{people.measure}",
            count=people.total,
            groups=wording.enumeration([_group_words(g, split, wording) for g in people.groups]),
        )
    return {"caption": wording.say(f"caption_{people.measure}"), "source": " ".join(source), "alt": alt}


def draw_people(sheet: Sheet, people: People, minimum: int, wording: Wording) -> None:
    """Draw a bar for each group, its total at the end, women and men apart where known."""
    split = any(g.women is not None for g in people.groups)
    y = _key(sheet, people, wording) if split else 0.0
    largest = max((g.people for g in people.groups if g.people is not None), default=Decimal(1))
    scale = (WIDTH - LABELS - NUMBERS) / float(largest)
    for group in people.groups:
        lines = sheet.wrap(group.label, LABELS - 4)
        height = max(BAR, len(lines) * sheet.line_height()) + 1.8
        middle = y + height / 2
        sheet.text(0, middle, lines)
        if group.people is None:
            sheet.text(LABELS, middle, wording.say("few", minimum=minimum), colour="accessible_grey")
        else:
            end = _draw_bar(sheet, group, middle, scale, split, wording)
            sheet.text(end + 2, middle, wording.number(group.people), bold=True, colour="dark_blue")
        y += height
    sheet.height = y + 0.4


def _draw_bar(sheet: Sheet, group: Group, middle: float, scale: float, split: bool, wording: Wording) -> float:
    """Draw one group; return where its bar ends."""
    x, top = LABELS, middle - BAR / 2
    if group.women is None:
        length = float(group.people or 0) * scale
        sheet.bar(x, top, length, BAR, "grey" if split else "blue", edge="accessible_grey" if split else "")
        return x + length
    for number, colour, edge, ink in (
        (group.women, "blue", "blue", "white"),
        (group.men, "light_blue", "blue", "black"),
    ):
        length = float(number or 0) * scale
        if length:
            sheet.bar(x, top, length, BAR, colour, edge=edge)
        words = wording.number(number or 0)
        if length > sheet.width_of(words, SMALL) + 2:
            sheet.text(x + length / 2, middle, words, size=SMALL, colour=ink, align="center")
        x += length
    return x


def _key(sheet: Sheet, people: People, wording: Wording) -> float:
    def mark(colour: str, edge: str):
        return lambda x, y: sheet.bar(x - 2, y - 1.5, 4, 3, colour, edge=edge)

    entries = [(mark("blue", "blue"), wording.say("women")), (mark("light_blue", "blue"), wording.say("men"))]
    if any(group.women is None for group in people.groups):
        entries.append((mark("grey", "accessible_grey"), wording.say("unsplit")))
    return sheet.key(0, 2.2, entries)[1] + 2.8


def _group_words(group: Group, split: bool, wording: Wording) -> str:
    """Say how many a group are; where other groups are split into women and men and this one is not, say that too."""
    if group.women is None or group.men is None:
        label = "alt_unsplit" if split else "alt_group"
        return wording.say(label, label=group.label, people=wording.number(group.people or 0))
    return wording.say(
        "alt_split", label=group.label, people=wording.number(group.people or 0),
        women=wording.number(group.women), men=wording.number(group.men),
    )  # fmt: skip
