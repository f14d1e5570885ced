"""Edit briefs by chance as reviewers do, read the Word files back, build again, and say where each edit went.

.venv/bin/python tests/benchmarks/read_back.py --edits 500
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from report import circumstances, counted, publish, seconds, table
from workspace import ROOT, brief, copy_project, run

sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from returned_files import (  # noqa: E402
    LISTED,
    LOST,
    NOT_SENT,
    NOT_TEXT,
    RIGHT,
    WRONG,
    Desk,
    Edited,
    Parts,
    saved_by_libreoffice,
    without_bookmarks,
)

LANGUAGES = ("fr", "en", "es")
# Edits in one file; files that LibreOffice saves at once.
MOST_EDITS, AT_ONCE = 8, 12
VERDICTS = {
    RIGHT: "in the right place",
    NOT_TEXT: "of data: refused",
    LISTED: "listed only",
    WRONG: "wrong place",
    LOST: "lost",
    NOT_SENT: "dropped by LibreOffice",
}
UNSAVED = "not saved"


@dataclass
class Tally:
    """What became of all edits that came back in one way."""

    verdicts: Counter = field(default_factory=Counter)
    invented: int = 0
    seconds: list[float] = field(default_factory=list)


def sent_back(files: dict[str, Parts], folder: Path) -> dict[str, Parts]:
    """Give each file as it is and saved by LibreOffice, with the bookmarks and without."""
    saved = {f"{name}, saved by LibreOffice": parts for name, parts in saved_by_libreoffice(files, folder).items()}
    every = files | saved
    return every | {f"{name}, without ids": without_bookmarks(parts) for name, parts in every.items()}


def measure(desks: list[Desk], folder: Path, count: int) -> tuple[dict[str, Tally], Counter, list[str]]:
    """Make so many edits, and judge each in each way; return what came out, by way and by kind, and what is wrong."""
    tallies: dict[str, Tally] = {}
    kinds: Counter = Counter()
    wrong: list[str] = []
    done = number = 0
    while done < count:
        batch: dict[str, tuple[Desk, Edited]] = {}
        files: dict[str, Parts] = {}
        while done < count and len(batch) < AT_ONCE // 2:
            desk = desks[number % len(desks)]
            edited = desk.edited(f"read back {number}", min(MOST_EDITS, count - done))
            batch[str(number)] = desk, edited
            files |= {f"{number} {way}": parts for way, parts in desk.files_of(edited).items()}
            done, number = done + len(edited.steps), number + 1
        for name, parts in sent_back(files, folder).items():
            document, _, way = name.partition(" ")
            desk, edited = batch[document]
            tally = tallies.setdefault(way, Tally())
            started = time.perf_counter()
            verdicts, invented = desk.verdicts(edited, parts)
            tally.invented += len(invented)
            wrong += [f"{name}: nobody's: {told}" for told in invented]
            for step, verdict in verdicts:
                tally.verdicts[verdict] += 1
                kinds[step.kind, verdict] += 1
                if verdict in (WRONG, LOST):
                    wrong.append(f"{name}: {verdict}: {step.name}")
            tally.seconds.append(time.perf_counter() - started)
        print(f"{done} of {count} edits are done", file=sys.stderr)
    for tally in tallies.values():
        tally.verdicts[UNSAVED] = count - tally.verdicts.total()
    return tallies, kinds, wrong


def ways_table(tallies: dict[str, Tally], count: int) -> str:
    """Write what came out, a row for each way in which a file came back."""
    head = ["The file came back", "edits", *VERDICTS.values(), UNSAVED, "told, but nobody's", "s a file"]
    rows = [
        [
            way,
            str(count),
            *(str(tally.verdicts[verdict]) for verdict in (*VERDICTS, UNSAVED)),
            str(tally.invented),
            seconds(statistics.median(tally.seconds)),
        ]
        for way, tally in sorted(tallies.items())
    ]
    return table(head, rows)


def kinds_table(kinds: Counter) -> str:
    """Write what came out, a row for each kind of edit, over all ways."""
    names = sorted({kind for kind, _ in kinds})
    rows = [[name, *(str(kinds[name, verdict]) for verdict in VERDICTS)] for name in names]
    return table(["Edit", *VERDICTS.values()], rows)


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description="Read back Word files with random edits, and judge each edit.")
    parser.add_argument("--edits", type=int, default=500, help="edits, a third in each language; each in every way")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = copy_project(folder / "project", ROOT / "data" / "demo")
        run(brief("build"), project)
        os.chdir(project)
        desks = [Desk(language, folder / language) for language in LANGUAGES]
        tallies, kinds, wrong = measure(desks, folder, arguments.edits)
        os.chdir(ROOT)
    notes = (
        "An edit is one of `tests/tree_text_edits.py`, made by chance in the demo's texts, up to eight in a file. A "
        "tracked file is a redline against what was sent. The file is read back, what it asks for is applied, and the "
        "brief is built again: an edit is in the right place when every paragraph that it made stands where it stands "
        "in the reviewer's brief, with its looks, links and notes, and none that it took away is left. Of data: it is "
        "of a number or of words that stand in a table of the data, and the row to correct is named. Listed only: it "
        "is not written, and named for people to do. Dropped: the file that LibreOffice saved does not hold it any "
        "more. Seconds: reading, applying and building the tree again."
    )
    failures = "".join(f"- {line}\n" for line in wrong[:20])
    publish(
        "read_back.md",
        "\n".join(
            [
                "# Reading reviewers' files back\n",
                circumstances(),
                "",
                f"{counted(arguments.edits, 'edit')}, each in every way.\n",
                ways_table(tallies, arguments.edits),
                kinds_table(kinds),
                *([f"Wrong or lost:\n\n{failures}"] if failures else []),
                notes,
                "",
            ]
        ),
    )


if __name__ == "__main__":
    main()
