"""Split text into what a reader takes for one thing: a word, a number, a space, a sign."""

import re

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


def is_number(token: object) -> bool:
    """Say whether a token is a number, however it is grouped."""
    return isinstance(token, str) and token[:1].isdigit()


def is_telling(token: object) -> bool:
    """Say whether a token is a word or number that is not everywhere."""
    return isinstance(token, str) and token[:1].isalnum() and token.lower() not in COMMON


def is_space(token: object) -> bool:
    """Say whether a token is white space, of whatever kind."""
    return isinstance(token, str) and token.isspace()
