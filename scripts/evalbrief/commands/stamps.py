"""Know without starting Snakemake which briefs are as they would be made anew.

A stamp says from which content an evaluation was built: the program, the data, and every file that was made. It is
compared by size and dates first, which takes no reading, and by content where these differ. A file whose date is not
clearly older than the stamp may have changed within the same tick of the clock: its content is compared. The stamp
trusts less than Snakemake does, so what it finds changed may turn out not to be. The reverse cannot happen where a
file carries the date of its own last change besides that of its content; on Windows and on FAT disks it does not.

Everything is read before a build and written after it. What changes in between is found changed by the next one; what
is changed and changed back gets no stamp, and neither does a brief that was changed before its stamp was written.
Standard library only, for this answers before anything else is imported.
"""

import base64
import contextlib
import hashlib
import json
import os
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from evalbrief.commands.evaluations import BUILD
from evalbrief.delivery import forget_lost, record_path
from evalbrief.files import write_whole
from evalbrief.folder import DATA, DRAFTS, FETCHED, REVIEW, SCHEMAS, TRANSLATIONS

FOLDER = Path(".snakemake/brief")
CLOCK, OFFICE = FOLDER / "clock", FOLDER / "office.json"
SETTINGS = "config.yaml"
PROGRAM = (
    "Snakefile",
    SETTINGS,
    "requirements.txt",
    "profiles",
    "rules",
    "scripts",
    "templates",
    SCHEMAS.as_posix(),
)
# What of it only keeps drafts, compares them, reads reviewers' files and fetches data: no step of a build and no check
# reaches it.
BESIDE = {
    "scripts/evalbrief/commands/apart.py",
    "scripts/evalbrief/commands/compare.py",
    "scripts/evalbrief/commands/fetch.py",
    "scripts/evalbrief/commands/fresh.py",
    "scripts/evalbrief/commands/import_review.py",
    "scripts/evalbrief/commands/issue.py",
    "scripts/evalbrief/commands/published.py",
    "scripts/evalbrief/commands/refresh.py",
    "scripts/evalbrief/commands/revisions.py",
    "scripts/evalbrief/commands/schedule.py",
    "scripts/evalbrief/commands/watch.py",
    "scripts/evalbrief/document/docx/facts.py",
    "scripts/evalbrief/moment.py",
    "scripts/evalbrief/publish",
    "scripts/evalbrief/review",
    "scripts/evalbrief/schedule",
    "scripts/evalbrief/sources",
    "scripts/evalbrief/watch",
    "templates/html/review.css",
    "templates/html/review.html",
    "templates/html/review.js",
    "templates/html/status.css",
    "templates/html/status.html",
    "templates/html/status.js",
    "templates/html/watch.css",
    "templates/html/watch.html",
    "templates/html/watch.js",
    "templates/schedule",
    "templates/typst/redline.typ",
}
# The settings that only comparing and publishing heed, with what of each a build lets pass at least.
SETTINGS_BESIDE = {
    "redline_for": rb"([\"']?)(?:word|libreoffice)\2",
    "published": rb"(?!(?i:true|false|null)\b)[A-Za-z_][\w./-]*",
    "kept_sets": rb"[1-9][0-9]*",
    "tell": rb"\[(?:[A-Z_][A-Z0-9_]*(?:, [A-Z_][A-Z0-9_]*)*)?\]",
    "tell_every": rb"(?:0|[1-9][0-9]*)",
}
SETTING_BESIDE = re.compile(
    rb"^(%s)(?:[ \t]*(?=\r?$)|(?=[ \t]+#))"
    % b"|".join(rb"%s:[ \t]+%s" % (name.encode(), value) for name, value in SETTINGS_BESIDE.items()),
    re.MULTILINE,
)
# What all evaluations share of what is made.
SHARED = (f"{BUILD}/fonts", f"{BUILD}/reference.docx")
INCOMPLETE = ".snakemake/incomplete"
PASSED_OVER = {"__pycache__", "logs"}
# The coarsest clock of a file system that is in use (FAT) ticks every two seconds.
TICK = 2_000_000_000
# A file's path, size in bytes, and the times its content and its record were last changed, in nanoseconds.
State = tuple[str, int, int, int]


