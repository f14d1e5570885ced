"""Where in a text file a paragraph belongs that is new or stands elsewhere now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalbrief.review.incoming.returned import Paragraph
from evalbrief.review.incoming.sides import HEADING, Sides
from evalbrief.review.incoming.source import Passage
from evalbrief.review.incoming.three_way import Edit


@dataclass(frozen=True)
class Anchor:
    """A paragraph that was sent and is still there: a place before it, behind it, or at the end of its section."""

    section: str
    paragraph: int
    at_end: bool = False
    before: bool = False


def anchor_of(sides: Sides, new: int) -> Anchor | None:
    """Say beside which paragraph of the text one of the returned document stands; nothing where there is none."""
    kept = [(olds, news) for olds, news in sides.pairing.groups if olds and news]
    last = max((olds[-1] for olds, news in kept if news[0] < new), default=None)
    following = min((olds[0] for olds, news in kept if news[0] > new), default=None)
    if last is None:
        return None
    begins_list = sides.after[new].listed and not sides.before[last].listed
    if not begins_list and (section := sides.before[last].section):
        return Anchor(section, last)
    if following is not None and (section := sides.before[following].section):
        return Anchor(section, following, before=True)
    # Behind the last figure or table of a section.
    for place in range(last, -1, -1):
        paragraph = sides.before[place]
        if paragraph.style.startswith(HEADING):
            return None
        if paragraph.section:
            return Anchor(paragraph.section, place, at_end=True)
    return None


def inserted(
    base: str, parts: Sequence[Passage], origins: Mapping[int, int], anchor: Anchor, paragraph: Paragraph, text: str
) -> tuple[Edit, str] | None:
    """Put a text beside a paragraph, and say where that is; nothing where a list would have to be begun or parted."""
    if anchor.paragraph not in origins:
        return None
    number = origins[anchor.paragraph]
    if anchor.at_end:
        number = max(place for place, part in enumerate(parts) if not part.note)
    part = parts[number]
    where = f"{'before' if anchor.before else 'after'} paragraph {number + 1}"
    if paragraph.listed:
        return (_item(base, part, text, before=anchor.before), where) if part.listed else None
    if part.listed and not anchor.before:
        # A list is not parted: the paragraph comes after all of it.
        while parts[number + 1 : number + 2] and parts[number + 1].listed:
            number += 1
        part, where = parts[number], f"after paragraph {number + 1}"
    return _paragraph(base, part, text, before=anchor.before), where


def _item(base: str, part: Passage, text: str, *, before: bool) -> Edit:
    start = line_start(base, part)
    sign = base[start : part.start]
    if before:
        return Edit(start, start, f"{sign}{text}\n")
    at = part.end + 1
    return Edit(at, at, f"{sign}{text}\n") if at <= len(base) else Edit(at - 1, at - 1, f"\n{sign}{text}")


def _paragraph(base: str, part: Passage, text: str, *, before: bool) -> Edit:
    """Put it between the two ends of line there, so that it touches no word that somebody else may have changed."""
    at = line_start(base, part) - 1 if before else part.end + 1
    if at < 0:
        return Edit(0, 0, f"{text}\n\n")
    return Edit(at, at, f"\n{text}\n") if at <= len(base) else Edit(at - 1, at - 1, f"\n\n{text}")


def removed(base: str, part: Passage) -> Edit:
    """Take a passage away, an item or a note with its sign; what is left are empty lines."""
    start = line_start(base, part)
    return Edit(start, min(part.end + part.listed, len(base)), "")


def line_start(base: str, part: Passage) -> int:
    """Say where the line begins in which a passage does."""
    return base.rfind("\n", 0, part.start) + 1
