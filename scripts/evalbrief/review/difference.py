"""The difference between two sequences of tokens, as a person would mark it.

A token is a word, a number, a space or a sign (str), or stands for something that is no text: a picture, the end of a
paragraph. The shortest list of changes is tidied: what is left standing between two changes and tells nothing joins
them, and a stretch that could be marked in several places is marked at the start of a sentence or a word.
"""

from collections.abc import Hashable, Sequence
from itertools import takewhile
from typing import NamedTuple

from rapidfuzz.distance import Indel

from evalbrief.review.tokens import is_space, is_telling, word_of

EQUAL, DELETE, INSERT = "equal", "delete", "insert"
CHANGE = "change"
# Of so many tokens is an island of spaces and common words that joins the changes on both sides.
SMALL_ISLAND = 3
# An island of at most so many telling words joins changes that are more than three times as long.
TELLING_ISLAND, OUTWEIGHED = 2, 3
ENDS = (".", "!", "?")
STOPS = (*ENDS, ";", ":")


class Step(NamedTuple):
    """Tokens that stay, go or come: their places in the old and in the new sequence."""

    kind: str
    old: range
    new: range


def difference(
    old: Sequence[Hashable], new: Sequence[Hashable], *, last_stays: bool = False, tidy: bool = True
) -> list[Step]:
    """Return the steps from the old to the new sequence; what is replaced goes first, then the new comes.

    `last_stays` keeps the last token of both, which must be the same. Without `tidy` it is the shortest list of
    changes, as programs want it.
    """
    if last_stays:
        steps = difference(old[:-1], new[:-1], tidy=tidy)
        return _joined([*steps, Step(EQUAL, range(len(old) - 1, len(old)), range(len(new) - 1, len(new)))])
    if not tidy:
        return _joined(_parted(_shortest(old, new)))
    stretches = _without_islands(_shortest(old, new), old)
    for place in range(1, len(stretches) - 1):
        # Between two changes something has to stay; at an end of the text nothing has to.
        rooms = int(place > 1), int(place < len(stretches) - 2)
        _slide(stretches[place - 1 : place + 2], old, new, rooms)
    return _joined(_parted(stretches))


def _shortest(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[list]:
    """Return alternating stretches, [kind, old start, old end, new start, new end], changed ones as CHANGE.

    As many words as possible stay, and only between them spaces: else the many spaces of a sentence would outweigh the
    words of the one that stands in its place.
    """
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    rest = min(len(old), len(new)) - start
    backwards = zip(reversed(old), reversed(new), strict=False)
    end = min(sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], backwards)), rest)
    ends = len(old) - end, len(new) - end
    words = [
        [place for place in range(start, stop) if not is_space(side[place])]
        for side, stop in zip((old, new), ends, strict=True)
    ]
    kept = [(place, place) for place in range(start)]
    last = start - 1, start - 1
    for pair in [*_common(old, new, *words), ends]:
        kept += _common(old, new, range(last[0] + 1, pair[0]), range(last[1] + 1, pair[1]))
        kept.append(pair)
        last = pair
    kept += [(ends[0] + place, ends[1] + place) for place in range(1, end + 1)]
    return _stretches(kept)


def _common(
    old: Sequence[Hashable], new: Sequence[Hashable], olds: Sequence[int], news: Sequence[int]
) -> list[tuple[int, int]]:
    """Pair as many as possible of the tokens at some places, in order."""
    numbers: dict[Hashable, int] = {}
    sides = [
        [numbers.setdefault(side[place], len(numbers)) for place in places]
        for side, places in ((old, olds), (new, news))
    ]
    if sides[0] == sides[1]:
        return list(zip(olds, news, strict=True))
    pairs = []
    for code in Indel.opcodes(*sides):
        if code.tag == EQUAL:
            pairs += zip(olds[code.src_start : code.src_end], news[code.dest_start : code.dest_end], strict=True)
    return pairs


