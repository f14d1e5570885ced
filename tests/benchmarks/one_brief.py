"""Measure one evaluation, made by this project and by others, in rounds side by side.

.venv/bin/python tests/benchmarks/one_brief.py --evaluation entralliance --rounds 5
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import tools
from edits import Edit, cell_edit, word_edit
from jobs import HERE, Job, job_file, needed, record_jobs
from report import circumstances, counted, publish, ratio, seconds, table
from tools import CELL, COLD, NOTHING, SCENARIOS, WORD, Tool
from workspace import PYTHON, ROOT, Failed, contents, run, snakemake

NOTES = """\
Medians of {rounds}; in each round all tools do the same thing one after another. Seconds, and in brackets how
many times that of `brief.py build`. `brief.py build` also checks all data and texts first; the others do not.

- cold: nothing made yet, fonts included; the files of Python and of the operating system are warm.
- one word: a word of the section `conclusion` in one language ({language}). one cell: a number in `{table}`.
- naive Snakefile: a rule for each figure's SVG, PNG, data and words, each table's data and layout; one for the model of
  a language, one for the fonts and one for the web fonts, one for each other file. The same entry scripts, each of
  which makes all its files: what a rule is not for is thrown away. Snakemake's own settings.
- make, doit, DVC: the jobs of this project, each a cold Python. make judges by dates, doit and DVC by content.
- bare: the jobs in as many Python processes as there are cores, which import once, in an order fixed beforehand; of an
  edit, only the jobs with an input that differs. It judges nothing, so "nothing new" has no meaning.
- R's targets is left out: it is no package of Debian 12 (`apt-cache policy r-cran-targets` knows none), and R packages
  from elsewhere are not installed here.
"""
SHOWS = ("snakemake -n", "snakemake, nothing to do", "pandoc and Typst")


@dataclass
class Measured:
    """The seconds of all rounds by tool and scenario, and what else the verdicts need."""

    rounds: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))

    def median(self, key: str, scenario: str) -> float | None:
        """Give the median of the rounds, or nothing when it was not measured."""
        found = self.rounds.get((key, scenario))
        return statistics.median(found) if found else None


@dataclass
class Setting:
    """What is measured: the tools that could be set up, those that could not, and the edits."""

    tools: list[Tool]
    missing: dict[str, str]
    word: Edit
    cell: Edit
    language: str
    jobs: list[Job]


def set_up(folder: Path, evaluation: Path, wanted: list[str]) -> Setting:
    """Build once, read the jobs, and set up each tool; all start from the first of the edits."""
    this = tools.this_project(folder, evaluation)
    this.run(COLD)
    language = min(path.name for path in (this.folder / "data" / evaluation.name / "text").iterdir())
    word, cell = word_edit(this.folder, evaluation.name, language), cell_edit(this.folder, evaluation.name)
    jobs = record_jobs(this.folder)
    chosen = {COLD: jobs}
    for scenario, edit in ((WORD, word), (CELL, cell)):
        before = contents(this.folder)
        edit.make(this.folder, 1)
        this.run(scenario)
        chosen[scenario] = needed(jobs, before, contents(this.folder), edit.path)
    makers: dict[str, Callable[[], Tool]] = {
        "no_worker": lambda: tools.without_worker(folder, evaluation),
        "naive": lambda: tools.naive(folder, evaluation, jobs),
        "make": lambda: tools.make(folder, evaluation, jobs),
        "doit": lambda: tools.doit(folder, evaluation, jobs),
        "dvc": lambda: tools.dvc(folder, evaluation, jobs),
        "bare": lambda: tools.bare_work(folder, evaluation, jobs, chosen),
    }
    found, missing = [this], {}
    for key, maker in makers.items():
        if key in wanted:
            try:
                found.append(maker())
            except Failed as failure:
                missing[key] = str(failure)
                print(f"{key} is left out: {failure}", file=sys.stderr)
    return Setting(found, missing, word, cell, language, jobs)


def warm_up(setting: Setting) -> None:
    """Let each tool make everything once, of the same data, and compare what it made with what this project made."""
    this = setting.tools[0]
    for tool in setting.tools:
        setting.word.make(tool.folder, 1)
        setting.cell.make(tool.folder, 1)
        tool.forget()
        tool.run(COLD)
        compare(tool, this, "cold")


def compare(tool: Tool, this: Tool, when: str) -> None:
    """Note what a tool made otherwise than this project."""
    ours, theirs = contents(this.folder), contents(tool.folder)
    other = sorted(name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name))
    if other:
        shown = ", ".join(f"`{name}`" for name in other[:3]) + (f" and {len(other) - 3} more" if len(other) > 3 else "")
        tool.notes.append(f"not the same bytes ({when}): {shown}.")


def measure(setting: Setting, rounds: int) -> Measured:
    """Measure all scenarios with all tools, round by round; who is first changes from round to round."""
    measured = Measured()
    for number in range(rounds):
        at = number % len(setting.tools)
        for scenario in SCENARIOS:
            for tool in [*setting.tools[at:], *setting.tools[:at]]:
                prepare(tool, scenario, setting, number + 2)
                if tool.measures(scenario):
                    measured.rounds[tool.key, scenario].append(timed(tool, scenario))
            if scenario == NOTHING:
                measure_shows(setting, measured)
        print(f"round {number + 1} of {rounds} is done", file=sys.stderr)
    return measured


def prepare(tool: Tool, scenario: str, setting: Setting, number: int) -> None:
    """Bring a tool's project into the state that a scenario starts from."""
    if scenario == COLD:
        tool.forget()
    elif scenario == WORD:
        setting.word.make(tool.folder, number)
    elif scenario == CELL:
        setting.cell.make(tool.folder, number)


