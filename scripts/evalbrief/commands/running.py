"""Know whether a build is running in this folder, and clear away what a killed one left behind."""

import contextlib
import json
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from evalbrief.commands.engine import Engine, run_quietly, stop_tree
from evalbrief.trouble import Trouble

RECORD = Path(".snakemake/brief.json")
LOCKS = Path(".snakemake/locks")
UNREADABLE = {"command": None}


FOREIGN = (
    "Snakemake, started without brief.py, holds this folder: wait until it is done, "
    "or enter `snakemake --unlock` if it is no longer running."
)


class Busy(Trouble):
    """Another build works in this folder."""


class CannotRun(Trouble):
    """Snakemake stops before any step."""


@contextlib.contextmanager
def only_build() -> Iterator[None]:
    """Hold this folder for one build; raise Busy when another one holds it.

    A record left by a process that is gone is cleared: its Snakemake is ended and the folder unlocked.
    """
    RECORD.parent.mkdir(exist_ok=True)
    left = _read_left() if RECORD.exists() else {}
    if not left and _is_locked():
        raise Busy(FOREIGN)
    _put_record_in_place({**left, "host": socket.gethostname(), "command": _identity(os.getpid())}, left)
    try:
        _clear(left)
        yield
    finally:
        _release()


def _put_record_in_place(record: dict, left: dict) -> None:
    """Put the record in place in one go, instead of the one left behind; of builds that start together one succeeds."""
    fresh = RECORD.with_suffix(f".{os.getpid()}")
    try:
        fresh.write_text(json.dumps(record), encoding="utf-8")
        if left:
            _take_away(left)
        _link(fresh, RECORD)
    except (FileExistsError, FileNotFoundError):
        raise Busy("Another build has just started in this folder: wait until it is done.") from None
    finally:
        fresh.unlink(missing_ok=True)


def _take_away(left: dict) -> None:
    """Take the record away if it is still this one; raise FileExistsError or FileNotFoundError if it is not."""
    taken = RECORD.with_suffix(f".{os.getpid()}.left")
    RECORD.rename(taken)
    try:
        if _read(taken) != left:
            _link(taken, RECORD)
            raise FileExistsError(RECORD)
    finally:
        taken.unlink()


def _link(file: Path, name: Path) -> None:
    """Give a file another name; raise FileExistsError when there is one of that name."""
    try:
        os.link(file, name)
    except FileExistsError:
        raise
    except OSError:  # a disk without links, such as a USB stick
        with name.open("xb") as copy:
            copy.write(file.read_bytes())


def remember(engine: Engine) -> None:
    """Note the Snakemake of this build, so that a later build can end it should this process be killed."""
    record = _read(RECORD)
    record["engine"] = _identity(engine.process.pid) | {"grace": engine.grace}
    fresh = RECORD.with_suffix(".new")
    fresh.write_text(json.dumps(record), encoding="utf-8")
    fresh.replace(RECORD)


def _release() -> None:
    """Drop the record, unless Snakemake left locks that the next build has to clear."""
    if not _is_locked():
        RECORD.unlink(missing_ok=True)


def _read_left() -> dict:
    """Read the record of a command that is gone; raise Busy when it is not."""
    record = _read(RECORD)
    if record.get("host", socket.gethostname()) != socket.gethostname():
        raise Busy(
            f"A build was started in this folder by the computer {record['host']}: "
            f"wait until it is done, or delete {RECORD} if it is no longer running."
        )
    command = _find_alive(record.get("command"))
    if command:
        since = time.strftime("%H:%M:%S", time.localtime(command.create_time()))
        raise Busy(f"Another build is running (process {command.pid} since {since}): wait until it is done.")
    return record


def _clear(left: dict) -> None:
    """End the Snakemake that a command left behind, and unlock the folder."""
    engine = _find_alive(left.get("engine"))
    if engine:
        # It may be taking back what it has submitted to a cluster.
        with contextlib.suppress(psutil.TimeoutExpired):
            engine.wait(left["engine"]["grace"])
        stop_tree(engine.pid)
    if left and _is_locked():
        run_quietly(["--unlock"])


def _read(path: Path) -> dict:
    try:
        return json.loads(path.read_text(encoding="utf-8")) or dict(UNREADABLE)
    except (OSError, ValueError):  # killed while writing
        return dict(UNREADABLE)


def _identity(pid: int) -> dict[str, float]:
    return {"pid": pid, "started": psutil.Process(pid).create_time()}


def _find_alive(identity: dict[str, float] | None) -> psutil.Process | None:
    """Return the process if it still runs; its start time tells it from a later one with the same number."""
    if not identity:
        return None
    try:
        process = psutil.Process(int(identity["pid"]))
        same = abs(process.create_time() - identity["started"]) < 1
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except psutil.NoSuchProcess:
        return None


def _is_locked() -> bool:
    return LOCKS.is_dir() and any(LOCKS.iterdir())
