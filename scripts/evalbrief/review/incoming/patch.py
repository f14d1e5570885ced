"""A passage of a text file with the edits that somebody made in what was printed of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from evalbrief.review.difference import DELETE, INSERT, difference
from evalbrief.review.incoming.markup import Printed
from evalbrief.review.incoming.mentions import Mentions, mentions_in
from evalbrief.review.incoming.refusals import Refused, Rewording, Step
from evalbrief.review.incoming.signs import HEAD, Signs, with_plain_head
from evalbrief.review.tokens import tokens

# What is left of bold or emphasis when all of its words went.
EMPTIED = re.compile(r"\*{4}|_{4}")
BETWEEN = "\n\n"


@dataclass(frozen=True)
class Patch:
    """A source with edits, what is to be printed of it, what each value prints, and the edits that were refused.

    `typed` are new numbers. A passage that is `whole` was left as it was, since without what was refused, the rest of
    the edits says something else.
    """

    text: str
    printed: str
    values: dict[str, str]
    refused: list[Refused]
    typed: list[str] = field(default_factory=list)
    whole: bool = False


def patched(
    source: str,
    old: str,
    new: str,
    signs: Signs | None = None,
    mentions: Mentions | None = None,
    section: str = "",
) -> Patch:
    """Carry an edit of the printed text into its source; edits of values are refused, and the rest is carried.

    Paragraphs are parted by an empty line in all three. Apostrophes and the like are plain in `old` and `new`; `signs`
    are what stands in them for bold, links and notes, `mentions` the values and numbers of all texts.
    """
    signs = signs or Signs()
    printed = Printed(source, old)
    mentions = mentions or Mentions(mentions_in(printed, source, section, {}))
    after = _joined_like(tokens(new), printed.tokens)
    steps = _changes(printed.tokens, after)
    writings = [mentions.writing(after, come, section, signs) for _, come in steps]
    rewording = Rewording(printed, after, steps, writings)
    refused = [one for refusals in rewording.refusals for one in refusals]
    if rewording.is_torn:
        return Patch(source, old, printed.values(), refused, whole=True)
    carried = [step for step, refusals in zip(steps, rewording.refusals, strict=True) if not refusals]
    kept = [writing for writing, refusals in zip(writings, rewording.refusals, strict=True) if not refusals]
    written = {place: text for writing in kept for place, text in writing.tokens.items()}
    text = EMPTIED.sub("", _rewritten(source, printed, carried, written))
    shown = list(printed.tokens)
    for gone, come in reversed(carried):
        shown[gone.start : gone.stop] = after[come.start : come.stop]
    values = printed.values() | {
        mention.written.strip("{} "): mention.printed for writing in kept for mention in writing.values.values()
    }
    return Patch(
        _with_plain_heads(text, source),
        "".join(shown),
        values,
        refused,
        [number for writing in kept for number in writing.typed],
    )


def _with_plain_heads(text: str, source: str) -> str:
    """Escape what would begin a list where a passage begins, unless the source has it there."""
    known = {head[0] for part in source.split(BETWEEN) if (head := HEAD.match(part))}
    parts = text.split(BETWEEN)
    heads = [HEAD.match(part) for part in parts]
    return BETWEEN.join(
        with_plain_head(part) if head and head[0] not in known else part
        for part, head in zip(parts, heads, strict=True)
    )


def _rewritten(source: str, printed: Printed, steps: Sequence[Step], written: dict[int, str]) -> str:
    """Make the changes in the source, from behind, so that places stay right; `written` are the tokens that came."""
    for gone, come in reversed(steps):
        touched = sorted({printed.origins[token] for token in gone if token in printed.origins})
        if touched:
            start, end = printed.places[touched[0]].start, printed.places[touched[-1]].end
        else:
            start = end = _insertion_point(gone.start, printed, len(source))
        source = source[:start] + "".join(written[place] for place in come) + source[end:]
    return source


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
