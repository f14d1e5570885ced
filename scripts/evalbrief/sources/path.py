"""Take a file from a folder or a network share."""

import errno
import time
from pathlib import Path

from evalbrief.data.addresses import Source
from evalbrief.sources.answer import Answer, Content, Known, Passing, Refused, Unchanged
from evalbrief.sources.limits import Deadline

PIECE = 1 << 20
# The coarsest clock of a file system that is in use (FAT) ticks every two seconds: a file may change again in a tick.
TICK = 2_000_000_000
AWAY = {errno.EIO, errno.ESTALE, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ETIMEDOUT, errno.ENETUNREACH}


def ask(source: Source, file: str, known: Known, deadline: Deadline) -> Answer:
    """Return what a path has, or that size and date are those that are known; raise Passing or Refused."""
    path = Path(source.address)
    try:
        if path.is_dir():
            path /= Path(file).name
        before = _state(path)
        if before == known.etag:
            return Unchanged()
        with path.open("rb") as opened:
            content = deadline.read(lambda: opened.read(PIECE))
        if _state(path) != before:
            raise Passing("somebody is writing the file.")
    except FileNotFoundError:
        raise Refused("there is no such file. Check the path, and that the share is connected.") from None
    except PermissionError:
        raise Refused("this user may not read it. Ask who owns the folder.") from None
    except IsADirectoryError:
        raise Refused("this is a folder. Write the path of a file.") from None
    except OSError as error:
        if error.errno in AWAY:
            raise Passing("the share does not answer. Check that it is connected.", away=True) from None
        raise Refused(f"it cannot be read ({error.strerror}). Check the path.") from None
    return Content(content, before if _is_settled(before) else "")


def _state(path: Path) -> str:
    status = path.stat()
    return f"{status.st_size} {status.st_mtime_ns}"


def _is_settled(state: str) -> bool:
    return int(state.partition(" ")[2]) < time.time_ns() - TICK
