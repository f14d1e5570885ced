"""Do a list of jobs in this one Python process: `bare_process.py PLAN INDEX`, PLAN being a file in JSON.

Standard library only. A job waits for those of the other process by the files that mark them as done.
"""

import json
import os
import sys
import time
from pathlib import Path

from run_job import run_job

PAUSE_SECONDS = 0.001


def do_jobs(plan: dict, index: int) -> dict[str, float]:
    """Do the jobs of one process of the plan; return the seconds each took."""
    done, process = Path(plan["done"]), os.getppid()
    seconds = {}
    for job in plan["processes"][index]:
        while not all((done / name).exists() for name in job["after"]):
            if os.getppid() != process:
                sys.exit("The other process has failed.")
            time.sleep(PAUSE_SECONDS)
        started = time.perf_counter()
        run_job(job["job"])
        seconds[job["job"]["name"]] = time.perf_counter() - started
        (done / job["job"]["name"]).touch()
    return seconds


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        read = json.load(file)
    took = do_jobs(read, int(sys.argv[2]))
    Path(sys.argv[1]).with_suffix(f".{sys.argv[2]}.seconds").write_text(json.dumps(took), encoding="utf-8")
