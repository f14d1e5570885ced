"""What was delivered: documents put in place together, and whether they are still as they were delivered.

The rules read this file: standard library only.
"""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from evalbrief.files import write_whole
from evalbrief.trouble import Trouble

FORMATS = ("pdf", "docx", "html")


class LockedError(Trouble):
    """A document that the system does not let us replace: on Windows, one that somebody has open."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.as_posix()} cannot be replaced: close it where it is open, and build again; "
            "the last good documents stay."
        )


def record_path(evaluation: str, language: str) -> str:
    """Name the record of a brief's delivery."""
    return f"build/{evaluation}/brief.{language}.sha256"


def targets(evaluation: str, language: str) -> list[str]:
    """Name what Snakemake is asked for of a brief: the record of its delivery, and its model.

    Where the step that checks data has failed there is no model, and Snakemake takes the last record as up to date.
    """
    return [record_path(evaluation, language), f"build/{evaluation}/model/{language}/facts.json"]


def rendered_path(document: str) -> str:
    """Name the file that a delivered document is a copy of."""
    path = Path(document)
    return (path.parent / "rendered" / path.name).as_posix()


def ledger_path(record: Path) -> Path:
    """Name the ledger of a brief: what we put in place last. No job's output, so no failing job takes it away."""
    return record.parent / "rendered" / f"{record.stem}.delivered"


def put_in_place(rendered: list[str], documents: list[str], ledger: Path) -> None:
    """Copy every document first, then replace them all; note each in the ledger.

    Raise LockedError, and leave all as they were, when one of them cannot be replaced.
    """
    pairs = [(Path(f"{target}.part"), Path(target)) for target in documents]
    for source, (unfinished, _) in zip(rendered, pairs, strict=True):
        shutil.copyfile(source, unfinished)
    noted, before = read_digests(ledger), read_digests(ledger)
    replaced: list[tuple[Path, bytes | None]] = []
    for unfinished, target in pairs:
        digest = file_digest(unfinished)
        try:
            old = target.read_bytes() if target.exists() else None
            unfinished.replace(target)
        except PermissionError:
            _put_back(replaced, ledger, before)
            for left, _ in pairs:
                left.unlink(missing_ok=True)
            raise LockedError(target) from None
        replaced.append((target, old))
        noted[target.name] = digest
        # Whole or not at all: a document that no ledger names looks as if somebody had changed it.
        write_whole(ledger, digest_lines(noted).encode())


def needs_care(record: Path) -> bool:
    """Say whether a delivered document is lost or was changed by somebody."""
    return _is_lost(record) or any(_find_edited(record))


def forget_lost(record: Path) -> None:
    """Remove a record that is damaged or names something that is not there: it is to be made and delivered again."""
    if _is_lost(record):
        record.unlink()


def keep_edited(record: Path) -> Iterator[tuple[Path, Path]]:
    """Give each delivered document that somebody has changed a name of its own: yield the old and the new path."""
    for path in _find_edited(record):
        kept = unused_name(path)
        try:
            path.rename(kept)
        except PermissionError:
            raise LockedError(path) from None
        yield path, kept


def file_digest(path: Path) -> str:
    """Digest the content of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digest_lines(digests: dict[str, str]) -> str:
    """Write digests by name as sha256sum does."""
    return "".join(f"{digest}  {name}\n" for name, digest in digests.items())


def _put_back(replaced: list[tuple[Path, bytes | None]], ledger: Path, noted: dict[str, str]) -> None:
    """Put documents back as they were before they were replaced, and their ledger; None for one that was not there."""
    for target, old in replaced:
        if old is None:
            target.unlink()
        else:
            write_whole(target, old)
    if replaced:
        write_whole(ledger, digest_lines(noted).encode())


def _is_lost(record: Path) -> bool:
    noted = read_digests(record)
    return record.exists() and not (noted and all((record.parent / name).exists() for name in noted))


def _find_edited(record: Path) -> Iterator[Path]:
    noted = read_digests(ledger_path(record))
    for path in (record.with_suffix(f".{suffix}") for suffix in FORMATS):
        if not path.exists():
            continue
        rendered = Path(rendered_path(path.as_posix()))
        # Stopped between putting a document in place and noting it, we find it as it was rendered.
        ours = {noted.get(path.name), file_digest(rendered) if rendered.exists() else None}
        if file_digest(path) not in ours:
            yield path


def read_digests(record: Path) -> dict[str, str]:
    """Return the digests by name; none when there is no record, or one cut short by who else works in this folder."""
    try:
        lines = [line.split("  ", 1) for line in record.read_text(encoding="utf-8").splitlines()]
        return {name: digest for digest, name in lines}
    except (FileNotFoundError, ValueError):
        return {}


def unused_name(path: Path) -> Path:
    """Give the name under which a file is kept that somebody has changed."""
    number = 1
    while (kept := path.with_name(f"{path.stem}.edited-{number}{path.suffix}")).exists():
        number += 1
    return kept
