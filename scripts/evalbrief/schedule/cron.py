"""Lines in the user's crontab, between two marked ones for each project folder; all other lines stay as they are."""

import os
import re
import shlex

import psutil

from evalbrief.schedule.filled import fill
from evalbrief.schedule.programs import ask, has, order, said
from evalbrief.schedule.task import Task
from evalbrief.schedule.when import When
from evalbrief.trouble import Trouble

DAYS = {"day": "*", "weekday": "1-5"}
DAEMONS = {"cron", "crond"}


class Cron:
    """The user's crontab."""

    name = "cron"

    def missing(self) -> str:
        """Say why this scheduler cannot be used here; nothing when it can."""
        return "" if has("crontab") else "this machine has no cron (the program crontab is missing)"

    def hint(self) -> str:
        """Say what is to be known about it."""
        running = any(process.info["name"] in DAEMONS for process in psutil.process_iter(["name"]))
        hint = "" if running else "But no cron is running on this computer: have it started. "
        return f"{hint}What was missed while the computer was off runs when it is started."

    def written(self, task: Task) -> str:
        """Write the lines."""
        return fill(
            "refresh.crontab",
            name=task.name,
            folder=str(task.folder),
            fields=fields(task.when),
            command=_command(task),
        )

    def installed(self, name: str) -> str:
        """Return the lines that are installed; nothing when there are none."""
        found = _find(_read(), name)
        return os.fsdecode(found[0]) if found else ""

    def install(self, task: Task) -> None:
        """Put the lines at the end of the crontab, or where they were."""
        crontab, lines = _read(), os.fsencode(self.written(task))
        found = _find(crontab, task.name)
        if found:
            crontab = crontab[: found.start()] + lines + crontab[found.end() :]
        else:
            crontab += (b"\n" if crontab and not crontab.endswith(b"\n") else b"") + lines
        order("crontab", "-", given=crontab)

    def remove(self, name: str) -> None:
        """Take the lines away; a crontab that had no others goes too."""
        crontab = _read()
        if found := _find(crontab, name):
            crontab = crontab[: found.start()] + crontab[found.end() :]
            order("crontab", *(["-"] if crontab else ["-r"]), given=crontab)


def fields(when: When) -> str:
    """Write the time as the first five fields of a line."""
    return "0 * * * *" if when.every == "hour" else f"{when.minute} {when.hour} * * {DAYS[when.every]}"


def _command(task: Task) -> str:
    """Write the command for the shell: what it prints is kept in a file, and mailed by cron where it can."""
    refresh = shlex.join([task.python, *task.arguments])
    logs = "build/logs"
    command = f"cd {shlex.quote(str(task.folder))} && mkdir -p {logs} && {refresh} 2>&1 | tee -a {logs}/refresh.log"
    return command.replace("%", r"\%")  # cron would end the command there


def _read() -> bytes:
    done = ask("crontab", "-l")
    if done.returncode and b"no crontab for" not in done.stderr:
        raise Trouble(f"Your crontab cannot be read: {said(done)}.")
    return b"" if done.returncode else done.stdout


def _find(crontab: bytes, name: str) -> re.Match[bytes] | None:
    """Find the lines of a folder; raise Trouble when somebody took one of the marked lines away."""
    begin, end = (rf"^# {name} {mark}\b[^\n]*(?:\n|\Z)".encode() for mark in ("begins", "ends"))
    found = re.search(begin + rb"(?:(?!# brief-)[^\n]*\n)*?" + end, crontab, re.MULTILINE)
    if not found and re.search(begin + b"|" + end, crontab, re.MULTILINE):
        raise Trouble(
            f"One of the two lines that mark {name} is missing in your crontab: "
            "take all its lines away with `crontab -e`."
        )
    return found
