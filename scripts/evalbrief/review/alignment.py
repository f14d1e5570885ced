"""Pair the blocks of two drafts: those with one id, those that are the same, those that are alike.

What is paired out of order has moved. A block whose missing words stand in the next one was split; two of which the new
one holds the words were merged.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from evalbrief.review.tokens import is_space

# Alike are two blocks with so large a share of words in common; so large a share makes one that stands elsewhere moved.
ALIKE, MOVED = 0.45, 0.8
# Two that are paired with less than that in common are marked as replaced, not word by word.
REWRITTEN = 0.2
# Fewer words than that are alike by chance.
FEWEST_WORDS = 6
# A block with more words than that belongs to a split one when so large a share of them is what the split one lacks.
FEWEST_SPLIT_WORDS, SPLIT = 3, 0.7


@dataclass
class Block:
    """A paragraph, table, row ... to pair: its tokens, its kind, and its id if it has one of its own."""

    tokens: Sequence[Hashable]
    kind: str
    id: str | None = None
    splits: bool = False
    words: Counter = field(init=False)
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.words = Counter(token for token in self.tokens if not is_space(token))
        self.size = self.words.total()


@dataclass
class Pairing:
    """What became of the blocks, in order: `groups` of old and new places; `moves` leads from old to new places.

    A group of one old and one new place is a pair, one without new places went, one without old places came, and others
    were split or merged. Both ends of a move stand as what went and what came.
    """

    groups: list[tuple[list[int], list[int]]]
    moves: dict[int, int]


def likeness(old: Block, new: Block) -> float:
    """Return the share of words that two blocks have in common, from 0 to 1."""
    size = old.size + new.size
    return 2 * (old.words & new.words).total() / size if size else 1.0


def pair(old: Sequence[Block], new: Sequence[Block], alike: float = ALIKE) -> Pairing:
    """Pair blocks; `alike` is the share of common words from which two are taken for one."""
    certain, identified = _certain_pairs(old, new)
    kept = _heaviest_in_order(certain, old)
    moves = dict(certain)
    for place in kept:
        del moves[place]
    pairs = kept | _alike_between(old, new, kept, moves, identified, alike)
    _find_moved(old, new, pairs, moves)
    return Pairing(_in_order(len(old), len(new), _with_parts(old, new, pairs, moves)), moves)


def _certain_pairs(old: Sequence[Block], new: Sequence[Block]) -> tuple[dict[int, int], set[str]]:
    """Pair blocks with the same id, then with the same content, where there is one of each; return the ids, too."""
    ids = _once([block.id for block in old]), _once([block.id for block in new])
    shared = ids[0].keys() & ids[1].keys()
    pairs = {ids[0][id]: ids[1][id] for id in shared if old[ids[0][id]].kind == new[ids[1][id]].kind}
    taken = set(pairs), set(pairs.values())
    contents = [
        _once([None if place in done else _content(block) for place, block in enumerate(blocks)])
        for blocks, done in zip((old, new), taken, strict=True)
    ]
    for content in contents[0].keys() & contents[1].keys():
        pairs[contents[0][content]] = contents[1][content]
    return dict(sorted(pairs.items())), {str(id) for id in shared}


def _content(block: Block) -> Hashable:
    return (block.kind, tuple(block.tokens)) if block.tokens else None


def _once(values: Sequence[Hashable]) -> dict[Hashable, int]:
    """Give the places of the values that stand there once."""
    counts = Counter(values)
    return {value: place for place, value in enumerate(values) if value is not None and counts[value] == 1}


def _heaviest_in_order(pairs: dict[int, int], old: Sequence[Block]) -> dict[int, int]:
    """Choose the pairs that stayed in place: of all that are in one order in both, those with the most words."""
    places = list(pairs.items())
    weights: list[int] = []
    before: list[int] = []
    for here, (old_place, new_place) in enumerate(places):
        best, link = 0, -1
        for other in range(here):
            if places[other][1] < new_place and weights[other] > best:
                best, link = weights[other], other
        weights.append(best + 1 + old[old_place].size)
        before.append(link)
    kept = {}
    here = max(range(len(places)), key=weights.__getitem__, default=-1)
    while here >= 0:
        old_place, new_place = places[here]
        kept[old_place] = new_place
        here = before[here]
    return kept


def _alike_between(
    old: Sequence[Block],
    new: Sequence[Block],
    kept: dict[int, int],
    moves: dict[int, int],
    identified: set[str],
    alike: float,
) -> dict[int, int]:
    """Between pairs that stayed, pair blocks that are alike, as many words as possible, in order."""
    pairs: dict[int, int] = {}
    arrived = set(moves.values())
    borders = [(-1, -1), *sorted(kept.items()), (len(old), len(new))]
    for (old_start, new_start), (old_end, new_end) in pairwise(borders):
        olds = [i for i in range(old_start + 1, old_end) if i not in moves and old[i].id not in identified]
        news = [j for j in range(new_start + 1, new_end) if j not in arrived and new[j].id not in identified]
        pairs |= _best_in_gap([(i, old[i]) for i in olds], [(j, new[j]) for j in news], alike)
    return pairs


def _best_in_gap(olds: list[tuple[int, Block]], news: list[tuple[int, Block]], alike: float) -> dict[int, int]:
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    paired: dict[tuple[int, int], float] = {}
    for row, (_, before) in enumerate(olds):
        for column, (_, after) in enumerate(news):
            found = max(best[row][column + 1], best[row + 1][column])
            share = likeness(before, after) if before.kind == after.kind else 0.0
            if share >= alike:
                paired[row, column] = best[row][column] + share * (before.size + after.size + 1)
                found = max(found, paired[row, column])
            best[row + 1][column + 1] = found
    pairs = {}
    row, column = len(olds), len(news)
    while row and column:
        if paired.get((row - 1, column - 1), -1.0) == best[row][column]:
            row, column = row - 1, column - 1
            pairs[olds[row][0]] = news[column][0]
        elif best[row - 1][column] >= best[row][column - 1]:
            row -= 1
        else:
            column -= 1
    return pairs


def _find_moved(old: Sequence[Block], new: Sequence[Block], pairs: dict[int, int], moves: dict[int, int]) -> None:
    """Take for moved what has gone here and comes, much alike, elsewhere."""
    arrived = set(pairs.values()) | set(moves.values())
    for place, block in enumerate(old):
        if place in pairs or place in moves or block.size < FEWEST_WORDS:
            continue
        found = [
            (likeness(block, other), -other_place)
            for other_place, other in enumerate(new)
            if other_place not in arrived and other.kind == block.kind and other.size >= FEWEST_WORDS
        ]
        share, other_place = max(found, default=(0.0, 0))
        if share >= MOVED:
            moves[place] = -other_place
            arrived.add(-other_place)


def _with_parts(
    old: Sequence[Block], new: Sequence[Block], pairs: dict[int, int], moves: dict[int, int]
) -> list[tuple[list[int], list[int]]]:
    """Give each pair the neighbours that were parts of it before or are now."""
    free_old = set(range(len(old))) - pairs.keys() - moves.keys()
    free_new = set(range(len(new))) - set(pairs.values()) - set(moves.values())
    groups = []
    for old_place, new_place in sorted(pairs.items()):
        olds, news = [old_place], [new_place]
        if old[old_place].splits:
            _take_neighbours(news, new, free_new, old[old_place], forward=True)
            if len(news) == 1:
                _take_neighbours(olds, old, free_old, new[new_place], forward=True)
                _take_neighbours(olds, old, free_old, new[new_place], forward=False)
            if len(olds) == 1:
                _take_neighbours(news, new, free_new, old[old_place], forward=False)
        groups.append((olds, news))
    return groups


def _take_neighbours(
    places: list[int], blocks: Sequence[Block], free: set[int], whole: Block, *, forward: bool
) -> None:
    while True:
        place = places[-1] + 1 if forward else places[0] - 1
        if place not in free or not blocks[place].splits:
            return
        missing = whole.words - sum((blocks[taken].words for taken in places), Counter())
        part = blocks[place]
        if part.size <= FEWEST_SPLIT_WORDS or (part.words & missing).total() < SPLIT * part.size:
            return
        places.insert(len(places) if forward else 0, place)
        free.discard(place)


def _in_order(olds: int, news: int, groups: list[tuple[list[int], list[int]]]) -> list[tuple[list[int], list[int]]]:
    """Put what went and what came between the groups: first what went."""
    result: list[tuple[list[int], list[int]]] = []
    old_place = new_place = 0
    for group in [*groups, ([olds], [news])]:
        result += [([place], []) for place in range(old_place, group[0][0])]
        result += [([], [place]) for place in range(new_place, group[1][0])]
        result.append(group)
        old_place, new_place = group[0][-1] + 1, group[1][-1] + 1
    return result[:-1]
