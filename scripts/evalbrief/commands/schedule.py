"""Have refresh run by itself: put it into the scheduler that the machine has, show it, take it away again."""

import sys
from collections.abc import Collection
from pathlib import Path

from evalbrief.commands.evaluations import find_evaluations
from evalbrief.schedule import github
from evalbrief.schedule.cron import Cron
from evalbrief.schedule.systemd import Systemd
from evalbrief.schedule.task import Task, name_for
from evalbrief.schedule.when import read_when
from evalbrief.schedule.windows import TaskScheduler
from evalbrief.trouble import Trouble

ACTIONS = ("install", "show", "remove")
# In the order in which they are preferred.
SCHEDULERS = {scheduler.name: scheduler for scheduler in (TaskScheduler(), Systemd(), Cron())}
WITH = (*SCHEDULERS, github.NAME)
Scheduler = TaskScheduler | Systemd | Cron


def schedule(action: str, using: str = "", only: Collection[str] = (), *, every: str = "weekday", at: str = "") -> int:
    """Install, show or remove the schedule of this folder; return 0.

    `using` names a scheduler, else it is the one that this machine has; `only` the evaluations to refresh, else all.
    """
    folder = Path.cwd()
    if action == "remove":
        _remove(name_for(folder), using)
        return 0
    if only:
        find_evaluations(only)
    task = Task(folder, read_when(every, at), tuple(only))
    _install(task, using) if action == "install" else _show(task, using)
    return 0


def _install(task: Task, using: str) -> None:
    """Install with one scheduler; what is installed of this folder, with whichever, is replaced.

    The others are removed only then: when it cannot be installed, what there was stays.
    """
    if using == github.NAME:
        raise Trouble(
            "A workflow of GitHub is not installed but kept in the repository: "
            "python3 brief.py schedule show --with github > .github/workflows/refresh.yml"
        )
    scheduler = _find(using)
    before = _installed(task.name)
    scheduler.install(task)
    for name in before:
        if name != scheduler.name:
            SCHEDULERS[name].remove(task.name)
    print(f"{task.when.words.capitalize()}, this folder is refreshed by {scheduler.name}. {scheduler.hint()}".strip())
    if before:
        print(f"This takes the place of what was installed with {' and '.join(before)}.")


def _show(task: Task, using: str) -> None:
    """Print what is installed, or would be; on its own, so that it can be kept in a file."""
    if using == github.NAME:
        print(github.workflow(task), end="")
        return
    installed = {name: text for name, text in _installed(task.name).items() if using in ("", name)}
    for name, text in installed.items():
        print(f"Installed with {name}:", file=sys.stderr)
        print(text, end="")
    if not installed:
        scheduler = SCHEDULERS[using] if using else _find("")
        print(f"Not installed. With {scheduler.name} this would be:", file=sys.stderr)
        print(scheduler.written(task), end="")


def _remove(name: str, using: str) -> None:
    if using == github.NAME:
        raise Trouble("A workflow of GitHub is not removed here: delete .github/workflows/refresh.yml.")
    installed = [found for found in _installed(name) if using in ("", found)]
    for found in installed:
        SCHEDULERS[found].remove(name)
        print(f"This folder is not refreshed by {found} any more.")
    if not installed:
        print("There is nothing to remove: no schedule of this folder is installed.")


def _installed(name: str) -> dict[str, str]:
    """Return what is installed of a folder, by scheduler."""
    usable = [scheduler for scheduler in SCHEDULERS.values() if not scheduler.missing()]
    return {scheduler.name: text for scheduler in usable if (text := scheduler.installed(name))}


def _find(using: str) -> Scheduler:
    """Return the scheduler that is asked for, or the first that can be used; raise Trouble when none can."""
    asked = [SCHEDULERS[using]] if using else list(SCHEDULERS.values())
    missing = {scheduler.name: scheduler.missing() for scheduler in asked}
    for scheduler in asked:
        if not missing[scheduler.name]:
            return scheduler
    raise Trouble(f"It cannot be scheduled with {' or '.join(missing)}: {', '.join(missing.values())}.")
