"""People met, by group, with nobody to be recognised: no number from 1 to 4 is ever shown."""

from dataclasses import dataclass
from decimal import Decimal

from evalbrief.arithmetic import total
from evalbrief.tables.rows import Row, groups_of, number_in
from evalbrief.tables.wording import Wording


@dataclass(frozen=True)
class Group:
    """A group of people; `women` and `men` are None when the split is unknown or must not be shown.

    `people` is None only when all people together are fewer than may be shown. `measure` is people or interviews.
    """

    label: str
    people: Decimal | None
    women: Decimal | None = None
    men: Decimal | None = None


@dataclass(frozen=True)
class People:
    """The groups as they may be shown, and what was done to them."""

    groups: list[Group]
    measure: str
    merged: int
    hidden_splits: int

    @property
    def total(self) -> Decimal | None:
        """Add up all groups; None when they may not be shown."""
        return total(group.people for group in self.groups)


def safe_people(rows: list[Row], minimum: int, wording: Wording) -> People:
    """Add countries up, merge groups below the minimum into one, hide splits with a number below it.

    A single hidden split could be worked out from a total, so the smallest other split is then hidden with it.
    """
    measure = "people" if any(row["people"] for row in rows) else "interviews"
    groups = [_group(members, measure) for members in groups_of(rows, "group").values()]
    groups = [group for group in groups if group.people]
    shown, merged = _merge(groups, minimum, wording)
    hidden = [group for group in shown if _reveals(group, minimum)]
    if len(hidden) == 1:
        others = [group for group in shown if group.women is not None and group not in hidden]
        hidden += sorted(others, key=lambda group: group.people or 0)[:1]
    safe = [Group(g.label, g.people) if g in hidden else g for g in shown]
    return People(safe, measure, merged, len(hidden))


def _group(rows: list[Row], measure: str) -> Group:
    people, women, men = (total(number_in(row[column]) for row in rows) for column in (measure, "women", "men"))
    complete = women is not None and men is not None and women + men == people
    return Group(rows[0]["label"], people, women if complete else None, men if complete else None)


def _merge(groups: list[Group], minimum: int, wording: Wording) -> tuple[list[Group], int]:
    """Put the small groups together, and the next larger ones too until they are enough people."""
    by_size = sorted(groups, key=lambda group: group.people or 0)
    merged = [group for group in by_size if (group.people or 0) < minimum]
    while merged and (total(group.people for group in merged) or 0) < minimum and len(merged) < len(groups):
        merged.append(by_size[len(merged)])
    shown = sorted((g for g in groups if g not in merged), key=lambda group: -(group.people or 0))
    if not merged:
        return shown, 0
    people = total(group.people for group in merged)
    if people is None or people < minimum:
        return [Group(wording.say("all"), None)], len(merged)
    split = all(group.women is not None for group in merged)
    women, men = (total(getattr(g, sex) for g in merged) if split else None for sex in ("women", "men"))
    return [*shown, Group(wording.say("others"), people, women, men)], len(merged)


def _reveals(group: Group, minimum: int) -> bool:
    return any(number is not None and 0 < number < minimum for number in (group.women, group.men))
