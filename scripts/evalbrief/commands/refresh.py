"""Rerun unattended: fetch, build, check, compare with what is published, publish, tell.

Nothing new takes a moment and touches no file. Whatever happens, people read the last whole set.
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from functools import partial
from pathlib import Path

from evalbrief.commands import running
from evalbrief.commands.build import Built, bring_up_to_date
from evalbrief.commands.evaluations import find_documents, find_evaluations, find_languages
from evalbrief.commands.stamps import SETTINGS
from evalbrief.commands.words import in_a_row
from evalbrief.delivery import file_digest
from evalbrief.folder import DATA, FACTS
from evalbrief.moment import is_recent, now, written
from evalbrief.publish.facts import facts_of
from evalbrief.publish.lock import only_refresh
from evalbrief.publish.memory import Memory, keep_in_mind, recall
from evalbrief.publish.sets import Edition, News, PublishedSets
from evalbrief.trouble import Trouble

# A monitor is shown that reruns go on: where nothing happens, so often.
SIGN_OF_LIFE = timedelta(hours=1)
# What stands in the facts of an evaluation that has any: to read them as YAML takes longer than to look for this.
SOURCES = b"sources"
# The settings of reruns.
HEEDED = ("published", "kept_sets", "tell", "tell_every")


class Outcome(IntEnum):
    """What came of a run: the exit status of the command."""

    NOTHING_NEW = 0
    FAILED = 1
    PUBLISHED = 10
    HELD_BACK = 20


WORDS = {
    Outcome.NOTHING_NEW: "nothing new",
    Outcome.FAILED: "failed",
    Outcome.PUBLISHED: "published",
    Outcome.HELD_BACK: "held back",
}


@dataclass
class Found:
    """What a run has found: what sources say, what was built, what is held back and why, what is to be published."""

    evaluations: list[str]
    kept: dict[str, list[str]]
    built: Built
    held: dict[str, list[str]] = field(default_factory=dict)
    due: list[str] = field(default_factory=list)


def refresh(only: Collection[str] = (), *, now: Callable[[], datetime] = now) -> int:
    """Bring what is published up to date; return an Outcome. Of several, it is what needs a person most."""
    with only_refresh():
        memory = recall()
        try:
            _note_settings(memory)
            sets = PublishedSets(Path(memory.settings["published"]))
            sets.finish()
            found = _find(find_evaluations(only), sets, memory)
            if _is_quiet(found, memory, sets, now()):
                return Outcome.HELD_BACK if found.held else Outcome.NOTHING_NEW
            return _Run(sets, memory, found, now).go()
        except running.Busy:  # somebody builds, or watches: the next run does the work
            raise
        except Exception as error:
            _report_failure(memory, error, now())
            raise


def _note_settings(memory: Memory) -> None:
    """Have the settings of reruns in mind; they are read again when their file is another."""
    digest = file_digest(Path(SETTINGS))
    if memory.settings.get("digest") != digest:
        from evalbrief.settings import read_settings

        settings = read_settings(SETTINGS, {})
        memory.settings = {"digest": digest} | {name: settings[name] for name in HEEDED}


def _find(evaluations: list[str], sets: PublishedSets, memory: Memory) -> Found:
    """Fetch, build, and decide what is to be published: final evaluations without a fault in any language."""
    kept = _fetch(evaluations)
    found = Found(evaluations, kept, bring_up_to_date(evaluations, says_faults=False))
    for name in evaluations:
        languages = find_languages(name)
        missing = [code for code in languages if (name, code) not in found.built.fresh]
        documents = _documents(name)
        if missing:
            found.held[name] = found.built.faults.get(name) or [f"{name} could not be built in {in_a_row(missing)}."]
        elif languages and sets.are_new(name, documents) and _may_go_out(name, sets, memory):
            found.due.append(name)
    return found


def _fetch(evaluations: Sequence[str]) -> dict[str, list[str]]:
    """Fetch what comes from elsewhere; return what is to be said about sources that gave nothing good."""
    asked = [name for name in evaluations if SOURCES in (DATA / name / FACTS).read_bytes()]
    if not asked:
        return {}
    from evalbrief.sources.fetch import fetch

    said: dict[str, list[str]] = {}
    for outcome in fetch(asked):
        if outcome.needs_a_person:
            said.setdefault(outcome.evaluation, []).append(outcome.sentence)
    return said


def _is_quiet(found: Found, memory: Memory, sets: PublishedSets, now: datetime) -> bool:
    """Say that nothing has happened, nothing waits to be told, and the last sign of life is not long ago."""
    if sets.ledger.announced != sets.ledger.newest:
        return False
    told = _of(memory.held, found) == found.held and _of(memory.kept, found) == found.kept and not memory.failure
    tells = bool(memory.waiting) and not is_recent(memory.told, now, timedelta(minutes=memory.settings["tell_every"]))
    return told and is_recent(memory.seen, now, SIGN_OF_LIFE) and not (found.built.steps or found.due or tells)


def _of(known: dict[str, list[str]], found: Found) -> dict[str, list[str]]:
    """Give what is known of the evaluations that this run is about."""
    return {name: lines for name, lines in known.items() if name in found.evaluations}


def _documents(evaluation: str) -> list[Path]:
    briefs = [(evaluation, language) for language in find_languages(evaluation)]
    return [Path(path) for path in find_documents(briefs)]


def _may_go_out(evaluation: str, sets: PublishedSets, memory: Memory) -> bool:
    """Say whether an evaluation is final, and nobody has withdrawn it."""
    return evaluation not in sets.ledger.withdrawn and facts_of(evaluation, memory).final


def _outcome(found: Found, news: Sequence[News]) -> Outcome:
    if found.held:
        return Outcome.HELD_BACK
    return Outcome.PUBLISHED if news else Outcome.NOTHING_NEW


class _Run:
    """A run in which something happened."""

    def __init__(self, sets: PublishedSets, memory: Memory, found: Found, now: Callable[[], datetime]) -> None:
        self._sets, self._memory, self._found = sets, memory, found
        self._moment = written(now())
        self._lines: list[str] = []

    def go(self) -> Outcome:
        """Publish, write down, tell; return what came of it."""
        if self._found.due:
            self._publish()
        # Of a run that was stopped after it had published, this one tells.
        news = self._sets.news()
        for one in news:
            self._lines.append(f"Published: set {one.number} in {self._sets.folder.as_posix()}.")
            for name, lines in one.changes.items():
                self._lines += [f"{name}:", *lines]
        held, kept = (_of(known, self._found) for known in (self._memory.held, self._memory.kept))
        self._note_new("Held back: {}", "No longer held back: {}.", held, self._found.held)
        self._note_new("Sources in trouble: {}", "All sources give their data again: {}.", kept, self._found.kept)
        outcome = _outcome(self._found, news)
        self._write_down(outcome, news)
        self._tell(outcome)
        print(*self._lines, sep="\n", end="\n" if self._lines else "", flush=True)
        return outcome

    def _publish(self) -> None:
        """Write the next set, and say of each evaluation what is new in it."""
        from evalbrief.commands.fresh import present_of
        from evalbrief.commands.running import only_build
        from evalbrief.publish.digest import changes_since
        from evalbrief.publish.kept import pack_state

        editions = {}
        with only_build():  # nobody builds other documents while these are copied
            for name in self._found.due:
                present = present_of(name)
                pack = partial(pack_state, present, datetime.fromisoformat(self._moment))
                changes = changes_since(self._sets.last_state(name), present)
                editions[name] = Edition(_documents(name), pack, self._moment, present.languages, changes)
            self._sets.publish(editions, self._moment, self._memory.settings["kept_sets"])

    def _note_new(self, begun: str, over: str, before: dict[str, list[str]], now: dict[str, list[str]]) -> None:
        """Say of which evaluations something is so that was not, and of which it is over."""
        news = {name: lines for name, lines in now.items() if before.get(name) != lines}
        for name, lines in news.items():
            self._lines += [begun.format(name), *(f"- {line}" for line in lines)]
        self._lines += [over.format(name) for name in before if name not in now]

    def _write_down(self, outcome: Outcome, news: Sequence[News]) -> None:
        from evalbrief.commands.office import office
        from evalbrief.publish.diary import write_entry
        from evalbrief.publish.portfolio import rows_of
        from evalbrief.publish.status import write_status

        found, memory = self._found, self._memory
        if outcome != Outcome.NOTHING_NEW or found.built.steps or found.kept != _of(memory.kept, found):
            write_entry(
                {
                    "moment": self._moment,
                    "outcome": WORDS[outcome],
                    "steps": found.built.steps,
                    "published": sorted({name for one in news for name in one.changes}),
                    "held": found.held,
                    "sources": found.kept,
                    "set": self._sets.ledger.reading,
                }
            )
        others = [name for name in find_evaluations() if name not in found.evaluations]
        memory.held = {name: memory.held[name] for name in others if name in memory.held} | found.held
        memory.kept = {name: memory.kept[name] for name in others if name in memory.kept} | found.kept
        memory.failure, memory.seen = "", self._moment
        rows = rows_of(find_evaluations(), memory, found.built.notes, self._sets)
        write_status(rows, office(), outcome=WORDS[outcome], moment=self._moment)

    def _tell(self, outcome: Outcome) -> None:
        from evalbrief.publish.tell import announce, tell_waiting

        if self._lines:
            title = WORDS[outcome] if outcome else "to be looked at" if self._found.kept else "mended"
            announce("\n".join(self._lines), title, self._memory.settings["tell"], self._memory)
        tell_waiting(self._memory, datetime.fromisoformat(self._moment))
        keep_in_mind(self._memory)
        self._sets.note_announced()


def _report_failure(memory: Memory, error: Exception, now: datetime) -> None:
    """Tell and write down a failure that is another one than the last, as far as a full disk lets that be done."""
    from evalbrief.publish.diary import write_entry
    from evalbrief.publish.tell import announce, tell_waiting

    foreseen = isinstance(error, (Trouble, OSError))
    said = str(error) if foreseen else f"It failed in a way that nobody foresaw ({type(error).__name__})."
    if memory.failure == said:
        return
    memory.failure = said
    announce(said, WORDS[Outcome.FAILED], memory.settings.get("tell", []), memory)
    tell_waiting(memory, now)
    for write in (
        lambda: keep_in_mind(memory),
        lambda: write_entry({"moment": written(now), "outcome": WORDS[Outcome.FAILED], "error": said}),
    ):
        with suppress(OSError):
            write()
