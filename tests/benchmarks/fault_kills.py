"""Killed at any moment (kill -9): people read a whole set all the time, and a refresh that comes to its end publishes.

Every second kill strikes at a random moment of a whole refresh, the others while the set is being written. Half of them
strike the process group that was started, as `kill -9` does; the other half all its descendants as well, as when the
power fails.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import gettempdir

import psutil
from fault_stage import NEW, Fault, Stage, Verdict, ending
from numbers_shown import RESULTS
from report import counted
from unattended import FAILED, NOTHING_NEW, PUBLISHED, Done, Office
from workspace import Failed

EACH = 10
LOOK_SECONDS = 0.001
ANY, WRITING = "at any moment", "while a set was written"
# What may be left by a kill, and not by the refresh after it.
LEFTOVERS = ("published.new", "published.old", "published.sets/*.part", "data/**/*.part", "build/**/*.edited-*")


def kills(stage: Stage, verdict: Verdict) -> None:
    """Kill a refresh again and again, each time after new data came."""
    with stage.office("kills") as office:
        _Killer(stage, office, verdict).kill(stage.options.kills)


class _Killer:
    """Kills refreshes of an office, and counts what came of it."""

    def __init__(self, stage: Stage, office: Office, verdict: Verdict) -> None:
        self._stage, self._office, self._verdict = stage, office, verdict
        self._chance = Random(stage.options.seed)
        self._count: Counter[str] = Counter()
        self._number, self._told = NEW, stage.folder / "said kill.txt"

    def kill(self, times: int) -> None:
        """Kill, judge after each kill; refresh to the end after every tenth and after the last."""
        takes, writes = self._times()
        shown, full = self._number, 0
        for turn in range(1, times + 1):
            # Of a refresh that was stopped with a whole set which nobody reads yet, the next one has it read.
            allowed = {shown, self._shown_in_newest()}
            aim = WRITING if turn % 2 == 0 else ANY
            self._strike(aim, takes if aim == ANY else writes)
            shown = self._judge(allowed)
            if turn % EACH == 0 or turn == times:
                full += 1
                shown = self._refresh()
                print(f"{turn} kills: {dict(self._count)}", file=sys.stderr)
        self._conclude(times, full)

    def _times(self) -> tuple[float, float]:
        """Refresh to the end; give the seconds of all of it, and from the beginning of the set."""
        self._put()
        started = time.perf_counter()
        process = self._office.start(self._told)
        while process.poll() is None and not self._is_writing():
            time.sleep(LOOK_SECONDS)
        wrote = time.perf_counter()
        if process.wait() != PUBLISHED:
            raise Failed(self._office.hear(self._told))
        self._office.hear(self._told)
        return time.perf_counter() - started, time.perf_counter() - wrote

    def _strike(self, aim: str, seconds: float) -> None:
        """Have new data come, start a refresh, kill it."""
        self._put()
        process = self._office.start(self._told)
        while aim == WRITING and process.poll() is None and not self._is_writing():
            time.sleep(LOOK_SECONDS)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(self._chance.uniform(0, seconds))
        self._count[aim if process.returncode is None else "too late"] += 1
        _kill(process, descendants=self._chance.random() < 0.5)
        said = self._office.hear(self._told)
        if process.returncode == FAILED:
            self._verdict.see(f"a refresh failed by itself: {ending(Done(FAILED, said))}", False)

    def _judge(self, allowed: set[int]) -> int:
        """Look whether people read a whole set, the old one or the new one; give its number."""
        whole = self._office.is_whole()
        shown = self._office.shown(RESULTS) if whole else 0
        self._count["whole"] += whole
        self._count["new" if shown == self._number else "old" if shown in allowed else "wrong"] += 1
        return shown

    def _refresh(self) -> int:
        """Refresh to the end; it has to publish exactly the new data."""
        done = self._office.refresh()
        office = self._office
        right = office.is_whole() and office.shown(RESULTS) == self._number and office.equals_build()
        self._count["full"] += right and done.status in (PUBLISHED, NOTHING_NEW)
        if done.status not in (PUBLISHED, NOTHING_NEW):
            self._verdict.see(f"a refresh to the end: {ending(done)}", False)
        return office.shown(RESULTS)

    def _conclude(self, times: int, full: int) -> None:
        count, office, see = self._count, self._office, self._verdict.see
        struck = f"{count[ANY]} {ANY}, {count[WRITING]} {WRITING}, {count['too late']} after the end"
        see(f"{times} kills ({struck})", times == count[ANY] + count[WRITING] + count["too late"])
        see(f"a whole set after {count['whole']}", count["whole"] == times)
        see(f"the old one {count['old']}, the new one {count['new']} times", count["old"] + count["new"] == times)
        see(f"refreshed to the end, exactly the new data in {count['full']} of {full}", count["full"] == full)
        clean = office.equals_clean_build()
        see(f"at the end {'the same as' if clean else 'other than'} a first build of the same data", clean)
        untold = set(range(1, office.current() + 1)) - {1} - _told(office)
        see(f"of {office.current() - 1} sets, {len(untold)} were not told", not untold)
        left = sorted({path.name for pattern in LEFTOVERS for path in office.folder.glob(pattern)})
        see(f"left behind in the project: {', '.join(left) or 'nothing'}", not left)
        see(f"in the temporary folder: {counted(len(list(Path(gettempdir()).glob('brief-*'))), 'folder')}", True)

    def _put(self) -> None:
        self._number += 1
        self._stage.web.put(RESULTS.text(self._number))

    def _is_writing(self) -> bool:
        return any(self._office.path("published.sets").glob("*.part"))

    def _shown_in_newest(self) -> int:
        return self._office.shown(RESULTS, f"published.sets/{self._office.sets()[-1]}/documents/tiny")


def _kill(process: subprocess.Popen[bytes], *, descendants: bool) -> None:
    family = []
    with contextlib.suppress(psutil.NoSuchProcess):
        family = psutil.Process(process.pid).children(recursive=True) if descendants else []
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    for one in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    process.wait()


def _told(office: Office) -> set[int]:
    """Give the numbers of the sets that some refresh has told of."""
    words = "Published: set "
    lines = [line for said in office.heard for line in said.splitlines() if line.startswith(words)]
    return {int(line.removeprefix(words).split()[0]) for line in lines}


FAULTS = (
    Fault(
        "kills",
        "kill -9 at random moments",
        "people read a whole set all the time, the old one or the new one; the next refresh publishes the new data, "
        "tells what the killed one had published, and leaves nothing behind",
        kills,
    ),
)
