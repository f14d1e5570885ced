"""Snakemake, imported while the data is still being checked; it runs as soon as its arguments come.

python -m evalbrief.commands.launcher, the arguments as a JSON list on the first line of standard input

After them comes a sign whether Snakemake may do what it has found to do. Standard input is the command's: when it
closes, the command is gone, and Snakemake ends with all that it is running.
"""

import json
import os
import signal
import threading

from snakemake.cli import main

from evalbrief.commands import gate
from evalbrief.commands.engine import stop_tree


def launch() -> None:
    """Run Snakemake to its end, and end with its exit status."""
    gate.close()
    with open(0, "rb", buffering=0, closefd=False) as first_line:  # and nothing read of what comes after it
        arguments = first_line.readline()
    if not arguments:  # the command has found nothing to do, or is gone
        return
    command = os.dup(0)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    threading.Thread(target=listen_to, args=[command], daemon=True).start()
    try:
        main(json.loads(arguments))
    finally:
        # Snakemake sets a clock to look for finished jobs again in a second, and would wait for it when all is done.
        for thread in threading.enumerate():
            if isinstance(thread, threading.Timer):
                thread.cancel()


def listen_to(command: int) -> None:
    """Open the gate when told to; end Snakemake and its jobs when the command is gone, or they would go on unseen."""
    while sign := os.read(command, 1):
        gate.decide(allowed=sign == gate.GO.encode())
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    stop_tree(os.getpid())


if __name__ == "__main__":
    launch()
