"""What a portfolio's build must survive: being stopped in the middle, and evaluations whose data is wrong."""

import re
import signal
from collections.abc import Collection
from pathlib import Path

from edits import cell_edit
from evalbrief.commands.words import counted
from report import seconds
from watched import watch
from workspace import brief


def interrupt(project: Path, after: int) -> str:
    """Stop a build (Ctrl-C) when `after` evaluations are delivered, start it again, and tell what each run made."""
    first = watch(brief("build"), project, until=lambda: len(delivered(project)) >= after, signal=signal.SIGINT)
    before, done = records(project), len(delivered(project))
    second = watch(brief("build"), project)
    now = records(project)
    anew = [name for name, written in before.items() if now.get(name) != written]
    unfinished = [name for name in evaluations(project) if name not in delivered(project)]
    third = watch(brief("build"), project)
    return sentences(
        f"Stopped after {done} of {len(evaluations(project))} evaluations ({counted(len(before), 'brief')}) with exit "
        f"status {first.status}; it said: `{last_line(first.said)}`",
        f"Started again, it made {counted(len(now) - len(before), 'brief')}, and {len(anew)} of those that were there "
        f"again, in {seconds(second.seconds)} s with exit status {second.status}.",
        f"Evaluations without all their briefs after that: {len(unfinished)}.",
        f"A third run said: `{last_line(third.said)}`",
    )


def break_some(project: Path, number: int) -> str:
    """Break the data of some evaluations and edit that of as many others; tell what a build leaves out and makes."""
    names = evaluations(project)
    broken, edited = names[: 2 * number : 2], names[1 : 2 * number : 2]
    whole = {path: path.read_bytes() for name in broken for path in project.glob(f"data/{name}/evidence.csv")}
    for path in whole:
        path.write_text(misspelt(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")
    for name in edited:
        cell_edit(project, name).make(project, 1000)
    before, documents = records(project), of_these(project, broken)
    done = watch(brief("build"), project)
    now = records(project)
    made = sorted({Path(path).parent.name for path, written in now.items() if before.get(path) != written})
    left_out = sorted(set(re.findall(r"^(\w+) is left out", done.said, re.MULTILINE)))
    named = sorted({name for name in broken if f"data/{name}/evidence.csv" in done.said})
    kept = documents == of_these(project, broken)
    for path, text in whole.items():
        path.write_bytes(text)
    example = next((line for line in done.said.splitlines() if "evidence.csv" in line), "")
    return sentences(
        f"With the data of {counted(len(broken), 'evaluation')} broken and that of {len(edited)} edited, the build "
        f"ended with exit status {done.status} after {seconds(done.seconds)} s.",
        f"Left out: {verdict(left_out, broken)}.",
        f"Named with file, row and column: {verdict(named, broken)}, for example: `{example}`",
        f"Made anew: {verdict(made, edited)}.",
        f"The last documents of those left out are {'as they were' if kept else 'NOT as they were'}.",
    )


def sentences(*said: str) -> str:
    """Write sentences as a list."""
    return "".join(f"- {sentence}\n" for sentence in said)


def verdict(found: Collection[str], wanted: Collection[str]) -> str:
    """Say whether exactly those evaluations were found that should be."""
    if set(found) == set(wanted):
        return f"exactly these ({len(wanted)})"
    return f"{len(found)} (missing {sorted(set(wanted) - set(found))}, too many {sorted(set(found) - set(wanted))})"


def misspelt(table: str) -> str:
    """Put a word where the first number of a table stands."""
    return re.sub(r"(?<=[,;])\d+(?=[,;\r\n])", "sixty", table, count=1)


def evaluations(project: Path) -> list[str]:
    """List the evaluations of a project."""
    return sorted(path.parent.name for path in project.glob("data/*/evaluation.yaml"))


def records(project: Path) -> dict[str, int]:
    """Give the record of each delivered brief with the time it was written."""
    return {
        path.relative_to(project).as_posix(): path.stat().st_mtime_ns for path in project.glob("build/*/brief.*.sha256")
    }


def delivered(project: Path) -> set[str]:
    """Name the evaluations all of whose briefs are delivered."""
    found: dict[str, int] = {}
    for path in project.glob("build/*/brief.*.sha256"):
        found[path.parent.name] = found.get(path.parent.name, 0) + 1
    return {name for name, number in found.items() if number == len(list((project / "data" / name / "text").iterdir()))}


def of_these(project: Path, names: Collection[str]) -> dict[str, bytes]:
    """Read the documents of some evaluations."""
    documents = (path for name in names for path in sorted((project / "build" / name).glob("brief.*.*")))
    return {path.name + path.parent.name: path.read_bytes() for path in documents}


def last_line(said: str) -> str:
    """Give the last line that a command printed."""
    lines = said.strip().splitlines()
    return lines[-1] if lines else ""
