"""Check the data and make nothing."""

import sys
from collections.abc import Collection

from evalbrief.commands.build import say_notes
from evalbrief.commands.evaluations import each_once, find_all_problems, find_evaluations
from evalbrief.commands.words import counted


def check(only: Collection[str] = (), languages: Collection[str] = ()) -> int:
    """Print every fault in the data of the evaluations, and what translations lack; return 1 for faults."""
    evaluations = find_evaluations(only)
    found = find_all_problems(evaluations, languages)
    problems = [fault for faults in found.values() for fault in each_once(faults)]
    print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
    say_notes(
        [(evaluation, language) for evaluation in found for language, faults in found[evaluation].items() if not faults]
    )
    faults = counted(len(problems), "fault") if problems else "no fault"
    print(f"{counted(len(evaluations), 'evaluation')} checked: {faults}.")
    return 1 if problems else 0