class Snapshot(NamedTuple):
    """What an evaluation is built from, by content: taken before the build. The states tell what is touched later."""

    program: str
    sources: dict[str, str]
    states: frozenset[State]


class Stamp(NamedTuple):
    """What was built: a snapshot, and of each language what was made of it and what is to be noted about it."""

    program: str
    shared: str
    sources: dict[str, str]
    made: dict[str, dict[str, str]]
    notes: dict[str, list[str]]


NO_STAMP: dict[str, Any] = {"program": "", "shared": "", "sources": {}, "made": {}, "notes": {}}


class Fresh(NamedTuple):
    """What of an evaluation is up to date: languages, and the notes by language if these still hold."""

    languages: list[str]
    notes: dict[str, list[str]] | None


class Stamps:
    """The stamps of all evaluations, as they are during one command."""

    def __init__(self) -> None:
        # A step that was cut off is for Snakemake to judge.
        self._cut_off = any(half_made())
        self._program = self._shared = ""
        self._states_of_program: list[State] = []

    def fresh(self, evaluation: str) -> Fresh:
        """Return the languages in which an evaluation is up to date, and what is to be noted about it."""
        glance, rest = _read_stamp(evaluation)
        if self._cut_off or (self._of_program(), self._of_shared()) != (glance.get("program"), glance.get("shared")):
            return Fresh([], None)
        if _looks_unchanged(_states(evaluation), glance):
            return Fresh(glance["languages"], glance["notes"])
        at, states, stamp = now_on_disk(), _states(evaluation), _read_rest(rest)
        sources = _contents(_sources(evaluation))
        languages = [language for language in stamp.made if _still_holds(stamp, evaluation, language, sources)]
        if sources != stamp.sources:
            return Fresh(languages, None)
        if len(languages) == len(stamp.made):
            _write(evaluation, stamp, at, states)
        return Fresh(languages, stamp.notes)

    def altered(self, evaluation: str) -> dict[str, list[str]]:
        """Return, by language, which of the files that were made are not as they were when the stamp was written."""
        made = _read_rest(_read_stamp(evaluation)[1]).made
        return {
            language: [path for path, digest in noted.items() if _content(path) != digest]
            for language, noted in made.items()
        }

    def take(self, evaluation: str) -> Snapshot:
        """Return what an evaluation is about to be built from."""
        states = frozenset(_states(evaluation) + listed(*SHARED))
        return Snapshot(self._of_program(), _contents(_sources(evaluation)), states)

    def record(
        self, evaluation: str, snapshot: Snapshot, languages: Collection[str], notes: dict[str, list[str]]
    ) -> None:
        """Record that languages were built from a snapshot, unless that has changed meanwhile, and the notes on all."""
        for language in languages:
            forget_lost(Path(record_path(evaluation, language)))
        at, states = now_on_disk(), _states(evaluation)
        self._shared = ""
        # Changed and changed back meanwhile, sources look the same, and steps have read something else.
        sources = _states_of_data(evaluation)
        if not snapshot.states.issuperset(sources) or _states_of(_program_files()) != self._states_of_program:
            return
        made = {
            language: _contents(_made(evaluation, language))
            for language in languages
            if _is_as_delivered(evaluation, language, snapshot.states)
        }
        stamp = Stamp(snapshot.program, self._of_shared(), snapshot.sources, made, notes)
        glance, rest = _read_stamp(evaluation)
        if (glance.get("program"), glance.get("shared")) == (stamp.program, stamp.shared):
            last = _read_rest(rest)
            for language in last.made.keys() - made.keys():
                if _still_holds(last, evaluation, language, stamp.sources):
                    made[language] = last.made[language]
        if _contents(_sources(evaluation)) == stamp.sources and _states(evaluation) == states:
            _write(evaluation, stamp, at, states)

    def know_office(self, files: Collection[str]) -> None:
        """Count these files and folders of the office, wherever they stand, as part of the program from now on."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        _write_whole(OFFICE, json.dumps(sorted(files)))
        self._program = ""

    def _of_program(self) -> str:
        if not self._program:
            self._states_of_program = _states_of(_program_files())
            self._program = _digest_of_group("program", _program_files())
        return self._program

    def _of_shared(self) -> str:
        self._shared = self._shared or _digest_of_group("shared", SHARED)
        return self._shared


def half_made() -> Iterator[Path]:
    """Yield what Snakemake has marked as incomplete and is there, and marks that name nothing.

    The mark of a lost file stays for ever.
    """
    for mark, *_ in listed(INCOMPLETE):
        name = mark.removeprefix(f"{INCOMPLETE}/").replace("/@", "").removeprefix("@").replace("/", "")
        try:
            path = base64.urlsafe_b64decode(name).decode()
        except ValueError:
            path = mark
        if path and os.path.exists(path):
            yield Path(path)


def _program_files() -> list[str]:
    return [*PROGRAM, *_read_or(OFFICE, [])]


def _stamp_path(evaluation: str) -> Path:
    return FOLDER / "evaluations" / f"{evaluation}.json"


def _read_stamp(evaluation: str) -> tuple[dict, str]:
    """Return the first line of a stamp, read, and the rest, which is read only when a glance is not enough."""
    path = _stamp_path(evaluation)
    if not path.exists():
        return {}, ""
    first_line, _, rest = path.read_text(encoding="utf-8").partition("\n")
    return _parse_or(first_line, {}), rest


def _read_rest(rest: str) -> Stamp:
    return Stamp(**_parse_or(rest, NO_STAMP))


def _read_or(path: Path, default: Any) -> Any:
    return _parse_or(path.read_text(encoding="utf-8"), default) if path.exists() else default


def _parse_or(text: str, default: Any) -> Any:
    """Read what we wrote; what was cut short when the computer failed counts as not there."""
    try:
        return json.loads(text)
    except ValueError:
        return default


def _write(evaluation: str, stamp: Stamp, at: int, states: list[State]) -> None:
    """Write what a glance needs as the first line, everything as the rest."""
    glance = {"at": at, "states": _digest(states)}
    glance |= {"program": stamp.program, "shared": stamp.shared, "languages": list(stamp.made), "notes": stamp.notes}
    path = _stamp_path(evaluation)
    path.parent.mkdir(parents=True, exist_ok=True)
    _put(path, f"{json.dumps(glance)}\n{json.dumps(stamp._asdict())}\n")


def _put(path: Path, text: str) -> None:
    """Put in place what saves the next look time; Windows does not let us while another command is reading it."""
    with contextlib.suppress(PermissionError):
        _write_whole(path, text)


def _write_whole(path: Path, text: str) -> None:
    """Put a file in place; another command may be looking for what changed, and writing the same file, just now."""
    write_whole(path, text.encode(), unfinished=str(os.getpid()))


def _digest_of_group(name: str, roots: Collection[str]) -> str:
    """Digest the content of files and folders; kept, so that a glance is enough the next time."""
    path = FOLDER / f"{name}.json"
    glance = _read_or(path, {})
    if glance and _looks_unchanged(_states_of(roots), glance):
        return glance["digest"]
    at, states = now_on_disk(), _states_of(roots)
    digest = _digest([(path, _content_for_builds(path)) for path, *_ in states])
    _put(path, json.dumps({"at": at, "states": _digest(states), "digest": digest}))
    return digest


def _states_of(roots: Collection[str]) -> list[State]:
    """List what builds use of files and folders."""
    return listed(*roots, but=BESIDE)


def _content_for_builds(path: str) -> str:
    """Digest what builds use of a file: of the settings, all but those that only comparing and publishing heed."""
    if path != SETTINGS or not os.path.isfile(path):
        return _content(path)
    return _digest(SETTING_BESIDE.sub(lambda found: found[0].split(b":")[0], Path(path).read_bytes()))


def now_on_disk() -> int:
    """Read the clock of the file system, which may be another computer's."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    CLOCK.write_bytes(b"")
    return CLOCK.stat().st_mtime_ns


