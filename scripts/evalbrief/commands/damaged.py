"""Have made anew what was altered after it was made, and what a step was stopped in the middle of.

Snakemake takes a file that stands where a step put one for that step's work, and would go on from it. It does make anew
what it has marked as incomplete, but only of steps it knows of before the checkpoint.
"""

import base64
import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from evalbrief.commands.evaluations import find_documents
from evalbrief.commands.stamps import Stamps, half_made
from evalbrief.delivery import ledger_path, record_path
from evalbrief.files import read_json, write_json

METADATA, LOGS = Path(".snakemake/metadata"), Path(".snakemake/log")
# Snakemake keeps what it said in every run, for ever.
KEPT_LOGS = 20


def remove_half_made() -> None:
    """Remove what a step was writing when it was stopped."""
    for path in half_made():
        with contextlib.suppress(OSError):  # not even a file
            path.unlink()


def forget_old_logs() -> None:
    """Remove all but the last logs of Snakemake, whose names begin with their date."""
    for path in sorted(LOGS.glob("*.snakemake.log"))[:-KEPT_LOGS]:
        with contextlib.suppress(OSError):  # somebody is reading it
            path.unlink()


def find_damaged(stamps: Stamps, evaluation: str) -> Iterator[Path]:
    """Yield the files made of an evaluation that no step has left as they are; documents are people's to change."""
    altered = stamps.altered(evaluation)
    passed_over = {
        *find_documents([(evaluation, language) for language in altered]),
        *(ledger_path(Path(record_path(evaluation, language))).as_posix() for language in altered),
    }
    for path in (Path(name) for made in altered.values() for name in made if name not in passed_over):
        if path.exists() and path.stat().st_mtime != _read_record(path).get("endtime"):
            yield path


def have_made_anew(paths: Iterable[Path]) -> None:
    """Let Snakemake forget from what files were made: it makes them anew when a brief needs them."""
    for path in paths:
        if record := _read_record(path):
            write_json(_record_path(path), {**record, "input": []})


def _read_record(path: Path) -> dict:
    """Read what Snakemake has noted about a file when it had made it, as its date."""
    try:
        return read_json(_record_path(path))
    except (OSError, ValueError):
        return {}


def _record_path(path: Path) -> Path:
    return METADATA / base64.urlsafe_b64encode(path.as_posix().encode()).decode()
