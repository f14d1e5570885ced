"""One refresh at a time in a folder: a lock that the system lets go when its holder ends, however that happens."""

import contextlib
import json
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from evalbrief.trouble import Trouble

LOCK, HOLDER = Path(".snakemake/refresh.lock"), Path(".snakemake/refresh.json")


class Busy(Trouble):
    """Another refresh works in this folder."""


@contextlib.contextmanager
def only_refresh() -> Iterator[None]:
    """Hold the lock; raise Busy, which names the holder, when another process has it."""
    LOCK.parent.mkdir(exist_ok=True)
    with LOCK.open("ab") as file:
        if not _hold(file):
            raise Busy(f"Another refresh is running{_holder()}: this one leaves the work to it.")
        yield


def name_holder() -> None:
    """Note who holds the lock, once there is work to do: a look that finds nothing new touches no file."""
    holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": time.time()}
    HOLDER.write_text(json.dumps(holder), encoding="utf-8")


def _holder() -> str:
    try:
        holder = json.loads(HOLDER.read_text(encoding="utf-8"))
        since = time.strftime("%Y-%m-%d %H:%M", time.localtime(holder["since"]))
        return f" (process {holder['pid']} on {holder['host']}, since {since})"
    except (OSError, KeyError, ValueError):
        return ""


def _hold(file: IO[bytes]) -> bool:
    """Lock an open file without waiting; say whether that worked."""
    if os.name == "nt":
        import msvcrt

        lock = lambda: msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # noqa: E731
    else:
        import fcntl

        lock = lambda: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # noqa: E731
    try:
        lock()
    except OSError:
        return False
    return True