def _stretches(kept: list[tuple[int, int]]) -> list[list]:
    """Write the tokens that stay, and what lies between them, as stretches; the last one is past the end."""
    stretches: list[list] = []
    here = 0, 0
    for old, new in kept:
        if (old, new) != here:
            stretches.append([CHANGE, here[0], old, here[1], new])
        if stretches and stretches[-1][0] == EQUAL:
            stretches[-1][2], stretches[-1][4] = old + 1, new + 1
        else:
            stretches.append([EQUAL, old, old + 1, new, new + 1])
        here = old + 1, new + 1
    stretches[-1][2] -= 1
    stretches[-1][4] -= 1
    return [stretch for stretch in stretches if _size(stretch)]


def _without_islands(stretches: list[list], old: Sequence[Hashable]) -> list[list]:
    """Join the changes on both sides of a stretch that stays and tells nothing between them."""
    place = 1
    while place < len(stretches) - 1:
        before, island, after = stretches[place - 1 : place + 2]
        if island[0] == EQUAL and _tells_nothing(old[island[1] : island[2]], min(_size(before), _size(after))):
            stretches[place - 1 : place + 2] = [[CHANGE, before[1], after[2], before[3], after[4]]]
            place = max(place - 1, 1)
        else:
            place += 1
    return stretches


def _size(stretch: list) -> int:
    return max(stretch[2] - stretch[1], stretch[4] - stretch[3])


def _tells_nothing(island: Sequence[Hashable], smaller_change: int) -> bool:
    if not all(map(word_of, island)):
        return False
    telling = sum(map(is_telling, island))
    small = not telling and len(island) <= SMALL_ISLAND and any(map(is_space, island))
    return small or (telling <= TELLING_ISLAND and telling * OUTWEIGHED < smaller_change)


def _slide(neighbours: list[list], old: Sequence[Hashable], new: Sequence[Hashable], rooms: tuple[int, int]) -> None:
    """Move a pure deletion or insertion between two stretches that stay to where a reader would set its borders.

    `rooms` are how many tokens have to stay before and after it.
    """
    before, change, after = neighbours
    if change[0] != CHANGE or before[0] != EQUAL or after[0] != EQUAL:
        return
    if change[3] == change[4]:
        side, start, end = old, change[1], change[2]
    elif change[1] == change[2]:
        side, start, end = new, change[3], change[4]
    else:
        return
    back = forward = 0
    while back < before[2] - before[1] - rooms[0] and side[start - back - 1] == side[end - back - 1]:
        back += 1
    while forward < after[2] - after[1] - rooms[1] and side[start + forward] == side[end + forward]:
        forward += 1
    by = max(range(-back, forward + 1), key=lambda shift: (_border(side, start + shift, end + shift), -abs(shift)))
    for stretch, places in ((before, (2, 4)), (change, (1, 2, 3, 4)), (after, (1, 3))):
        for place in places:
            stretch[place] += by


def _border(side: Sequence[Hashable], start: int, end: int) -> int:
    """Weigh how well a stretch begins and ends: at the start of a sentence best, then at that of a word."""
    before, first, last = side[start - 1] if start else None, side[start], side[end - 1]
    weight = 0
    if not word_of(before):
        weight += 4
    elif is_space(before):
        weight += 4 if start > 1 and word_of(side[start - 2]) in STOPS else 1
    elif word_of(before) in ENDS:
        weight += 3
    if is_space(last) or word_of(last) in ENDS:
        weight += 1
    if word_of(first)[:1].isupper():
        weight += 1
    return weight


def _parted(stretches: list[list]) -> list[Step]:
    """Part what is replaced into what goes and what comes; leave out what is empty."""
    steps = []
    for kind, old_start, old_end, new_start, new_end in stretches:
        if kind == EQUAL:
            steps.append(Step(EQUAL, range(old_start, old_end), range(new_start, new_end)))
        else:
            steps.append(Step(DELETE, range(old_start, old_end), range(new_start, new_start)))
            steps.append(Step(INSERT, range(old_end, old_end), range(new_start, new_end)))
    return [step for step in steps if step.old or step.new]


def _joined(steps: list[Step]) -> list[Step]:
    """Join neighbours of one kind."""
    joined: list[Step] = []
    for step in steps:
        if joined and joined[-1].kind == step.kind:
            last = joined[-1]
            joined[-1] = Step(step.kind, range(last.old.start, step.old.stop), range(last.new.start, step.new.stop))
        else:
            joined.append(step)
    return joined
