"""The published sets: each holds the documents of all published evaluations and is never changed again.

What people read, such as published/, is a link to the documents of one set in published.sets/. A set is written beside
the others until it is whole; it counts from the moment the ledger names it; then the link is set anew in one step. So a
reader sees the old set or the new one, also when the machine stops in between, and the next run ends what that one
began. Where links cannot be made (Windows, without the right to), published/ is a copy that is put in the place of the
old one: for the moment between two renames it is not there.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from evalbrief.publish.laying import are_intact, are_made, keep, keep_folder, lay, remove, take_over
from evalbrief.publish.ledger import Ledger, read_ledger, write_ledger
from evalbrief.trouble import Trouble

DOCUMENTS, STATES, RECORD, LEDGER = "documents", "states", "set.json", "ledger.json"
# In the documents of each set: its number.
NUMBER = ".set"
# The form of set.json; another number as soon as a program that knows only this one would misread it.
SCHEMA = 1
UNFINISHED = ".part"
# In the record of a set, of an evaluation whose earlier documents were put back: the newer ones.
PASSED_OVER = "passed_over"


@dataclass(frozen=True)
class Edition:
    """What of an evaluation goes into a set: its documents, what packs the state they were made from, to compare with,
    and what is to be told of it."""

    documents: list[Path]
    pack: Callable[[], bytes]
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

    @cached_property
    def ledger(self) -> Ledger:
        """What is so with the sets; only one process changes it at a time (see only_refresh)."""
        path = self.place / LEDGER
        ledger = read_ledger(path)
        if not ledger.newest and self.current():
            raise Trouble(
                f"{path.as_posix()} is not there any more: put it back from a copy you have, or delete "
                f"{self.folder.as_posix()} and {self.place.as_posix()}, and refresh publishes anew."
            )
        return ledger

    def numbers(self) -> list[int]:
        """List the sets there are, oldest first."""
        return [number for number in self._folders() if number <= self.ledger.newest]

    def current(self) -> int:
        """Return the number of the set that stands where people read; 0 for none."""
        try:
            return int((self.folder / NUMBER).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return 0

    def record(self, number: int) -> dict[str, Any]:
        """Read what a set holds; nothing for one that is not there."""
        if number not in self._records:
            self._records[number] = self._read_record(number)
        return self._records[number]

    def evaluations(self, number: int) -> dict[str, Any]:
        """Return what is noted of each evaluation in a set, by name."""
        return self.record(number)["evaluations"]

    def last_state(self, evaluation: str) -> Path | None:
        """Find what the documents of an evaluation were made from that people read, or read last."""
        for number in (self.ledger.reading, *reversed(self.numbers())):
            path = self.place / str(number) / STATES / f"{evaluation}.zip"
            if path.exists():
                return path
        return None

    def holds(self, number: int, evaluation: str, documents: list[Path]) -> bool:
        """Say whether a set has these documents of an evaluation, and no others."""
        return are_made(documents, self._noted(number, evaluation).get(DOCUMENTS, {}))

    def are_new(self, evaluation: str, documents: list[Path]) -> bool:
        """Say whether documents are neither those of the newest set nor those that were passed over in it, or somebody
        has touched them there."""
        noted = self._noted(self.ledger.newest, evaluation)
        known = (noted.get(DOCUMENTS, {}), noted.get(PASSED_OVER, {}))
        return not any(are_made(documents, one) for one in known) or not self._is_intact(self.ledger.newest, evaluation)

    def news(self) -> list[News]:
        """List what came with the sets that nobody was told of, oldest first; one that only leaves out has none."""
        found = []
        for number in self.numbers():
            if number > self.ledger.announced:
                evaluations = self.evaluations(number).items()
                changes = {name: noted["changes"] for name, noted in evaluations if noted["set"] == number}
                found += [News(number, changes)] if changes else []
        return found

    def note_announced(self) -> None:
        """Note that people have been told of all sets there are."""
        if self.ledger.announced != self.ledger.newest:
            self._note(announced=self.ledger.newest)

    def publish(self, editions: Mapping[str, Edition], moment: str, most: int) -> int:
        """Write a set with these editions and all others that people read, give it to them; return its number.

        Of the older sets, the last `most` stay.
        """
        return self._write(editions, self.ledger.withdrawn, moment, most)

    def withdraw(self, evaluation: str, moment: str, most: int) -> int:
        """Write a set without an evaluation, give it to people; return its number."""
        if evaluation not in self.evaluations(self.ledger.reading):
            raise Trouble(f"{evaluation} is not published.")
        return self._write({}, sorted({*self.ledger.withdrawn, evaluation}), moment, most)

    def restore(self, evaluation: str) -> None:
        """Let an evaluation that was withdrawn be published again."""
        if evaluation not in self.ledger.withdrawn:
            raise Trouble(f"{evaluation} is not withdrawn.")
        self._note(withdrawn=[name for name in self.ledger.withdrawn if name != evaluation])

    def put_back(self, number: int) -> None:
        """Give people a set until the next one comes; raise Trouble when it is not there, or holds one withdrawn."""
        self._refuse_foreign_folder()
        if number not in self.numbers():
            there = ", ".join(map(str, self.numbers())) or "none"
            raise Trouble(f"There is no published set {number}; there is: {there}.")
        withdrawn = [name for name in self.ledger.withdrawn if name in self.evaluations(number)]
        if withdrawn:
            raise Trouble(f"Set {number} holds {withdrawn[0]}, which was withdrawn: restore it first, or take another.")
        self._note(reading=number)
        self._give()

    def finish(self) -> None:
        """Give people the set that they are to read, where the machine stopped before that was done."""
        reading = self.ledger.reading
        if self.current() != reading and reading in self.numbers():
            self._give()

    def _write(self, editions: Mapping[str, Edition], withdrawn: list[str], moment: str, most: int) -> int:
        """Write the next set: what people read, with these editions and without what is withdrawn."""
        self._refuse_foreign_folder()
        self._remove_unfinished()
        number = self.ledger.newest + 1
        part = self.place / f"{number}{UNFINISHED}"
        stays = [name for name in self.evaluations(self.ledger.reading) if name not in (*editions, *withdrawn)]
        evaluations = {name: noted for name in stays if (noted := self._take_over(name, part))}
        for name, edition in editions.items():
            evaluations[name] = {"set": number, **_laid(name, edition, part)}
        record = {"schema": SCHEMA, "moment": moment, "evaluations": dict(sorted(evaluations.items()))}
        (part / DOCUMENTS).mkdir(parents=True, exist_ok=True)
        _write_down(part / DOCUMENTS / NUMBER, f"{number}\n")
        _write_down(part / RECORD, json.dumps(record, ensure_ascii=False, indent=1) + "\n")
        for folder in [*(path for path in part.rglob("*") if path.is_dir()), part]:
            keep_folder(folder)
        part.rename(self.place / str(number))
        keep_folder(self.place)
        self._note(newest=number, reading=number, withdrawn=withdrawn)
        self._give()
        self._forget(most)
        return number

    def _take_over(self, evaluation: str, part: Path) -> dict[str, Any] | None:
        """Have an evaluation in the next set as people read it; none whose documents somebody has touched."""
        reading, newest = self.ledger.reading, self.ledger.newest
        if not self._is_intact(reading, evaluation):
            print(
                f"The published documents of {evaluation} are not as they were published: they are left out until "
                "they are published anew.",
                file=sys.stderr,
            )
            return None
        noted, source = self._noted(reading, evaluation), self.place / str(reading)
        take_over(list(noted[DOCUMENTS]), source / DOCUMENTS / evaluation, part / DOCUMENTS / evaluation)
        take_over([f"{evaluation}.zip"], source / STATES, part / STATES)
        passed = self._noted(newest, evaluation)
        known = passed.get(PASSED_OVER) or passed.get(DOCUMENTS, {})
        return noted if known in ({}, noted[DOCUMENTS]) else noted | {PASSED_OVER: known}

    def _give(self) -> None:
        """Have people read what the ledger says."""
        target = self.place / str(self.ledger.reading) / DOCUMENTS
        fresh = self.folder.with_name(f"{self.folder.name}.new")
        remove(fresh)
        try:
            fresh.symlink_to(os.path.relpath(target, self.folder.parent), target_is_directory=True)
        except (OSError, NotImplementedError):
            shutil.copytree(target, fresh)
        if fresh.is_symlink() and (self.folder.is_symlink() or not self.folder.exists()):
            fresh.replace(self.folder)
        else:
            self._exchange(fresh)
        keep_folder(self.folder.parent)

    def _exchange(self, fresh: Path) -> None:
        """Put a folder in the place of another one, which no system does in one step."""
        old = self.folder.with_name(f"{self.folder.name}.old")
        remove(old)
        if self.folder.exists():
            self.folder.rename(old)
        try:
            fresh.rename(self.folder)
        except OSError:  # somebody has it open, where that is in the way
            if old.exists():
                old.rename(self.folder)
            raise
        remove(old)

    def _note(self, **changes: Any) -> None:
        ledger = replace(self.ledger, **changes)
        write_ledger(self.place / LEDGER, ledger)
        self.ledger = ledger

    def _noted(self, number: int, evaluation: str) -> dict[str, Any]:
        return self.evaluations(number).get(evaluation, {})

    def _is_intact(self, number: int, evaluation: str) -> bool:
        noted = self._noted(number, evaluation).get(DOCUMENTS, {})
        return are_intact(self.place / str(number) / DOCUMENTS / evaluation, noted)

    def _read_record(self, number: int) -> dict[str, Any]:
        path = self.place / str(number) / RECORD
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            if record["schema"] > SCHEMA:
                raise Trouble(f"{path.as_posix()} was written by a newer version of this program: use that one.")
        except FileNotFoundError:
            return {"schema": SCHEMA, "moment": "", "evaluations": {}}
        except (KeyError, TypeError, ValueError):
            raise Trouble(
                f"{path.as_posix()} is damaged: put back another set with python3 brief.py published back, delete the "
                f"folder {path.parent.as_posix()}, and refresh publishes anew."
            ) from None
        return record

    def _folders(self) -> list[int]:
        if not self.place.is_dir():
            return []
        return sorted(int(path.name) for path in self.place.iterdir() if path.name.isdecimal())

    def _refuse_foreign_folder(self) -> None:
        """Touch no folder that we have not made."""
        if self.folder.exists() and not (self.folder / NUMBER).exists():
            raise Trouble(
                f"{self.folder.as_posix()} is a folder of yours: rename it, or name another one for `published` in "
                "config.yaml."
            )

    def _remove_unfinished(self) -> None:
        """Remove what a run that was stopped has written and no ledger names."""
        self.place.mkdir(parents=True, exist_ok=True)
        unknown = [self.place / str(number) for number in self._folders() if number > self.ledger.newest]
        for path in [*self.place.glob(f"*{UNFINISHED}"), *unknown]:
            remove(path)

    def _forget(self, most: int) -> None:
        older = [number for number in self.numbers() if number != self.ledger.reading]
        for number in older[: max(len(older) - most, 0)]:
            remove(self.place / str(number))


def _laid(evaluation: str, edition: Edition, part: Path) -> dict[str, Any]:
    """Lay an edition into a set that is being written, and say what it is."""
    state = part / STATES / f"{evaluation}.zip"
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_bytes(edition.pack())
    keep(state)
    return {
        "moment": edition.moment,
        "languages": edition.languages,
        "changes": edition.changes,
        DOCUMENTS: lay(edition.documents, part / DOCUMENTS / evaluation),
    }


def _write_down(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
    keep(path)
