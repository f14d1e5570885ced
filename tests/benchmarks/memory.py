"""Watch the memory of a process and all its descendants while it runs."""

import contextlib
import threading
from pathlib import Path

import psutil

EVERY_SECONDS = 0.25


class Watch(threading.Thread):
    """Sample a process tree until stopped; `total` and `largest` are the peaks in bytes.

    Memory that processes share counts once (PSS) where the system says so, else in each of them (RSS).
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.total = self.largest = 0
        self._root = psutil.Process(pid)
        self._ended = threading.Event()

    def run(self) -> None:
        """Sample until stopped."""
        while not self._ended.wait(EVERY_SECONDS):
            sizes = [0]
            with contextlib.suppress(psutil.NoSuchProcess):
                sizes += [memory_of(process) for process in [self._root, *self._root.children(recursive=True)]]
            self.total, self.largest = max(self.total, sum(sizes)), max(self.largest, *sizes)

    def stop(self) -> None:
        """Take no more samples."""
        self._ended.set()
        self.join()


def memory_of(process: psutil.Process) -> int:
    """Give the memory of one process in bytes, 0 when it is gone."""
    try:
        lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        pass
    try:
        return process.memory_info().rss
    except psutil.NoSuchProcess:
        return 0
