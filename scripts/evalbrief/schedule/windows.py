"""A task of the Task Scheduler of Windows, in the user's own account: run when logged on, no password stored."""

import getpass
import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from evalbrief.schedule.filled import fill
from evalbrief.schedule.programs import ask, has, order
from evalbrief.schedule.task import Task
from evalbrief.schedule.when import When

# A Monday in the past: only the time of day counts.
FIRST_DAY = "2024-01-01"


class TaskScheduler:
    """The tasks of the user."""

    name = "windows"

    def missing(self) -> str:
        """Say why this scheduler cannot be used here; nothing when it can."""
        return "" if has("schtasks") else "this is not Windows (the program schtasks is missing)"

    def hint(self) -> str:
        """Say what is to be known about it."""
        return "It runs while you are logged on; what was missed runs as soon as you are."

    def written(self, task: Task) -> str:
        """Write the task as XML."""
        return fill(
            "refresh.xml",
            user=_user(),
            folder=str(task.folder),
            start=_start(task.when),
            every=task.when.every,
            program=task.python,
            arguments=subprocess.list2cmdline(task.arguments),
        )

    def installed(self, name: str) -> str:
        """Return the task that is installed; nothing when there is none."""
        done = ask("schtasks", "/Query", "/TN", name, "/XML")
        return "" if done.returncode else done.stdout.decode("utf-8", "replace")

    def install(self, task: Task) -> None:
        """Register the task."""
        with TemporaryDirectory() as folder:
            path = Path(folder, f"{task.name}.xml")
            path.write_text(self.written(task), encoding="utf-16")
            order("schtasks", "/Create", "/TN", task.name, "/XML", str(path), "/F")

    def remove(self, name: str) -> None:
        """Take the task away."""
        order("schtasks", "/Delete", "/TN", name, "/F")


def _start(when: When) -> str:
    return f"{FIRST_DAY}T{when.hour:02}:{when.minute:02}:00"


def _user() -> str:
    domain = os.environ.get("USERDOMAIN", "")
    return f"{domain}\\{getpass.getuser()}" if domain else getpass.getuser()
