"""Compare two texts of a tree token by token."""

from collections.abc import Sequence

from evalbrief.review.difference import DELETE, EQUAL, INSERT, difference
from evalbrief.review.tree.inlines import REFORMATTED, RENUMBERED, Item, Token


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
    return items


def _stays(before: Token, after: Token) -> Item:
    if before.text != after.text:
        return Item(RENUMBERED, after, before=before)
    return Item(EQUAL if before.look == after.look else REFORMATTED, after, before=before)
