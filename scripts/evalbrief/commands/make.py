"""Make the briefs of evaluations that may have changed, a batch at a time."""

import contextlib
import sys
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from evalbrief.commands.damaged import find_damaged, forget_old_logs, have_made_anew, remove_half_made
from evalbrief.commands.dates import bring_dates_back
from evalbrief.commands.engine import LOG, Engine
from evalbrief.commands.evaluations import Brief, find_languages
from evalbrief.commands.faults import each_once, find_faults, say_faults
from evalbrief.commands.head_start import HeadStart
from evalbrief.commands.notes import find_notes, find_overlong
from evalbrief.commands.office import office, office_files
from evalbrief.commands.progress import Display, last_line
from evalbrief.commands.running import only_build, remember
from evalbrief.commands.stamps import Snapshot, Stamps
from evalbrief.commands.timings import CHECK, STAMP
from evalbrief.delivery import forget_lost, keep_edited, needs_care, record_path, targets

# Evaluations in one run of Snakemake. Each step it ends has it look at all steps of the run again, and each start takes
# a second: about so many keep both small, and its memory the same for ten evaluations and for a thousand.
BATCH = 10
# What a busy cluster may take to cancel submissions.
CANCEL_SECONDS = 60


@dataclass
class Batch:
    """Evaluations to make together: what they are made from, what is wrong with them, what is to be noted about them,
    and a Snakemake that waits."""

    engine: Engine
    snapshots: dict[str, Snapshot]
    problems: dict[str, dict[str, list[str]]]
    notes: dict[Brief, list[str]]
    damaged: list[Path]
    started: bool

    @property
    def briefs(self) -> list[Brief]:
        """The briefs to make: those whose data and text are right."""
        return [(name, code) for name, found in self.problems.items() for code, faults in found.items() if not faults]


