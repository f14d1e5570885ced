"""Read and write the files that the steps hand on to each other, in the one form of this project."""

import csv
import json
import os
from pathlib import Path
from typing import Any


def read_rows(path: str | Path) -> list[dict[str, str]]:
    """Read a table of the model as rows of text by column name; an empty text is a gap."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_json(path: str | Path) -> Any:
    """Read what write_json wrote."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


def read_by_name(paths: list[str]) -> dict[str, Any]:
    """Read JSON files named {name}.{language}.json, by name."""
    return {Path(path).name.split(".")[0]: read_json(path) for path in paths}


def write_whole(path: str | Path, content: bytes, unfinished: str = "part", *, durable: bool = False) -> None:
    """Put a whole file in place at once, or nothing; a `durable` one is whole also after a power failure.

    Until then it has the ending `unfinished`: one of its own where several processes may write the same file.
    """
    part = Path(f"{path}.{unfinished}")
    try:
        with part.open("wb") as file:
            file.write(content)
            if durable:  # it takes time, and what is made anew by the next build can do without
                file.flush()
                os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_json(path: str | Path, content: object) -> None:
    """Write JSON that people can read, in the order given, ending with a line feed."""
    Path(path).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
