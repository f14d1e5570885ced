"""A timer of systemd, for the user's own session: two units, brief-{digest}.service and brief-{digest}.timer."""

import getpass
import os
import re
from pathlib import Path

from evalbrief.schedule.filled import fill
from evalbrief.schedule.programs import ask, has, order, said
from evalbrief.schedule.task import Task
from evalbrief.schedule.when import When
from evalbrief.trouble import Trouble

DAYS = {"day": "*-*-*", "weekday": "Mon..Fri *-*-*"}
LINGER = Path("/var/lib/systemd/linger")


class Systemd:
    """The timers of the user's systemd."""

    name = "systemd"

    def missing(self) -> str:
        """Say why this scheduler cannot be used here; nothing when it can."""
        if not has("systemctl"):
            return "this machine has no systemd (the program systemctl is missing)"
        session = ask("systemctl", "--user", "show-environment")
        return f"your account has no systemd session here ({said(session)})" if session.returncode else ""

    def hint(self) -> str:
        """Say what is to be known about it."""
        if (LINGER / getpass.getuser()).exists():
            return ""
        return (
            "It runs while you are logged in; `loginctl enable-linger` lets it run always. What was missed runs later."
        )

    def written(self, task: Task) -> str:
        """Write the units as `systemctl cat` shows them."""
        return _as_shown(units(task))

    def installed(self, name: str) -> str:
        """Return the units that are installed; nothing when there are none."""
        paths = [path for path in _paths(name) if path.exists()]
        return _as_shown({path.name: path.read_text(encoding="utf-8") for path in paths})

    def install(self, task: Task) -> None:
        """Write the units and start the timer; when it does not start, leave what was there before."""
        place().mkdir(parents=True, exist_ok=True)
        before = {path: path.read_bytes() for path in _paths(task.name) if path.exists()}
        try:
            for name, text in units(task).items():
                (place() / name).write_text(text, encoding="utf-8", newline="\n")
            order("systemctl", "--user", "daemon-reload")
            order("systemctl", "--user", "enable", "--now", f"{task.name}.timer")
        except (OSError, Trouble):
            self._take_away(task.name)
            for path, content in before.items():
                path.write_bytes(content)
            if before:
                ask("systemctl", "--user", "daemon-reload")
            raise

    def remove(self, name: str) -> None:
        """Stop the timer and remove its units."""
        order("systemctl", "--user", "disable", "--now", f"{name}.timer")
        self._take_away(name)

    def _take_away(self, name: str) -> None:
        for path in _paths(name):
            path.unlink(missing_ok=True)
        ask("systemctl", "--user", "daemon-reload")


def place() -> Path:
    """Name the folder of the user's own units."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def units(task: Task) -> dict[str, str]:
    """Write the units, by name."""
    folder = _no_specifiers(str(task.folder))
    # systemd starts no program whose path has a quotation mark or backslash, but hands it on.
    through = ["/usr/bin/env"] if re.search(r"[\"'\\]", task.python) else []
    program, *arguments = [*through, task.python, *task.arguments]
    words = [_quoted(program), *(_quoted(word).replace("$", "$$") for word in arguments)]
    return {
        f"{task.name}.service": fill("refresh.service", folder=folder, command=" ".join(words)),
        f"{task.name}.timer": fill("refresh.timer", folder=folder, calendar=calendar(task.when)),
    }


def calendar(when: When) -> str:
    """Write the time as OnCalendar= takes it."""
    return "hourly" if when.every == "hour" else f"{DAYS[when.every]} {when.hour:02}:{when.minute:02}:00"


def _paths(name: str) -> list[Path]:
    return [place() / f"{name}.{kind}" for kind in ("service", "timer")]


def _as_shown(texts: dict[str, str]) -> str:
    return "\n".join(f"# {place() / name}\n{text}" for name, text in texts.items())


def _no_specifiers(text: str) -> str:
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    """Quote a word of a command line as systemd.service(5) says."""
    escaped = re.sub(r'["\\]', r"\\\g<0>", _no_specifiers(word))
    return f'"{escaped}"' if re.search(r"[^\w./%:=+-]", word) else escaped
