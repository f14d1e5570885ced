"""The diary of the reruns: one JSON object a line, for each run in which something happened; old ones are let go."""

import json
from collections.abc import Mapping
from logging import INFO, Formatter, LogRecord
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

PATH = Path("build/logs/refresh.jsonl")
LARGEST, KEPT = 1_000_000, 5  # bytes of a file, and files


def write_entry(entry: Mapping[str, Any], path: Path = PATH) -> None:
    """Add an entry; a file that has grown large gets another name, and the oldest goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
    handler.setFormatter(Formatter("%(message)s"))
    try:
        handler.emit(LogRecord("refresh", INFO, "", 0, json.dumps(dict(entry), ensure_ascii=False), None, None))
    finally:
        handler.close()
