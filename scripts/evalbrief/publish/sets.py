"""The published sets: each holds the documents of all published evaluations and is never changed again.

What people read, such as published/, is a link to the documents of one set in published.sets/. A set is written beside
the others until it is whole; then the link is set anew in one step, so that a reader sees the old set or the new one,
also when the machine stops in between. Where links cannot be made (Windows, without the right to), published/ is a copy
that is put in the place of the old one: for the moment between two renames it is not there.
"""

import contextlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evalbrief.delivery import file_digest
from evalbrief.files import write_whole
from evalbrief.trouble import Trouble

DOCUMENTS, STATES, RECORD = "documents", "states", "set.json"
# In the documents of each set: its number.
NUMBER = ".set"
# Beside the sets: the newest one at the time when somebody put an earlier one back. In the record of a set written
# since: the documents of an evaluation that are newer than those that were put back.
PASSED_OVER = "passed-over"
# Beside the sets: the newest one that is in a message.
ANNOUNCED = "announced"
# The form of set.json; another number as soon as a program that knows only this one would misread it.
SCHEMA = 1
UNFINISHED = ".part"
# A file's size in bytes, the time its content was last changed, in nanoseconds, and the SHA-256 of the content.
Noted = dict[str, Any]


@dataclass(frozen=True)
class Edition:
    """What of an evaluation goes into a set: its documents, the state they were made from, to compare with, and what is
    to be told of it."""

    documents: list[Path]
    state: bytes
    # In UTC, such as 2026-11-29T21:00:00Z.
    moment: str
    languages: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class News:
    """What came with a set: what is to be told of each evaluation that was published with it."""

    number: int
    changes: dict[str, list[str]]


