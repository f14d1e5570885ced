"""A text in Markdown as what it prints: words, values of the data, and marks, which print signs or nothing."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from evalbrief.review.difference import DELETE, EQUAL, difference
from evalbrief.review.incoming.returned import plain
from evalbrief.review.incoming.signs import ADDRESS_SIGN, BOLD, EMPHASIS, FIRST_NOTE, LINK, NOTE_SIGN
from evalbrief.review.tokens import tokens

# A value of the data in a text, such as {{ interviews.people | n }}.
VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
# Marks that print signs: of bold, of emphasis, of a link and its address; calls of notes, and notes in their place.
STRONG, EMPH = re.compile(r"(?<!\\)(?:\*\*|__)"), re.compile(r"(?<!\\)[*_]")
OPENING, CLOSING = re.compile(r"(?<!\\)\[(?=[^\]^][^\]]*\]\()"), re.compile(r"\]\([^)]*\)")
CALL = re.compile(r"\[\^[^\]]*\]|\^\[[^\]]*\]")
# Those that print nothing: of a language, of what is no mark.
SILENT = re.compile(r"\]\{[^}]*\}|\\(?=.)|(?<!\\)[\[\]]")
# A quotation mark with its space, which `plain` writes as one sign.
QUOTE = "« | »"
PRINTING = {
    STRONG: f"([{''.join(BOLD)}]?)",
    EMPH: f"([{''.join(EMPHASIS)}]?)",
    CALL: f"({NOTE_SIGN.pattern}?)",
    OPENING: f"({LINK}?)",
    CLOSING: f"({ADDRESS_SIGN.pattern}?)",
    SILENT: "()",
}
MARK = re.compile("|".join(mark.pattern for mark in (CALL, CLOSING, OPENING, STRONG, EMPH, SILENT)))
APART = f"{VALUE.pattern}|{MARK.pattern}|{QUOTE}"
PIECES = re.compile(rf"{APART}|(?:(?!{APART}).)+", re.DOTALL)


@dataclass(frozen=True)
class Place:
    """A token of a source with its place; a value is one token, with its expression."""

    token: str
    start: int
    end: int
    expression: str = ""


class Printed:
    """What a source prints, token by token, each with its place in the source; what a value prints is one token."""

    def __init__(self, source: str, text: str) -> None:
        self.places = _places(source)
        words = tokens(text)
        origins = _printed_exactly(source, self.places, text, words) or _printed_from(self.places, words)
        self.tokens: list[str] = []
        self.origins: dict[int, int] = {}
        last = -1
        for token, word in enumerate(words):
            origin = origins.get(token, -1)
            if origin == last >= 0 and self.places[origin].expression:
                self.tokens[-1] += word
            else:
                self.tokens.append(word)
            if origin >= 0:
                self.origins[len(self.tokens) - 1] = origin
            last = origin

    def place(self, token: int) -> Place | None:
        """Give the place in the source that a token was printed from, where it is known."""
        return self.places[self.origins[token]] if token in self.origins else None

    def is_value(self, token: int) -> bool:
        """Say whether a value of the data printed this."""
        place = self.place(token)
        return place is not None and bool(place.expression)

    def values(self) -> dict[str, str]:
        """Give what each value prints."""
        found = {}
        for token in self.origins:
            place = self.place(token)
            if place and place.expression:
                found[place.expression] = self.tokens[token]
        return found


def _places(source: str) -> list[Place]:
    """Split a source into tokens; values and marks are one each, with the sign that they print if they print one."""
    found: list[Place] = []
    for piece in PIECES.finditer(source):
        if VALUE.fullmatch(piece[0]):
            found.append(Place(piece[0], piece.start(), piece.end(), piece[0].strip("{} ")))
        elif MARK.fullmatch(piece[0]):
            found.append(Place(_sign_of(piece[0], [place.token for place in found]), piece.start(), piece.end()))
        else:
            place = piece.start()
            for token in tokens(piece[0]):
                found.append(Place(plain(token), place, place + len(token)))
                place += len(token)
    return found


def _sign_of(mark: str, before: Sequence[str]) -> str:
    """Give the sign that a mark prints; those of bold and emphasis start and end by turns."""
    for pattern, (start, end) in ((STRONG, BOLD), (EMPH, EMPHASIS)):
        if pattern.fullmatch(mark):
            return end if before.count(start) > before.count(end) else start
    if CALL.fullmatch(mark):
        return chr(FIRST_NOTE)
    return LINK if OPENING.match(f"{mark}x](") else mark


def _printed_exactly(source: str, places: Sequence[Place], old: str, printed: Sequence[str]) -> dict[int, int]:
    """Say it where the text is the source with something for each value and nothing for each mark; else nothing."""
    pieces = [(piece[0], piece.start()) for piece in PIECES.finditer(source)]
    found = re.fullmatch("".join(_pattern(piece) for piece, _ in pieces), old, re.DOTALL)
    if not found:
        return {}
    spans = [found.span(number) for number in range(1, len(pieces) + 1)]
    starts = [place.start for place in places]
    origins, at = {}, 0
    for token, word in enumerate(printed):
        number = next(number for number, (start, end) in enumerate(spans) if start <= at < end)
        piece, begin = pieces[number]
        offset = 0 if VALUE.fullmatch(piece) or MARK.fullmatch(piece) else at - spans[number][0]
        origins[token] = bisect_right(starts, begin + offset) - 1
        at += len(word)
    return origins


def _pattern(piece: str) -> str:
    """Match what a piece of a source prints; where a sign of a mark is missing, the text was read without signs."""
    if VALUE.fullmatch(piece):
        return "(.+?)"
    if MARK.fullmatch(piece):
        return next(pattern for mark, pattern in PRINTING.items() if mark.match(f"{piece}x]("))
    return f"({_loosely(plain(piece))})"


def _loosely(text: str) -> str:
    """Match a text whatever its white space is."""
    return r"\s".join(re.escape(part) for part in re.split(r"\s", text))


def _printed_from(places: Sequence[Place], printed: Sequence[str]) -> dict[int, int]:
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
