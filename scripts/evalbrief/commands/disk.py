"""A full disk, however it shows: in the log of a step, in the words of Snakemake, in what a command itself writes."""

import errno
import re

from evalbrief.trouble import Trouble

WORDS = re.compile(r"No space left on device|Disk quota exceeded|\[WinError 112\]")
NUMBERS = (errno.ENOSPC, errno.EDQUOT)


class DiskFull(Trouble):
    """There is no room for what is being made."""

    def __init__(self) -> None:
        super().__init__("The disk is full: free some space and build again; the last good documents stay as they are.")
