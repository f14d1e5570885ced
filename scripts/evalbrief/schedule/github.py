"""A workflow for GitHub Actions that refreshes on a schedule: to be printed, and kept in the repository by hand."""

import re
import shlex
from collections.abc import Iterable
from pathlib import Path

from evalbrief.data.addresses import read_sources
from evalbrief.data.source import read_yaml
from evalbrief.folder import DATA, FACTS, SCHEMAS, evaluations
from evalbrief.schedule.cron import fields
from evalbrief.schedule.filled import fill
from evalbrief.schedule.task import Task
from evalbrief.settings import FILE

NAME = "github"
# What GitHub and the shell take as a name.
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def workflow(task: Task) -> str:
    """Write the workflow; its times are in UTC."""
    return fill(
        "refresh.yml",
        fields=fields(task.when),
        arguments=shlex.join(task.arguments),
        when=task.when.words,
        secrets=secrets(task.only or evaluations()),
    )


def secrets(names: Iterable[str]) -> list[str]:
    """Name the secrets that the settings and the sources of these evaluations ask for."""
    asked = {*_told(), *(secret for name in names for secret in _of_sources(name))}
    return sorted(secret for secret in asked if VARIABLE.fullmatch(secret))


def _told() -> list[str]:
    told = _content(Path(FILE)).get("tell")
    return [str(name) for name in told] if isinstance(told, list) else []


def _of_sources(evaluation: str) -> list[str]:
    path = DATA / evaluation / FACTS
    sources, _ = read_sources(_content(path), path.as_posix(), sorted(path.stem for path in SCHEMAS.glob("*.yaml")))
    return [source.secret for source in sources.values()]


def _content(path: Path) -> dict:
    """Read what is right in a file: what is wrong is told by every build."""
    try:
        return read_yaml(path, path.as_posix())[0]
    except OSError:
        return {}
