"""The tools that make the same brief, each in a copy of the project of its own."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import bare
from jobs import HERE, Job, write_jobs
from layouts import write_dodo, write_dvc, write_makefile, write_naive
from workspace import PLAIN_PYTHON, PYTHON, ROOT, Failed, brief, copy_project, run, snakemake

COLD, NOTHING, WORD, CELL = "cold", "nothing new", "one word", "one cell"
SCENARIOS = (COLD, NOTHING, WORD, CELL)
TOOLS_VENV = ROOT / "build" / "benchmark-tools"
REQUIREMENTS = HERE / "requirements-tools.txt"
CORES = str(os.cpu_count() or 1)


@dataclass
class Tool:
    """A way to make the brief: its command, and what it keeps between runs besides build/."""

    key: str
    name: str
    folder: Path
    command: list[str]
    keeps: tuple[str, ...] = ()
    # Commands of scenarios that need another one; a scenario with an empty command is not measured.
    other: dict[str, list[str]] = field(default_factory=dict)
    prepare: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def run(self, scenario: str) -> None:
        """Do what a scenario asks of this tool."""
        run(self.other.get(scenario, self.command), self.folder)

    def measures(self, scenario: str) -> bool:
        """Say whether the tool knows this scenario."""
        return bool(self.other.get(scenario, self.command))

    def forget(self) -> None:
        """Remove what was made and what the tool remembers of it."""
        for name in ("build", *self.keeps):
            path = self.folder / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        if self.prepare:
            run(self.prepare, self.folder)


def this_project(folder: Path, evaluation: Path) -> Tool:
    """Set up what a person does: python3 brief.py build."""
    command = brief("build")
    return Tool("this", "this: `brief.py build`", copy_project(folder / "this", evaluation), command, (".snakemake",))


def without_worker(folder: Path, evaluation: Path) -> Tool:
    """Set up this project with a new Python for each job."""
    project = copy_project(folder / "no_worker", evaluation)
    has_option = "--no-worker" in run(brief("build", "--help"), project)
    command = brief("build", "--no-worker") if has_option else brief("build")
    tool = Tool("no_worker", "this without worker: `--no-worker`", project, command, (".snakemake",))
    if not has_option:
        tool.notes.append("`brief.py build` has no `--no-worker` yet: measured as it is.")
    return tool


def naive(folder: Path, evaluation: Path, jobs: list[Job]) -> Tool:
    """Set up a plain Snakefile with one job a file."""
    project = _with_jobs(folder / "naive", evaluation, jobs, write_naive)
    return Tool("naive", "naive Snakefile, a job a file", project, snakemake("--cores", CORES), (".snakemake",))


def make(folder: Path, evaluation: Path, jobs: list[Job]) -> Tool:
    """Set up GNU make."""
    project = _with_jobs(folder / "make", evaluation, jobs, write_makefile)
    tool = Tool("make", "make", project, ["make", f"-j{CORES}"])
    if not shutil.which("make"):
        raise Failed("make: not installed")
    return tool


def doit(folder: Path, evaluation: Path, jobs: list[Job]) -> Tool:
    """Set up doit."""
    project = _with_jobs(folder / "doit", evaluation, jobs, write_dodo)
    return Tool(
        "doit",
        "doit",
        project,
        [_tool("doit"), "-n", CORES],
        (".doit.db", ".doit.db.db", ".doit.db.dat", ".doit.db.dir", ".doit.db.bak"),
    )


def dvc(folder: Path, evaluation: Path, jobs: list[Job]) -> Tool:
    """Set up DVC, without Git and without copies in its cache; it does one stage at a time."""
    project = _with_jobs(folder / "dvc", evaluation, jobs, write_dvc)
    tool = Tool("dvc", "DVC", project, [_tool("dvc"), "repro", "--quiet"], (".dvc", "dvc.lock"))
    tool.prepare = [_tool("dvc"), "init", "--no-scm", "--quiet"]
    tool.notes.append("`dvc repro` does one stage at a time; what is made is not copied into its cache.")
    return tool


def bare_work(folder: Path, evaluation: Path, jobs: list[Job], by_scenario: dict[str, list[Job]]) -> Tool:
    """Set up the work itself in two processes; the split heeds how long the jobs took when they were first done."""
    project = _with_jobs(folder / "bare", evaluation, jobs, lambda project, jobs: None)
    command = [PYTHON, str(HERE / "bare.py")]
    first = bare.write_plan(project, "first", jobs, {})
    run([*command, first], project)
    seconds = bare.read_seconds(project, first)
    plans = {
        scenario: [*command, bare.write_plan(project, scenario.replace(" ", "_"), chosen, seconds)]
        for scenario, chosen in by_scenario.items()
    }
    return Tool("bare", "bare: plain processes, one a core", project, [], other=plans)


def _with_jobs(project: Path, evaluation: Path, jobs: list[Job], write: Callable[[Path, list[Job]], None]) -> Path:
    copy_project(project, evaluation)
    write_jobs(project, jobs)
    write(project, jobs)
    return project


def _tool(name: str) -> str:
    """Give the path of a tool that is not part of the project, and install it once; raise Failed when that fails."""
    path = TOOLS_VENV / "bin" / name
    stamp = TOOLS_VENV / REQUIREMENTS.name
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(TOOLS_VENV, ignore_errors=True)
        has_uv = shutil.which("uv")
        run(["uv", "venv", str(TOOLS_VENV)] if has_uv else [PLAIN_PYTHON, "-m", "venv", str(TOOLS_VENV)], ROOT)
        python = str(TOOLS_VENV / "bin" / "python")
        installer = ["uv", "pip", "install", "--python", python] if has_uv else [python, "-m", "pip", "install"]
        run([*installer, "--quiet", "-r", str(REQUIREMENTS)], ROOT)
        stamp.write_text(wanted, encoding="utf-8")
    return str(path)
