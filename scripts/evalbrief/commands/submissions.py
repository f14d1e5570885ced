"""Take back what Snakemake has submitted to a cluster, when it is stopped."""

import os
import re
import shutil
import subprocess

import psutil

from evalbrief.commands.engine import LOG

# Of the plugin for SLURM: all submissions of a run bear the same name.
RUN = re.compile(r"SLURM run ID: (\S+)")
SUBMITTING_SECONDS = 20


def take_back() -> bool:
    """Cancel all submissions of this Snakemake to SLURM; say whether that is where it submits.

    Snakemake itself would cancel those that it knows of, while others are on their way.
    """
    scancel = shutil.which("scancel")
    said = LOG.read_text(encoding="utf-8", errors="replace") if LOG.exists() else ""
    runs = RUN.findall(said)
    if not scancel or not runs:
        return False
    environment = dict(os.environ)
    os.environ["PATH"] = ""  # what is still to be submitted finds no command for it
    psutil.wait_procs(psutil.Process().children(recursive=True), timeout=SUBMITTING_SECONDS)
    for run in runs:
        subprocess.run([scancel, "--me", f"--name={run}"], env=environment, check=False)
    return True
