"""Split text into what a reader takes for one thing: a word, a number, a space, a sign."""

import re
from collections.abc import Hashable
from typing import NamedTuple

# Groups of three digits are set apart by spaces that do not break, or by commas and points.
NUMBER = r"\d{1,3}(?:[\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*"
# A word keeps the apostrophe of an elision: "l’" of "l’évaluation".
TOKEN = re.compile(rf"{NUMBER}|[^\W\d_]+['’]?|\s|\w+|[^\w\s]")
# Words that are everywhere: that two texts share them says nothing.
COMMON = frozenset(
    (
        *("a", "à", "and", "au", "aux", "by", "ce", "d’", "dans", "de", "del", "des", "du", "el"),
        *("en", "est", "et", "for", "in", "is", "l’", "la", "las", "le", "les", "los", "of", "on"),
        *("or", "ou", "par", "pour", "qu’", "que", "qui", "s’", "se", "sur", "the", "to", "un", "una"),
        *("une", "y"),
    )
)


def tokens(text: str) -> list[str]:
    """Split a text; joined again, the tokens are the text."""
    return TOKEN.findall(text)


class Held(NamedTuple):
    """A word in a link or a content control: another one is equal when it stands in the same, too."""

    holders: tuple[Hashable, ...]
    word: str


def word_of(token: object) -> str:
    """Give the words of a token, held by something or not; nothing for what is no text."""
    if isinstance(token, Held):
        return token.word
    return token if isinstance(token, str) else ""


def is_number(token: object) -> bool:
    """Say whether a token is a number, however it is grouped."""
    return word_of(token)[:1].isdigit()


def is_telling(token: object) -> bool:
    """Say whether a token is a word or number that is not everywhere."""
    word = word_of(token)
    return word[:1].isalnum() and word.lower() not in COMMON


def is_space(token: object) -> bool:
    """Say whether a token is white space, of whatever kind."""
    return word_of(token).isspace()
