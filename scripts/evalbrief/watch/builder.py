"""Build the evaluations that changed, one build at a time, each a process of its own that runs the program as it is."""

import contextlib
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Sequence
from typing import Any

import psutil

from evalbrief.commands.engine import own_environment, stop_tree
from evalbrief.commands.evaluations import find_evaluations
from evalbrief.commands.words import in_a_row
from evalbrief.folder import DATA
from evalbrief.trouble import Trouble
from evalbrief.watch.state import ALL, State

# What a build says while all goes well.
PROGRESS = re.compile(r"\d+ of \d+(: .+, \d+\.\d s| briefs: .+)")
# What every sentence about another build in this folder says.
BUSY = "wait until it is done"
AGAIN_SECONDS = 2
# A build that is told to stop ends its Snakemake first.
STOP_SECONDS = 10


class Builder:
    """Builds what it is asked for; what is asked for meanwhile is built next, all of it at once."""

    def __init__(self, only: Collection[str], state: State, say: Callable[[str], object]) -> None:
        self._only, self._state, self._say = only, state, say
        self._asked: set[str] = set()
        # What cannot be built before another build in this folder is done.
        self._waiting: set[str] = set()
        self._stopped = False
        self._process: subprocess.Popen[str] | None = None
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to build what is asked for."""
        self._thread.start()

    def ask(self, evaluations: set[str] | None) -> None:
        """Have evaluations built, or all when there is None."""
        with self._changed:
            self._asked |= {ALL} if evaluations is None else evaluations
            self._changed.notify()

    def stop(self) -> None:
        """End a build that is going on, and build no more."""
        with self._changed:
            self._stopped = True
            self._changed.notify()
            process = self._process
        if process:
            _end(process)
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                again = AGAIN_SECONDS if self._waiting else None
                self._changed.wait_for(lambda: self._asked or self._stopped, again)
                asked, self._asked = self._asked | self._waiting, set()
            if self._stopped:
                return
            try:
                self._build_what_is_there(asked)
            except Trouble as trouble:
                self._fail(str(trouble))
            except Exception as error:  # too many open files, or the like: a later change finds somebody to build it
                self._fail(f"It could not be built: {error}.")

    def _build_what_is_there(self, asked: set[str]) -> None:
        """Build what is asked for, and what failed: it may be right now for another reason than a change of its own."""
        there = find_evaluations(self._only)
        self._state.forget_all_but(there)
        wanted = asked | self._state.faulty
        names = [name for name in there if ALL in wanted or name in wanted]
        if names:
            self._build(names)
        else:
            self._done([], {})

    def _fail(self, sentence: str) -> None:
        self._done([], {ALL: [sentence]})
        with contextlib.suppress(OSError):  # nobody reads what is said any more, and the page still shows it
            self._say(sentence)

    def _done(self, names: Sequence[str], trouble: dict[str, list[str]]) -> None:
        self._waiting = set()
        self._state.finish(names, trouble)

    def _build(self, names: Sequence[str]) -> None:
        if not self._waiting:
            self._state.begin()
        started = time.monotonic()
        sentences = self._result(names)
        if self._stopped:
            return
        if any(BUSY in sentence for sentence in sentences):
            if not self._waiting:
                self._say("\n".join(sentences))
            self._waiting = set(names)
            self._state.wait_for_another()
            return
        took = f"{time.monotonic() - started:.1f} s"
        self._say("\n".join(sentences) if sentences else f"{in_a_row(list(names))}: up to date, {took}.")
        self._done(names, attribute(sentences, names))

    def _result(self, names: Sequence[str]) -> list[str]:
        """Run a build to its end; return what was wrong, nothing when all went well."""
        with self._changed:
            if self._stopped:
                return []
            self._process = subprocess.Popen(
                command(names),
                env=own_environment({}),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                **_own_group(),
            )
        _, said = self._process.communicate()
        sentences = [line for line in said.splitlines() if line.strip() and not PROGRESS.fullmatch(line)]
        if not self._process.returncode:
            return []
        return sentences or [f"The build ended with {self._process.returncode} and did not say why."]


def command(names: Sequence[str]) -> list[str]:
    """Give the command that builds evaluations."""
    return [sys.executable, "-m", "evalbrief.commands", "build", "--only", *names]


def attribute(sentences: Collection[str], names: Collection[str]) -> dict[str, list[str]]:
    """Tell which of the evaluations that were built together each sentence is about: those it names, or all."""
    found: dict[str, list[str]] = {}
    for sentence in sentences:
        surely = [name for name in names if _is_about(name, sentence)]
        named = [name for name in names if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", sentence)]
        for name in surely or named or names:
            found.setdefault(name, []).append(sentence)
    return found


def _is_about(name: str, sentence: str) -> bool:
    """Say whether a sentence is surely about an evaluation: one named `data` or `budget` stands in others' too."""
    name = re.escape(name)
    return bool(re.search(rf"\b{DATA.name}[/\\]{name}(?![\w.-])|^{name} (in .+ )?is left out", sentence))


def _end(process: subprocess.Popen[str]) -> None:
    """Let a build end what it has started, then see to it that nothing of it is left."""
    try:
        build = psutil.Process(process.pid)
        family = build.children(recursive=True)
    except psutil.NoSuchProcess:
        return
    if os.name != "nt":
        with contextlib.suppress(psutil.TimeoutExpired, psutil.NoSuchProcess):
            build.terminate()
            build.wait(STOP_SECONDS)
    stop_tree(process.pid)
    for left in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            left.kill()


def _own_group() -> dict[str, Any]:
    """Keep Ctrl-C away from the build: this command hears it, and ends the build."""
    if os.name == "nt":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
