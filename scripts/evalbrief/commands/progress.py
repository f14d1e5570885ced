"""Show how a build goes on: one rewritten line on a terminal, plain lines elsewhere."""

import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from evalbrief.commands import disk
from evalbrief.commands.engine import LOG, Event
from evalbrief.commands.timings import END, RUN, WAIT, Timings
from evalbrief.commands.words import STAGES, counted, step

COMPLAINT = re.compile(r"[\w.]+(Error|Exception|Interrupt)\b")
# What says all there is to say: a person has a document open, and no step is to blame.
LOCKED = re.compile(r"[\w.]*\bLockedError: (.+)")
LAST_STEP = "deliver_brief"


@dataclass
class Job:
    """One step of the running build."""

    rule: str
    name: str
    evaluation: str
    language: str
    outputs: list[str]
    log: Path
    log_before: tuple[int, int]
    started: float = field(default_factory=time.monotonic)


class Display:
    """Follow a build's events; afterwards tell what was made and what failed.

    It keeps what is going on and what is worth telling, not every step, for there may be tens of thousands.
    """

    def __init__(self, *, timed: bool = True) -> None:
        # On a cluster, steps wait and run in groups: what each of them took is not known here.
        self._timed = timed
        self.console = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
        self.jobs: dict[int, Job] = {}
        self.finished = 0
        self.failed: list[Job] = []
        self.errors: list[str] = []
        self.complaint = ""
        self.delivered: set[str] = set()
        self.timings = Timings()
        self._briefs = self._batches = 0
        self._total = self._finished_before = 0
        self._last_words: list[str] = []
        self._last_end: float | None = None
        self._runs = False
        self._group: list[Job] | None = None
        columns = (TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.fields[left]} left"))
        self.bar = Progress(
            *columns,
            TimeElapsedColumn(),
            console=self.console,
            refresh_per_second=4,
            transient=True,
            disable=not self.console.is_terminal,
        )

    def __enter__(self) -> "Display":
        self.bar.start()
        self.task = self.bar.add_task("Look for what changed", total=None, left="?")
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.stop()
        print(*self._last_words, sep="\n", end="\n" if self._last_words else "", file=sys.stderr)

    def expect(self, briefs: int, batches: int) -> None:
        """Take note of what is to come; with several batches, briefs are counted and not steps."""
        self._briefs, self._batches = briefs, batches

    def begin_batch(self) -> None:
        """Take note that another run of Snakemake begins; job numbers start anew."""
        self.jobs.clear()
        self._finished_before = self.finished
        self._last_end, self._runs = None, False
        self.timings.begin(WAIT)

    def end_batch(self) -> None:
        """Take note that no step of this run of Snakemake is to come any more."""
        self._end_group()
        if self._last_end is not None:
            self.timings.begin(END, self._last_end)

    def tell(self, event: Event) -> None:
        """Take in one event and show what it changes."""
        if event.kind != "job_error":
            self._end_group()
        match event.kind:
            case "job_info":
                self._start(event)
            case "job_finished":
                self._finish(event.fields["job_id"])
            case "group_error":
                self._group = []
            case "job_error":
                self._fail(event.fields["jobid"])
            case "run_info":
                self._total = event.fields["stats"]["total"]
            case "progress":
                self._total = event.fields["total"]
                self._refresh()
            case "output":
                self._hear(event.text)
                self.complaint = event.text.strip() if COMPLAINT.match(event.text) else self.complaint
            case _:
                if event.level in ("ERROR", "CRITICAL") and event.text:
                    self._hear(event.text)
                    self.errors.append(event.text)

    def _hear(self, text: str) -> None:
        """Raise DiskFull when a text says so: every step that is still to come would fail of it."""
        if disk.WORDS.search(text):
            raise disk.DiskFull()

    def say(self, *sentences: str) -> None:
        """Print sentences above the rewritten line; where there are many briefs, at the end."""
        if self._batches > 1:
            self._last_words += sentences
        else:
            for sentence in sentences:
                self.console.print(sentence)

    def _start(self, event: Event) -> None:
        rule, wildcards = event.fields["rule_name"], event.fields.get("wildcards", {})
        evaluation, language = wildcards.get("evaluation", ""), wildcards.get("language", "")
        log = Path(*event.fields.get("log", [])[:1])
        name, outputs = step(rule, wildcards), event.fields.get("output", [])
        job = Job(rule, name, evaluation, language, outputs, log, state_of(log))
        if not self._runs:
            self.timings.begin(RUN, job.started)
        self._runs = True
        self.jobs[event.fields["jobid"]] = job
        self._refresh(job.name)

    def _finish(self, jobid: int) -> None:
        job = self.jobs.pop(jobid)
        self._last_end = time.monotonic()
        took = self._last_end - job.started
        self.finished += 1
        if self._timed:
            self.timings.add(STAGES.get(job.rule, job.rule), job.name, took)
        if job.rule == LAST_STEP:
            self.delivered |= set(job.outputs)
        if self.console.is_terminal:
            return
        if self._batches <= 1:
            self.console.print(f"{self.finished} of {self._total}: {job.name}, {took:.1f} s")
        elif job.rule == LAST_STEP:
            self.console.print(f"{len(self.delivered)} of {self._briefs} briefs: {job.evaluation} ({job.language})")

    def _fail(self, jobid: int) -> None:
        job = self.jobs.pop(jobid, None)
        if not job:
            return
        self._last_end = time.monotonic()
        if self._group is None:
            self._tell_failure(job, last_line(job.log))
        else:
            self._group.append(job)

    def _end_group(self) -> None:
        """Tell which steps of a submission failed: of all it held Snakemake says so, also of those that ended well.

        Where no log tells it, as when the cluster has ended the submission, one of them stands for all.
        """
        group, self._group = self._group or [], None
        new = [(job, last_line(job.log)) for job in group if state_of(job.log) != job.log_before]
        culprits = [(job, said) for job, said in new if COMPLAINT.match(said)]
        for job, said in culprits or [(job, "") for job in group[:1]]:
            self._tell_failure(job, said)

    def _tell_failure(self, job: Job, said: str) -> None:
        """Tell that a step failed, and why: what its log `said` last, if anything."""
        self.failed.append(job)
        place, reason = (job.log, said) if said else (LOG, self.complaint or "it gave no reason")
        self._hear(reason)
        if locked := LOCKED.fullmatch(reason):
            self.say(locked[1])
            return
        self.say(f"This step failed: {job.name} (the log is {place.as_posix()}): {reason}")

    def _refresh(self, description: str | None = None) -> None:
        running = description or next((job.name for job in self.jobs.values()), None)
        if self._batches > 1:
            total, done = self._briefs, len(self.delivered)
            left = counted(max(total - done, 0), "brief")
        else:
            total, done = self._total, self.finished - self._finished_before
            left = str(max(total - done, 0))
        self.bar.update(self.task, total=total, completed=done, left=left)
        if running:
            self.bar.update(self.task, description=running)


def state_of(log: Path) -> tuple[int, int]:
    """Return the size of a log in bytes and when it was written, to know whether it says something new.

    The log may go at any moment: Snakemake removes it when it starts the step.
    """
    try:
        status = log.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def last_line(log: Path) -> str:
    """Return the last line of a log with words in it, where Python names the trouble; empty when there is none."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")
