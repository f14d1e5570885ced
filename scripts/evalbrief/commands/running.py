"""Know whether a build is running in this folder, and clear away what a killed one left behind."""

import contextlib
import json
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from evalbrief.commands.engine import Engine, run_quietly, stop_tree
from evalbrief.trouble import Trouble

RECORD = Path(".snakemake/brief.json")
# Records of commands that are gone, until the folder is released.
TAKEN_AWAY = "brief.*.left"
LOCKS = Path(".snakemake/locks")
# Where Linux says which start of the computer this is.
BOOT = Path("/proc/sys/kernel/random/boot_id")
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
    left = _read_left()
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
    """Take the record away, and keep it until the folder is released; raise FileExistsError if it is another one."""
    taken = RECORD.with_suffix(f".{os.getpid()}.left")
    try:
        RECORD.replace(taken)
    except FileNotFoundError:  # somebody did so before us, and was killed or is about to put another in place
        return
    if _read(taken) != left:
        try:
            _link(taken, RECORD)
        finally:
            taken.unlink(missing_ok=True)
        raise FileExistsError(RECORD)


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
        for record in (RECORD, *RECORD.parent.glob(TAKEN_AWAY)):
            record.unlink(missing_ok=True)


def _read_left() -> dict:
    """Read the record of a command that is gone, if there is one; raise Busy when the command is not gone."""
    found = RECORD if RECORD.exists() else _newest_taken_away()
    if not found:
        return {}
    record = _read(found)
    if record.get("host", socket.gethostname()) != socket.gethostname():
        raise Busy(
            f"A build was started in this folder by the computer {record['host']}: "
            f"wait until it is done, or delete {found} if it is no longer running."
        )
    command = _find_alive(record.get("command"))
    if command:
        since = time.strftime("%H:%M:%S", time.localtime(command.create_time()))
        raise Busy(f"Another build is running (process {command.pid} since {since}): wait until it is done.")
    return record


def _newest_taken_away() -> Path | None:
    """Find the record of which a command was killed between taking it away and putting its own in place."""
    with contextlib.suppress(FileNotFoundError):  # somebody has just released the folder
        return max(RECORD.parent.glob(TAKEN_AWAY), key=os.path.getmtime, default=None)
    return None


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


def _identity(pid: int) -> dict[str, Any]:
    """Tell a process from a later one with the same number, also when the clock is set meanwhile."""
    started = psutil.Process(pid).create_time()
    if psutil.LINUX:
        # It counts from the start of the computer: when the clock is set, the date of both is another one.
        started -= psutil.boot_time()
    return {"pid": pid, "started": started, "boot": BOOT.read_text(encoding="ascii") if BOOT.exists() else ""}


def _find_alive(identity: dict[str, Any] | None) -> psutil.Process | None:
    """Return the process if it still runs, and is no later one with the same number."""
    if not identity:
        return None
    try:
        process, now = psutil.Process(identity["pid"]), _identity(identity["pid"])
        same = now["boot"] == identity.get("boot") and abs(now["started"] - identity["started"]) < 1
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except psutil.NoSuchProcess:
        return None


def _is_locked() -> bool:
    return LOCKS.is_dir() and any(LOCKS.iterdir())
