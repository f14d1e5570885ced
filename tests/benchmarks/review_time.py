"""Measure how long a comparison takes beside the PDF and the Word file of the same brief.

.venv/bin/python tests/benchmarks/review_time.py --evaluation demo --rounds 5
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
from pathlib import Path

from edits import cell_edit, word_edit
from jobs import record_jobs, write_jobs
from report import circumstances, counted, publish, ratio, seconds, table
from workspace import PYTHON, ROOT, Failed, brief, copy_project, run

HERE = Path(__file__).parent
LANGUAGES = ("en", "es", "fr")
NOTES = """\
Medians of {rounds}, in one process and in turn. Documents: the scripts that make `brief.pdf` and `brief.docx`.
Comparison: `compare` of the present build with a draft, in which a word of each language and a number of the data were
other ones; it writes all four outcomes, and proves the redline first. What takes the start of Python is not counted.
"""


def prepare(folder: Path, evaluation: Path) -> Path:
    """Build an evaluation in a copy of the project, issue a draft, edit data and texts, and build it again."""
    project = copy_project(folder / "project", evaluation)
    run(brief("build"), project)
    run(brief("issue", evaluation.name), project)
    for edit in [
        cell_edit(project, evaluation.name),
        *(word_edit(project, evaluation.name, code) for code in LANGUAGES),
    ]:
        edit.make(project, 1)
    run(brief("build"), project)
    write_jobs(project, record_jobs(project))
    return project


def measure(project: Path, evaluation: str, rounds: int) -> dict[str, dict[str, float]]:
    """Return the median seconds of the documents and of the comparison, by language."""
    path = os.pathsep.join([str(project / "scripts"), str(HERE)])
    command = [PYTHON, str(HERE / "review_rounds.py"), evaluation, str(rounds)]
    done = subprocess.run(command, cwd=project, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True)
    if done.returncode:
        raise Failed(done.stderr[-2000:])
    found = json.loads(done.stdout.splitlines()[-1])
    return {code: {name: statistics.median(took) for name, took in both.items()} for code, both in found.items()}


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description="Measure a comparison beside the documents of a brief.")
    parser.add_argument("--evaluation", default="demo")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        project = prepare(Path(name), ROOT / "data" / arguments.evaluation)
        found = measure(project, arguments.evaluation, arguments.rounds)
    rows = [
        [code, seconds(took["documents"]), seconds(took["outcomes"]), ratio(took["outcomes"], took["documents"])]
        for code, took in found.items()
    ]
    head = ["Language", "PDF and Word file, s", "comparison, s", "times"]
    notes = NOTES.format(rounds=counted(arguments.rounds, "round"))
    text = "\n".join(["# A comparison beside its documents\n", circumstances(), "", table(head, rows), notes])
    publish(f"review_time.{arguments.evaluation}.md", text)


if __name__ == "__main__":
    main()
