"""A text file as passages, and a passage with the edits that somebody made in what was printed of it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from evalbrief.pandoc import convert
from evalbrief.review.alignment import Block
from evalbrief.review.difference import DELETE, EQUAL, INSERT, difference
from evalbrief.review.incoming.returned import plain
from evalbrief.review.tokens import is_space, is_telling, tokens
from evalbrief.text.markdown import MARKDOWN, MARKS, escape

# A value of the data in a text, such as {{ interviews.people | n }}.
VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
# Marks that print nothing: of bold and emphasis, of a link and its address, of a language, calls of footnotes.
MARK = re.compile(r"\]\([^)]*\)|\]\{[^}]*\}|\[\^[^\]]*\]|[*_\[\]\\]")
# A quotation mark with its space, which `plain` writes as one sign.
QUOTE = "« | »"
APART = f"{VALUE.pattern}|{MARK.pattern}|{QUOTE}"
PIECES = re.compile(rf"{APART}|(?:(?!{APART}).)+", re.DOTALL)
ITEM = re.compile(r"(?:[-*+]|\d+[.)])\s+")
BETWEEN = "\n\n"
# Calls of footnotes, footnotes written in place, and footnotes: Word shows them elsewhere.
NOTES = re.compile(r"\[\^[^\]]*\](?::.*)?|\^\[[^\]]*\]")
# What is left of bold or emphasis when all of its words went.
EMPTIED = re.compile(r"\*{4}|_{4}")


@dataclass(frozen=True)
class Passage:
    """A paragraph or item of a text file: from `start` to before `end` in the file, without the sign of a list."""

    start: int
    end: int
    text: str
    listed: bool

    def block(self) -> Block:
        """Give its words for pairing with what was printed; values are none of them."""
        return Block(tokens(plain(VALUE.sub(" ", self.text))), "text", splits=True)


@dataclass(frozen=True)
class Refused:
    """An edit of a value that is worked out from the data: the expression, what was printed, what was typed."""

    expression: str
    old: str
    new: str


@dataclass(frozen=True)
class _Place:
    """A token of a source with its place; a value is one token."""

    token: str
    start: int
    end: int
    expression: str = ""


def passages(text: str) -> list[Passage]:
    """Split a text file into paragraphs and items."""
    found = []
    for part in re.finditer(r"[^\n](?:.|\n(?!\s*(?:\n|\Z)))*", text):
        lines = list(re.finditer(r"[^\n]+", part[0]))
        starts = [line.start() for line in lines if ITEM.match(line[0])] if ITEM.match(part[0]) else []
        if not starts:
            found.append(Passage(part.start(), part.end(), part[0], False))
            continue
        for start, end in zip(starts, [*starts[1:], len(part[0]) + 1], strict=True):
            item = part[0][start : end - 1].rstrip()
            sign = ITEM.match(item)
            begin = sign.end() if sign else 0
            found.append(Passage(part.start() + start + begin, part.start() + start + len(item), item[begin:], True))
    return found


@dataclass(frozen=True)
class Patch:
    """A source with edits, what is to be printed of it, what each value prints, and the edits that were refused."""

    text: str
    printed: str
    values: dict[str, str]
    refused: list[Refused]


def patched(source: str, old: str, new: str) -> Patch:
    """Carry an edit of the printed text into its source; edits of values are refused, and the rest is carried.

    Paragraphs are parted by an empty line in all three. Signs are plain in `old` and `new`.
    """
    places = _places(source)
    before, after = tokens(old), tokens(new)
    printed = _printed_exactly(source, places, old, before) or _printed_from(places, before)
    replaced: list[tuple[int, int, str]] = []
    refused: list[Refused] = []
    carried: list[tuple[range, str]] = []
    for gone, come in _changes(before, after):
        words = "".join(after[token] for token in come)
        touched = sorted({printed[token] for token in gone if token in printed})
        values = [places[place] for place in touched if places[place].expression]
        told = any(is_telling(before[token]) for token in gone if not places[printed.get(token, 0)].expression)
        if values and (words.strip() or not told):
            typed = "".join(before[token] for token in gone)
            refused += [Refused(value.expression, typed.strip(), words.strip()) for value in values]
            continue
        carried.append((gone, words))
        if touched:
            replaced.append((places[touched[0]].start, places[touched[-1]].end, _written(words)))
        else:
            at = _insertion_point(gone.start, places, printed, len(source))
            replaced.append((at, at, _written(words)))
    text = source
    for start, end, words in sorted(replaced, reverse=True):
        text = text[:start] + words + text[end:]
    shown = list(before)
    for gone, words in reversed(carried):
        shown[gone.start : gone.stop] = [words]
    values = {
        places[place].expression: "".join(before[token] for token, origin in printed.items() if origin == place)
        for place in sorted(set(printed.values()))
        if places[place].expression
    }
    return Patch(EMPTIED.sub("", text), "".join(shown), values, refused)


def prints(source: str, printed: str, values: dict[str, str]) -> bool:
    """Say whether a source prints a text; `values` are what its values print."""
    filled = VALUE.sub(lambda value: escape(values.get(value[0].strip("{} "), "")), source)
    plain_text = convert(NOTES.sub("", filled), MARKDOWN, "plain", "--wrap=none", "--sandbox")
    return _bare(plain_text) == _bare(printed)


def _bare(text: str) -> list[str]:
    return [token for token in tokens(plain(text)) if not is_space(token) and token not in "*_"]


def _places(source: str) -> list[_Place]:
    found, start = [], 0
    for value in [*VALUE.finditer(source), None]:
        end = value.start() if value else len(source)
        place = start
        for token in tokens(source[start:end]):
            found.append(_Place(plain(token), place, place + len(token)))
            place += len(token)
        if value:
            found.append(_Place(value[0], value.start(), value.end(), value[0].strip("{} ")))
            start = value.end()
    return found


def _printed_exactly(source: str, places: Sequence[_Place], old: str, printed: Sequence[str]) -> dict[int, int]:
    """Say it where the text is the source with something for each value and nothing for each mark; else nothing."""
    pieces = [(piece[0], piece.start()) for piece in PIECES.finditer(source)]
    pattern = "".join(
        "(.+?)" if VALUE.fullmatch(piece) else "()" if MARK.fullmatch(piece) else f"({_loosely(plain(piece))})"
        for piece, _ in pieces
    )
    found = re.fullmatch(pattern, old, re.DOTALL)
    if not found:
        return {}
    spans = [found.span(number) for number in range(1, len(pieces) + 1)]
    starts = [place.start for place in places]
    origins, at = {}, 0
    for token, word in enumerate(printed):
        number = next(number for number, (start, end) in enumerate(spans) if start <= at < end)
        piece, begin = pieces[number]
        offset = 0 if VALUE.fullmatch(piece) else at - spans[number][0]
        origins[token] = bisect_right(starts, begin + offset) - 1
        at += len(word)
    return origins


def _loosely(text: str) -> str:
    """Match a text whatever its white space is."""
    return r"\s".join(re.escape(part) for part in re.split(r"\s", text))


def _printed_from(places: Sequence[_Place], printed: Sequence[str]) -> dict[int, int]:
    """Say of each printed token from which place of the source it is; what stands for a value is from that value."""
    origins: dict[int, int] = {}
    values: list[int] = []
    for step in difference([place.token for place in places], printed, tidy=False):
        if step.kind == EQUAL:
            origins.update(zip(step.new, step.old, strict=True))
            values = []
        elif step.kind == DELETE:
            values = [place for place in step.old if places[place].expression]
        elif values:
            origins.update(dict.fromkeys(step.new, values[0]))
    return origins


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


def _insertion_point(token: int, places: Sequence[_Place], printed: dict[int, int], end: int) -> int:
    before = [printed[place] for place in range(token) if place in printed]
    if before:
        return places[before[-1]].end
    after = [place for printed_token, place in printed.items() if printed_token >= token]
    return places[min(after)].start if after else end


def _written(words: str) -> str:
    """Write typed words so that the text file reads them as words."""
    return MARKS.sub(lambda sign: "\\" + sign[0], words)
