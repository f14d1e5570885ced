"""Run a command and watch its memory, and what stands in build/ while it runs."""

import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from memory import Watch

LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Run:
    """How a command went: its exit status, seconds, peaks of memory in bytes, and what it printed."""

    status: int
    seconds: float
    total: int
    largest: int
    said: str


def watch(
    command: Sequence[str], project: Path, until: Callable[[], bool] | None = None, signal: int | None = None
) -> Run:
    """Run a command in a project; when `until` comes true, send it the signal once."""
    started = time.perf_counter()
    output = project / "watched.txt"
    with output.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            command, cwd=project, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
        )
        memory = Watch(process.pid)
        memory.start()
        while until and process.poll() is None:
            if until():
                process.send_signal(signal or 0)
                break
            time.sleep(LOOK_SECONDS)
        status = process.wait()
        took = time.perf_counter() - started
        memory.stop()
    said = output.read_text(encoding="utf-8", errors="replace")
    return Run(status, took, memory.total, memory.largest, said)