def _looks_unchanged(states: list[State], glance: dict) -> bool:
    """Say whether files are those of a glance by size and dates, and none is so young that this proves nothing."""
    youngest = max((max(changed) for _, _, *changed in states), default=0)
    return youngest < glance["at"] - TICK and _digest(states) == glance["states"]


def _still_holds(stamp: Stamp, evaluation: str, language: str, sources: dict[str, str]) -> bool:
    """Say whether what a language was built from is the same in `sources`, and what was made is as it was."""
    own, texts = f"{DATA}/{evaluation}/text/{language}/", f"{DATA}/{evaluation}/text/"

    def behind(contents: dict[str, str]) -> dict[str, str]:
        return {
            path: digest
            for path, digest in contents.items()
            if (path.startswith(own) or not path.startswith(texts)) and not path.endswith(f"/{TRANSLATIONS}")
        }

    return behind(sources) == behind(stamp.sources) and _contents(stamp.made[language]) == stamp.made[language]


def _is_as_delivered(evaluation: str, language: str, before: frozenset[State]) -> bool:
    """Say whether nothing that was made in a language has been changed since.

    The record of the delivery is what is written last, and is gone by now when a document is lost. What has been
    touched since before the build, and is younger than the record, was not put there by the build.
    """
    record = Path(record_path(evaluation, language))
    if not record.exists():
        return False
    _, _, *written = _state(str(record), record.stat())
    made = [*_states_of_made(evaluation, language), *listed(*SHARED)]
    return all(state in before or max(state[2:]) <= max(written) for state in made)


