"""Say how long pandoc and Typst themselves take for one brief: `pandoc_typst.py JOB...`, in the folder of the project.

The jobs are done twice in this process, and what the second time spends in the two is printed in seconds.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

import pypandoc
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
    jobs = [read_job(path) for path in paths]
    clock = Clock()
    compiler = typst.Compiler
    pypandoc.convert_text = clock.timed(pypandoc.convert_text)
    typst.Compiler = lambda *given, **named: TimedCompiler(clock, compiler, given, named)  # type: ignore[misc]
    for _ in range(2):
        clock.seconds = 0.0
        for job in jobs:
            run_job(job)
    print(clock.seconds)


if __name__ == "__main__":
    main(sys.argv[1:])
