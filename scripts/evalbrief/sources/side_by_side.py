"""Do several things at once, each in a thread of its own, and wait for none that does not come to an end.

A folder on a network that has gone answers nobody, ever: its thread is left to itself, and ends with the command.
"""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


def side_by_side(
    work: Callable[[Job], Result], jobs: Sequence[Job], *, most: int, longest: float
) -> Iterator[tuple[Job, Result | None]]:
    """Yield each job with its result as they come; without one when it took longer than `longest` seconds.

    `work` raises nothing. At most so many are waited for at a time.
    """
    done: queue.SimpleQueue[tuple[int, Result]] = queue.SimpleQueue()
    waiting, ends = deque(range(len(jobs))), {}

    def run(number: int) -> None:
        done.put((number, work(jobs[number])))

    while waiting or ends:
        while waiting and len(ends) < most:
            number = waiting.popleft()
            ends[number] = time.monotonic() + longest
            threading.Thread(target=run, args=[number], daemon=True).start()
        try:
            number, result = done.get(timeout=max(min(ends.values()) - time.monotonic(), 0.01))
        except queue.Empty:
            late = [number for number, end in ends.items() if end <= time.monotonic()]
            for number in late:
                del ends[number]
                yield jobs[number], None
            continue
        if ends.pop(number, None) is not None:
            yield jobs[number], result
