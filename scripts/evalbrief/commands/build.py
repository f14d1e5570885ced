"""Build the documents of all evaluations whose data is right."""

import sys
import time
from collections.abc import Collection
from pathlib import Path

from evalbrief.commands.engine import LOG, Engine
from evalbrief.commands.evaluations import (
    Brief,
    brief_of,
    each_once,
    find_all_problems,
    find_documents,
    find_evaluations,
    find_orphans,
    find_records,
    find_stale_documents,
)
from evalbrief.commands.notes import find_notes, find_overlong
from evalbrief.commands.progress import Display, last_line
from evalbrief.commands.running import only_build, remember
from evalbrief.commands.words import counted
from evalbrief.delivery import forget_lost, keep_edited


def build(only: Collection[str] = (), languages: Collection[str] = ()) -> int:
    """Bring the documents up to date; return 0, or 1 when some could not be made."""
    started = time.monotonic()
    evaluations = find_evaluations(only)
    sound, problems = sort_out(evaluations, languages)
    documents = find_documents(sound)
    display = Display()
    status = _make(documents, display) if documents else 0
    say_notes(sound)
    _say_outcome(documents, display, time.monotonic() - started)
    return 1 if problems or status else 0


def sort_out(evaluations: Collection[str], languages: Collection[str] = ()) -> tuple[list[Brief], int]:
    """Check the data of each evaluation and print the faults; return the briefs without any, and the number of faults.

    What is wrong in one language keeps no other back. Raise Unknown when no evaluation has a text in the languages.
    """
    sound: list[Brief] = []
    count = 0
    for evaluation, problems in find_all_problems(evaluations, languages).items():
        sound += [(evaluation, language) for language, faults in problems.items() if not faults]
        faults = each_once(problems)
        if faults:
            print(*faults, sep="\n", file=sys.stderr)
            print(_left_out(evaluation, problems, counted(len(faults), "fault")), file=sys.stderr)
        count += len(faults)
    return sound, count


def say_notes(briefs: Collection[Brief]) -> None:
    """Print what keeps nobody from building these briefs, but somebody should know."""
    for note in find_notes(briefs):
        print(f"Note: {note}")


def _left_out(evaluation: str, problems: dict[str, list[str]], faults: str) -> str:
    faulty = [language for language, found in problems.items() if found]
    which = evaluation if len(faulty) == len(problems) else f"{evaluation} in {', '.join(faulty)}"
    return f"{which} is left out until its data is corrected ({faults}); its last documents stay as they are."


def _make(documents: list[str], display: Display) -> int:
    """Run Snakemake for these documents, show how it goes on, and return its exit status."""
    records = find_records(documents)
    with only_build(), display:
        _keep_what_people_changed(records)
        engine = Engine(records)
        try:
            remember(engine)
            for event in engine:
                display.tell(event)
            status = engine.status()
        except BaseException:
            engine.stop()
            raise
    if status and not display.failed:
        print(cannot_run(display.errors), file=sys.stderr)
    return status


def _keep_what_people_changed(records: Collection[str]) -> None:
    """Save documents changed by hand from being replaced, and let what is not there be delivered again."""
    for record in map(Path, records):
        for document, kept in keep_edited(record):
            print(f"{document} was changed by hand: your file is kept as {kept}.", file=sys.stderr)
        forget_lost(record)


def cannot_run(errors: Collection[str]) -> str:
    """Return the sentence for a workflow that stops before any step, from Snakemake's own messages."""
    words = [line.strip() for error in errors for line in error.splitlines() if line.strip()]
    return f"The workflow cannot run: {' '.join(words[:3]) or last_line(LOG)} (all messages are in {LOG})."


def _say_outcome(documents: list[str], display: Display, seconds: float) -> None:
    """Print where the documents are and what it took."""
    spoilt = {(job.evaluation, job.language) for job in display.failed.values()}
    all_spoilt = display.stopped or any("" in brief for brief in spoilt)
    spared = {path for path in documents if not all_spoilt and brief_of(path) not in spoilt}
    made = {path for path in documents if find_records([path])[0] in display.made}
    ready = [path for path in documents if path in spared | made and Path(path).exists()]
    if ready and not display.finished and not display.failed:
        print("Everything is up to date.")
    for note in find_overlong(ready):
        print(f"Note: {note}")
    print(*ready, sep="\n", end="\n" if ready else "")
    for name in find_orphans():
        print(
            f"build/{name} belongs to no evaluation any more: python3 brief.py clean --only {name} removes it.",
            file=sys.stderr,
        )
    for name in find_stale_documents():
        print(
            f"{name} is in a language its evaluation no longer has: delete it, or put the text back.", file=sys.stderr
        )
    print(f"{counted(len(display.finished), 'step')}, {seconds:.1f} s.")
