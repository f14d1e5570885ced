"""Date what lies in the future as of now: it is from a computer whose clock is ahead, or from before it was set back.

Snakemake fails on it: what a step makes of it is older.
"""

import contextlib
import os
from collections.abc import Collection

from evalbrief.commands.evaluations import BUILD
from evalbrief.commands.stamps import PROGRAM, SHARED, listed, now_on_disk
from evalbrief.folder import DATA, REVIEW


def bring_dates_back(evaluations: Collection[str], office: Collection[str]) -> None:
    """Let no file that these evaluations are made from, or that was made of them, be younger than now; `office` are
    files of the office that may lie anywhere."""
    places = [f"{place.as_posix()}/{name}" for name in evaluations for place in (DATA, BUILD)]
    now = now_on_disk()
    for path, _, changed, _ in listed(
        *PROGRAM, *SHARED, *office, *places, but={f"{place}/{REVIEW}" for place in places}
    ):
        if changed > now:
            with contextlib.suppress(OSError):  # it is somebody else's, or has just gone
                os.utime(path, ns=(now, now))
