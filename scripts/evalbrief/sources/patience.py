"""Ask again when the trouble may pass: a connection that broke, a server that is busy."""

import random
import time
from collections.abc import Callable

from evalbrief.sources.answer import Answer, Passing, Refused
from evalbrief.sources.limits import Deadline

Wait = Callable[[float], None]


def patiently(ask: Callable[[], Answer], deadline: Deadline, wait: Wait = time.sleep) -> Answer:
    """Ask until there is an answer; raise Refused when there is none after all attempts, or none in time."""
    limits = deadline.limits
    for attempt in range(1, limits.attempts + 1):
        deadline.check()
        try:
            return ask()
        except Passing as trouble:
            seconds = _wait_after(attempt, limits.first_wait) if trouble.after is None else trouble.after
            if trouble.after is not None and trouble.after > limits.longest_wait:
                raise Refused(f"{trouble} It asks to come back in {trouble.after:.0f} seconds.") from None
            if attempt == limits.attempts or seconds >= deadline.left:
                tried = "once" if attempt == 1 else f"{attempt} times"
                raise Refused(f"{trouble} It was tried {tried}.", away=trouble.away) from None
            wait(min(seconds, limits.longest_wait))
    raise Refused("it was not tried.")


def _wait_after(attempt: int, first: float) -> float:
    """Double the wait each time; by chance a little more or less, so that not all come back at the same moment."""
    return first * 2 ** (attempt - 1) * random.uniform(0.5, 1.5)
