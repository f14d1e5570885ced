"""Where the time of a build went: by stage, and the slowest steps."""

import heapq
from collections import defaultdict
from collections.abc import Iterator

SLOWEST = 10


class Timings:
    """The times of all steps of a build, in seconds; it keeps sums and the slowest, however many there are."""

    def __init__(self) -> None:
        self._stages: dict[str, list[float]] = defaultdict(lambda: [0, 0.0])
        self._slowest: list[tuple[float, str]] = []

    def add(self, stage: str, step: str, seconds: float) -> None:
        """Take in a step: the rule it belongs to, its name, and how long it took from its start to its end."""
        sums = self._stages[stage]
        sums[0] += 1
        sums[1] += seconds
        keep = heapq.heappush if len(self._slowest) < SLOWEST else heapq.heappushpop
        keep(self._slowest, (seconds, step))

    def lines(self) -> Iterator[str]:
        """Yield a table of the stages, the longest first, and one of the slowest steps."""
        width = max(map(len, self._stages), default=0)
        yield f"{'Stage':{width}}  steps  seconds  each"
        for stage, (count, seconds) in sorted(self._stages.items(), key=lambda stage: -stage[1][1]):
            yield f"{stage:{width}}  {count:5.0f}  {seconds:7.1f}  {seconds / count:4.2f}"
        yield "Slowest steps:"
        yield from (f"{seconds:7.2f} s  {step}" for seconds, step in sorted(self._slowest, reverse=True))
