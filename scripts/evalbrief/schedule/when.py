"""When a schedule runs: how often and at what time of day, as the command line says it."""

import re
from typing import NamedTuple

from evalbrief.trouble import Trouble

EVERY = ("hour", "day", "weekday")
USUAL = "06:30"
TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


class When(NamedTuple):
    """How often, and the time of day; each hour it is the full hour."""

    every: str
    hour: int
    minute: int

    @property
    def words(self) -> str:
        """Say it in words."""
        return "every hour" if self.every == "hour" else f"every {self.every} at {self.hour:02}:{self.minute:02}"


def read_when(every: str, at: str) -> When:
    """Understand --every and --at; raise Trouble when there is no such time."""
    if every == "hour":
        if at:
            raise Trouble("--at is for --every day and --every weekday: --every hour runs at each full hour.")
        return When(every, 0, 0)
    found = TIME.fullmatch(at or USUAL)
    if not found:
        raise Trouble(f'--at is "{at}": it must be a time of day from 00:00 to 23:59, such as {USUAL}.')
    return When(every, int(found[1]), int(found[2]))
