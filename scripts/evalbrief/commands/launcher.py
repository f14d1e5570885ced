"""Snakemake, imported while the data is still being checked; it runs as soon as its arguments come.

python -m evalbrief.commands.launcher, the arguments as a JSON list on standard input
"""

import json
import sys
import threading

from snakemake.cli import main


def launch() -> None:
    """Run Snakemake to its end, and end with its exit status."""
    arguments = sys.stdin.read()
    if not arguments:  # the command has found nothing to do, or is gone
        return
    try:
        main(json.loads(arguments))
    finally:
        # Snakemake sets a clock to look for finished jobs again in a second, and would wait for it when all is done.
        for thread in threading.enumerate():
            if isinstance(thread, threading.Timer):
                thread.cancel()


if __name__ == "__main__":
    launch()
