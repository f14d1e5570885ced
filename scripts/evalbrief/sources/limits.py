"""How long and how often to try, and how much to take."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from evalbrief.sources.answer import Refused


@dataclass(frozen=True)
class Limits:
    """The bounds of fetching one file; `side_by_side` is for all of them."""

    connect_seconds: float = 10
    # Without a sign of life.
    read_seconds: float = 30
    # With all attempts and the waits between them.
    whole_seconds: float = 120
    attempts: int = 4
    first_wait: float = 1
    # Whoever asks to come back later than that is asked again the next time.
    longest_wait: float = 30
    largest_bytes: int = 50_000_000
    side_by_side: int = 8
    # To be let in by a server that was away a moment ago.
    second_chance_seconds: float = 2

    @property
    def of_second_chance(self) -> "Limits":
        """The bounds for what comes from a server that was away: it is tried once, or many files would take hours."""
        return replace(self, attempts=1, connect_seconds=min(self.second_chance_seconds, self.connect_seconds))


@dataclass(frozen=True)
class Deadline:
    """The moment at which a file must be there."""

    limits: Limits
    at: float

    @classmethod
    def of(cls, limits: Limits) -> "Deadline":
        """Begin to count now."""
        return cls(limits, time.monotonic() + limits.whole_seconds)

    @property
    def left(self) -> float:
        """Return the seconds that are left, 0 or fewer when it is over."""
        return self.at - time.monotonic()

    def check(self) -> None:
        """Raise Refused when it is over."""
        if self.left <= 0:
            raise Refused(too_slow(self.limits))

    def read(self, taken: Callable[[], bytes]) -> bytes:
        """Read a body piece by piece to its end; raise Refused when it is too large or takes too long."""
        pieces: list[bytes] = []
        size = 0
        while piece := taken():
            pieces.append(piece)
            size += len(piece)
            if size > self.limits.largest_bytes:
                raise Refused(too_large(self.limits))
            self.check()
        return b"".join(pieces)


def too_slow(limits: Limits) -> str:
    """Say that a file did not come in time."""
    return f"it did not come within {limits.whole_seconds:g} seconds. Try again later, or ask who runs the server."


def too_large(limits: Limits) -> str:
    """Say that a file is larger than any table or text is."""
    megabytes = limits.largest_bytes / 1e6
    return f"it is larger than {megabytes:g} MB, as no table or text is. Check whether the address is the right one."