class Maker:
    """Makes briefs; afterwards tells which are up to date, what is to be noted about them, and which could not be.

    `faults` are those of the data and texts, by evaluation, which are also said on the way, unless not `says_faults`;
    `wrong` says whether anything could not be made.
    """

    def __init__(self, stamps: Stamps, ahead: HeadStart, *, cluster: str, says_faults: bool) -> None:
        office()  # what is wrong with it is said before anything is made
        self.stamps = stamps
        self.display = Display(timed=not cluster)
        self.made: list[Brief] = []
        self.notes: dict[Brief, list[str]] = {}
        self.faults: dict[str, list[str]] = {}
        self.wrong = False
        self._says_faults = says_faults
        self._ahead = ahead
        self._arguments = ["--workflow-profile", f"profiles/{cluster}"] if cluster else []
        self._waiting: list[Engine] = []
        self._stopped = False

    def make(self, stale: Mapping[str, Collection[str]]) -> None:
        """Make the briefs of these evaluations in these languages."""
        # On a cluster, all evaluations are submitted in one go.
        batches = list(_in_batches(stale, len(stale) if self._arguments else BATCH))
        self.display.expect(sum(max(len(languages), 1) for languages in stale.values()), len(batches))
        with only_build(), contextlib.ExitStack() as at_the_end, self.display:
            at_the_end.callback(self._stop_engines)
            beside = at_the_end.enter_context(ThreadPoolExecutor(1))
            at_the_end.callback(self._stop)  # before it waits for what it does beside
            self.stamps.know_office(office_files())
            LOG.unlink(missing_ok=True)
            remove_half_made()
            forget_old_logs()
            bring_dates_back(stale, office_files())
            # The next batch is checked, and its Snakemake imported, while one is made.
            coming = beside.submit(self._prepare, batches[0], first=True)
            for following in [*batches[1:], None]:
                self.display.timings.begin(CHECK)
                batch = coming.result()
                if following is not None:
                    coming = beside.submit(self._prepare, following, first=False)
                self._make_batch(batch)

    def _stop(self) -> None:
        """End what is going on: nothing, when all is made."""
        self._stopped = True
        self._stop_engines()

    def _stop_engines(self) -> None:
        for engine in list(self._waiting):
            engine.stop()

    def _prepare(self, stale: Mapping[str, Collection[str]], *, first: bool) -> Batch:
        """Check a batch, and let Snakemake get ready at the same time: the first also looks for what there is to do."""
        engine = self._ahead.engine if first else Engine(self._ahead.environment)
        self._waiting.append(engine)
        snapshots = {evaluation: self.stamps.take(evaluation) for evaluation in stale}
        asked = [(name, code) for name, languages in stale.items() for code in languages]
        damaged = [path for evaluation in stale for path in find_damaged(self.stamps, evaluation)]
        care = bool(damaged) or any(needs_care(Path(record_path(*brief))) for brief in asked)
        started = first and bool(asked) and not care
        if started:
            self._start(engine, asked)
        problems = {}
        for name, languages in stale.items():
            if self._stopped:
                raise CancelledError
            problems[name] = find_faults(name, languages)
        briefs = [(name, code) for name in stale for code in find_languages(name) if not problems[name].get(code)]
        batch = Batch(engine, snapshots, problems, {brief: find_notes(*brief) for brief in briefs}, damaged, started)
        if started and batch.briefs != asked:
            engine.call_off()
            self._waiting.remove(engine)
            batch.engine, batch.started = Engine(self._ahead.environment), False
            self._waiting.append(batch.engine)
        return batch

    def _start(self, engine: Engine, briefs: Collection[Brief]) -> None:
        engine.grace = CANCEL_SECONDS if self._arguments else 0
        remember(engine)
        engine.start([*(target for brief in briefs for target in targets(*brief)), *self._arguments])

    def _make_batch(self, batch: Batch) -> None:
        for evaluation, problems in batch.problems.items():
            self._note_faults(evaluation, problems)
        failed_before = len(self.display.failed)
        if batch.briefs:
            status = self._run(batch)
        else:
            batch.engine.stop()
            status = 0
        self._waiting.remove(batch.engine)
        failed = {(job.evaluation, job.language) for job in self.display.failed[failed_before:]}
        # Stopped before any step failed, or by a step that serves all, no brief but the delivered is known to be right.
        all_failed = bool(status) and (not failed or any("" in brief for brief in failed))
        delivered = {brief for brief in batch.briefs if record_path(*brief) in self.display.delivered}
        right = delivered if all_failed else delivered | (set(batch.briefs) - failed)
        self.made += right
        self.notes |= {brief: [*notes, *find_overlong(*brief)] for brief, notes in batch.notes.items()}
        # A stamp needs more: a run that ended well, or the delivery itself.
        for evaluation, snapshot in batch.snapshots.items():
            if "" in batch.problems[evaluation]:
                continue  # without a language it would pass for up to date
            languages = [code for name, code in (delivered if status else right) if name == evaluation]
            notes = {code: found for (name, code), found in self.notes.items() if name == evaluation}
            self.stamps.record(evaluation, snapshot, languages, notes)

    def _note_faults(self, evaluation: str, problems: dict[str, list[str]]) -> None:
        if sentences := say_faults(evaluation, problems):
            self.faults[evaluation] = each_once(problems)
            self.wrong = True
            if self._says_faults:
                self.display.say(*sentences)

    def _run(self, batch: Batch) -> int:
        """Run Snakemake for a batch, show how it goes on, and return its exit status."""
        self.display.begin_batch()
        if not batch.started:
            have_made_anew(batch.damaged)
            for document, kept in _keep_what_people_changed(batch.briefs):
                self.display.say(f"{document} was changed by hand: your file is kept as {kept}.")
                if kept.suffix == ".docx":
                    command = f"python3 brief.py import-review {kept}"
                    self.display.say(f"If it was issued as a draft, {command} takes its edits into the texts.")
            self._start(batch.engine, batch.briefs)
        batch.engine.go()
        errors, failed = len(self.display.errors), len(self.display.failed)
        for event in batch.engine:
            self.display.tell(event)
        self.display.end_batch()
        status = batch.engine.status()
        self.display.timings.begin(STAMP)
        if status:
            self.wrong = True
            if len(self.display.failed) == failed:
                self.display.say(cannot_run(self.display.errors[errors:]))
        return status


def sort_out(stale: Mapping[str, Collection[str]]) -> tuple[list[Brief], int]:
    """Check evaluations in languages and print the faults; return the briefs without any, and the number of faults.

    What is wrong in one language keeps no other back.
    """
    sound: list[Brief] = []
    count = 0
    for evaluation, languages in stale.items():
        problems = find_faults(evaluation, languages)
        sound += [(evaluation, language) for language, faults in problems.items() if not faults]
        if sentences := say_faults(evaluation, problems):
            print(*sentences, sep="\n", file=sys.stderr)
        count += len(each_once(problems))
    return sound, count


def cannot_run(errors: Collection[str]) -> str:
    """Return the sentence for a workflow that stops before any step, from Snakemake's own messages."""
    words = [line.strip() for error in errors for line in error.splitlines() if line.strip()]
    return f"The workflow cannot run: {' '.join(words[:3]) or last_line(LOG)} (all messages are in {LOG})."


def _in_batches(stale: Mapping[str, Collection[str]], size: int) -> Iterator[dict[str, Collection[str]]]:
    rest = iter(stale.items())
    while batch := dict(islice(rest, size)):
        yield batch


def _keep_what_people_changed(briefs: Collection[Brief]) -> Iterator[tuple[Path, Path]]:
    """Save documents changed by hand from being replaced, and let what is not there be delivered again."""
    for record in (Path(record_path(*brief)) for brief in briefs):
        yield from keep_edited(record)
        forget_lost(record)
