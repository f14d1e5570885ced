"""What all faults share: an office that has published, a copy of it for each, and the verdict on what happened."""

import argparse
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from numbers_shown import EVIDENCE, RESULTS, Table
from origins import KEY, PASSWORDS, USER, Web
from secret_search import forms, found_in, found_in_files
from unattended import PUBLISHED, Done, Office
from workspace import Failed

# Of what a refresh said, so many characters are shown in a report.
LONGEST = 240
OLD, NEW, NEWER = RESULTS.number, 201, 202
MAIL_USER, MAIL_PASSWORD = "office", "Gnu/%+@-2718"
USERS = {**dict.fromkeys(PASSWORDS, USER), "S3_KEY": KEY}


class Verdict:
    """What happened, as facts; one that is not as it was promised is set in bold and makes the verdict FAIL."""

    def __init__(self) -> None:
        self.facts: list[str] = []
        self.word = "PASS"

    def see(self, fact: str, right: object) -> None:
        """Note a fact, and whether it is as promised."""
        self.facts.append(fact if right else f"**{fact}**")
        self.word = self.word if right else "FAIL"

    def status(self, done: Done, wanted: int) -> None:
        """Note how a refresh ended; of one that ended otherwise also what it said."""
        right = done.status == wanted
        self.see(f"exit status {done.status}" if right else ending(done), right)

    def says(self, done: Done, sentence: str) -> None:
        """Note that a refresh said this, or what it said instead."""
        right = sentence in done.said
        self.see(f"“{sentence}”" if right else ending(done), right)

    def reads(self, office: Office, numbers: Mapping[Table, int], what: str) -> None:
        """Note whether people read a whole set with these numbers in all documents."""
        whole = office.is_whole()
        shown = {table: office.shown(table) for table in numbers} if whole else {}
        right = whole and shown == dict(numbers)
        found = what if right else f"not {what}, but {'numbers ' if whole else 'no whole set '}{list(shown.values())}"
        self.see(f"people read {found}", right)

    def recovers(self, office: Office, number: int) -> None:
        """Note whether the next refresh publishes exactly the new data."""
        done = office.refresh()
        self.status(done, PUBLISHED)
        self.reads(office, {RESULTS: number}, "the new set")
        if not office.equals_build():
            self.see("which is not what is in build/", False)

    def not_tried(self, why: str) -> None:
        """Note that the fault could not be injected here."""
        self.facts.append(why)
        self.word = "not tried"


def ending(done: Done) -> str:
    """Say how a refresh ended, and what it said, in one line."""
    said = " / ".join(done.said.splitlines()) or "nothing said"
    return f"exit status {done.status}: {said[:LONGEST]}{'…' if len(said) > LONGEST else ''}"


class Stage:
    """Where faults are played: an office whose table `results.csv` comes from a web server."""

    def __init__(self, folder: Path, web: Web, options: argparse.Namespace) -> None:
        self.folder, self.web, self.options = folder, web, options
        self.hits: list[str] = []
        self.files = 0
        self._template = Office.create(folder / "template", {RESULTS.file: web.source}, PASSWORDS)
        done = self._template.refresh()
        if done.status != PUBLISHED or not self._template.is_whole():
            raise Failed(f"The first set was not published: {done}")
        self._template.settle()
        found = {form for name, secret in PASSWORDS.items() for form in forms(secret, USERS[name])}
        self._secrets = found | forms(MAIL_PASSWORD, MAIL_USER)

    @contextmanager
    def office(self, name: str, place: Path | None = None) -> Iterator[Office]:
        """Have a copy of the office that has published; afterwards it is searched for secrets, and goes."""
        folder = place or self.folder / name
        self.web.server.answers.clear()
        self.web.put(RESULTS.text(OLD))
        office = self._template.copy(folder)
        office.said = self.folder / "said.txt"  # not where the disk may be full
        try:
            yield office
        finally:
            self.search(name, office)
            shutil.rmtree(office.folder, ignore_errors=True)

    def search(self, name: str, office: Office) -> None:
        """Look for secrets in all files of an office, and in all it has said."""
        self.files += sum(1 for path in office.folder.rglob("*") if path.is_file())
        self.hits += [f"{name}: {file}" for file in found_in_files(office.folder, self._secrets)]
        self.hits += [f"{name}: what it said" for said in office.heard if found_in(said.encode(), self._secrets)]


@dataclass(frozen=True)
class Fault:
    """A fault: its name on the command line, what it is, what was promised, and what injects it."""

    name: str
    title: str
    promised: str
    act: Callable[[Stage, Verdict], None]


def edit_evidence(office: Office, number: int) -> None:
    """Write a new number into a table that a person keeps by hand."""
    office.path(f"data/tiny/{EVIDENCE.file}").write_bytes(EVIDENCE.text(number))