def timed(tool: Tool, scenario: str) -> float:
    """Give the seconds that a tool takes for a scenario."""
    started = time.perf_counter()
    tool.run(scenario)
    return time.perf_counter() - started


def measure_shows(setting: Setting, measured: Measured) -> None:
    """Measure what the verdicts compare with: Snakemake that has nothing to do, pandoc and Typst by themselves."""
    project = setting.tools[0].folder
    for name, command in zip(SHOWS, (snakemake("-n"), snakemake()), strict=False):
        started = time.perf_counter()
        run(command, project)
        measured.rounds[name, ""].append(time.perf_counter() - started)
    bare = next((tool for tool in setting.tools if tool.key == "bare"), None)
    if bare:
        rules = ("parse_source", "render_pdf", "render_docx", "render_html")
        mine = [
            job for job in setting.jobs if job["rule"] in rules and job["wildcards"]["language"] == setting.language
        ]
        said = run([PYTHON, str(HERE / "pandoc_typst.py"), *map(job_file, mine)], bare.folder)
        measured.rounds[SHOWS[2], ""].append(float(said.split()[-1]))


def tools_table(setting: Setting, measured: Measured) -> str:
    """Write the table of the tools."""
    rows = []
    for tool in setting.tools:
        row = [tool.name]
        for scenario in SCENARIOS:
            value = measured.median(tool.key, scenario)
            row.append(seconds(value) + (f" ({ratio(value, measured.median('this', scenario))})" if value else ""))
        rows.append(row)
    rows += [[key, *["not installed"] * len(SCENARIOS)] for key in setting.missing]
    return table(["Made by", *SCENARIOS], rows)


def shows_table(measured: Measured) -> str:
    """Write the table of what is to be shown, each with its target and a verdict."""
    dry_run, no_op, writers = (measured.median(name, "") for name in SHOWS)
    irreducible = None if no_op is None or writers is None else no_op + 1.5 * writers
    shown = [
        ("cold / bare cold", measured.median("this", COLD), measured.median("bare", COLD), "≤", 1.3),
        ("naive cold / cold", measured.median("naive", COLD), measured.median("this", COLD), "≥", 4.0),
        ("nothing new / `snakemake -n`", measured.median("this", NOTHING), dry_run, "≤", 0.1),
        (
            "one word / (`snakemake` with nothing to do + 1.5 × pandoc and Typst)",
            measured.median("this", WORD),
            irreducible,
            "≤",
            1.0,
        ),
    ]
    rows = []
    for name, value, to, relation, target in shown:
        verdict = "–"
        if value is not None and to:
            reached = value / to <= target if relation == "≤" else value / to >= target
            verdict = "reached" if reached else "missed"
        rows.append([name, seconds(value), seconds(to), ratio(value, to), f"{relation} {target:g}", verdict])
    parts = f"\n`snakemake -n` {seconds(dry_run)} s, `snakemake` with nothing to do {seconds(no_op)} s, "
    parts += f"pandoc and Typst for one language {seconds(writers)} s.\n"
    return table(["Shown", "s", "against, s", "ratio", "target", "verdict"], rows) + parts


def write_report(evaluation: str, rounds: int, setting: Setting, measured: Measured) -> str:
    """Write the whole report."""
    languages = {job["wildcards"]["language"] for job in setting.jobs if "language" in job["wildcards"]}
    notes = NOTES.format(rounds=counted(rounds, "round"), language=setting.language, table=Path(setting.cell.path).name)
    noted = "".join(f"- {tool.name}: {note}\n" for tool in setting.tools for note in tool.notes)
    said = "All tools made the same bytes, cold and after all edits.\n"
    return (
        f"# One brief: {evaluation}, {counted(len(languages), 'language')}, {len(setting.jobs)} jobs\n\n"
        f"{circumstances()}\n\n"
        f"{tools_table(setting, measured)}\n{shows_table(measured)}\n{notes}{noted}"
        f"{'' if 'not the same bytes' in noted else chr(10) + said}"
    )


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description="Measure one evaluation made by this project and by others.")
    parser.add_argument("--evaluation", default="entralliance", help="a name in data/, or a folder elsewhere")
    parser.add_argument("--rounds", type=int, default=5)
    others = ["no_worker", "naive", "make", "doit", "dvc", "bare"]
    parser.add_argument("--tools", nargs="+", default=others, choices=others, help="besides this project")
    arguments = parser.parse_args()
    evaluation = ROOT / "data" / arguments.evaluation
    if not evaluation.exists():
        evaluation = Path(arguments.evaluation).resolve()
    with tempfile.TemporaryDirectory() as folder:
        setting = set_up(Path(folder), evaluation, arguments.tools)
        warm_up(setting)
        measured = measure(setting, arguments.rounds)
        for tool in setting.tools:
            compare(tool, setting.tools[0], "after all edits")
    report = write_report(evaluation.name, arguments.rounds, setting, measured)
    publish(f"one_brief.{evaluation.name}.md", report)


if __name__ == "__main__":
    main()
