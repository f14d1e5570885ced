"""Say how long pandoc and Typst themselves take for one brief: `pandoc_typst.py JOB...`, in the folder of the project.

The jobs are done twice in this process, and what the second time spends in the two is printed in seconds.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

import typst
from run_job import read_job, run_job


class Clock:
    """Add up the time spent in calls."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap a function so that its calls count."""

        def call(*given: Any, **named: Any) -> Any:
            started = time.perf_counter()
            try:
                return function(*given, **named)
            finally:
                self.seconds += time.perf_counter() - started

        return call


class TimedCompiler:
    """A Typst compiler whose work counts."""

    def __init__(self, clock: Clock, compiler: Callable[..., Any], given: tuple, named: dict[str, Any]) -> None:
        self._clock = clock
        self._compiler = clock.timed(compiler)(*given, **named)

    def __getattr__(self, name: str) -> Any:
        return self._clock.timed(getattr(self._compiler, name))


def main(paths: list[str]) -> None:
    """Do the jobs twice and print the seconds of the second time."""
    sys.path.insert(0, "scripts")
    from evalbrief import pandoc

    jobs = [read_job(path) for path in paths]
    clock, of_pandoc = Clock(), Clock()
    compiler = typst.Compiler
    pandoc.pandoc = of_pandoc.timed(clock.timed(pandoc.pandoc))
    typst.Compiler = lambda *given, **named: TimedCompiler(clock, compiler, given, named)  # type: ignore[misc]
    for _ in range(2):
        clock.seconds = of_pandoc.seconds = 0.0
        for job in jobs:
            run_job(job)
    assert 0 < of_pandoc.seconds < clock.seconds, "pandoc or Typst is called in another way than is measured here"
    print(clock.seconds)


if __name__ == "__main__":
    main(sys.argv[1:])
