"""Show how a build goes on: one rewritten line on a terminal, plain lines elsewhere."""

import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from evalbrief.commands.engine import LOG, Event
from evalbrief.commands.words import step

COMPLAINT = re.compile(r"[\w.]+(Error|Exception|Interrupt)\b")


@dataclass
class Job:
    """One step of the running build."""

    name: str
    evaluation: str
    language: str
    outputs: list[str]
    started: float = field(default_factory=time.monotonic)


class Display:
    """Follow a build's events; afterwards tell what was made and what failed."""

    def __init__(self) -> None:
        self.console = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
        self.jobs: dict[int, Job] = {}
        self.finished: list[Job] = []
        self.failed: dict[int, Job] = {}
        self.errors: list[str] = []
        self.complaint = ""
        self.total = 0
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

    def tell(self, event: Event) -> None:
        """Take in one event and show what it changes."""
        match event.kind:
            case "job_info":
                self._start(event)
            case "job_finished":
                self._finish(event.fields["job_id"])
            case "job_error":
                self._fail(event)
            case "run_info":
                self.total = event.fields["stats"]["total"]
            case "progress":
                self.total = event.fields["total"]
                self._refresh()
            case "output":
                self.complaint = event.text.strip() if COMPLAINT.match(event.text) else self.complaint
            case _:
                if event.level in ("ERROR", "CRITICAL") and event.text:
                    self.errors.append(event.text)

    @property
    def stopped(self) -> bool:
        """Whether Snakemake gave up before any step failed, as it does for a fault in the rules."""
        return bool(self.errors) and not self.failed

    @property
    def made(self) -> set[str]:
        """The files made by this build."""
        return {output for job in self.finished for output in job.outputs}

    def say(self, sentence: str) -> None:
        """Print a sentence above the rewritten line."""
        self.console.print(sentence)

    def _start(self, event: Event) -> None:
        wildcards = event.fields.get("wildcards", {})
        name = step(event.fields["rule_name"], wildcards)
        job = Job(name, wildcards.get("evaluation", ""), wildcards.get("language", ""), event.fields.get("output", []))
        self.jobs[event.fields["jobid"]] = job
        self._refresh(job.name)

    def _finish(self, jobid: int) -> None:
        job = self.jobs.pop(jobid)
        self.finished.append(job)
        if not self.console.is_terminal:
            took = time.monotonic() - job.started
            self.say(f"{len(self.finished)} of {self.total}: {job.name}, {took:.1f} s")

    def _fail(self, event: Event) -> None:
        job = self.jobs.pop(event.fields["jobid"], None)
        if not job:
            return
        self.failed[event.fields["jobid"]] = job
        log = Path(*event.fields.get("log", [])[:1])
        place, reason = (log, last_line(log)) if last_line(log) else (LOG, self.complaint or "it gave no reason")
        self.say(f"This step failed: {job.name} (the log is {place.as_posix()}): {reason}")

    def _refresh(self, description: str | None = None) -> None:
        left = max(self.total - len(self.finished), 0)
        running = description or next((job.name for job in self.jobs.values()), None)
        self.bar.update(self.task, total=self.total, completed=len(self.finished), left=left)
        if running:
            self.bar.update(self.task, description=running)


def last_line(log: Path) -> str:
    """Return the last line of a log with words in it, where Python names the trouble; empty when there is none."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.is_file() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "")
