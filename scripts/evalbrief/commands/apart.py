"""Build an evaluation in a folder of its own, for a command that wants to know no more than what came of it.

python -m evalbrief.commands.apart EVALUATION LANGUAGE ..., in that folder; prints the outcome as JSON
"""

import contextlib
import io
import json
import sys
from collections.abc import Sequence
from typing import Any

from evalbrief.commands.build import build
from evalbrief.commands.faults import each_once, find_faults
from evalbrief.commands.notes import find_notes
from evalbrief.commands.stamps import Stamps
from evalbrief.trouble import Trouble


def build_apart(evaluation: str, languages: Sequence[str]) -> dict[str, Any]:
    """Build an evaluation; return its faults, or what there is to note about it, and the digest of the program."""
    try:
        if build([evaluation], languages):
            return {"faults": each_once(find_faults(evaluation, languages))}
    except Trouble as trouble:
        return {"faults": str(trouble).splitlines()}
    findings = {language: find_notes(evaluation, language) for language in languages}
    return {"faults": [], "findings": findings, "program": Stamps().take(evaluation).program}


if __name__ == "__main__":
    with contextlib.redirect_stdout(io.StringIO()):
        outcome = build_apart(sys.argv[1], sys.argv[2:])
    print(json.dumps(outcome))
    sys.exit(0 if outcome["faults"] or "program" in outcome else 1)
