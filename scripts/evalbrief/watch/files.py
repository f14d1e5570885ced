"""Find the files that the preview shows: those of the watched evaluations in build/, and nothing else."""

import hashlib
import re
from collections.abc import Collection
from pathlib import Path

from evalbrief.commands.evaluations import BUILD

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
}
# No part of a path is hidden, leads upwards, or means something else to another system.
PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
BRIEF = re.compile(r"brief\.[A-Za-z_-]+\.html")


def find_file(address: str, evaluations: Collection[str]) -> Path | None:
    """Return the file at an address such as demo/brief.fr.html; None when there is none to show."""
    parts = address.split("/")
    if len(parts) < 2 or parts[0] not in evaluations or not all(map(PART.fullmatch, parts)):
        return None
    path = BUILD.joinpath(*parts)
    if path.suffix not in TYPES or not path.is_file():
        return None
    return path if path.resolve().is_relative_to(BUILD.resolve()) else None


def is_brief(path: Path) -> bool:
    """Say whether a file is the web page of a brief, as it was delivered."""
    return path.parent.parent == BUILD and bool(BRIEF.fullmatch(path.name))


def version_of(content: bytes) -> str:
    """Name what a page shows."""
    return hashlib.sha256(content).hexdigest()[:16]
