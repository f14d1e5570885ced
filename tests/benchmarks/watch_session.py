"""Somebody writes beside the preview: how long from saving a file to the page in the browser that shows it.

Chromium shows the page of a brief that `brief.py watch` watches. A word of a text is changed and saved, then a cell of
the data, again and again. The time ends when the browser has loaded the page anew; the time until all documents are
up to date, PDF and Word too, is noted beside it. After each edit, the session waits for that.
"""

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from edits import Edit, cell_edit, word_edit
from playwright.sync_api import Page, expect, sync_playwright
from report import circumstances, publish, seconds, table
from workspace import PYTHON, ROOT, brief, copy_project, run

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PLACES = {"tiny": ROOT / "tests" / "data" / "tiny"}
PATIENCE = 120_000


@dataclass(frozen=True)
class Times:
    """Seconds from saving to the page, and to all documents, of the edits of one kind."""

    kind: str
    page: list[float]
    documents: list[float]

    def row(self) -> list[str]:
        """Write the medians, and the slowest page."""
        medians = [seconds(statistics.median(values)) for values in (self.page, self.documents)]
        return [self.kind, str(len(self.page)), *medians, seconds(max(self.page))]


@contextmanager
def watching(project: Path, evaluation: str) -> Iterator[str]:
    """Watch an evaluation for a while; give the address of the preview."""
    command = [PYTHON, "brief.py", "watch", "--only", evaluation, "--no-browser"]
    with (project / "watched.txt").open("w", encoding="utf-8") as said:
        process = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=said, encoding="utf-8")
        try:
            assert process.stdout
            found = re.match(r"http://\S+", process.stdout.readline())
            assert found, (project / "watched.txt").read_text(encoding="utf-8")
            yield found[0]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


def measure(page: Page, project: Path, kind: str, edit: Edit, number: int) -> Times:
    """Save a file again and again, each time with something new."""
    times = Times(kind, [], [])
    up_to_date = page.get_by_role("status").filter(has_text="Up to date")
    for turn in range(1, number + 1):
        expect(up_to_date).to_be_visible()
        with page.expect_event("load"):
            edit.make(project, turn)
            saved = time.perf_counter()
        times.page.append(time.perf_counter() - saved)
        expect(up_to_date).to_be_visible()
        times.documents.append(time.perf_counter() - saved)
        print(f"{kind}, {turn}: {times.page[-1]:.2f} s, {times.documents[-1]:.2f} s", file=sys.stderr)
    return times


def session(project: Path, evaluation: str, number: int) -> list[Times]:
    """Write in an evaluation that is being watched and shown."""
    edits = {
        "a word of the text": word_edit(project, evaluation, "fr"),
        "a cell of the data": cell_edit(project, evaluation),
    }
    with watching(project, evaluation) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.goto(f"{address}{evaluation}/brief.fr.html")
        times = [measure(page, project, f"{evaluation}: {kind}", edit, number) for kind, edit in edits.items()]
        browser.close()
    return times


def main() -> None:
    """Measure, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--evaluations", nargs="+", default=["tiny"], help="tiny, or those in data/")
    parser.add_argument("--edits", type=int, default=20, help="edits of each kind")
    arguments = parser.parse_args()
    times: list[Times] = []
    for evaluation in arguments.evaluations:
        with tempfile.TemporaryDirectory() as name:
            source = PLACES.get(evaluation, ROOT / "data" / evaluation)
            project = copy_project(Path(name) / "projet d'été", source)
            run(brief("build"), project)
            times += session(project, evaluation, arguments.edits)
    head = ("Saved", "edits", "page loaded anew, s", "all documents, s", "slowest page, s")
    text = (
        "# A session of writing\n\n"
        "From saving a file to the page in Chromium that shows it, while `brief.py watch` watches; the PDF and the\n"
        "Word document are up to date a little later. Medians.\n\n"
        f"{table(head, [one.row() for one in times])}\n{circumstances()}\n"
    )
    publish("watch_session.md", text)


if __name__ == "__main__":
    main()
