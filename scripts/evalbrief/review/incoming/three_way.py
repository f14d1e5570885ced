"""Merge two people's edits of one text: both go in where they touch different words, else they are in conflict."""

from collections.abc import Sequence
from dataclasses import dataclass

from evalbrief.review.difference import DELETE, EQUAL, INSERT, difference
from evalbrief.review.tokens import tokens


@dataclass(frozen=True)
class Edit:
    """A stretch of the base's tokens, from `start` to before `end`, and the text that stands in its place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Conflict:
    """The same words, changed by both: as they were, as they are now, as the reviewer has them."""

    base: str
    ours: str
    theirs: str


def edits(base: Sequence[str], changed: Sequence[str]) -> list[Edit]:
    """Return what turns one sequence of tokens into another."""
    found: list[Edit] = []
    place = 0
    for step in difference(base, changed):
        if step.kind == EQUAL:
            place = step.old.stop
            continue
        text = "".join(changed[token] for token in step.new) if step.kind == INSERT else ""
        end = step.old.stop if step.kind == DELETE else place
        if found and found[-1].end == place and step.kind == INSERT:
            found[-1] = Edit(found[-1].start, found[-1].end, found[-1].text + text)
        else:
            found.append(Edit(place, end, text))
        place = end
    return found


def merge3(base: str, ours: str, theirs: str) -> tuple[str, list[Conflict]]:
    """Return our text with their edits, but for those in conflict with edits of ours."""
    words = tokens(base)
    mine, other = (edits(words, tokens(text)) for text in (ours, theirs))
    conflicts, taken = [], list(mine)
    for edit in other:
        if edit in mine:
            continue
        rivals = [own for own in mine if _touch(own, edit)]
        if rivals:
            start, end = min(one.start for one in [*rivals, edit]), max(one.end for one in [*rivals, edit])
            sides = (_applied(words, start, end, rivals), _applied(words, start, end, [edit]))
            conflicts.append(Conflict("".join(words[start:end]), *sides))
        else:
            taken.append(edit)
    return _applied(words, 0, len(words), sorted(taken, key=lambda edit: (edit.start, edit.end))), conflicts


def _touch(one: Edit, other: Edit) -> bool:
    return one.start <= other.end and other.start <= one.end


def _applied(words: Sequence[str], start: int, end: int, changes: Sequence[Edit]) -> str:
    text, place = "", start
    for change in changes:
        text += "".join(words[place : change.start]) + change.text
        place = change.end
    return text + "".join(words[place:end])
