"""The gate between Snakemake's look for what there is to do and its doing it.

brief.py closes it while it still checks the data, for the two take about the same time. Plain Snakemake finds it open.
The rules read this file: standard library only.
"""

import threading

_decided = threading.Event()
_decided.set()
_refused = False


def close() -> None:
    """Have whoever comes to the gate wait."""
    _decided.clear()


def decide(allowed: bool) -> None:
    """Let those who wait through, or tell them that they may not."""
    global _refused
    _refused = not allowed
    _decided.set()


def is_open() -> bool:
    """Wait at the gate; say whether one may go through."""
    _decided.wait()
    return not _refused
