"""What was delivered: the record beside the documents, and whether they are still as they were delivered.

The rules read this file: standard library only.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

FORMATS = ("pdf", "docx", "html")


def record_path(evaluation: str, language: str) -> str:
    """Name the record of a brief's delivery."""
    return f"build/{evaluation}/brief.{language}.sha256"


def rendered_path(document: str) -> str:
    """Name the file that a delivered document is a copy of."""
    path = Path(document)
    return (path.parent / "rendered" / path.name).as_posix()


def forget_lost(record: Path) -> None:
    """Remove a record when something it names is not there: it is to be made and delivered again."""
    if record.exists() and not all(path.exists() for path, _ in _delivered(record)):
        record.unlink()


def keep_edited(record: Path) -> Iterator[tuple[Path, Path]]:
    """Give each delivered document that somebody has changed since a name of its own: yield the old and the new path.

    A document without a record was never finished by us, and is left alone.
    """
    if not record.exists():
        return
    for path, digest in _delivered(record):
        if path.parent == record.parent and path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            kept = _unused(path)
            path.rename(kept)
            yield path, kept


def _delivered(record: Path) -> list[tuple[Path, str]]:
    lines = [line.split("  ", 1) for line in record.read_text(encoding="utf-8").splitlines()]
    return [(record.parent / name, digest) for digest, name in lines]


def _unused(path: Path) -> Path:
    number = 1
    while (kept := path.with_name(f"{path.stem}.edited-{number}{path.suffix}")).exists():
        number += 1
    return kept
