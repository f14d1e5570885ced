"""The same work and nothing else: jobs in a fixed order, split between as many Python processes as there are cores.

As a command, `bare.py PLAN` starts the processes of a plan and waits for them.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from jobs import HERE, Job, before_each

PROCESSES = max(2, os.cpu_count() or 2)
FOLDER = "bare"


def split(jobs: Collection[Job], seconds: Mapping[str, float]) -> list[list[Job]]:
    """Split jobs between the processes so that they end early: first those with the longest way still to go.

    `seconds` says how long each job takes; a job that is not in it counts as a second.
    """
    before = before_each(jobs)
    ahead = _ahead(jobs, before, seconds)
    ends: dict[str, float] = {}
    free = [0.0] * PROCESSES
    lists: list[list[Job]] = [[] for _ in range(PROCESSES)]
    waiting = {job["name"]: job for job in jobs}
    while waiting:
        ready = [name for name in waiting if all(earlier in ends for earlier in before[name])]
        index = free.index(min(free))
        starts = {name: max([free[index], *(ends[earlier] for earlier in before[name])]) for name in ready}
        chosen = min(ready, key=lambda name: (starts[name] > min(starts.values()), -ahead[name], name))
        ends[chosen] = free[index] = starts[chosen] + seconds.get(chosen, 1.0)
        lists[index].append(waiting.pop(chosen))
    return lists


def _ahead(jobs: Collection[Job], before: Mapping[str, list[str]], seconds: Mapping[str, float]) -> dict[str, float]:
    """Add up for each job the seconds of the longest way from it to the end; `jobs` are in order."""
    ahead: dict[str, float] = {}
    for job in reversed(list(jobs)):
        later = [ahead[name] for name in ahead if job["name"] in before[name]]
        ahead[job["name"]] = seconds.get(job["name"], 1.0) + max(later, default=0.0)
    return ahead


def write_plan(project: Path, name: str, jobs: Collection[Job], seconds: Mapping[str, float]) -> str:
    """Write down who does what and return the file of the plan."""
    before = before_each(jobs)
    folder = project / FOLDER
    folder.mkdir(exist_ok=True)
    processes = [[{"job": job, "after": before[job["name"]]} for job in mine] for mine in split(jobs, seconds)]
    plan = {"done": f"{FOLDER}/{name}.done", "processes": processes}
    (folder / f"{name}.json").write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    return f"{FOLDER}/{name}.json"


def read_seconds(project: Path, plan: str) -> dict[str, float]:
    """Read how long each job of a plan took when it was last done."""
    files = [(project / plan).with_suffix(f".{index}.seconds") for index in range(PROCESSES)]
    return {name: took for file in files for name, took in json.loads(file.read_text(encoding="utf-8")).items()}


def carry_out(plan: str) -> int:
    """Start the processes of a plan in this folder and wait; return the exit status."""
    done = Path(json.loads(Path(plan).read_text(encoding="utf-8"))["done"])
    shutil.rmtree(done, ignore_errors=True)
    done.mkdir()
    command = [sys.executable, str(HERE / "bare_process.py"), plan]
    running = [subprocess.Popen([*command, str(index)]) for index in range(PROCESSES)]
    while running:
        for process in list(running):
            try:
                status = process.wait(timeout=0.005)
            except subprocess.TimeoutExpired:
                continue
            if status:
                return status
            running.remove(process)
    return 0


if __name__ == "__main__":
    sys.exit(carry_out(sys.argv[1]))
