"""What a schedule runs: `brief.py refresh`, in the folder of this project, by the Python that started brief.py."""

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from evalbrief.schedule.when import When
from evalbrief.trouble import Trouble


@dataclass(frozen=True)
class Task:
    """A refresh of some evaluations, or of all, at certain times."""

    folder: Path
    when: When
    only: tuple[str, ...] = ()
    # Not the Python of .venv, which brief.py may make anew while it runs.
    python: str = getattr(sys, "_base_executable", sys.executable)

    def __post_init__(self) -> None:
        """Refuse a folder that no line of a scheduler could name."""
        if not str(self.folder).isprintable():
            raise Trouble("The name of this folder has a line break or another unprintable sign: give it another one.")

    @property
    def name(self) -> str:
        """Name the task: the same for the same folder, another for another one."""
        return name_for(self.folder)

    @property
    def arguments(self) -> list[str]:
        """Give what follows the name of Python."""
        return ["brief.py", "refresh", *(["--only", *self.only] if self.only else [])]


def name_for(folder: Path) -> str:
    """Name the task of a project folder."""
    return f"brief-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:8]}"
