"""Data change on three servers while a real cron refreshes each minute: how long until it is published, is it right?

The tables come from a web server, a WebDAV server and S3, all on this computer, with a password each from secrets.env.
Cron runs what `brief.py schedule install --with cron` has put into its crontab, only every minute. The servers get a
new number in turn, at random moments; after each, one of them has its file written anew with the same bytes, which is
to publish nothing. Run it as root on Debian with cron; ten updates take about half an hour:

.venv/bin/python tests/benchmarks/refresh_on_schedule.py --updates 10
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random

from cron_apart import cron, is_at_work, missing
from numbers_shown import ACHIEVEMENTS, EVIDENCE, RESULTS, Table
from origins import PASSWORDS, USER, Origin, Web, bucket, cloud, web
from report import circumstances, publish, seconds, table
from secret_search import forms, found_in_files
from unattended import PUBLISHED, Office
from workspace import Failed

FIRST = 201
# A refresh each minute, and what it takes to build.
LONGEST_SECONDS = 180


@dataclass(frozen=True)
class Row:
    """What came of one update: until when it was published, by which refresh, with how many sets, and what is wrong."""

    update: str
    origin: str
    seconds: float | None
    refreshes: int
    sets: int
    wrong: Sequence[str]

    def cells(self) -> list[str]:
        """Write it as a row."""
        right = "; ".join(self.wrong) or "yes"
        return [self.update, self.origin, seconds(self.seconds), str(self.refreshes), str(self.sets), right]


class Watcher:
    """Updates the data of an office that cron refreshes, and sees what comes of it."""

    def __init__(self, office: Office, asked: Web, seed: int) -> None:
        self._office, self._asked, self._chance = office, asked, Random(seed)
        self._known = {table.file: table.number for table in (RESULTS, EVIDENCE, ACHIEVEMENTS)}

    def new_number(self, origin: Origin, table: Table, number: int) -> Row:
        """Put a new number on a server; wait until it is published."""
        before = self._rest()
        self._known[table.file] = number
        started = time.time()
        origin.put(table.text(number))
        self._wait(lambda: self._office.current() != before[-1], "nothing was published")
        took = time.time() - started
        refreshes = self._asked.asked_since(started)
        self._wait(lambda: not is_at_work(self._office.folder), "the refresh did not end")
        new = [number for number in self._office.sets() if number > before[-1]]
        wrong = self._wrong() + ([] if len(new) == 1 else [f"{len(new)} sets"])
        return Row(f"{table.file}: {number}", origin.name, took, refreshes, len(new), wrong)

    def same_bytes(self, origin: Origin, table: Table) -> Row:
        """Write a file anew with the same bytes; wait until a refresh that began after that is over."""
        before = self._rest()
        started = time.time()
        origin.put(table.text(self._known[table.file]))
        self._wait(lambda: self._asked.asked_since(started), "no refresh came")
        self._wait(lambda: not is_at_work(self._office.folder), "the refresh did not end")
        new = [number for number in self._office.sets() if number > before[-1]]
        wrong = self._wrong() + ([f"{len(new)} sets"] if new else [])
        return Row(f"{table.file}: same bytes", origin.name, None, self._asked.asked_since(started), len(new), wrong)

    def _rest(self) -> list[int]:
        """Wait for a random moment at which no refresh is at work; give the sets there are."""
        time.sleep(self._chance.uniform(0, 40))
        self._wait(lambda: not is_at_work(self._office.folder), "the refresh did not end")
        return self._office.sets()

    def _wrong(self) -> list[str]:
        """List what is wrong with what people read."""
        office = self._office
        shown = [office.shown(table) == self._known[table.file] for table in (RESULTS, EVIDENCE, ACHIEVEMENTS)]
        found = {"another number": all(shown), "not whole": office.is_whole(), "not build/": office.equals_build()}
        return [name for name, right in found.items() if not right]

    def _wait(self, condition: Callable[[], object], otherwise: str) -> None:
        deadline = time.monotonic() + LONGEST_SECONDS
        while not condition():
            if time.monotonic() > deadline:
                said = self._office.path("build/logs/refresh.log").read_text(encoding="utf-8")
                raise Failed(f"In {LONGEST_SECONDS} seconds {otherwise}:\n{said[-2000:]}")
            time.sleep(0.05)


def measure(folder: Path, updates: int, seed: int) -> str:
    """Publish the first set by hand, the others by cron; write the report."""
    with ExitStack() as stack:
        first = stack.enter_context(web(RESULTS))
        second = stack.enter_context(cloud(folder / "cloud", EVIDENCE))
        third = stack.enter_context(bucket(ACHIEVEMENTS))
        pairs: list[tuple[Origin, Table]] = [(first, RESULTS), (second, EVIDENCE), (third, ACHIEVEMENTS)]
        office = Office.create(folder, {table.file: origin.source for origin, table in pairs}, PASSWORDS)
        done = office.refresh()
        if done.status != PUBLISHED or not office.is_whole():
            raise Failed(f"The first set was not published: {done}")
        watcher, rows, started = Watcher(office, first, seed), [], time.time()
        with cron(office.folder, folder / "crontabs"):
            for number, (origin, changed) in enumerate(islice(cycle(pairs), updates), FIRST):
                rows.append(watcher.new_number(origin, changed, number))
                print(rows[-1].cells(), file=sys.stderr)
                # Another server than that of the update before: each has both.
                rows.append(watcher.same_bytes(*pairs[(number - FIRST + 1) % len(pairs)]))
                print(rows[-1].cells(), file=sys.stderr)
        minutes = (time.time() - started) / 60
        return report(rows, office, first.asked_since(started), minutes)


def report(rows: Sequence[Row], office: Office, refreshes: int, minutes: float) -> str:
    """Write what came out."""
    head = ["Update", "server", "seconds until published", "refreshes until then", "sets", "right"]
    took = [row.seconds for row in rows if row.seconds is not None]
    hits = found_in_files(office.folder, {form for secret in PASSWORDS.values() for form in forms(secret, USER)})
    same = "the same as" if office.equals_clean_build() else "OTHER THAN"
    return "\n".join(
        [
            "# Refreshed by cron\n",
            f"{circumstances()}\n",
            table(head, [row.cells() for row in rows]),
            f"A new number was published after {seconds(statistics.median(took))} s (median), at the latest after "
            f"{seconds(max(took))} s; cron starts a refresh every 60 s.",
            f"In {minutes:.0f} minutes cron started {refreshes} refreshes; {office.current()} sets were published, the "
            "first of them by hand before.",
            f"At the end, the documents are {same} those that a first build of the same data makes.",
            f"Passwords found in the project, outside of secrets.env: {len(hits)}.\n",
        ]
    )


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description="Measure how soon and how rightly cron publishes new data.")
    parser.add_argument("--updates", type=int, default=10, help="new numbers; as many files are written anew")
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    arguments = parser.parse_args()
    if missing():
        sys.exit(f"No cron can be run here: {missing()}.")
    with tempfile.TemporaryDirectory() as folder:
        publish("refresh_on_schedule.md", measure(Path(folder), arguments.updates, arguments.seed))


if __name__ == "__main__":
    main()
