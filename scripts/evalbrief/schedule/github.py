"""A workflow for GitHub Actions that refreshes on a schedule: to be printed, and kept in the repository by hand."""

import shlex

from evalbrief.schedule.cron import fields
from evalbrief.schedule.filled import fill
from evalbrief.schedule.task import Task

NAME = "github"


def workflow(task: Task) -> str:
    """Write the workflow; its times are in UTC."""
    return fill("refresh.yml", fields=fields(task.when), arguments=shlex.join(task.arguments), when=task.when.words)
