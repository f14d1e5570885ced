"""Many refreshes in a row, of which every fifth has new data: do time, memory, files and bytes grow with their number?

The data come from a web server on this computer. After each refresh, the files in build/, published.sets/ and
.snakemake/ are counted. The first fifth of the refreshes is compared with the last fifth: 1.00 is what is promised. The
count begins when as many sets are there as are kept. At the end, a refresh that finds nothing new is measured in turn
with `snakemake -n`, with its source and without. 500 refreshes take about half an hour:

.venv/bin/python tests/benchmarks/refresh_many.py --refreshes 500
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import memory
from numbers_shown import RESULTS
from origins import PASSWORDS, Web, web
from report import circumstances, publish, ratio, seconds, table
from unattended import NOTHING_NEW, PUBLISHED, Office, plain_environment
from watched import watch
from workspace import Failed, brief, run, snakemake

FIRST = 201
# Nothing new takes a few tenths of a second.
memory.EVERY_SECONDS = 0.03
MEGABYTE = 1e6
FOLDERS = ("build", "published.sets", ".snakemake")
# The sets that are kept beside the one that people read.
KEPT_SETS = 10
PAIRS = 9
NAMES = {NOTHING_NEW: "nothing new", PUBLISHED: "published"}
HEAD = ("Refreshes", "number", "seconds", "memory, MB", "files", "MB on disk")
NOTES = f"""\
Medians. Memory: the peak of the sum over all processes, memory they share counted once (PSS), looked at every
{memory.EVERY_SECONDS:g} s. Files and MB: what stands in {", ".join(f"`{name}/`" for name in FOLDERS)} afterwards.
"""


@dataclass(frozen=True)
class Measure:
    """What a refresh took, and what stood in the project after it."""

    status: int
    seconds: float
    memory: float
    files: int
    size: int


def refresh(office: Office, number: int, wanted: int) -> Measure:
    """Refresh once; it has to end as wanted, and people have to read the number afterwards."""
    done = watch(brief("refresh"), office.folder)
    if done.status != wanted or not office.is_whole():
        raise Failed(f"A refresh ended with {done.status}, not {wanted}:\n{done.said[-3000:]}")
    if wanted == PUBLISHED and not (office.shown(RESULTS) == number and office.equals_build()):
        raise Failed(f"People read {office.shown(RESULTS)}, not {number}.")
    files = [path.lstat().st_size for name in FOLDERS for path in office.path(name).rglob("*") if path.is_file()]
    return Measure(done.status, done.seconds, done.total, len(files), sum(files))


def measure(office: Office, origin: Web, refreshes: int, every: int) -> list[Measure]:
    """Publish until no more sets are kept; then refresh again and again, every so often with a new number."""
    found: list[Measure] = []
    number = FIRST
    for turn in range(1 - every * KEPT_SETS, refreshes + 1):
        new = turn % every == 0
        if turn <= 0 and not new:
            continue
        number += new
        if new:
            origin.put(RESULTS.text(number))
        found.append(refresh(office, number, PUBLISHED if new else NOTHING_NEW))
        if turn % (5 * every) == 0:
            print(f"{turn} of {refreshes}: {found[-1]}", file=sys.stderr)
    return found[-refreshes:]


def growth_table(found: Sequence[Measure]) -> str:
    """Compare the first fifth with the last one."""
    fifth = max(len(found) // 5, 1)
    rows = []
    for status, name in NAMES.items():
        ends = [[one for one in part if one.status == status] for part in (found[:fifth], found[-fifth:])]
        if not all(ends):
            continue
        medians = [_medians(part) for part in ends]
        for which, part, numbers in zip(("first", "last"), ends, medians, strict=True):
            took, peak, files, size = numbers
            cells = [seconds(took), f"{peak / MEGABYTE:.0f}", f"{files:.0f}", f"{size / MEGABYTE:.1f}"]
            rows.append([f"{name}, {which} fifth", str(len(part)), *cells])
        rows.append([f"{name}, growth", "", *(ratio(last, first) for first, last in zip(*medians, strict=True))])
    return table(HEAD, rows)


def _medians(part: Sequence[Measure]) -> list[float]:
    return [statistics.median(getattr(one, name) for one in part) for name in ("seconds", "memory", "files", "size")]


def nothing_new(office: Office) -> str:
    """Measure a refresh that finds nothing new in turn with Snakemake's own look, and without any source."""
    facts = office.path("data/tiny/evaluation.yaml")
    with_sources = facts.read_text(encoding="utf-8")
    alone = office.copy(office.folder.parent / "no source")
    alone.path("data/tiny/evaluation.yaml").write_text(with_sources.partition("sources:")[0], encoding="utf-8")
    for one in (office, alone):
        time.sleep(2.5)  # what is younger than the coarsest clock is compared by content
        one.refresh()
        time.sleep(2.5)
        one.settle()
    looks = {
        "nothing new, one source": _look(office),
        "nothing new, no source": _look(alone),
        "snakemake -n": _dry(office),
    }
    took: dict[str, list[float]] = {name: [] for name in looks}
    for _ in range(PAIRS):
        for name, look in looks.items():
            took[name].append(look())
    medians = {name: statistics.median(values) for name, values in took.items()}
    rows = [[name, seconds(value), ratio(value, medians["snakemake -n"])] for name, value in medians.items()]
    return table(("Look", "seconds", "of snakemake -n"), rows)


def _look(office: Office) -> Callable[[], float]:
    def look() -> float:
        done = office.refresh()
        assert (done.status, done.said) == (NOTHING_NEW, ""), done
        return done.seconds

    return look


def _dry(office: Office) -> Callable[[], float]:
    def look() -> float:
        started = time.perf_counter()
        run(snakemake("-n"), office.folder)
        return time.perf_counter() - started

    return look


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description="Measure many refreshes in a row.")
    parser.add_argument("--refreshes", type=int, default=500)
    parser.add_argument("--every", type=int, default=5, metavar="N", help="each N-th has new data")
    arguments = parser.parse_args()
    for name in set(os.environ) - set(plain_environment()):
        del os.environ[name]
    with tempfile.TemporaryDirectory() as folder, web(RESULTS) as origin:
        office = Office.create(Path(folder), {RESULTS.file: origin.source}, PASSWORDS)
        office.refresh()
        found = measure(office, origin, arguments.refreshes, arguments.every)
        looks = nothing_new(office)
    published = sum(one.status == PUBLISHED for one in found)
    said = f"{len(found)} refreshes in a row, {published} of them published. {circumstances()}"
    publish("refresh_many.md", "\n".join(["# Many refreshes\n", f"{said}\n", growth_table(found), NOTES, looks]))


if __name__ == "__main__":
    main()
