"""Keep drafts as they are issued, and find them again.

A draft is one file, data/{evaluation}/drafts/{number}.zip, put in place whole and never changed again. First in it is
draft.json: what the draft is, and a digest of each of its files. The same files, note and moment make the same bytes.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from evalbrief.folder import DATA, DRAFTS
from evalbrief.moment import written
from evalbrief.review.versions import Version
from evalbrief.trouble import Trouble

RECORD = "draft.json"
# The form of a draft; another number as soon as a program that knows only this one would misread it.
SCHEMA = 1
NUMBERED = re.compile(r"([1-9][0-9]*)\.zip")
# These are compressed as they are.
STORED = (".docx", ".pdf", ".png")
# What a zip says of each file besides its content: the earliest date it can say, and the rights, as Unix has them.
DATE, UNIX, RIGHTS = (1980, 1, 1, 0, 0, 0), 3, 0o100644 << 16


class Draft(Version):
    """A draft as it was issued; raises Trouble when it is damaged or cannot be understood.

    `path` is where it is kept, if not among the drafts of its evaluation.
    """

    def __init__(self, evaluation: str, number: int, path: Path | None = None) -> None:
        self.evaluation, self.number, self.label = evaluation, number, f"draft {number}"
        self.path = path or draft_path(evaluation, number)
        content = self._unpack(RECORD)
        try:
            record = json.loads(content)
            if record["schema"] > SCHEMA:
                raise Trouble(f"{self.path.as_posix()} was issued by a newer version of this program: use that one.")
            issued_as = (record["evaluation"], record["number"])
            self.note: str = record["note"]
            self.date: str = record["issued"]
            self.languages: list[str] = record["languages"]
            self.findings: dict[str, list[str]] = record["findings"]
            self.program: str = record["program"]
            # The SHA-256 of each file by its name.
            self.digests: dict[str, str] = record["files"]
        except (KeyError, TypeError, ValueError):
            raise self._damaged() from None
        if any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in self.digests):
            raise self._damaged()
        if issued_as != (evaluation, number):
            true_path = draft_path(*issued_as).as_posix()
            raise Trouble(f"{self.path.as_posix()} was issued as {true_path}: delete it here, or put it back there.")

    def names(self) -> list[str]:
        return list(self.digests)

    def read(self, name: str) -> bytes:
        if name not in self.digests:
            raise self.lacks(name)
        content = self._unpack(name)
        if digest(content) != self.digests[name]:
            raise self._damaged()
        return content

    def _unpack(self, name: str) -> bytes:
        try:
            return self._archive.read(name)
        except OSError:  # the disk, not the bytes
            raise
        except Exception:  # zipfile raises errors of many kinds when bytes are not as they were
            raise self._damaged() from None

    @cached_property
    def _archive(self) -> ZipFile:
        """The file with its list of contents: read once, and not kept open, or Windows would let nobody move it."""
        return ZipFile(BytesIO(self.path.read_bytes()))

    def _damaged(self) -> Trouble:
        return Trouble(f"{self.path.as_posix()} is damaged: put it back from a copy you have, or delete it.")


def draft_path(evaluation: str, number: int) -> Path:
    """Name the file of a draft."""
    return _folder(evaluation) / f"{number}.zip"


def draft_numbers(evaluation: str) -> list[int]:
    """List the numbers of the drafts of an evaluation in order."""
    names = [NUMBERED.fullmatch(path.name) for path in _folder(evaluation).glob("*.zip")]
    return sorted(int(name[1]) for name in names if name)


def find_drafts(evaluation: str) -> list[Draft]:
    """Return the drafts of an evaluation in order."""
    return [Draft(evaluation, number) for number in draft_numbers(evaluation)]


def find_draft(evaluation: str, number: int) -> Draft:
    """Return a draft of an evaluation; when there is none of this number, raise Trouble that names those there are."""
    numbers = draft_numbers(evaluation)
    if not numbers:
        raise Trouble(f"{evaluation} has no draft yet: python3 brief.py issue {evaluation} keeps one.")
    if number not in numbers:
        raise Trouble(f"{evaluation} has no draft {number}; it has: {', '.join(map(str, numbers))}.")
    return Draft(evaluation, number)


def keep_draft(version: Version, contents: Mapping[str, bytes], note: str, moment: datetime) -> Draft:
    """Keep a version with these of its files, by name, as the next draft; `moment` is kept in UTC, to the second."""
    evaluation = version.evaluation
    _folder(evaluation).mkdir(exist_ok=True)
    while True:
        number = max(draft_numbers(evaluation), default=0) + 1
        try:
            _put_in_place(pack_draft(version, number, contents, note, moment), draft_path(evaluation, number))
            return Draft(evaluation, number)
        except FileExistsError:  # another draft was issued at the same time, and has got this number
            continue


def pack_draft(version: Version, number: int, contents: Mapping[str, bytes], note: str, moment: datetime) -> bytes:
    """Return the file of a draft of this number."""
    record: dict[str, Any] = {
        "schema": SCHEMA,
        "evaluation": version.evaluation,
        "number": number,
        "note": note,
        "issued": written(moment),
        "languages": version.languages,
        "findings": version.findings,
        "program": version.program,
        "files": {name: digest(contents[name]) for name in sorted(contents)},
    }
    return _packed(record, contents)


def digest(content: bytes) -> str:
    """Return the SHA-256 of the content of a file."""
    return hashlib.sha256(content).hexdigest()


def _folder(evaluation: str) -> Path:
    return DATA / evaluation / DRAFTS


def _packed(record: Mapping[str, Any], contents: Mapping[str, bytes]) -> bytes:
    # Letters that a broken encoding of the note has left are written as JSON escapes them.
    text = (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode(errors="backslashreplace")
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in ((RECORD, text), *sorted(contents.items())):
            entry = ZipInfo(name, DATE)
            entry.create_system, entry.external_attr = UNIX, RIGHTS
            archive.writestr(entry, content, ZIP_STORED if name.endswith(STORED) else ZIP_DEFLATED)
    return packed.getvalue()


def _put_in_place(content: bytes, path: Path) -> None:
    """Put a whole file in place at once, read-only; raise FileExistsError when there is one of this name."""
    part = Path(f"{path}.{os.getpid()}")
    try:
        part.write_bytes(content)
        _rename(part, path)
    finally:
        part.unlink(missing_ok=True)
    path.chmod(path.stat().st_mode & ~0o222)


def _rename(part: Path, path: Path) -> None:
    """Give a file its name; raise FileExistsError when there is one of this name, where `rename` would replace it."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without links, such as a USB stick
        if path.exists():
            raise FileExistsError(path) from None
        part.rename(path)
