"""The changes of a text as a reviewer counts them: each with its kind, its place, and the words before and after."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from evalbrief.review.difference import DELETE, EQUAL, INSERT
from evalbrief.review.tokens import is_number, is_telling, tokens
from evalbrief.review.tree.inlines import REFORMATTED, Item

WORDING, NUMBER, TYPOGRAPHY, FORMATTING = "wording", "number", "typography", "formatting"
SPLIT, JOINED, MOVED, GONE, COME = "split", "joined", "moved", "gone", "come"
PICTURE, CELLS, TITLE = "picture", "cells", "heading"


@dataclass
class Change:
    """One change, as a reviewer counts: its kind, where it stands, the words before and after.

    `values` are the keys of bound values in it, `typed` pairs of numbers that are bound to nothing, `numbers` the
    values that changed within a sentence: the key of each and all its words before and after.
    """

    number: int
    kind: str
    section: str
    block: str
    old: str
    new: str
    values: list[str] = field(default_factory=list)
    typed: list[tuple[str, str]] = field(default_factory=list)
    numbers: list[tuple[str, str, str]] = field(default_factory=list)
    origin: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def words(self) -> tuple[int, int]:
        """Count the words that came and that went."""
        return count_words(self.new), count_words(self.old)


@dataclass
class Renumbering:
    """A number that a heading, a reference or a caption has by its order."""

    what: str
    old: str
    new: str


def said(items: Sequence[Item], kind: str) -> str:
    """Join the words that went or came; between stretches stands an ellipsis."""
    groups = groupby(items, key=lambda item: item.kind == kind)
    stretches = [" ".join("".join(item.token.text for item in group).split()) for said, group in groups if said]
    return " … ".join(filter(None, stretches))


def kind_of(marked: Sequence[Item]) -> str:
    """Name what kind of change these marks are: of words, of bound numbers only, of spaces and signs, of looks."""
    if all(item.kind == REFORMATTED for item in marked):
        return FORMATTING
    if not any(is_telling(item.token.text) or is_number(item.token.text) for item in marked if item.kind != EQUAL):
        words = [said(marked, kind) for kind in (DELETE, INSERT)]
        if all(not any(sign.isalnum() for sign in text) for text in words):
            return TYPOGRAPHY
    come = [item for item in marked if item.kind == INSERT and item.token.text.strip()]
    if come and all(item.token.value for item in come):
        return NUMBER
    return WORDING


def typed_numbers(items: Sequence[Item]) -> list[tuple[str, str]]:
    """Pair the numbers that went with those that came in their place, where they are bound to no value."""
    pairs, gone = [], []
    for item in items:
        if not is_number(item.token.text) or item.token.value:
            continue
        if item.kind == DELETE:
            gone.append(item.token.text)
        elif item.kind == INSERT:
            pairs.append((gone.pop(0) if gone else "", item.token.text))
    return pairs


def numbers_in_sentence(items: Sequence[Item]) -> list[tuple[str, str, str]]:
    """Give all words of each value that changed, before and after; none where nothing but values stands."""
    if not any(is_telling(item.token.text) and not item.token.value for item in items):
        return []
    found = []
    for is_value, group in groupby(items, key=lambda item: bool(item.token.value)):
        together = list(group)
        if is_value and any(item.kind in (DELETE, INSERT) for item in together):
            old, new = ("".join(i.token.text for i in together if i.kind != other) for other in (INSERT, DELETE))
            found.append((together[-1].token.value, old.strip(), new.strip()))
    return found


def count_words(text: str) -> int:
    """Count words and numbers."""
    return sum(1 for token in tokens(text) if token[:1].isalnum())


def say(change: Change, kind: str, words: str) -> None:
    """Add words that went or came to a change."""
    words = " ".join(words.split())
    if kind == INSERT:
        change.new = f"{change.new} {words}".strip()
    else:
        change.old = f"{change.old} {words}".strip()
