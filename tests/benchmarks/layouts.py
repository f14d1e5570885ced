"""Write the same jobs down for other tools: a Makefile, a dodo.py, a dvc.yaml, a naive Snakefile."""

import json
import re
import shlex
import shutil
from collections.abc import Iterable
from pathlib import Path
from string import Template

from jobs import HERE, Job, cold_command, job_file, makes, reads

# What even a naive layout makes together.
TOGETHER = ("check_data", "cut_fonts", "cut_web_fonts")
NAIVE_RULE = Template("""

rule $name:
    input:
        $input,
    output:
        $output,
    params:
        job=$job,
        benchmarks=$benchmarks,
    log:
        $log,
    script:
        $script
""")
DODO = Template('''"""The jobs of a build, as doit wants them."""

JOBS = $jobs


def task_job():
    """Do every job whose files changed."""
    yield from JOBS
''')


def write_makefile(project: Path, jobs: Iterable[Job]) -> None:
    """Write a Makefile: one rule a job, its files made together."""
    jobs = list(jobs)
    goals = " ".join(_made(path) for job in jobs for path in makes(job))
    lines = [f".DELETE_ON_ERROR:\n.PHONY: all\nall: {goals}\n"]
    for job in jobs:
        read = [_made(path) for path in [*reads(job), job_file(job)]]
        lines.append(f"{' '.join(map(_made, makes(job)))} &: {' '.join(read)}\n\t@{shlex.join(cold_command(job))}\n")
    (project / "Makefile").write_text("\n".join(lines), encoding="utf-8")


def _made(path: str) -> str:
    """Write a path as make reads it."""
    return path.replace("$", "$$").replace(" ", "\\ ")


def write_dodo(project: Path, jobs: Iterable[Job]) -> None:
    """Write a dodo.py: one task a job."""
    tasks = [
        {
            "name": job["name"],
            "file_dep": [*reads(job), job_file(job)],
            "targets": makes(job),
            "actions": [cold_command(job)],
        }
        for job in jobs
    ]
    (project / "dodo.py").write_text(DODO.substitute(jobs=json.dumps(tasks, indent=4)), encoding="utf-8")


def write_dvc(project: Path, jobs: Iterable[Job]) -> None:
    """Write a dvc.yaml: one stage a job; what is made stays where it is and is not copied into DVC's cache."""
    stages = {
        _identifier(job): {
            "cmd": shlex.join(cold_command(job)),
            "deps": [*reads(job), job_file(job)],
            "outs": [{path: {"cache": False}} for path in makes(job)],
        }
        for job in jobs
    }
    (project / "dvc.yaml").write_text(json.dumps({"stages": stages}, indent=2), encoding="utf-8")


def write_naive(project: Path, jobs: Iterable[Job]) -> None:
    """Write a plain Snakefile, one rule a file: no profile, no checkpoint, no content as parameter."""
    shutil.rmtree(project / "profiles")
    shutil.rmtree(project / "rules")
    rules, goals = [], []
    for job in jobs:
        for made in _apart(job):
            goals += made
            name = _identifier(job) + (f"_{Path(made[0]).suffix[1:]}" if len(made) == 1 else "")
            rules.append(
                NAIVE_RULE.substitute(
                    name=name,
                    input=", ".join(map(repr, reads(job))),
                    output=", ".join(map(repr, made)),
                    job=repr(job_file(job)),
                    benchmarks=repr(str(HERE)),
                    log=repr(f"{job['log']}.{name}"),
                    script=repr(str(HERE / "naive_job.py")),
                )
            )
    head = f"rule all:\n    input:\n        {', '.join(map(repr, goals))},\n"
    (project / "Snakefile").write_text(head + "".join(rules), encoding="utf-8")


def _apart(job: Job) -> list[list[str]]:
    """Take apart the files of a job: each its own, but the model, which is one, and the fonts."""
    return [makes(job)] if job["rule"] in TOGETHER else [[path] for path in makes(job)]


def _identifier(job: Job) -> str:
    """Write a job's name with letters, digits and underscores only."""
    return re.sub(r"\W", "_", job["name"])
