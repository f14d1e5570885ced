"""Check the data and make nothing."""

import sys
from collections.abc import Collection

from evalbrief.commands.build import say_notes
from evalbrief.commands.evaluations import each_once, find_all_problems, find_evaluations
from evalbrief.commands.words import counted


def check(only: Collection[str] = (), languages: Collection[str] = ()) -> int:
    """Print every fault in the data of the evaluations, and what translations lack; return 1 for faults."""
    evaluations = find_evaluations(only)
    problems = [fault for found in find_all_problems(evaluations, languages).values() for fault in each_once(found)]
    print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
    say_notes(evaluations, languages)
    faults = counted(len(problems), "fault") if problems else "no fault"
    print(f"{counted(len(evaluations), 'evaluation')} checked: {faults}.")
    return 1 if problems else 0
