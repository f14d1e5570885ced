"""Compare two texts of a tree token by token."""

from collections.abc import Sequence
from itertools import groupby

from evalbrief.review.difference import DELETE, EQUAL, INSERT, difference
from evalbrief.review.tree.inlines import REFORMATTED, RENUMBERED, Item, Token, read_note


def compared(old: Sequence[Token], new: Sequence[Token], *, rewritten: bool = False) -> list[Item]:
    """Return the tokens of both texts and what became of each; of a `rewritten` text all goes and all comes."""
    if rewritten:
        return [Item(DELETE, token) for token in old] + [Item(INSERT, token) for token in new]
    items = []
    for step in difference([token.key for token in old], [token.key for token in new]):
        if step.kind == EQUAL:
            items += [_stays(old[i], new[j]) for i, j in zip(step.old, step.new, strict=True)]
        items += [Item(DELETE, old[place]) for place in step.old if step.kind == DELETE]
        items += [Item(INSERT, new[place]) for place in step.new if step.kind == INSERT]
    return _with_notes_compared(items)


def _with_notes_compared(items: Sequence[Item]) -> list[Item]:
    """Make one note of a note that went and one that came in its place, with what became of each of its words."""
    result: list[Item] = []
    for is_same, group in groupby(items, key=lambda item: item.kind not in (DELETE, INSERT)):
        changed = list(group)
        if not is_same:
            notes = [item for item in changed if item.token.note]
            gone, come = ([item for item in notes if item.kind == kind] for kind in (DELETE, INSERT))
            for before, after in zip(gone, come, strict=False):
                changed = _with_one_note(changed, before, after)
        result += changed
    return result


def _with_one_note(items: list[Item], before: Item, after: Item) -> list[Item]:
    """Put the words of both notes in the place of the new one."""
    words = [read_note(item.token, after.token) for item in (before, after)]
    if not all(words):
        return items
    place = items.index(after)
    merged = [*items[:place], *compared(*words), *items[place + 1 :]]
    return [item for item in merged if item is not before]


def _stays(before: Token, after: Token) -> Item:
    if before.text != after.text:
        return Item(RENUMBERED, after, before=before)
    return Item(EQUAL if before.look == after.look else REFORMATTED, after, before=before)
