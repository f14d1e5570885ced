"""Measure portfolios of growing size: time, memory, nothing new, one cell; what is left when stopped or broken.

.venv/bin/python tests/benchmarks/portfolio_scale.py --sizes 10 100 1000 --interrupt-after 700 --broken 20
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from disturbances import break_some, interrupt, records
from edits import cell_edit
from growth import draw_curve, exponent
from portfolio import make_portfolio
from report import RESULTS, circumstances, publish, ratio, seconds, table
from watched import Run, watch
from workspace import Failed, brief, copy_project, run, snakemake

MEGABYTE = 2**20
NOTES = """\
- cold: nothing made yet, the fonts included, which take the same time for any number of evaluations.
- memory: the peak of the sum over all processes, memory they share counted once (PSS), and that of the largest process.
- nothing new: `brief.py build` when everything is up to date; in brackets how many times the `snakemake -n` of a
  project with one evaluation, measured in turn.
- one cell: a number changed in one evaluation. About one evaluation in five has two or three languages.
"""


@dataclass(frozen=True)
class Size:
    """What was measured of a portfolio of one size."""

    evaluations: int
    briefs: int
    cold: Run
    nothing: float
    dry_run: float
    cell: float


def measure(project: Path, single: Path, names: Sequence[str], repeats: int) -> Size:
    """Build a portfolio cold, build it again, change a cell and build it again."""
    cold = watch(brief("build"), project)
    if cold.status:
        raise Failed(f"The build of {len(names)} evaluations ended with {cold.status}:\n{cold.said[-3000:]}")
    pairs = [(timed(brief("build"), project), timed(snakemake("-n"), single)) for _ in range(repeats)]
    nothing, dry_run = (statistics.median(values) for values in zip(*pairs, strict=True))
    edit = cell_edit(project, names[len(names) // 2])
    cells = []
    for number in range(1, repeats + 1):
        edit.make(project, number)
        cells.append(timed(brief("build"), project))
    return Size(len(names), len(records(project)), cold, nothing, dry_run, statistics.median(cells))


def timed(command: Sequence[str], project: Path) -> float:
    """Give the seconds a command takes."""
    started = time.perf_counter()
    run(command, project)
    return time.perf_counter() - started


def set_up(folder: Path, size: int, seed: int) -> tuple[Path, list[str]]:
    """Copy the project and invent a portfolio in the copy."""
    project = copy_project(folder)
    return project, make_portfolio(project, size, seed)


def sizes_table(sizes: Sequence[Size]) -> str:
    """Write what was measured, a row for each size."""
    head = ["Evaluations", "briefs", "cold, s", "s a brief", "memory, MB", "largest process, MB", "nothing new, s"]
    rows = [
        [
            str(size.evaluations),
            str(size.briefs),
            seconds(size.cold.seconds),
            seconds(size.cold.seconds / size.briefs),
            f"{size.cold.total / MEGABYTE:.0f}",
            f"{size.cold.largest / MEGABYTE:.0f}",
            f"{seconds(size.nothing)} ({ratio(size.nothing, size.dry_run)})",
            seconds(size.cell),
        ]
        for size in sizes
    ]
    return table([*head, "one cell, s"], rows)


def growth_lines(sizes: Sequence[Size], curve: str) -> str:
    """Say how the time grows."""
    cold = {size.briefs: size.cold.seconds for size in sizes}
    fitted = exponent(cold)
    if fitted is None:
        return ""
    last = exponent(dict(sorted(cold.items())[-2:]))
    return (
        f"Seconds cold grow with the number of briefs to the power of {fitted:.2f} (between the two largest sizes "
        f"{last:.2f}); 1 means twice the time for twice the briefs.\n\n![Seconds over briefs]({curve})\n"
    )


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description="Measure portfolios of growing size.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=3, help="of all but the cold build")
    parser.add_argument("--interrupt-after", type=int, metavar="N", help="stop a build of the largest size after N")
    parser.add_argument("--broken", type=int, metavar="N", help="break the data of N evaluations of the largest size")
    arguments = parser.parse_args()
    measured, said = [], []
    RESULTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        single, _ = set_up(Path(folder) / "single", 1, arguments.seed)
        run(brief("build"), single)
        for size in sorted(arguments.sizes):
            project, names = set_up(Path(folder) / f"portfolio_{size}", size, arguments.seed)
            measured.append(measure(project, single, names, arguments.repeats))
            print(sizes_table(measured), file=sys.stderr)
        if arguments.broken:
            said.append(break_some(project, arguments.broken))
        if arguments.interrupt_after:
            size = max(arguments.sizes)
            said.append(interrupt(set_up(Path(folder) / "stopped", size, arguments.seed)[0], arguments.interrupt_after))
    curves = {
        "cold": {size.briefs: size.cold.seconds for size in measured},
        "nothing new": {size.briefs: size.nothing for size in measured},
        "one cell": {size.briefs: size.cell for size in measured},
    }
    draw_curve(RESULTS / "portfolio_scale.svg", curves)
    parts = [circumstances(), sizes_table(measured), growth_lines(measured, "portfolio_scale.svg"), NOTES, *said]
    publish("portfolio_scale.md", "\n".join(["# Portfolios\n", *(f"{part.strip()}\n" for part in parts if part)]))


if __name__ == "__main__":
    main()
