"""The jobs of a build as plain data: what each reads and makes, and which come before which."""

import json
from collections.abc import Collection, Iterable, Mapping
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from workspace import PYTHON, run

HERE = Path(__file__).parent
RUN_JOB = str(HERE / "run_job.py")
FOLDER = "jobs"

Job = dict[str, Any]


def record_jobs(project: Path) -> list[Job]:
    """Read the jobs of a built project, in an order in which they can be done."""
    said = run([PYTHON, str(HERE / "record_jobs.py")], project)
    return in_order(json.loads(next(line for line in said.splitlines() if line.startswith("[{"))))


def reads(job: Job) -> list[str]:
    """List the files that a job reads, each once."""
    return list(dict.fromkeys(job["input"]["all"]))


def makes(job: Job) -> list[str]:
    """List the files that a job makes."""
    return job["output"]["all"]


def in_order(jobs: Iterable[Job]) -> list[Job]:
    """Sort jobs so that each comes after those whose files it reads."""
    by_name = {job["name"]: job for job in jobs}
    before = before_each(by_name.values())
    return [by_name[name] for name in TopologicalSorter({name: before[name] for name in sorted(before)}).static_order()]


def before_each(jobs: Collection[Job]) -> dict[str, list[str]]:
    """Name for each job those of `jobs` whose files it reads."""
    maker = {path: job["name"] for job in jobs for path in makes(job)}
    return {job["name"]: sorted({maker[path] for path in reads(job) if path in maker}) for job in jobs}


def needed(jobs: Iterable[Job], before: Mapping[str, bytes], after: Mapping[str, bytes], edited: str) -> list[Job]:
    """List the jobs with another input than before: what was made is given by path, `edited` is what a person wrote."""
    changed = {f"build/{name}" for name in {*before, *after} if before.get(name) != after.get(name)} | {edited}
    return [job for job in jobs if changed & set(reads(job))]


def write_jobs(project: Path, jobs: Iterable[Job]) -> None:
    """Write the description of each job where the layouts look for it."""
    (project / FOLDER).mkdir(exist_ok=True)
    for job in jobs:
        (project / job_file(job)).write_text(json.dumps(job, ensure_ascii=False), encoding="utf-8")


def job_file(job: Job) -> str:
    """Name the file of a job's description."""
    return f"{FOLDER}/{job['name']}.json"


def cold_command(job: Job) -> list[str]:
    """Give the command that does one job with a Python of its own."""
    return [PYTHON, RUN_JOB, job_file(job)]
