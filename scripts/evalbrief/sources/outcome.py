"""What became of one file that comes from elsewhere."""

from dataclasses import dataclass
from typing import Literal

# Kept: something was wrong, and the last good data stay in use. Edited: a person's file is left alone.
Kind = Literal["changed", "same", "kept", "edited"]


@dataclass(frozen=True)
class Outcome:
    """What became of one file, with a sentence for people."""

    evaluation: str
    file: str
    kind: Kind
    sentence: str

    @property
    def needs_a_person(self) -> bool:
        """Say whether somebody has to do something about it."""
        return self.kind in ("kept", "edited")
