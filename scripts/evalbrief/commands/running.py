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
    if RECORD.exists():
        _clear_stale()
    elif _is_locked():
        raise Busy(FOREIGN)
    RECORD.parent.mkdir(exist_ok=True)
    try:
        _record_whole({"host": socket.gethostname(), "command": _identity(os.getpid())})
    except FileExistsError:
        raise Busy("Another build has just started in this folder: wait until it is done.") from None
    try:
        yield
    finally:
        _release()


def _record_whole(record: dict) -> None:
    """Put the record in place in one go; raise FileExistsError when there is one."""
    fresh = RECORD.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(record), encoding="utf-8")
    try:
        os.link(fresh, RECORD)
    finally:
        fresh.unlink()


def remember(engine: Engine) -> None:
    """Note the Snakemake of this build, so that a later build can end it should this process be killed."""
    record = _read()
    record["engine"] = _identity(engine.process.pid)
    fresh = RECORD.with_suffix(".new")
    fresh.write_text(json.dumps(record), encoding="utf-8")
    fresh.replace(RECORD)


def _release() -> None:
    """Drop the record, unless Snakemake left locks that the next build has to clear."""
    if not _is_locked():
        RECORD.unlink(missing_ok=True)


def _clear_stale() -> None:
    record = _read()
    if record.get("host", socket.gethostname()) != socket.gethostname():
        raise Busy(
            f"A build was started in this folder by the computer {record['host']}: "
            f"wait until it is done, or delete {RECORD} if it is no longer running."
        )
    command, engine = (_find_alive(record.get(role)) for role in ("command", "engine"))
    if command:
        since = time.strftime("%H:%M:%S", time.localtime(command.create_time()))
        raise Busy(f"Another build is running (process {command.pid} since {since}): wait until it is done.")
    if engine:
        stop_tree(engine.pid)
    if _is_locked():
        run_quietly(["--unlock"])
    RECORD.unlink(missing_ok=True)


def _read() -> dict:
    try:
        return json.loads(RECORD.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # killed while writing
        return {}


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
