"""Date what lies in the future as of now: it is from a computer whose clock is ahead, or from before it was set back.

Snakemake fails on it: what a step makes of it is older.
"""

import contextlib
import os
from collections.abc import Collection, Iterator
from pathlib import Path

from evalbrief.commands.evaluations import BUILD
from evalbrief.commands.stamps import PROGRAM, SHARED, now_on_disk
from evalbrief.folder import DATA


def bring_dates_back(evaluations: Collection[str], office: Collection[str]) -> None:
    """Let no file that these evaluations are made from, or that was made of them, be younger than now; `office` are
    files of the office that may lie anywhere."""
    places = [Path(*parts) for name in evaluations for parts in ((DATA, name), (BUILD, name))]
    now = now_on_disk()
    for path in _files([*map(Path, (*PROGRAM, *SHARED, *office)), *places]):
        with contextlib.suppress(OSError):  # it is somebody else's, or has just gone
            status = path.stat()
            if status.st_mtime_ns > now:
                os.utime(path, ns=(status.st_atime_ns, now))


def _files(places: Collection[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_file():
            yield place
        for folder, _, names in os.walk(place):
            yield from (Path(folder, name) for name in names)
