"""The script of each job of the naive layout: run an entry script for one of its files, the others into nowhere."""

import sys
import tempfile
from pathlib import Path
from typing import Any


def only(job: dict[str, Any], kept: list[str], nowhere: str) -> dict[str, Any]:
    """Let a job write its other files into the folder `nowhere`."""

    def place(path: str) -> str:
        return path if path in kept else str(Path(nowhere) / Path(path).name)

    output = job["output"]
    names = {
        name: [place(entry) for entry in path] if isinstance(path, list) else place(path)
        for name, path in output["names"].items()
    }
    return job | {"output": {"all": [place(path) for path in output["all"]], "names": names}}


if __name__ == "__main__":
    sys.path.append(snakemake.params.benchmarks)
    from run_job import read_job, run_job

    with tempfile.TemporaryDirectory() as folder:
        job = only(read_job(snakemake.params.job), list(snakemake.output), folder)
        run_job(job | {"log": snakemake.log[0]})
