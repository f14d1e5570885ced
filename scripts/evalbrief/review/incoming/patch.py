"""A passage of a text file with the edits that somebody made in what was printed of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evalbrief.review.difference import DELETE, INSERT, difference
from evalbrief.review.incoming.markup import Printed
from evalbrief.review.incoming.signs import Signs
from evalbrief.review.tokens import is_space, is_telling, tokens

# What is left of bold or emphasis when all of its words went.
EMPTIED = re.compile(r"\*{4}|_{4}")
# What went, as tokens of the text before, and what came in its place, as tokens of the text after.
Step = tuple[range, range]


@dataclass(frozen=True)
class Refused:
    """An edit of a value that is worked out from the data: the expression, what was printed, what was typed."""

    expression: str
    old: str
    new: str


@dataclass(frozen=True)
class Patch:
    """A source with edits, what is to be printed of it, what each value prints, and the edits that were refused."""

    text: str
    printed: str
    values: dict[str, str]
    refused: list[Refused]


def patched(source: str, old: str, new: str, signs: Signs | None = None) -> Patch:
    """Carry an edit of the printed text into its source; edits of values are refused, and the rest is carried.

    Paragraphs are parted by an empty line in all three. Apostrophes and the like are plain in `old` and `new`; `signs`
    are what stands in them for bold, links and notes.
    """
    printed = Printed(source, old)
    after = _joined_like(tokens(new), printed.tokens)
    steps = _changes(printed.tokens, after)
    moved = _moved_values(printed, after, steps)
    carried: list[Step] = []
    refused: list[Refused] = []
    for gone, come in steps:
        stay = [token for token in gone if token not in moved.values()]
        values = [place for token in stay if (place := printed.place(token)) and place.expression]
        typed = "".join(after[token] for token in come).strip()
        tells = any(is_telling(printed.tokens[token]) for token in gone if not printed.is_value(token))
        if values and (typed or not tells):
            went = "".join(printed.tokens[token] for token in gone).strip()
            refused += [Refused(value.expression, went, typed) for value in values]
        else:
            carried.append((gone, come))
    came = {new: printed.places[printed.origins[old]].token for new, old in moved.items()}
    written = [came.get(token) or (signs or Signs()).written(word) for token, word in enumerate(after)]
    text = _rewritten(source, printed, carried, written)
    shown = list(printed.tokens)
    for gone, come in reversed(carried):
        shown[gone.start : gone.stop] = after[come.start : come.stop]
    return Patch(EMPTIED.sub("", text), "".join(shown), printed.values(), refused)


def _rewritten(source: str, printed: Printed, steps: Sequence[Step], written: Sequence[str]) -> str:
    """Make the changes in the source, from behind, so that places stay right; `written` are the tokens that came."""
    for gone, come in reversed(steps):
        touched = sorted({printed.origins[token] for token in gone if token in printed.origins})
        if touched:
            start, end = printed.places[touched[0]].start, printed.places[touched[-1]].end
        else:
            start = end = _insertion_point(gone.start, printed, len(source))
        source = source[:start] + "".join(written[come.start : come.stop]) + source[end:]
    return source


def _moved_values(printed: Printed, after: Sequence[str], steps: Sequence[Step]) -> dict[int, int]:
    """Say which tokens that came are values that went elsewhere, beside the same word: a sentence was moved."""
    went = [token for gone, _ in steps for token in gone if printed.is_value(token)]
    found: dict[int, int] = {}
    for token in (token for _, come in steps for token in come):
        for value in went:
            if printed.tokens[value] == after[token] and _have_neighbour(printed.tokens, value, after, token):
                found[token] = value
                went.remove(value)
                break
    return found


def _have_neighbour(before: Sequence[str], old: int, after: Sequence[str], new: int) -> bool:
    return any(
        one == other and one[:1].isalnum()
        for one, other in zip(_neighbours(before, old), _neighbours(after, new), strict=True)
    )


def _neighbours(words: Sequence[str], place: int) -> tuple[str, str]:
    """Give the words, or signs, before and behind a place."""
    before = next((word for word in reversed(words[:place]) if not is_space(word)), "")
    return before, next((word for word in words[place + 1 :] if not is_space(word)), "")


def _joined_like(words: Sequence[str], like: Sequence[str]) -> list[str]:
    """Join tokens that are one token of another text: what a value of several words prints."""
    long = sorted((tokens(token) for token in {*like} if len(tokens(token)) > 1), key=len, reverse=True)
    joined: list[str] = []
    place = 0
    while place < len(words):
        size = next((len(parts) for parts in long if list(words[place : place + len(parts)]) == parts), 1)
        joined.append("".join(words[place : place + size]))
        place += size
    return joined


def _changes(before: Sequence[str], after: Sequence[str]) -> list[tuple[range, range]]:
    """List what went and what came in its place, as ranges of tokens."""
    found: list[tuple[range, range]] = []
    for step in difference(before, after, tidy=False):
        if step.kind == DELETE:
            found.append((step.old, step.new))
        elif step.kind == INSERT:
            if found and found[-1][0].stop == step.old.start and found[-1][0]:
                found[-1] = (found[-1][0], step.new)
            else:
                found.append((step.old, step.new))
    return found


def _insertion_point(token: int, printed: Printed, end: int) -> int:
    """Say where in the source something comes that is printed before a token."""
    before = [printed.origins[place] for place in range(token) if place in printed.origins]
    if before:
        return printed.places[before[-1]].end
    after = [place for place in printed.origins if place >= token]
    return printed.places[printed.origins[min(after)]].start if after else end
