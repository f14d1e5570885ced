"""An office whose brief keeps itself up to date: its project, its refreshes, and whether what is published is right.

The brief is the tiny evaluation, final, in a folder with a space and an accent in its name.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from numbers_shown import TINY, Table, number_in
from workspace import Failed, brief, copy_project, run

FOLDER = "projet d'été"
NOTHING_NEW, FAILED, PUBLISHED, HELD_BACK = 0, 1, 10, 20
DOCUMENTS = ("brief.fr.pdf", "brief.fr.docx", "brief.fr.html")
PROGRESS = re.compile(r"\d+ of \d+: ")
PATIENCE = 600


@dataclass(frozen=True)
class Done:
    """How a refresh went: its exit status, what it said without the progress, and its seconds."""

    status: int
    said: str
    seconds: float = 0.0


class Office:
    """The project of an office."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Where what a refresh says goes, and all that was said, with the progress.
        self.said = folder.parent / "said.txt"
        self.heard: list[str] = []

    @classmethod
    def create(cls, folder: Path, sources: Mapping[str, Mapping[str, str]], secrets: Mapping[str, str]) -> "Office":
        """Make a project whose files come from `sources`; only its owner may read the secrets."""
        office = cls(copy_project(folder / FOLDER, TINY))
        office.replace("data/tiny/evaluation.yaml", "profile: draft", "profile: final")
        office.replace("config.yaml", "tell_every: 60", "tell_every: 0")
        if sources:
            # JSON is YAML, too.
            lines = [f"  {file}: {json.dumps(dict(source))}\n" for file, source in sources.items()]
            with office.path("data/tiny/evaluation.yaml").open("a", encoding="utf-8") as file:
                file.write("sources:\n" + "".join(lines))
        office.keep_secrets(secrets)
        return office

    def copy(self, folder: Path) -> "Office":
        """Copy everything; links stay links."""
        shutil.copytree(self.folder, folder / FOLDER, symlinks=True)
        return Office(folder / FOLDER)

    def path(self, name: str) -> Path:
        """Give a file of the project."""
        return self.folder / name

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a text in a file, which must be there."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        self.path(name).write_text(text.replace(old, new), encoding="utf-8")

    def keep_secrets(self, secrets: Mapping[str, str]) -> None:
        """Write secrets.env."""
        path = self.path("secrets.env")
        path.touch(mode=0o600)
        path.write_text("".join(f"{name}={secret}\n" for name, secret in secrets.items()), encoding="utf-8")

    def start(self, said: Path, command: Sequence[str] = (), **environment: str) -> subprocess.Popen[bytes]:
        """Start a refresh in a process group of its own; what it says goes to a file."""
        with said.open("wb") as file:
            return subprocess.Popen(
                command or brief("refresh"),
                cwd=self.folder,
                env=plain_environment() | environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def refresh(self, command: Sequence[str] = (), **environment: str) -> Done:
        """Refresh to the end."""
        started = time.perf_counter()
        status = self.start(self.said, command, **environment).wait(PATIENCE)
        took = time.perf_counter() - started
        return Done(status, self.hear(self.said), took)

    def hear(self, said: Path) -> str:
        """Read what a refresh has said, without the progress."""
        self.heard.append(said.read_text(encoding="utf-8", errors="replace"))
        return "\n".join(line for line in self.heard[-1].splitlines() if not PROGRESS.match(line))

    def settle(self) -> None:
        """Refresh until nothing is new; raise Failed when that does not come about."""
        for _ in range(3):
            done = self.refresh()
            if done.status == NOTHING_NEW and not done.said:
                return
        raise Failed(f"The office does not come to rest: {done.status}, {done.said}")

    def sets(self) -> list[int]:
        """List the sets there are."""
        return sorted(int(path.name) for path in self.path("published.sets").glob("*") if path.name.isdigit())

    def current(self) -> int:
        """Give the number of the set that people read; 0 for none."""
        try:
            return int(self.path("published/.set").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return 0

    def remembers(self) -> dict[str, Any]:
        """Read what the last refresh left to know for the next one."""
        return json.loads(self.path(".snakemake/brief/refresh.json").read_text(encoding="utf-8"))

    def status(self) -> dict[str, Any]:
        """Read what a monitor reads."""
        return json.loads(self.path("build/status.json").read_text(encoding="utf-8"))

    def shown(self, table: Table, folder: str = "published/tiny") -> int:
        """Give the number that all documents in a folder show; 0 when they do not show the same one."""
        found = {number_in(self.path(f"{folder}/{name}"), table.words) for name in DOCUMENTS}
        return found.pop() if len(found) == 1 else 0

    def equals_build(self) -> bool:
        """Say whether what people read are the documents in build/."""
        pairs = [(self.path(f"published/tiny/{name}"), self.path(f"build/tiny/{name}")) for name in DOCUMENTS]
        return all(one.read_bytes() == other.read_bytes() for one, other in pairs)

    def equals_clean_build(self) -> bool:
        """Say whether what people read is what a project that builds the same data for the first time makes."""
        place = self.folder.parent / "clean"
        try:
            fresh = copy_project(place, self.path("data/tiny"))
            run(brief("build"), fresh)
            pairs = [(self.path(f"published/tiny/{name}"), fresh / "build/tiny" / name) for name in DOCUMENTS]
            return all(one.read_bytes() == other.read_bytes() for one, other in pairs)
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def is_whole(self) -> bool:
        """Say whether what people read is one set, with exactly the documents it was written with.

        Judged by the files alone, not by the program that wrote them.
        """
        link = self.path("published")
        try:
            number = self.current()
            place = self.path("published.sets") / str(number)
            record = json.loads((place / "set.json").read_text(encoding="utf-8"))
            noted = {
                f"{evaluation}/{name}": document["sha256"]
                for evaluation, entry in record["evaluations"].items()
                for name, document in entry["documents"].items()
            }
            files = [path for path in link.rglob("*") if path.is_file() and path.name != ".set"]
            there = {path.relative_to(link).as_posix(): digest(path) for path in files}
            leads_there = link.is_symlink() and link.resolve() == (place / "documents").resolve()
            states = [zipfile.ZipFile(place / f"states/{name}.zip").testzip() for name in record["evaluations"]]
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return False
        return leads_there and bool(there) and there == noted and states == [None] * len(states)


def plain_environment() -> dict[str, str]:
    """Give the environment without what leads around the servers on this computer."""
    return {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}


def digest(path: Path) -> str:
    """Give the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
