"""What is so with the published sets: one file beside them, replaced whole, so that a change happens or does not."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from evalbrief.files import write_whole
from evalbrief.trouble import Trouble

# The form of the file; another number as soon as a program that knows only this one would misread it.
SCHEMA = 1


@dataclass(frozen=True)
class Ledger:
    """The number of the set that was written last, which is never given again; of the one that people are to read; of
    the last one that they were told of; 0 for none. And the evaluations that somebody has withdrawn."""

    newest: int = 0
    reading: int = 0
    announced: int = 0
    withdrawn: list[str] = field(default_factory=list)


def read_ledger(path: Path) -> Ledger:
    """Read it; where nothing was published it is not there. Raise Trouble when it cannot be understood."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record.pop("schema") > SCHEMA:
            raise Trouble(f"{path.as_posix()} was written by a newer version of this program: use that one.")
        return Ledger(**record)
    except FileNotFoundError:
        return Ledger()
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Trouble(f"{path.as_posix()} is damaged: put it back from a copy you have.") from None


def write_ledger(path: Path, ledger: Ledger) -> None:
    """Write it, and have it on the disk before anything that relies on it."""
    text = json.dumps({"schema": SCHEMA, **asdict(ledger)}, ensure_ascii=False, indent=1) + "\n"
    write_whole(path, text.encode(), durable=True)
