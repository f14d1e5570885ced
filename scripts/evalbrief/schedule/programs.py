"""Ask the programs of a scheduler, such as crontab; every trouble with one is a sentence."""

import os
import shutil
import subprocess

from evalbrief.trouble import Trouble


def has(program: str) -> bool:
    """Say whether a program is on the PATH."""
    return shutil.which(program) is not None


def ask(*words: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end, whatever comes of it; raise Trouble when it cannot be started."""
    english = {**os.environ, "LC_ALL": "C"}  # some of its words have a meaning to us
    try:
        return subprocess.run(words, input=given or b"", env=english, capture_output=True, check=False)
    except OSError as error:
        raise Trouble(f"The program {words[0]} cannot be started: {error.strerror}.") from None


def order(*words: str, given: bytes | None = None) -> bytes:
    """Run a program and return what it prints; raise Trouble, with its own words, when it fails."""
    done = ask(*words, given=given)
    if done.returncode:
        raise Trouble(f"`{' '.join(words)}` failed: {said(done)}.")
    return done.stdout


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return in one line why a program failed, as it says."""
    words = (done.stderr or done.stdout).decode("utf-8", "replace").split()
    return " ".join(words).rstrip(".") or f"it ended with {done.returncode}"
