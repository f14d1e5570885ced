"""Run the pandoc that comes with the packages, whatever other pandoc the computer has."""

import os
import subprocess
import sys
from pathlib import Path

import pypandoc

# By its place: pypandoc itself would start it five more times, to ask what it can do and whether another one is newer.
PANDOC = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")
# On Windows a program started by another may open a window of its own.
NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


class PandocError(RuntimeError):
    """Pandoc did not do what it was asked; the message says why in its words."""


def pandoc(*arguments: str, given: str = "") -> bytes:
    """Run pandoc on a text and give what it writes; what it warns of goes to the log."""
    done = subprocess.run(
        [str(PANDOC), *arguments], input=given.encode(), capture_output=True, check=False, creationflags=NO_WINDOW
    )
    words = done.stderr.decode("utf-8", errors="replace").strip()
    if done.returncode:
        raise PandocError(words)
    if words:
        print(words, file=sys.stderr)
    return done.stdout


def convert(text: str, source: str, target: str, *arguments: str) -> str:
    """Convert a text from one of pandoc's formats to another."""
    return pandoc(f"--from={source}", f"--to={target}", *arguments, given=text).decode()
