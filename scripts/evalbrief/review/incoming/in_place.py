"""What moved, where pairing cannot know: headings and captions stay, and the text is moved about them."""

from collections.abc import Sequence

from evalbrief.review.alignment import Pairing

# So many paragraphs are moved past a heading; where more have another order, it is the heading that was moved.
MOST_PASSING = 3
Group = tuple[list[int], list[int]]


def keep_in_place(pairing: Pairing, stays: Sequence[bool]) -> Pairing:
    """Let blocks that stay be where they were, by their old places, and what passes them be what moved.

    Pairing lets the longer stay, so a long paragraph that passes a heading would leave the heading moved.
    """
    pairs = [group for group in pairing.groups if group[0] and group[1]]
    moves = dict(pairing.moves)
    for old, new in pairing.moves.items():
        passing = [pair for pair in pairs if _crosses(([old], [new]), pair)]
        few = len(passing) <= MOST_PASSING
        if stays[old] and few and all(len(olds) == len(news) == 1 and not stays[olds[0]] for olds, news in passing):
            pairs = [*(pair for pair in pairs if pair not in passing), ([old], [new])]
            moves |= {olds[0]: news[0] for olds, news in passing}
            del moves[old]
    for old, new in list(moves.items()):
        if not any(_crosses(([old], [new]), pair) for pair in pairs):
            pairs.append(([old], [new]))
            del moves[old]
    return pairing if moves == pairing.moves else Pairing(_in_order(pairing, pairs), moves)


def _crosses(one: Group, other: Group) -> bool:
    return (one[0][0] < other[0][0]) != (one[1][0] < other[1][0])


def _in_order(pairing: Pairing, pairs: Sequence[Group]) -> list[Group]:
    """Put what went and what came between the pairs: first what went."""
    paired_old = {place for olds, _ in pairs for place in olds}
    paired_new = {place for _, news in pairs for place in news}
    olds = sorted(place for group in pairing.groups for place in group[0] if place not in paired_old)
    news = sorted(place for group in pairing.groups for place in group[1] if place not in paired_new)
    found: list[Group] = []
    for pair in [*sorted(pairs), None]:
        while olds and (pair is None or olds[0] < pair[0][0]):
            found.append(([olds.pop(0)], []))
        while news and (pair is None or news[0] < pair[1][0]):
            found.append(([], [news.pop(0)]))
        if pair is not None:
            found.append(pair)
    return found
