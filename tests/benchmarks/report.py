"""Write what was measured as Markdown."""

import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from workspace import ROOT

RESULTS = Path(__file__).parent / "results"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; all columns but the first hold numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def seconds(value: float | None) -> str:
    """Write seconds so that three digits count."""
    if value is None:
        return "–"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def ratio(value: float | None, to: float | None) -> str:
    """Write how many times one number is the other."""
    return "–" if value is None or not to else f"{value / to:.2f}"


def circumstances() -> str:
    """Say on what the numbers were measured."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Measured on {os.cpu_count()} cores and {memory:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}, at commit {commit.strip() or 'unknown'}."
    )


def publish(name: str, text: str) -> Path:
    """Print a report and write it among the results."""
    print(text)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / name
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
