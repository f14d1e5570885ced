"""Read the jobs of a built project from Snakemake's graph and write them as a JSON list to standard output.

Run in the folder of the project, once everything is built: then the graph is known beyond its checkpoints.
"""

import contextlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from snakemake.api import SnakemakeApi
from snakemake.settings.types import DAGSettings, OutputSettings, Quietness, ResourceSettings


def read_graph() -> Iterable[Any]:
    """Return the jobs in Snakemake's graph of the project in this folder."""
    with SnakemakeApi(OutputSettings(quiet={Quietness.ALL})) as api:
        workflow = api.workflow(ResourceSettings(cores=1), snakefile=Path("Snakefile"))
        with contextlib.redirect_stdout(sys.stderr):
            workflow.dag(DAGSettings()).summary()
        graph: Any = workflow._workflow.dag
        return list(graph.jobs)


def describe(job: Any) -> dict[str, Any]:
    """Describe a job by all that its script is handed."""
    return {
        "name": ".".join([job.rule.name, *map(str, job.wildcards)]),
        "rule": job.rule.name,
        "script": script_of(job),
        "input": named(job.input),
        "output": named(job.output),
        "params": named(job.params),
        "wildcards": dict(job.wildcards.items()),
        "log": str(job.log[0]),
    }


def script_of(job: Any) -> str:
    """Name the script of a job, its wildcards filled in."""
    script = job.rule.script.format(wildcards=job.wildcards)
    return f"scripts/{Path(script).name}"


def named(values: Any) -> dict[str, Any]:
    """Describe a list some of whose entries have names: all of them in order, and those by name."""
    return {"all": list(map(plain, values)), "names": {name: plain(value) for name, value in values.items()}}


def plain(value: Any) -> Any:
    """Turn Snakemake's kinds of texts and lists into those of JSON."""
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)


if __name__ == "__main__":
    print(json.dumps([describe(job) for job in read_graph() if job.rule.script], ensure_ascii=False))
