"""Wait for what another process does."""

import time
from collections.abc import Callable

LONGEST_SECONDS = 60


def wait_until(condition: Callable[[], object], otherwise: str = "it did not come about") -> None:
    """Wait until something is so; fail with a sentence after a minute."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while not condition():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.02)
