"""Snakemake, imported while the data is still being checked; it runs as soon as its arguments come.

python -m evalbrief.commands.launcher, on the first line of standard input a JSON list: the arguments, and the seconds
that Snakemake gets to take back what it has submitted to a cluster, when it is stopped

After them comes a sign whether Snakemake may do what it has found to do. Standard input is the command's: when it
closes, the command is gone, and Snakemake ends with all that it is running.
"""

import contextlib
import json
import os
import signal
import sys
import threading
import time

from snakemake.cli import main

from evalbrief.commands import gate
from evalbrief.commands.engine import stop_tree
from evalbrief.commands.submissions import take_back

# Held while what was submitted is taken back: Snakemake, which finds that it cannot go on, ends only after that.
_taking_back = threading.Lock()


def launch() -> None:
    """Run Snakemake to its end, and end with its exit status."""
    gate.close()
    with open(0, "rb", buffering=0, closefd=False) as first_line:  # and nothing read of what comes after it
        line = first_line.readline()
    if not line:  # the command has found nothing to do, or is gone
        return
    arguments, grace = json.loads(line)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has what it runs in the background ignore it
    command = os.dup(0)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    threading.Thread(target=listen_to, args=[command, grace], daemon=True).start()
    status = 1
    try:
        main(arguments)
    except SystemExit as end:
        status = int(end.code or 0)
    finally:
        _taking_back.acquire()
    with contextlib.suppress(OSError):  # the command is gone
        sys.stdout.flush()
    # All is done. Python would put its memory away piece by piece, and wait for a clock that Snakemake has set.
    os._exit(status)


def listen_to(command: int, grace: float) -> None:
    """Open the gate when told to; end Snakemake and its jobs when the command is gone, or they would go on unseen."""
    while sign := os.read(command, 1):
        gate.decide(allowed=sign == gate.GO.encode())
    if grace:
        with _taking_back:
            taken_back = take_back()
        if not taken_back:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(grace)
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    stop_tree(os.getpid())


if __name__ == "__main__":
    launch()
