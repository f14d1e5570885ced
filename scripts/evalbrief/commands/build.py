"""Bring the documents of all evaluations up to date. What is up to date is found before anything else is imported."""

import sys
import time
from collections.abc import Collection
from pathlib import Path

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
from evalbrief.commands.words import counted

# More documents than this are counted, not listed.
MOST_LISTED = 60


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
    stamps = Stamps()
    notes, stale = find_stale(find_evaluations(only), languages, stamps)
    steps, wrong = 0, False
    if stale:
        from evalbrief.commands.make import Maker

        maker = Maker(stamps, warm=warm, cluster=cluster)
        maker.make(stale)
        steps, wrong = maker.display.finished, maker.wrong
        notes |= maker.notes
        if timings and steps:
            print(*maker.display.timings.lines(), sep="\n")
    if not wrong and not steps:
        print("Everything is up to date.")
    _say_outcome(notes)
    print(f"{counted(steps, 'step')}, {time.monotonic() - started:.1f} s.")
    return int(wrong)


def find_stale(
    evaluations: Collection[str], languages: Collection[str], stamps: Stamps
) -> tuple[dict[Brief, list[str]], dict[str, list[str]]]:
    """Return the briefs that are up to date, with what is to be noted about them, and the evaluations that may not be,
    with their languages."""
    refuse_unwritten(evaluations, languages)
    notes: dict[Brief, list[str]] = {}
    stale: dict[str, list[str]] = {}
    for evaluation in evaluations:
        codes, fresh = find_languages(evaluation), stamps.fresh(evaluation)
        asked = [code for code in codes if not languages or code in languages]
        notes |= {(evaluation, code): fresh[code] for code in asked if code in fresh}
        missing = [code for code in asked if code not in fresh]
        if missing or not codes:
            stale[evaluation] = missing
    return notes, stale


def _say_outcome(notes: dict[Brief, list[str]]) -> None:
    """Print what is to be noted, where the documents are, and what else stands in build/."""
    for note in dict.fromkeys(note for brief in sorted(notes) for note in notes[brief]):
        print(f"Note: {note}")
    documents = [path for path in find_documents(sorted(notes)) if Path(path).exists()]
    if len(documents) > MOST_LISTED:
        documents = [f"{counted(len(documents), 'document')} of {counted(len(notes), 'brief')} are in build/."]
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
