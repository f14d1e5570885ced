"""Whether somebody else has made the same change already."""

from collections import Counter
from itertools import pairwise

from evalbrief.review.incoming.source import passages


def is_made(base: str, present: str, changed: str) -> bool:
    """Say whether the present text has all that a change of the base makes stand next to each other.

    A passage that was moved or removed leaves new neighbours behind, and a changed one is another one.
    """
    was, is_now, wanted = (_passages(text) for text in (base, present, changed))
    new = Counter(pairwise(wanted)) - Counter(pairwise(was))
    gone = Counter(was) - Counter(wanted)
    still_there = any(is_now.count(passage) > wanted.count(passage) for passage in gone)
    return bool(new) and new <= Counter(pairwise(is_now)) and not still_there


def _passages(text: str) -> list[str]:
    """List the passages, each with what it is, between two ends."""
    return ["", *(" ".join([str(part.listed), part.note, *part.text.split()]) for part in passages(text)), ""]
