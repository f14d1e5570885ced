"""Merge two people's edits of one text: both go in where they touch different words, else they are in conflict."""

from collections.abc import Sequence
from dataclasses import dataclass

from evalbrief.review.difference import DELETE, EQUAL, INSERT, difference
from evalbrief.review.tokens import tokens


@dataclass(frozen=True)
class Edit:
    """A stretch of the base, from `start` to before `end`, and the text that stands in its place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Conflict:
    """The same words, changed by both: as they were, as they are now, as the reviewer has them."""

    base: str
    ours: str
    theirs: str


def edits(base: str, changed: str) -> list[Edit]:
    """Return what turns one text into another, word by word."""
    olds, news = tokens(base), tokens(changed)
    found: list[Edit] = []
    place = 0
    for step in difference(olds, news):
        if step.kind == EQUAL:
            place += sum(len(olds[token]) for token in step.old)
            continue
        text = "".join(news[token] for token in step.new) if step.kind == INSERT else ""
        end = place + sum(len(olds[token]) for token in step.old) if step.kind == DELETE else place
        if found and found[-1].end == place and step.kind == INSERT:
            found[-1] = Edit(found[-1].start, found[-1].end, found[-1].text + text)
        else:
            found.append(Edit(place, end, text))
        place = end
    return found


def merge(base: str, ours: str, theirs: Sequence[Edit]) -> tuple[str, list[Conflict]]:
    """Return our text with their edits of the base, which touch each other nowhere; what both did is done once."""
    mine = edits(base, ours)
    conflicts, taken = [], list(mine)
    for edit in theirs:
        rivals = [own for own in mine if _touch(own, edit)]
        if not rivals:
            taken.append(edit)
            continue
        start, end = min(one.start for one in [*rivals, edit]), max(one.end for one in [*rivals, edit])
        conflict = Conflict(base[start:end], _applied(base, start, end, rivals), _applied(base, start, end, [edit]))
        # Where a passage went, others may have left another number of empty lines.
        if conflict.ours.split() != conflict.theirs.split():
            conflicts.append(conflict)
    return applied(base, taken), conflicts


def applied(base: str, changes: Sequence[Edit]) -> str:
    """Make changes that touch each other nowhere."""
    return _applied(base, 0, len(base), sorted(changes, key=lambda edit: (edit.start, edit.end)))


def _touch(one: Edit, other: Edit) -> bool:
    return one.start <= other.end and other.start <= one.end


def _applied(base: str, start: int, end: int, changes: Sequence[Edit]) -> str:
    text, place = "", start
    for change in changes:
        text += base[place : change.start] + change.text
        place = change.end
    return text + base[place:end]
