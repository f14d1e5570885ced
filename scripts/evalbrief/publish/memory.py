"""What the last rerun left to know for the next one: what it held back and told, and what waits to be told.

Also what takes long to find out, with a digest of what it was found out from. Standard library only: this is read when
nothing is new.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from evalbrief.files import write_whole

PATH = Path(".snakemake/brief/refresh.json")


@dataclass
class Memory:
    """What was last told; moments in UTC, such as 2026-11-29T21:00:00Z."""

    # By the name of the evaluation: why it is held back, and what is wrong with its sources.
    held: dict[str, list[str]] = field(default_factory=dict)
    kept: dict[str, list[str]] = field(default_factory=dict)
    failure: str = ""
    # When the status was last written.
    seen: str = ""
    # The settings that a look for something new needs, with a digest of their file; facts by the evaluation's name.
    settings: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, list] = field(default_factory=dict)
    # Messages that wait, by the name of whom they are for, each with the outcome of its run; when the last were sent.
    waiting: dict[str, list[list[str]]] = field(default_factory=dict)
    told: str = ""


def recall() -> Memory:
    """Read what is known; nothing when there is none, or it was cut short when the computer failed."""
    try:
        return Memory(**json.loads(PATH.read_text(encoding="utf-8")))
    except (OSError, TypeError, ValueError):
        return Memory()


def keep_in_mind(memory: Memory) -> None:
    """Write it down for the next run."""
    PATH.parent.mkdir(parents=True, exist_ok=True)
    write_whole(PATH, (json.dumps(asdict(memory), ensure_ascii=False, indent=1) + "\n").encode(), durable=True)
