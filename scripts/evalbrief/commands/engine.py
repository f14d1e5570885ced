"""Run Snakemake as a process of its own and hear from it what happens."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from types import MappingProxyType
from typing import Any

import psutil

from evalbrief.commands import gate

SCRIPTS = Path(__file__).parents[2]
LOG = Path("build/build.log")
RECORD_MARK = "\x1e"
GRACE_SECONDS = 3
# What Snakemake has printed before its end has come through after that time, however busy the machine is.
LAST_WORDS_SECONDS = 1


@dataclass(frozen=True)
class Event:
    """One message; `kind` is Snakemake's event, empty for its plain messages, "output" for what jobs print."""

    kind: str
    level: str = "INFO"
    text: str = ""
    fields: dict[str, Any] = field(default_factory=dict)


class Engine:
    """A Snakemake that gets ready; start it, iterate over its events, then read its exit status."""

    def __init__(self, environment: Mapping[str, str] = MappingProxyType({})) -> None:
        # Seconds that it gets, when it is stopped, to take back what it has submitted to a cluster.
        self.grace = 0.0
        self.process = subprocess.Popen(
            [sys.executable, "-m", "evalbrief.commands.launcher"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=own_environment(environment),
            encoding="utf-8",
            errors="replace",
            **_own_group(),
        )

    def start(self, arguments: Sequence[str]) -> None:
        """Let Snakemake look for what there is to do, and wait."""
        self._send(f"{json.dumps([[*arguments, '--logger', 'brief'], self.grace])}\n")

    def go(self) -> None:
        """Let Snakemake do it."""
        self._send(gate.GO)

    def call_off(self) -> None:
        """Let Snakemake end without having done anything, and wait for its end."""
        self._send(gate.CALLED_OFF)
        for _ in self._lines():
            pass
        self.process.wait()

    def _send(self, words: str) -> None:
        assert self.process.stdin
        with contextlib.suppress(OSError):  # it has ended already, and its status says so
            self.process.stdin.write(words)
            self.process.stdin.flush()  # and left open: were it closed, Snakemake would end

    def __iter__(self) -> Iterator[Event]:
        """Yield the events as they come and keep everything that was said in the log."""
        LOG.parent.mkdir(parents=True, exist_ok=True)
        with LOG.open("a", encoding="utf-8") as log:
            for line in self._lines():
                printed, _, record = line.partition(RECORD_MARK)
                heard = [Event("output", text=printed)] if printed else []
                heard += [_read_event(record)] if record else []
                log.writelines(event.text.removesuffix("\n") + "\n" for event in heard)
                log.flush()  # before anybody hears of it: who then stops finds nothing left to write, on a full disk
                yield from heard

    def _lines(self) -> Iterator[str]:
        """Yield what Snakemake prints until it ends; what its scripts have left running may keep the pipe open."""
        lines: SimpleQueue[str] = SimpleQueue()
        threading.Thread(target=self._read_into, args=[lines], daemon=True).start()
        while True:
            try:
                line = lines.get(timeout=LAST_WORDS_SECONDS)
            except Empty:
                if self.process.poll() is not None:
                    return
                continue
            if not line:
                return
            yield line

    def _read_into(self, lines: SimpleQueue[str]) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            lines.put(line)
        lines.put("")

    def status(self) -> int:
        """Wait for the end and return the exit status."""
        return self.process.wait()

    def stop(self) -> None:
        """End Snakemake and all its jobs now, if it has not ended."""
        if self.process.poll() is None:
            if self.grace:
                assert self.process.stdin
                with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                    self.process.stdin.close()  # it takes this for the end of the command
                    self.process.wait(self.grace)
            stop_tree(self.process.pid)
            self.process.wait()


def own_environment(more: Mapping[str, str]) -> dict[str, str]:
    """Return the environment in which a Python of ours finds the package and reads and writes UTF-8."""
    return {**os.environ, **more, "PYTHONPATH": str(SCRIPTS), "PYTHONUTF8": "1"}


def run_quietly(arguments: Sequence[str]) -> list[Event]:
    """Run Snakemake to its end and return what it said."""
    engine = Engine()
    engine.start(arguments)
    engine.go()
    events = list(engine)
    engine.status()
    return events


def stop_tree(pid: int) -> None:
    """End a process and its descendants: politely, then after a short grace by force."""
    try:
        parent = psutil.Process(pid)
        family = [*parent.children(recursive=True), parent]
    except psutil.NoSuchProcess:
        return
    for process in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill() if process is parent else process.terminate()
    _, alive = psutil.wait_procs(family, timeout=GRACE_SECONDS)
    for process in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


def _own_group() -> dict[str, Any]:
    """Keep Ctrl-C away from Snakemake: the command hears it and ends Snakemake cleanly."""
    if os.name == "nt":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _read_event(record: str) -> Event:
    try:
        fields = json.loads(record)
    except ValueError:
        return Event("", text=record.strip())
    return Event(fields.pop("event"), fields.pop("level"), fields.pop("text") or "", fields)
