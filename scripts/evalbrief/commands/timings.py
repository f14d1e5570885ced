"""Where the time of a build went: from its start to its end, by stage, and the slowest steps."""

import heapq
import time
from collections import defaultdict
from collections.abc import Iterator

SLOWEST = 10

# What a build does one after the other. Data is checked while Snakemake starts.
LOOK = "Look for what changed"
LOAD = "Load the program"
CHECK = "Check the data"
WAIT = "Wait for Snakemake's first step"
RUN = "Run the steps"
END = "Wait for Snakemake's end"
STAMP = "Record what was made"


class Timings:
    """The times of a build and of all its steps, in seconds; it keeps sums and the slowest, however many there are."""

    def __init__(self) -> None:
        self._phases: dict[str, float] = {}
        self._phase, self._since = "", 0.0
        self._stages: dict[str, list[float]] = defaultdict(lambda: [0, 0.0])
        self._slowest: list[tuple[float, str]] = []

    def begin(self, phase: str, at: float | None = None) -> None:
        """Take note that a phase of the build begins, now or at a moment of the monotonic clock; it ends the last one.

        A phase that comes again, with another batch, is added up; an empty one is the end of all.
        """
        at = time.monotonic() if at is None else at
        if self._phase:
            self._phases[self._phase] = self._phases.get(self._phase, 0.0) + at - self._since
        self._phase, self._since = phase, at

    def add(self, stage: str, step: str, seconds: float) -> None:
        """Take in a step: the stage it belongs to, its name, and how long it took from its start to its end."""
        sums = self._stages[stage]
        sums[0] += 1
        sums[1] += seconds
        keep = heapq.heappush if len(self._slowest) < SLOWEST else heapq.heappushpop
        keep(self._slowest, (seconds, step))

    def lines(self) -> Iterator[str]:
        """Yield three tables: the build from its start to its end, its stages, the longest first, its slowest steps."""
        whole = sum(self._phases.values())
        yield "The build, from its start to its end:"
        yield from (f"{seconds:8.2f} s  {phase}" for phase, seconds in {**self._phases, "Together": whole}.items())
        if not self._stages:
            return
        yield "The steps by stage; those that run side by side count each:"
        for stage, (count, seconds) in sorted(self._stages.items(), key=lambda stage: -stage[1][1]):
            yield f"{seconds:8.2f} s  {stage}: {count:.0f} x {seconds / count:.2f} s"
        yield "The slowest steps:"
        yield from (f"{seconds:8.2f} s  {step}" for seconds, step in sorted(self._slowest, reverse=True))
