"""Check the data and make nothing."""

import sys
from collections.abc import Collection

from evalbrief.commands.evaluations import find_evaluations, find_languages, refuse_unwritten
from evalbrief.commands.faults import each_once, find_faults
from evalbrief.commands.notes import find_notes
from evalbrief.commands.words import counted


def check(only: Collection[str] = (), languages: Collection[str] = ()) -> int:
    """Print every fault in the data of the evaluations, and what translations lack; return 1 for faults."""
    evaluations = find_evaluations(only, without_facts=True)
    refuse_unwritten(evaluations, languages)
    count, notes = 0, []
    for evaluation in evaluations:
        problems = find_faults(evaluation, find_languages(evaluation, languages))
        for fault in each_once(problems):
            count += 1
            print(fault, file=sys.stderr)
        notes += [find_notes(evaluation, language) for language, faults in problems.items() if not faults]
    for note in dict.fromkeys(note for found in notes for note in found):
        print(f"Note: {note}")
    faults = counted(count, "fault") if count else "no fault"
    print(f"{counted(len(evaluations), 'evaluation')} checked: {faults}.")
    return 1 if count else 0
