"""Snakemake, imported while the data is still being checked; it runs as soon as its arguments come.

python -m evalbrief.commands.launcher, the arguments as a JSON list on standard input
"""

import json
import sys

from snakemake.cli import main

if __name__ == "__main__":
    arguments = sys.stdin.read()
    if arguments:  # nothing comes when the command has found nothing to do, or is gone
        main(json.loads(arguments))
