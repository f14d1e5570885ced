"""Read Word files that reviewers sent back: show what they ask for, and put it into texts and data on request."""

import io
import json
import zipfile
import zlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import BinaryIO

import lxml.etree as etree

from evalbrief.commands.evaluations import find_evaluations
from evalbrief.commands.office import words_of
from evalbrief.commands.running import only_build
from evalbrief.commands.stamps import Stamps
from evalbrief.commands.words import counted
from evalbrief.data.source import UnreadableError, decode
from evalbrief.document.docx.origin import digest_of, read_origin
from evalbrief.document.docx.package import DOCUMENT, Parts, W, from_outside, read_parts
from evalbrief.document.meta import read_meta
from evalbrief.files import write_whole
from evalbrief.folder import FACTS, text_files
from evalbrief.review.difference import DELETE, EQUAL, difference
from evalbrief.review.drafts import find_drafts
from evalbrief.review.incoming.comments import comments_path, keep_comments
from evalbrief.review.incoming.proposals import (
    APPLIES,
    CONFLICT,
    REFUSED,
    UNPLACED,
    ReadBack,
    place_in_project,
)
from evalbrief.review.incoming.read_back import read_back
from evalbrief.review.incoming.returned import closeness, plain, read_returned
from evalbrief.review.incoming.source import is_utf8, with_plain_ends
from evalbrief.review.tokens import tokens
from evalbrief.review.versions import Present, Version
from evalbrief.trouble import Trouble

# A file of which fewer paragraphs are ours word by word was made from no version that is there.
LEAST_CLOSE = 0.2
LARGEST_BYTES = 200_000_000
# What reading a damaged package raises: cut, packed in no known way, with bytes that were changed.
DAMAGES = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError)
ENCRYPTED = 1
# Words and spaces that are shown before and after a change.
CONTEXT = 8
# A version of a brief and a language, by the digest of the tree.
Versions = dict[str, tuple[Version, str]]
HEADINGS = {
    APPLIES: "to put into the texts and data",
    CONFLICT: "in conflict with what was written since",
    REFUSED: "not to be changed here",
    UNPLACED: "without a place",
}


def import_review(files: Collection[str], only: Collection[str] = (), *, apply: bool = False) -> int:
    """Show what the files ask for, or write it; return 0, or 1 when something of it is left to people.

    Raise Trouble, and write nothing, for a file that is no Word file or was made from no version that is there.
    """
    changed: dict[Path, str] = {}
    results = []
    with only_build():
        versions = _versions(only)
        for name in files:
            result, sent = _read(name, versions, changed)
            for path, content in result.files.items():
                changed[place_in_project(path, sent.evaluation)] = content
            results.append((result, sent.evaluation))
        if apply:
            _write(results, changed)
        elif changed:
            print(f"Nothing is written yet. With --apply, {counted(len(changed), 'file')} will be changed.")
    return int(any(proposal.kind != APPLIES for result, _ in results for proposal in result.proposals))


def _write(results: list[tuple[ReadBack, str]], changed: Mapping[Path, str]) -> None:
    for result, evaluation in results:
        if result.comments and (count := keep_comments(evaluation, result.comments)):
            print(f"{counted(count, 'comment')} added to {comments_path(evaluation).as_posix()}.")
    said = [_rewrite(path, content) for path, content in sorted(changed.items())]
    if said:
        print("Changed:", *said, sep="\n")


def _rewrite(path: Path, content: str) -> str:
    """Write a text with the ends of lines that its file had, in UTF-8, and say what was written."""
    before = path.read_bytes()
    write_whole(path, content.replace("\n", "\r\n" if b"\r\n" in before else "\n").encode())
    return path.as_posix() if is_utf8(before) else f"{path.as_posix()} (now in UTF-8)"


def _versions(only: Collection[str]) -> Versions:
    """Give every version there is of every brief: the drafts, the newest first, then what is in build/."""
    found: Versions = {}
    for evaluation in find_evaluations(only):
        present = Present(evaluation)
        for version in [*reversed(find_drafts(evaluation)), present]:
            names = set(version.names())
            fresh = Stamps().fresh(evaluation).languages if version is present else version.languages
            for language in version.languages:
                if f"build/brief.{language}.docx" in names and language in fresh:
                    origin = digest_of(version.read(f"build/brief.{language}.json"))
                    found.setdefault(origin, (version, language))
    return found


def _read(name: str, versions: Versions, changed: Mapping[Path, str]) -> tuple[ReadBack, Version]:
    try:
        parts = _parts(name)
        sent, language = _version_of(name, parts, versions)
        author, labels = _author(sent, language), words_of(language)
        result = read_back(parts, sent, language, labels, _files_now(sent, language, changed), author)
    except etree.XMLSyntaxError:
        raise _damaged(name) from None
    _say(name, sent, language, result)
    return result, sent


def _parts(name: str) -> Parts:
    """Read a Word file that somebody sent; raise Trouble for what is none, or would fill the memory."""
    try:
        content = Path(name).read_bytes()
    except OSError as error:
        raise Trouble(f"{name} cannot be read: {error.strerror}.") from None
    file = io.BytesIO(content)
    if not zipfile.is_zipfile(file):
        raise Trouble(f"{name} is no Word file: save it as .docx in Word or LibreOffice.")
    try:
        parts = _unpacked(name, file)
    except DAMAGES:
        raise _damaged(name) from None
    if DOCUMENT not in parts:
        raise Trouble(f"{name} is no Word file: save it as .docx in Word or LibreOffice.")
    if from_outside(parts[DOCUMENT]).find(f"{W}body") is None:
        raise _damaged(name)
    return parts


