"""In one process and in turn: make a brief's PDF and Word file, and compare it. Run in the folder of the project.

review_rounds.py EVALUATION ROUNDS, with scripts/ on the path; prints the seconds of each by language as JSON
"""

import contextlib
import io
import json
import sys
import time
from pathlib import Path

from evalbrief.commands.compare import Asked, compare
from jobs import FOLDER
from run_job import read_job, run_job

DOCUMENTS = ("render_pdf", "render_docx")


def main() -> None:
    """Measure; the first round warms up and does not count."""
    evaluation, rounds = sys.argv[1], int(sys.argv[2])
    described = [read_job(str(path)) for path in sorted(Path(FOLDER).glob("*.json"))]
    rendering = [job for job in described if job["rule"] in DOCUMENTS and job["wildcards"]["evaluation"] == evaluation]
    took: dict[str, dict[str, list[float]]] = {}
    for _ in range(rounds + 1):
        for language in sorted({job["wildcards"]["language"] for job in rendering}):
            seconds = took.setdefault(language, {"documents": [], "outcomes": []})
            started = time.perf_counter()
            for job in rendering:
                if job["wildcards"]["language"] == language:
                    run_job(job)
            between = time.perf_counter()
            with contextlib.redirect_stdout(io.StringIO()):
                assert compare(evaluation, Asked(), [language]) == 0
            seconds["documents"].append(between - started)
            seconds["outcomes"].append(time.perf_counter() - between)
    print(json.dumps({language: {name: found[1:] for name, found in both.items()} for language, both in took.items()}))


if __name__ == "__main__":
    main()