def _states(evaluation: str) -> list[State]:
    return _states_of_data(evaluation) + _states_of_build(evaluation)


def _states_of_data(evaluation: str) -> list[State]:
    """List what people wrote about an evaluation; what is kept beside it, drafts and where data came from, is none."""
    place = f"{DATA}/{evaluation}"
    return listed(place, but={f"{place}/{DRAFTS}", f"{place}/{FETCHED}"})


def _states_of_build(evaluation: str) -> list[State]:
    """List what was made of an evaluation; what compares its drafts is none of that."""
    place = f"{BUILD}/{evaluation}"
    return listed(place, but={f"{place}/{REVIEW}"})


def _sources(evaluation: str) -> list[str]:
    return [state[0] for state in _states_of_data(evaluation)]


def _made(evaluation: str, language: str) -> list[str]:
    return [state[0] for state in _states_of_made(evaluation, language)]


def _states_of_made(evaluation: str, language: str) -> list[State]:
    """List what was made in a language: the files named {name}.{language}.{ending}, and the model's."""
    found = _states_of_build(evaluation)
    return [state for state in found if f".{language}." in state[0] or f"/model/{language}/" in state[0]]


def listed(*roots: str, but: Collection[str] = ()) -> list[State]:
    """List the files in folders, and files, with size and dates; pass over those in the folders that `but` names.

    A link, to a file or a folder, is listed beside what it leads to: the program refuses links to what it reads.
    """
    found: list[State] = []
    folders = []
    for root in roots:
        if os.path.islink(root):
            found.append(_state(f"{root}/", os.lstat(root)))
        if os.path.isdir(root):
            folders.append(root)
        elif os.path.exists(root):
            found.append(_state(root, os.stat(root)))
    while folders:
        folder = folders.pop()
        with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}"  # as entry.path, but for Windows
                if path in but:
                    continue
                with contextlib.suppress(FileNotFoundError):  # somebody's file of a moment is gone already
                    if entry.is_symlink():
                        found.append(_state(f"{path}/", entry.stat(follow_symlinks=False)))
                    if not entry.is_dir():
                        found.append(_state(path, entry.stat(follow_symlinks=entry.is_file())))
                    elif entry.name not in PASSED_OVER:
                        folders.append(path)
    found.sort()
    return found


def _state(path: str, status: os.stat_result) -> State:
    return path, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _digest(content: object) -> str:
    return hashlib.sha256(repr(content).encode()).hexdigest()


def _contents(paths: Iterable[str]) -> dict[str, str]:
    """Digest the content of files, by path; nothing stands for a file that cannot be read."""
    return {path: _content(path) for path in paths}


def _content(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
