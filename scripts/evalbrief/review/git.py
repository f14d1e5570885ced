"""Read what git has kept of this folder: the files of a commit, as they were committed.

The folder may be a part of a larger repository. Nothing is checked out, no filter of the user's is run, and nothing is
fetched from another computer.
"""

import os
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from evalbrief.trouble import Trouble

# Any other kind of entry is a link, or a repository in the repository.
FILES = ("100644", "100755")
MOST_TAGS = 5


class Commit(NamedTuple):
    """A commit: its digest, and when it was made."""

    digest: str
    moment: datetime

    @property
    def short(self) -> str:
        """Its digest, as far as people read it."""
        return self.digest[:12]


def find_commit(word: str) -> Commit:
    """Return the commit that a tag, branch or another name of git's means."""
    _refuse_no_repository(word)
    found = not word.startswith("-") and _answers("rev-parse", "--verify", "--quiet", f"{word}^{{commit}}")
    if not found:
        raise Trouble(f'git knows no revision "{word}"; allowed are {_known()}.')
    seconds = _answers("show", "--no-patch", "--no-show-signature", "--format=%ct", found)
    if not seconds:
        raise _incomplete(found)
    return Commit(found, datetime.fromtimestamp(int(seconds), UTC))


def list_files(commit: Commit, *places: str) -> dict[str, str]:
    """List the files of a commit in these places, each with the name of its content; raise Trouble for a link."""
    try:
        listed = _run("ls-tree", "-r", "-z", commit.digest, "--", *places).decode(errors="surrogateescape")
    except subprocess.CalledProcessError:
        raise _incomplete(commit.digest) from None
    files = {}
    for line in listed.split("\0")[:-1]:
        (mode, _, content), path = line.partition("\t")[0].split(), line.partition("\t")[2]
        if mode not in FILES or "\\" in path or ".." in path.split("/"):
            raise Trouble(f"{path} is no plain file in {commit.short}: that revision cannot be compared.")
        files[path] = content
    return files


def read_files(commit: Commit, files: dict[str, str]) -> dict[str, bytes]:
    """Read files that list_files has listed, by path."""
    asked = "".join(f"{content}\n" for content in files.values())
    try:
        answer = _run("cat-file", "--batch", stdin=asked.encode())
    except subprocess.CalledProcessError:
        raise _incomplete(commit.digest) from None
    contents = {}
    for path in files:
        head, _, answer = answer.partition(b"\n")
        if not head.split()[-1].isdigit():
            raise _incomplete(commit.digest)
        size = int(head.split()[-1])
        contents[path], answer = answer[:size], answer[size + 1 :]
    return contents


def _refuse_no_repository(word: str) -> None:
    try:
        _run("rev-parse", "--git-dir")
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip()
        if "not a git repository" not in said:  # such as a folder that belongs to somebody else
            raise Trouble(f"git does not read this folder. It says: {said.partition(chr(10))[0]}") from None
        raise Trouble(
            f'This folder is in no git repository: there is no revision "{word}", only drafts by their numbers.'
        ) from None


def _incomplete(digest: str) -> Trouble:
    """Say that parts of a commit are on another computer, as those of a clone that was made without them."""
    return Trouble(f"git has not all of {digest[:12]} on this computer: fetch it first, as git fetch --refetch does.")


def _known() -> str:
    """Say by which names a revision can be asked for."""
    tags = _run("tag", "--sort=-creatordate").decode(errors="replace").split()[:MOST_TAGS]
    last = f" ({', '.join(tags)})" if tags else ""
    return f"the number of a draft, a tag{last}, a branch, or a commit as git log --oneline lists them"


def _answers(*words: str) -> str:
    """Return what git answers in one line, nothing when it refuses."""
    try:
        return _run(*words).decode().strip()
    except subprocess.CalledProcessError:
        return ""


def _run(*words: str, stdin: bytes = b"") -> bytes:
    # Its messages in the language that they are read in here.
    quiet = {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    command: Sequence[str] = ["git", *words]
    try:
        return subprocess.run(command, input=stdin, capture_output=True, check=True, env=os.environ | quiet).stdout
    except FileNotFoundError:
        raise Trouble("There is no git on this computer: install it, or compare drafts by their numbers.") from None
