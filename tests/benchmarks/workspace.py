"""A copy of the project to measure in: the code, the evaluations asked for, and the environment of the original."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("brief.py", "Snakefile", "config.yaml", "requirements.txt", "rules", "scripts", "templates", "profiles")
PYTHON = str(ROOT / ".venv" / "bin" / "python")
# The Python a person starts brief.py with: it is not that of .venv.
PLAIN_PYTHON = getattr(sys, "_base_executable", sys.executable)
# What tells how a build went, not what it made.
REPORTS = ("logs", "build.log", "set-up.log")


class Failed(Exception):
    """A command that was to be measured ended with an error."""


def copy_project(folder: Path, *evaluations: Path) -> Path:
    """Copy the code and the folders of evaluations into `folder` and return it."""
    ignore = shutil.ignore_patterns("__pycache__")
    code = [(ROOT / name, folder / name) for name in (*CODE, "data/schemas")]
    for source, target in [*code, *((path, folder / "data" / path.name) for path in evaluations)]:
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=ignore)
        else:
            shutil.copy2(source, target)
    (folder / ".venv").symlink_to((ROOT / ".venv").resolve())
    return folder


def brief(*words: str) -> list[str]:
    """Give the command that a person enters: python3 brief.py ..."""
    return [PLAIN_PYTHON, "brief.py", *words]


def snakemake(*words: str) -> list[str]:
    """Give the command that an expert enters: snakemake ..."""
    return [PYTHON, "-m", "snakemake", *words]


def run(command: Sequence[str], folder: Path) -> str:
    """Run a command in a folder and return what it printed; raise Failed when it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "DVC_NO_ANALYTICS": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        raise Failed(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-3000:]}")
    return done.stdout


def contents(folder: Path) -> dict[str, bytes]:
    """Read what was made, without the reports of how it went."""
    build = folder / "build"
    return {
        name: path.read_bytes()
        for path in sorted(build.rglob("*"))
        if path.is_file() and not set(REPORTS) & set((name := path.relative_to(build).as_posix()).split("/"))
    }
