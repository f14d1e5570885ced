"""Check the data and make nothing."""

import sys
from collections.abc import Collection

from evalbrief.commands.evaluations import find_evaluations, find_problems
from evalbrief.commands.words import counted


def check(only: Collection[str] = ()) -> int:
    """Print every fault in the data of the evaluations; return 1 when there is any."""
    evaluations = find_evaluations(only)
    problems = [problem for evaluation in evaluations for problem in find_problems(evaluation)]
    print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
    faults = counted(len(problems), "fault") if problems else "no fault"
    print(f"{counted(len(evaluations), 'evaluation')} checked: {faults}.")
    return 1 if problems else 0
