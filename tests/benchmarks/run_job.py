"""Run the entry script of one job without Snakemake: `run_job.py JOB`, JOB being the job's description in JSON.

Runs in the folder of the project. Standard library only, for it is started cold once a job.
"""

import json
import os
import runpy
import sys
from typing import Any


class Named(list):
    """A list some of whose entries have names, as a script sees its input, output and parameters."""

    def __init__(self, described: dict[str, Any]) -> None:
        super().__init__(described["all"])
        self._named = described["names"]

    def __getattr__(self, name: str) -> Any:
        try:
            return self._named[name]
        except KeyError:
            raise AttributeError(name) from None

    def items(self) -> Any:
        """Give the named entries with their names."""
        return self._named.items()


class StandIn:
    """What a script finds under the name `snakemake`."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.input = Named(job["input"])
        self.output = Named(job["output"])
        self.params = Named(job["params"])
        self.wildcards = Named({"all": list(job["wildcards"].values()), "names": job["wildcards"]})
        self.log = [job["log"]]


def run_job(job: dict[str, Any]) -> None:
    """Make the folders of a job's files and run its script."""
    for path in [*job["output"]["all"], job["log"]]:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    if "scripts" not in sys.path:
        sys.path.insert(0, "scripts")
    runpy.run_path(job["script"], {"snakemake": StandIn(job)}, "__main__")


def read_job(path: str) -> dict[str, Any]:
    """Read the description of a job."""
    with open(path, encoding="utf-8") as file:
        return json.load(file)


if __name__ == "__main__":
    run_job(read_job(sys.argv[1]))
