"""Say what a build would make again, and why."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from evalbrief.commands.build import find_stale
from evalbrief.commands.dates import bring_dates_back
from evalbrief.commands.engine import Event, run_quietly
from evalbrief.commands.evaluations import brief_of, find_documents, find_evaluations, find_targets
from evalbrief.commands.make import cannot_run, sort_out
from evalbrief.commands.office import office_files
from evalbrief.commands.running import CannotRun, only_build
from evalbrief.commands.stamps import Stamps
from evalbrief.commands.words import causes, in_a_row, read_reasons
from evalbrief.delivery import record_path, rendered_path

UPSTREAM = "Input files updated by another job"


@dataclass(frozen=True)
class PlannedJob:
    """A job Snakemake would run: its outputs and the reasons, kind by kind with the files they name."""

    outputs: tuple[str, ...]
    reasons: dict[str, list[str]]


def plan(only: Collection[str] = (), languages: Collection[str] = ()) -> int:
    """Print for each document why it would be made again; return 0, or 1 when the data has faults.

    The data is read in first, for the parts of a brief depend on what is in its tables.
    """
    _, stale, _ = find_stale(find_evaluations(only), languages, Stamps())
    sound, problems = sort_out(stale)
    documents = find_documents(sound)
    lines = _explanations(documents) if documents else []
    if documents or not problems:
        print(*lines or ["Everything is up to date."], sep="\n")
    return 1 if problems else 0


def _explanations(documents: Collection[str]) -> list[str]:
    asked = find_targets(documents)
    bring_dates_back({brief_of(document)[0] for document in documents}, office_files())
    with only_build():
        run_quietly([*asked, "--until", "check_data"])
        events = run_quietly([*asked, "--dry-run"])
    errors = [event.text for event in events if event.level in ("ERROR", "CRITICAL")]
    if errors:
        raise CannotRun(cannot_run(errors))
    return explain(events, documents)


def explain(events: Collection[Event], documents: Collection[str]) -> list[str]:
    """Return one line for each document that would be made again."""
    jobs = {output: job for job in _read_jobs(events) for output in job.outputs}
    lines = []
    for document in documents:
        steps = [path for path in (rendered_path(document), record_path(*brief_of(document))) if path in jobs]
        if steps:
            reasons = _root_causes(steps[0], jobs) if Path(document).exists() else ["it is not there yet"]
            lines.append(f"{document}: because {in_a_row(reasons)}")
    return lines


def _read_jobs(events: Collection[Event]) -> Iterator[PlannedJob]:
    for event in events:
        if event.kind == "job_info":
            outputs = tuple(event.fields.get("output", ()))
            yield PlannedJob(outputs, read_reasons(event.fields.get("reason", "")))


def _root_causes(path: str, jobs: dict[str, PlannedJob]) -> list[str]:
    """Follow a document back through the jobs it waits for and collect their own causes, once each."""
    found: dict[str, None] = {}
    seen: set[tuple[str, ...]] = set()
    waiting = [path]
    while waiting:
        job = jobs.get(waiting.pop(0))
        if job and job.outputs not in seen:
            seen.add(job.outputs)
            found.update(dict.fromkeys(causes(job.reasons, job.outputs)))
            waiting += job.reasons.get(UPSTREAM, [])
    return list(found) or ["something it is made of is made again"]