def _unpacked(name: str, file: BinaryIO) -> Parts:
    with zipfile.ZipFile(file) as package:
        entries = package.infolist()
    if sum(entry.file_size for entry in entries) > LARGEST_BYTES:
        raise Trouble(f"{name} is larger than any brief: {LARGEST_BYTES // 10**6} MB at most are read.")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Trouble(f"{name} is protected by a password: save it without one.")
    return read_parts(file)


def _damaged(name: str) -> Trouble:
    return Trouble(f"{name} is damaged: open it in Word or LibreOffice and save it again.")


def _version_of(name: str, parts: Parts, versions: Versions) -> tuple[Version, str]:
    """Find the version that a file was made from: by its own mark, or where that is lost, by its paragraphs."""
    origin = read_origin(parts)
    if origin in versions:
        return versions[origin]
    if origin:
        raise Trouble(
            f"{name} was made from a build that is not kept: issue a draft before you send one out, and take from this "
            "file by hand what you need."
        )
    returned = read_returned(parts)
    scores = []
    for number, (version, language) in enumerate(versions.values()):
        sent = read_returned(read_parts(io.BytesIO(version.read(f"build/brief.{language}.docx"))))
        scores.append((closeness(sent, returned), -number))
    best, number = max(scores, default=(0.0, 0))
    if best < LEAST_CLOSE:
        raise Trouble(
            f"{name} was made from no version of a brief that is here: neither a draft nor what is in build/."
        )
    return list(versions.values())[-number]


def _author(version: Version, language: str) -> str:
    """Give the name that our own redlines bear."""
    return read_meta(json.loads(version.read(f"build/brief.{language}.json"))).words["author"]


def _files_now(sent: Version, language: str, changed: Mapping[Path, str]) -> dict[str, str]:
    """Read the texts and quick facts as they are, with what the files before asked for."""
    evaluation = sent.evaluation
    names = [f"data/text/{language}/{Path(path).name}" for path in text_files(evaluation, language)]
    found = {}
    for name in [*names, f"data/{FACTS}"]:
        path = place_in_project(name, evaluation)
        found[name] = changed[path] if path in changed else _text_of(path)
    return found


def _text_of(path: Path) -> str:
    try:
        return with_plain_ends(decode(path))
    except UnreadableError as error:
        raise Trouble(f"{path.as_posix()}: {error.found} {error.hint}") from None


def _say(name: str, sent: Version, language: str, result: ReadBack) -> None:
    edits, comments = counted(len(result.proposals), "edit"), counted(len(result.comments), "comment")
    print(f"{name} was made from {sent.label} of {sent.evaluation} ({language}): {edits}, {comments}.")
    for kind, heading in HEADINGS.items():
        proposals = [proposal for proposal in result.proposals if proposal.kind == kind]
        if proposals:
            print(f"  {counted(len(proposals), 'edit')} {heading}:")
        for proposal in proposals:
            file = place_in_project(proposal.file, sent.evaluation).as_posix() if proposal.file else ""
            place = ", ".join(filter(None, [file, proposal.place]))
            # The moment as Word writes it, such as 2026-12-01T10:00:00Z, but for the seconds.
            who = ", ".join(filter(None, [proposal.who, proposal.when[:16].replace("T", " ")]))
            who = f" ({who})" if who else ""
            print(f"    {place}{who}: {_changed_words(proposal.old, proposal.new)}")
            if proposal.reason:
                print(f"      {proposal.reason}")
    for comment in result.comments:
        print(f'  Comment of {comment.who} on "{_short(comment.quoted)}" ({comment.where}): {_short(comment.comment)}')


def _changed_words(old: str, new: str) -> str:
    """Show what changed with a few words round it: [what went] and {what came}; of what moved, the words."""
    if old == new:
        return _short(plain(new))
    sides = tokens(plain(old)), tokens(plain(new))
    shown = []
    steps = difference(*sides)
    for number, step in enumerate(steps):
        if step.kind == EQUAL:
            words = [sides[0][place] for place in step.old]
            cut = len(words) > 2 * CONTEXT
            start = words[:CONTEXT] if number else []
            end = words[-CONTEXT:] if number < len(steps) - 1 else []
            shown.append("".join(start) + "…" + "".join(end) if cut else "".join(words))
        elif step.kind == DELETE:
            shown.append(_framed("[]", "".join(sides[0][place] for place in step.old)))
        else:
            shown.append(_framed("{}", "".join(sides[1][place] for place in step.new)))
    return " ".join("".join(shown).split())


def _framed(frame: str, words: str) -> str:
    """Put words in brackets; the spaces about them stay outside, so that words that stand apart do so."""
    before, after = words[:1].isspace() * " ", words[-1:].isspace() * " "
    return f"{before}{frame[0]}{_short(words)}{frame[1]}{after}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 120 else f"{words[:58]} … {words[-58:]}"
