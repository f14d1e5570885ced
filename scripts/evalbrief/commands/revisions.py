"""Make what a revision of git has of an evaluation: its data, texts and settings, by the program of today.

Each revision is made in a folder of its own, build/{evaluation}/review/revisions/{commit}: a copy of the program beside
the data of the revision. Everything but what was made is put there anew each time, and a build then finds by the
content whether anything is to be made. Only what the last comparison has used is kept.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath

from evalbrief.commands.engine import own_environment
from evalbrief.commands.evaluations import BUILD
from evalbrief.commands.stamps import PROGRAM, SETTINGS_BESIDE
from evalbrief.commands.words import counted, in_a_row
from evalbrief.data.source import read_yaml
from evalbrief.folder import DATA, DRAFTS, FACTS, REVIEW
from evalbrief.review.git import find_commit, list_files, read_files
from evalbrief.review.versions import Revision
from evalbrief.settings import FILE, read_settings
from evalbrief.theme import ThemeError, read_theme
from evalbrief.trouble import Trouble

# What a build says step by step, and how many lines of what else it says are shown when it fails.
PROGRESS = re.compile(r"\d+ of \d+: ")
MOST_SAID = 3


def find_revision(evaluation: str, word: str) -> Revision:
    """Return a revision of an evaluation, not made yet; raise Trouble when git knows none, or it has no such data."""
    commit = find_commit(word)
    place = f"{DATA}/{evaluation}"
    files = list_files(commit, place)
    if f"{place}/{FACTS}" not in files:
        facts = [PurePosixPath(path) for path in list_files(commit, str(DATA)) if PurePosixPath(path).name == FACTS]
        names = sorted(path.parent.name for path in facts)
        has = f"it has: {in_a_row(names, most=12)}" if names else "it has none"
        raise Trouble(f"Revision {word} has no evaluation named {evaluation}; {has}.")
    texts = [PurePosixPath(path).parts for path in files if path.startswith(f"{place}/text/")]
    languages = sorted({parts[3] for parts in texts if len(parts) > 4})
    return Revision(evaluation, word, commit, languages, _folder(evaluation) / commit.short)


def make_revision(revision: Revision, languages: Collection[str]) -> None:
    """Make a revision in languages, as far as it is not made; raise Trouble when its data has faults."""
    print(f"{revision.label} of {revision.evaluation}: its data and texts, made by the program of today.", flush=True)
    try:
        _lay_out(revision)
        _build(revision, languages)
    except BaseException:  # nothing is kept half made
        shutil.rmtree(revision.root, ignore_errors=True)
        raise


def forget_revisions(evaluation: str, but: Collection[Revision]) -> None:
    """Remove what was made of other revisions of an evaluation."""
    used = {revision.root for revision in but}
    for path in _folder(evaluation).glob("*"):
        if path not in used:
            shutil.rmtree(path, ignore_errors=True)


def _folder(evaluation: str) -> Path:
    return BUILD / evaluation / REVIEW / "revisions"


def _lay_out(revision: Revision) -> None:
    """Put the program of today and the data and settings of the revision into its folder, and nothing else."""
    root, place = revision.root, f"{DATA}/{revision.evaluation}"
    for name in {PurePosixPath(path).parts[0] for path in (*PROGRAM, place)}:
        shutil.rmtree(root / name, ignore_errors=True)
    _copy(PROGRAM, root)
    files = list_files(revision.commit, place, FILE)
    kept = {path: content for path, content in files.items() if not path.startswith(f"{place}/{DRAFTS}/")}
    for path, content in read_files(revision.commit, kept).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    _settle_settings(root / FILE)
    _copy(_office_files(root / FILE), root)


def _copy(names: Iterable[str], root: Path) -> None:
    """Copy files and folders to the same places in another folder."""
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        if Path(name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(name, root / name, ignore=ignored, copy_function=shutil.copyfile, dirs_exist_ok=True)
        else:
            shutil.copyfile(name, root / name)


def _settle_settings(path: Path) -> None:
    """Let a revision's settings be those that builds of today know: what came later is as it is today.

    Where all say the same, today's file is taken, so that nobody finds another program.
    """
    content, problems = read_yaml(path, FILE)
    if problems or not isinstance(content, dict):  # the build says what is wrong with it
        return
    today = read_settings(FILE, {})
    settled = {name: value if name in SETTINGS_BESIDE else content.get(name, value) for name, value in today.items()}
    if settled == today:
        shutil.copyfile(FILE, path)
        return
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in settled.items()]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def _office_files(path: Path) -> list[str]:
    """List the files of the office that the settings of a revision name, as far as they are there and lie in here."""
    content, _ = read_yaml(path, FILE)
    named = [content.get(name) for name in ("theme", "reference_document")] if isinstance(content, dict) else []
    try:
        theme = read_theme(str(named[0])) if named else {}
        named += [theme.get(name) for name in ("logo", "font_folder")]
    except (OSError, ThemeError):  # the build says what is wrong with it
        pass
    here = [name for name in named if isinstance(name, str) and Path(name).exists() and not Path(name).is_absolute()]
    for name in here:
        if ".." in PurePosixPath(name.replace("\\", "/")).parts:
            raise Trouble(f"{name} lies outside of this folder: name it by its whole path, to compare revisions.")
    return here


def _build(revision: Revision, languages: Collection[str]) -> None:
    root = revision.root.resolve()
    environment = own_environment({}) | {"PYTHONPATH": str(root / "scripts")}
    command = [sys.executable, "-m", "evalbrief.commands.apart", revision.evaluation, *languages]
    done = subprocess.run(
        command, cwd=root, env=environment, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8"
    )
    failed = f"{revision.label} of {revision.evaluation} cannot be compared"
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if not PROGRESS.match(line)]
        raise Trouble("\n".join([*said[-MOST_SAID:], f"{failed}: the program of today could not make it."]))
    outcome = json.loads(done.stdout)
    if faults := outcome["faults"]:
        own = (f"{DATA}/{revision.evaluation}", FILE)
        lines = [f"{revision.name}:{fault}" if fault.startswith(own) else fault for fault in faults]
        raise Trouble("\n".join([*lines, f"{failed} ({counted(len(faults), 'fault')})."]))
    revision.findings, revision.program = outcome["findings"], outcome["program"]