class PublishedSets:
    """All sets of an office; `folder` is what people read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.place = folder.with_name(f"{folder.name}.sets")
        # What was read already: a set is never changed again.
        self._records: dict[int, dict[str, Any]] = {}

    def numbers(self) -> list[int]:
        """List the sets there are, oldest first."""
        if not self.place.is_dir():
            return []
        return sorted(int(path.name) for path in self.place.iterdir() if path.name.isdigit())

    def current(self) -> int:
        """Return the number of the set that people read; 0 for none."""
        try:
            return int((self.folder / NUMBER).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return 0

    def newest(self) -> int:
        """Return the number of the set that was written last; 0 for none."""
        return max(self.numbers(), default=0)

    def record(self, number: int) -> dict[str, Any]:
        """Read what a set holds; nothing for none."""
        if not number:
            return {"schema": SCHEMA, "moment": "", "evaluations": {}, "withdrawn": []}
        if number not in self._records:
            self._records[number] = self._read_record(number)
        return self._records[number]

    def _read_record(self, number: int) -> dict[str, Any]:
        path = self.place / str(number) / RECORD
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            if record["schema"] > SCHEMA:
                raise Trouble(f"{path.as_posix()} was written by a newer version of this program: use that one.")
        except (OSError, KeyError, ValueError):
            raise Trouble(
                f"{path.as_posix()} is damaged: put back another set with python3 brief.py published back, delete the "
                f"folder {path.parent.as_posix()}, and refresh publishes anew."
            ) from None
        return record

    def state(self, number: int, evaluation: str) -> Path:
        """Name the file that holds what the documents of an evaluation in a set were made from."""
        return self.place / str(number) / STATES / f"{evaluation}.zip"

    def holds(self, number: int, evaluation: str, documents: list[Path]) -> bool:
        """Say whether a set has these documents of an evaluation, and no others."""
        return _are_as_noted(documents, self._noted(number, evaluation).get("documents", {}))

    def are_new(self, evaluation: str, documents: list[Path]) -> bool:
        """Say whether documents are neither those of the newest set nor those that were passed over in it."""
        passed_over = self._noted(self.newest(), evaluation).get(PASSED_OVER, {})
        return not (self.holds(self.newest(), evaluation, documents) or _are_as_noted(documents, passed_over))

    def _noted(self, number: int, evaluation: str) -> dict[str, Any]:
        return self.record(number)["evaluations"].get(evaluation, {})

    def announced(self) -> int:
        """Return the number of the newest set of which people have been told; 0 for none."""
        return self._mark(ANNOUNCED)

    def note_announced(self) -> None:
        """Note that people have been told of all sets there are."""
        if self.announced() != self.newest():
            self._set_mark(ANNOUNCED, self.newest())

    def news(self) -> list[News]:
        """List what came with the sets that nobody was told of, oldest first; one that only leaves out has none."""
        found = []
        for number in self.numbers():
            if number > self.announced():
                evaluations = self.record(number)["evaluations"].items()
                changes = {name: noted["changes"] for name, noted in evaluations if noted["set"] == number}
                found += [News(number, changes)] if changes else []
        return found

    def finish(self) -> None:
        """Have people read the newest set when the machine stopped between writing it and that."""
        newest = self.newest()
        if self.current() != newest and self._mark(PASSED_OVER) != newest:
            self.switch(newest)

    def put_back(self, number: int) -> None:
        """Have people read a set until the next one comes; raise Trouble when there is none of this number."""
        self._refuse_unknown(number)
        self._set_mark(PASSED_OVER, self.newest())
        self.switch(number)

    def _mark(self, name: str) -> int:
        """Read the number of a set that stands beside the sets; 0 for none."""
        try:
            return int((self.place / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return 0

    def _set_mark(self, name: str, number: int) -> None:
        write_whole(self.place / name, f"{number}\n".encode())

    def publish(self, editions: Mapping[str, Edition], moment: str, keep: int) -> int:
        """Write a set with these editions and all others of the present set, have people read it; return its number.

        Of the older sets, the last `keep` stay.
        """
        return self._replace(editions, self.withdrawn(), moment, keep)

    def withdrawn(self) -> list[str]:
        """List the evaluations that somebody has withdrawn: they are not published, whatever comes of them."""
        return self.record(self.newest())["withdrawn"]

    def withdraw(self, evaluation: str, moment: str, keep: int) -> int:
        """Write a set without an evaluation, have people read it; return its number."""
        if evaluation not in self.record(self.current())["evaluations"]:
            raise Trouble(f"{evaluation} is not published.")
        return self._replace({}, sorted({*self.withdrawn(), evaluation}), moment, keep)

    def restore(self, evaluation: str, moment: str, keep: int) -> int:
        """Let an evaluation that was withdrawn be published again; return the number of the set that says so."""
        if evaluation not in self.withdrawn():
            raise Trouble(f"{evaluation} is not withdrawn.")
        return self._replace({}, [name for name in self.withdrawn() if name != evaluation], moment, keep)

    def switch(self, number: int) -> None:
        """Have people read a set; raise Trouble when there is none of this number."""
        self._refuse_foreign_folder()
        self._refuse_unknown(number)
        target = self.place / str(number) / DOCUMENTS
        fresh = self.folder.with_name(f"{self.folder.name}.new")
        _remove(fresh)
        try:
            fresh.symlink_to(os.path.relpath(target, self.folder.parent), target_is_directory=True)
        except (OSError, NotImplementedError):
            shutil.copytree(target, fresh)
        if fresh.is_symlink() and (self.folder.is_symlink() or not self.folder.exists()):
            fresh.replace(self.folder)
        else:
            self._exchange(fresh)
        _sync(self.folder.parent)

    def _replace(self, editions: Mapping[str, Edition], withdrawn: list[str], moment: str, keep: int) -> int:
        """Write the next set: the present one with these editions and without what is withdrawn."""
        self._refuse_foreign_folder()
        self._remove_unfinished()
        before, number = self.current(), self.newest() + 1
        part = self.place / f"{number}{UNFINISHED}"
        names = [name for name in self.record(before)["evaluations"] if name not in (*editions, *withdrawn)]
        stays = {name: _passing_over(self._noted(self.newest(), name), self._noted(before, name)) for name in names}
        for name in stays:
            self._take_over(before, name, part)
        laid = {name: {"set": number, **_lay(edition, name, part)} for name, edition in editions.items()}
        record = {"schema": SCHEMA, "moment": moment, "evaluations": stays | laid, "withdrawn": withdrawn}
        self._finish(part, number, record)
        self.switch(number)
        self._forget(keep)
        return number

    def _exchange(self, fresh: Path) -> None:
        """Put a folder in the place of another one, which no system does in one step."""
        old = self.folder.with_name(f"{self.folder.name}.old")
        _remove(old)
        if self.folder.exists():
            self.folder.rename(old)
        fresh.rename(self.folder)
        _remove(old)

    def _refuse_unknown(self, number: int) -> None:
        if number not in self.numbers():
            there = ", ".join(map(str, self.numbers())) or "none"
            raise Trouble(f"There is no published set {number}; there is: {there}.")

    def _refuse_foreign_folder(self) -> None:
        """Touch no folder that we have not made."""
        if self.folder.exists() and not (self.folder / NUMBER).exists():
            raise Trouble(
                f"{self.folder.as_posix()} is a folder of yours: rename it, or name another one for `published` in "
                "config.yaml."
            )

    def _take_over(self, number: int, evaluation: str, part: Path) -> None:
        """Have an evaluation of a set in the next one as well, without copying where the disk can do that."""
        source = self.place / str(number)
        for path in [*(source / DOCUMENTS / evaluation).iterdir(), self.state(number, evaluation)]:
            target = part / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(path, target)
            except OSError:
                shutil.copy2(path, target)

    def _finish(self, part: Path, number: int, record: dict[str, Any]) -> None:
        """Write down what a set holds, have all of it on the disk, and give it its name."""
        (part / DOCUMENTS).mkdir(parents=True, exist_ok=True)
        (part / DOCUMENTS / NUMBER).write_text(f"{number}\n", encoding="utf-8")
        text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
        (part / RECORD).write_text(text, encoding="utf-8", newline="\n")
        for path in sorted(part.rglob("*"), reverse=True):
            _sync(path)
        part.rename(self.place / str(number))
        _sync(self.place)

    def _remove_unfinished(self) -> None:
        self.place.mkdir(parents=True, exist_ok=True)
        for path in self.place.glob(f"*{UNFINISHED}"):
            _remove(path)

    def _forget(self, keep: int) -> None:
        older = [number for number in self.numbers() if number != self.current()]
        for number in older[: max(len(older) - keep, 0)]:
            _remove(self.place / str(number))


def _lay(edition: Edition, evaluation: str, part: Path) -> dict[str, Any]:
    """Copy an edition into a set that is being written; note each document as it is in build/ now."""
    folder = part / DOCUMENTS / evaluation
    folder.mkdir(parents=True)
    noted: dict[str, Noted] = {}
    for source in edition.documents:
        # Before it is copied: what is changed while we read is found changed by the next look.
        status = source.stat()
        target = folder / source.name
        shutil.copyfile(source, target)
        noted[source.name] = {"size": status.st_size, "mtime_ns": status.st_mtime_ns, "sha256": file_digest(target)}
    state = part / STATES / f"{evaluation}.zip"
    state.parent.mkdir(exist_ok=True)
    state.write_bytes(edition.state)
    for path in [*folder.iterdir(), state]:
        path.chmod(0o444)  # sets share files: who changed one would change it in all
    return {
        "moment": edition.moment,
        "languages": edition.languages,
        "changes": edition.changes,
        "documents": noted,
    }


def _passing_over(newest: dict[str, Any], stays: dict[str, Any]) -> dict[str, Any]:
    """Note with what people go on reading of an evaluation the newer documents that were passed over."""
    known = newest.get(PASSED_OVER) or newest.get("documents", {})
    return stays if known in ({}, stays["documents"]) else stays | {PASSED_OVER: known}


def _are_as_noted(documents: list[Path], noted: dict[str, Noted]) -> bool:
    return set(noted) == {path.name for path in documents} and all(
        _is_as_noted(path, noted[path.name]) for path in documents
    )


def _is_as_noted(path: Path, noted: Noted) -> bool:
    """Compare by size and time first, which takes no reading."""
    try:
        status = path.stat()
        if (status.st_size, status.st_mtime_ns) == (noted["size"], noted["mtime_ns"]):
            return True
        return status.st_size == noted["size"] and file_digest(path) == noted["sha256"]
    except FileNotFoundError:
        return False


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path, onerror=_make_writable)


def _make_writable(remove: Any, path: str, _: object) -> None:
    """Windows removes no file that is read-only."""
    os.chmod(path, 0o700)
    remove(path)


def _sync(path: Path) -> None:
    """Have a file or folder on the disk before what relies on it; Windows does so for no folder."""
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
