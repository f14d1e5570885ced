"""Bring the documents of all evaluations up to date. What is up to date is found before anything else is imported."""

import sys
import time
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from evalbrief.commands.evaluations import (
    Brief,
    find_documents,
    find_evaluations,
    find_languages,
    find_orphans,
    find_stale_documents,
    refuse_unwritten,
)
from evalbrief.commands.stamps import Stamps
from evalbrief.commands.timings import LOAD, LOOK
from evalbrief.commands.words import counted
from evalbrief.trouble import Trouble

# More documents than this are counted, not listed.
MOST_LISTED = 60


class Built(NamedTuple):
    """What came of a build: the briefs that are up to date, the notes on them, the faults by evaluation, how many steps
    were done, and whether anything could not be made."""

    fresh: list[Brief]
    notes: dict[Brief, list[str]]
    faults: dict[str, list[str]]
    steps: int
    wrong: bool


def build(
    only: Collection[str] = (),
    languages: Collection[str] = (),
    *,
    warm: bool = True,
    timings: bool = False,
    cluster: str = "",
) -> int:
    """Bring the documents up to date; return 0, or 1 when some could not be made.

    `warm` has the scripts run by a warm worker, `timings` says where the time went, `cluster` names the profile of a
    cluster to run on.
    """
    started = time.monotonic()
    if cluster and not Path("profiles", cluster, "config.yaml").is_file():
        known = sorted(
            path.parent.name for path in Path("profiles").glob("*/config.yaml") if path.parent.name != "default"
        )
        raise Trouble(f'There is no profile "{cluster}" in profiles/. There is: {", ".join(known)}.')
    evaluations = find_evaluations(only, without_facts=True)
    built = bring_up_to_date(evaluations, languages, warm=warm, timings=timings, cluster=cluster)
    if not built.wrong and not built.steps:
        print("Everything is up to date.")
    _say_outcome(built.fresh, built.notes)
    print(f"{counted(built.steps, 'step')}, {time.monotonic() - started:.1f} s.")
    return int(built.wrong)


def bring_up_to_date(
    evaluations: Collection[str],
    languages: Collection[str] = (),
    *,
    warm: bool = True,
    timings: bool = False,
    cluster: str = "",
    says_faults: bool = True,
) -> Built:
    """Make what is missing or out of date of these evaluations, and say what came of it.

    Not `says_faults`: the faults of data and texts are only returned.
    """
    started = time.monotonic()
    stamps = Stamps()
    fresh, stale, notes = find_stale(evaluations, languages, stamps)
    looked = time.monotonic()
    if not stale:
        return Built(fresh, notes, {}, 0, wrong=False)
    from evalbrief.commands.head_start import head_start

    with head_start(warm=warm and not cluster) as ahead:  # another computer cannot reach the worker
        from evalbrief.commands.make import Maker

        maker = Maker(stamps, ahead, cluster=cluster, says_faults=says_faults)
        clock = maker.display.timings
        clock.begin(LOOK, started)
        clock.begin(LOAD, looked)
        maker.make(stale)
    clock.begin("")
    if timings:
        print(*clock.lines(), sep="\n")
    made = sorted([*fresh, *maker.made])
    return Built(made, notes | maker.notes, maker.faults, maker.display.finished, maker.wrong)


def find_stale(
    evaluations: Collection[str], languages: Collection[str], stamps: Stamps
) -> tuple[list[Brief], dict[str, list[str]], dict[Brief, list[str]]]:
    """Return the briefs that are up to date; the evaluations that may not be, with the languages in question, none for
    one that only the notes have to be found of; and the notes on the others."""
    refuse_unwritten(evaluations, languages)
    fresh: list[Brief] = []
    stale: dict[str, list[str]] = {}
    notes: dict[Brief, list[str]] = {}
    for evaluation in evaluations:
        known = stamps.fresh(evaluation)
        asked = find_languages(evaluation, languages)
        fresh += [(evaluation, code) for code in asked if code in known.languages]
        missing = [code for code in asked if code not in known.languages]
        if missing or known.notes is None:
            stale[evaluation] = missing
        else:
            notes |= {(evaluation, code): known.notes[code] for code in asked}
    return fresh, stale, notes


def _say_outcome(briefs: list[Brief], notes: dict[Brief, list[str]]) -> None:
    """Print what is to be noted, where the documents are, and what else stands in build/."""
    for note in dict.fromkeys(note for brief in briefs for note in notes.get(brief, [])):
        print(f"Note: {note}")
    documents = [path for path in find_documents(briefs) if Path(path).exists()]
    if len(documents) > MOST_LISTED:
        documents = [f"{counted(len(documents), 'document')} of {counted(len(briefs), 'brief')} are in build/."]
    print(*documents, sep="\n", end="\n" if documents else "")
    for name in find_orphans():
        print(
            f"build/{name} belongs to no evaluation any more: python3 brief.py clean --only {name} removes it.",
            file=sys.stderr,
        )
    for name in find_stale_documents():
        print(
            f"{name} is in a language its evaluation no longer has: delete it, or put the text back.", file=sys.stderr
        )
