"""Ask of thousands of random edits whether the stamps ever find nothing new where Snakemake would make something.

python tests/benchmarks/random_edits.py --edits 5000 --seed 1 --processes 2

Each edit is done to a built copy of the tiny evaluation, both are asked, and the copy is put back as it was, content
and dates. Snakemake is asked as brief.py asks it: first, documents that people changed are kept and lost ones are
forgotten, then the records of the deliveries are its targets. It is imported once, and answers in a fork of its own.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from comparison import BLIND, CAUTIOUS, FAULT, NOTHING, SOMETHING, Answer, compare
from edited_copy import build_project, stamp_project
from file_edits import GROUPS, INNER_GROUPS, OPERATIONS
from folder_edits import SPECIAL

RESULTS = Path(__file__).parent / "results" / "random_edits.md"


def counts(answers: Iterable[Answer], name: Callable[[Answer], str], heading: str) -> str:
    """Count the verdicts by a name of the edits, as a Markdown table."""
    verdicts = (NOTHING, SOMETHING, CAUTIOUS, FAULT)
    by_name: dict[str, Counter[str]] = {}
    for found in answers:
        by_name.setdefault(name(found), Counter())[found.verdict] += 1
    by_name["all"] = sum(by_name.values(), Counter())
    rows = [
        f"| {name} | {counted.total()} | {' | '.join(str(counted[verdict] or '') for verdict in verdicts)} |"
        for name, counted in by_name.items()
    ]
    return "\n".join(
        [f"| {heading} | edits | {' | '.join(verdicts)} |", "| --- | ---: | ---: | ---: | ---: | ---: |", *rows]
    )


def report(answers: list[Answer], seed: int, processes: int, seconds: float, controls: dict[str, list[Answer]]) -> str:
    """Write what came of it as Markdown."""
    order = {name: place for place, name in enumerate([*OPERATIONS, *SPECIAL])}
    groups = {name: place for place, name in enumerate([*GROUPS, *INNER_GROUPS, ""])}
    by_operation = sorted(answers, key=lambda found: order[found.kind[0]])
    by_group = sorted(answers, key=lambda found: groups[found.kind[1]])
    faults = [found for found in answers if found.verdict == FAULT]
    each = sum(found.computed for found in answers) / len(answers)
    lines = [
        "# Random edits: the stamps and Snakemake",
        f"{len(answers)} edits, seed {seed}: **{len(faults)} faults**. {processes} processes took {seconds / 60:.1f} "
        f"minutes, an edit {each:.2f} s of computing. Made by "
        f"`python tests/benchmarks/random_edits.py --edits {len(answers)} --seed {seed} --processes {processes}`.",
        "A fault is an edit after which the stamps find nothing new in a language for which Snakemake would run "
        "something, or after which they end with an error. Cautious is the reverse: Snakemake is started and finds "
        "nothing to do. Not tried is one thing on purpose: Snakemake's own records lost and a file touched as well. It "
        "then goes by dates alone and makes the same bytes anew; the stamps, which go by content, find nothing new.",
        counts(by_operation, lambda found: found.kind[0], "what was done"),
        counts(by_group, lambda found: found.kind[1] or "(several, or others)", "what it was done to"),
        counts(sorted(answers, key=lambda found: found.how), lambda found: found.how, "the stamp before the edit"),
        "A settled stamp is judged by size and dates alone; a young one was written a moment ago, after the file "
        "that is edited; with a coarse clock, all times are even seconds.",
    ]
    if controls:
        lines += [
            "Stamps made blind, to see that it is found:",
            "\n".join(
                ["| blind to | edits | faults found |", "| --- | ---: | ---: |"]
                + [
                    f"| {to} | {len(found)} | {sum(one.verdict == FAULT for one in found)} |"
                    for to, found in controls.items()
                ]
            ),
        ]
    lines += ["\n".join(f"- {found}" for found in faults)] if faults else []
    return "\n\n".join(lines) + "\n"


def main() -> int:
    """Compare, write the report, and return 1 when a fault was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--edits", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--controls", type=int, default=0, help="so many edits for each stamp made blind")
    parser.add_argument("--only", default="", help="only kinds of edits that this regular expression is found in")
    parser.add_argument("--blind", default="", choices=["", *BLIND], help="make the stamps blind to something")
    parser.add_argument("--built", type=Path, help="a built and stamped project to use")
    parser.add_argument("--results", type=Path, help="where the report is written to, if not among the results")
    words = parser.parse_args()
    results = words.results.absolute() if words.results else RESULTS
    with TemporaryDirectory(prefix="random-edits-") as place:
        built = words.built.absolute() if words.built else build_project(Path(place, "built"))
        stamp_project(built)
        answers, seconds = compare(built, words.edits, words.seed, words.processes, words.blind, words.only)
        controls = {
            to: compare(built, words.controls, words.seed, words.processes, to)[0] for to in BLIND if words.controls
        }
    results.parent.mkdir(exist_ok=True)
    results.write_text(report(answers, words.seed, words.processes, seconds, controls), encoding="utf-8", newline="\n")
    faults = [found for found in answers if found.verdict == FAULT]
    print(*faults, f"{len(answers)} edits, {len(faults)} faults, {seconds:.0f} s: {results}", sep="\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
