"""Lay documents into a set, and know later whether they are as they were laid."""

import contextlib
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evalbrief.delivery import file_digest

# Of a document: its size in bytes, the SHA-256 of its content, and when that was last changed, in nanoseconds, in
# build/ and in the set.
Noted = dict[str, Any]


def lay(documents: Sequence[Path], folder: Path) -> dict[str, Noted]:
    """Copy documents into a folder; note each, by name, as it is in build/ and here."""
    folder.mkdir(parents=True)
    noted: dict[str, Noted] = {}
    for source in documents:
        # Before it is copied: what is changed while we read is found changed by the next look.
        made = source.stat()
        target = folder / source.name
        shutil.copyfile(source, target)
        keep(target)
        laid = target.stat().st_mtime_ns
        digest = file_digest(target)
        noted[source.name] = {"size": made.st_size, "sha256": digest, "made_ns": made.st_mtime_ns, "laid_ns": laid}
    return noted


def take_over(names: Sequence[str], source: Path, target: Path) -> None:
    """Have files of a set in the next one as well, without copying where the disk can do that."""
    target.mkdir(parents=True, exist_ok=True)
    for name in names:
        try:
            os.link(source / name, target / name)
        except OSError:
            shutil.copy2(source / name, target / name)
            (target / name).chmod(0o644)
            keep(target / name)


def are_made(documents: Sequence[Path], noted: Mapping[str, Noted]) -> bool:
    """Say whether documents in build/ are those that were noted, and no others."""
    names = {path.name for path in documents}
    return set(noted) == names and all(_is_so(path, noted[path.name], "made_ns") for path in documents)


def are_intact(folder: Path, noted: Mapping[str, Noted]) -> bool:
    """Say whether all documents are in the folder of a set as they were laid there."""
    return all(_is_so(folder / name, known, "laid_ns") for name, known in noted.items())


def keep(path: Path) -> None:
    """Have a file on the disk before what relies on it, and let nobody write to it: sets share files."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())
    path.chmod(0o444)


def keep_folder(path: Path) -> None:
    """Have the names in a folder on the disk; Windows does so by itself."""
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove(path: Path) -> None:
    """Remove a file, a link or a folder, if it is there."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path, onerror=_make_writable)


def _make_writable(again: Any, path: str, _: object) -> None:
    """Windows removes no file that is read-only."""
    os.chmod(path, 0o700)
    again(path)


def _is_so(path: Path, noted: Noted, time: str) -> bool:
    """Compare by size and time first, which takes no reading."""
    try:
        status = path.stat()
        if (status.st_size, status.st_mtime_ns) == (noted["size"], noted[time]):
            return True
        return status.st_size == noted["size"] and file_digest(path) == noted["sha256"]
    except FileNotFoundError:
        return False
