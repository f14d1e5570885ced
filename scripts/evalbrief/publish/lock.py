"""One refresh at a time in a folder: a lock that the system lets go when its holder ends, however that happens."""

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from evalbrief.trouble import Trouble

LOCK = Path(".snakemake/refresh.lock")
# What systems answer when another process holds a lock.
HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


class Busy(Trouble):
    """Another refresh works in this folder."""


@contextlib.contextmanager
def only_refresh() -> Iterator[None]:
    """Hold the lock; raise Busy, which names the holder, when another process has it. Touches no file that is there."""
    LOCK.parent.mkdir(exist_ok=True)
    with LOCK.open("ab") as file:
        if not _hold(file):
            raise Busy(f"Another refresh is running{_holder()}: this one leaves the work to it.")
        yield


def _holder() -> str:
    """Find the holder among the processes: who has the lock writes nothing down, for most often nothing is new."""
    import psutil

    here, mine = os.getcwd(), [os.getpid(), *(parent.pid for parent in psutil.Process().parents())]
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            words = process.cmdline()
            if process.pid not in mine and process.cwd() == here and {"refresh", "published"} & set(words):
                found.append((process.create_time(), process.pid))
    if not found:
        return " on another computer"
    since, pid = min(found)
    return f" (process {pid}, since {time.strftime('%Y-%m-%d %H:%M', time.localtime(since))})"


def _hold(file: IO[bytes]) -> bool:
    """Lock an open file without waiting; say whether that worked. Raise Trouble where nothing can be locked."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in HELD:
            return False
        raise Trouble(
            "This folder cannot be held for one refresh at a time: move the project to a disk of this computer."
        ) from None
    return True
