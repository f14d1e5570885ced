"""A clock that was ahead and is put right: what was written meanwhile bears dates that are still to come.

The clock of the machine is not touched. A refresh publishes with a clock of its own (libfaketime), which is ahead; its
files get the true dates from the system, so they are dated afterwards as they would have been. What is judged then runs
with the true clock. The date of a file's last change of name or rights (ctime) cannot be set.
"""

import os
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from fault_stage import NEW, NEWER, Fault, Stage, Verdict, edit_evidence
from numbers_shown import EVIDENCE, RESULTS
from unattended import NOTHING_NEW, PUBLISHED, Office

LIBRARY = "faketime/libfaketimeMT.so.1"
# The pace of time stays as it is.
PACE = {"FAKETIME_DONT_FAKE_MONOTONIC": "1"}
DAY, HOUR = 86_400, 3_600


def put_right(stage: Stage, verdict: Verdict, *, days: int, everything: bool) -> None:
    """Publish while the clock is ahead, put it right, and have new data come.

    Either the clock was ahead for that refresh only, or for everything that is in the project.
    """
    library = next(iter(sorted(Path("/usr/lib").glob(f"*/{LIBRARY}"))), None)
    if not library:
        verdict.not_tried("libfaketime is not installed")
        return
    with stage.office(f"ahead {days}{' all' if everything else ''}") as office:
        stage.web.put(RESULTS.text(NEW))
        started = time.time()
        done = office.refresh(LD_PRELOAD=str(library), FAKETIME=f"+{days}d", **PACE)
        verdict.status(done, PUBLISHED)
        _date_later(office, days, since=0 if everything else started)
        verdict.status(office.refresh(), NOTHING_NEW)
        last = datetime.fromisoformat(office.status()["last_good_run"])
        verdict.see(f"the last sign of life is of {last:%Y-%m-%d %H:%M}", last <= datetime.now(UTC))
        edit_evidence(office, NEW)
        stage.web.put(RESULTS.text(NEWER))
        before = office.current()
        verdict.status(office.refresh(), PUBLISHED)
        verdict.reads(office, {RESULTS: NEWER, EVIDENCE: NEW}, "the new set")
        verdict.see(f"set {office.current()} after {before}", office.current() == before + 1)
        waiting = len(office.remembers()["waiting"])
        verdict.see("its message went out" if not waiting else f"its message waits ({waiting})", not waiting)
        verdict.status(office.refresh(), NOTHING_NEW)
        verdict.reads(office, {RESULTS: NEWER, EVIDENCE: NEW}, "the new set still")


def _date_later(office: Office, days: int, since: float) -> None:
    """Date what was written since a moment some days later; what a program dated itself bears such a date already."""
    now = time.time()
    for path in office.folder.rglob("*"):
        written = path.lstat().st_mtime
        if since <= written < now + HOUR:
            later = written + days * DAY
            os.utime(path, (later, later), follow_symlinks=False)


PROMISED = "new data are published, whatever the dates; sets stay whole and in order; what happened is told"
LENGTHS = {1: "a day", 365: "a year"}
FAULTS = tuple(
    Fault(name, f"Clock set back by {LENGTHS[days]}, {what}", PROMISED, partial(put_right, days=days, everything=all_))
    for days in LENGTHS
    for name, what, all_ in (
        (f"clock-{days}", "after one refresh had been ahead", False),
        (f"clock-{days}-all", "everything was written before", True),
    )
)
