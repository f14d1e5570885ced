"""Fetch the files of evaluations that come from elsewhere, and say what came."""

import sys
from collections.abc import Collection

from evalbrief.commands.evaluations import find_evaluations
from evalbrief.commands.words import counted
from evalbrief.sources import fetch as sources


def fetch(only: Collection[str] = ()) -> int:
    """Fetch what has a source; return 0, or 1 when something is left as it was that a person has to look at."""
    evaluations = find_evaluations(only)
    outcomes = sources.fetch(evaluations)
    for outcome in outcomes:
        if outcome.kind != "same":
            print(outcome.sentence, file=sys.stderr if outcome.needs_a_person else sys.stdout)
    counts = {kind: sum(outcome.kind == kind for outcome in outcomes) for kind in ("changed", "same", "kept", "edited")}
    if not outcomes:
        print("No file comes from elsewhere: no evaluation.yaml has sources.")
        return 0
    left = counts["kept"] + counts["edited"]
    print(f"{counted(counts['changed'], 'file')} new, {counts['same']} as before, {left} left to look at.")
    return int(left > 0)
