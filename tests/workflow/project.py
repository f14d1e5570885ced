"""A copy of the project to build, edit and build again."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evalbrief.document.meta import read_meta
from evalbrief.files import read_json

ROOT = Path(__file__).parents[2]
TINY = ROOT / "tests" / "data" / "tiny"
CODE = ("Snakefile", "config.yaml", "requirements.txt", "rules", "scripts", "templates", "profiles")
# What tells how a build went, not what it made.
REPORTS = ("logs", "build.log")


@dataclass(frozen=True)
class Brief:
    """The brief of an evaluation in a language, in the build of a project."""

    project: "Project"
    evaluation: str
    language: str

    def path(self, ending: str) -> Path:
        """Give one of its files by the ending: pdf, docx, html, json (the tree), md."""
        return self.project.path(f"build/{self.evaluation}/brief.{self.language}.{ending}")

    @property
    def tree(self) -> dict[str, Any]:
        """Read its tree."""
        return read_json(self.path("json"))

    @property
    def context(self) -> dict[str, Any]:
        """Read the values that its text may say."""
        return read_json(self.project.path(f"build/{self.evaluation}/context.{self.language}.json"))

    def words(self, name: str) -> str:
        """Read a text of its tree's meta: title, draft, notice ..."""
        return read_meta(self.tree).words[name]

    def made(self, kind: str, ending: str) -> dict[str, Path]:
        """List the files of its figures or tables by name."""
        paths = self.project.path(f"build/{self.evaluation}/{kind}").glob(f"*.{self.language}.{ending}")
        return {path.name.partition(".")[0]: path for path in sorted(paths)}


class Project:
    """The project in a folder of its own, with the evaluations it is given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def create(cls, folder: Path, **evaluations: Path) -> "Project":
        """Copy the code and the data of the named evaluations into `folder`."""
        for name in CODE:
            source = ROOT / name
            ignore = shutil.ignore_patterns("__pycache__")
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=ignore)
            else:
                folder.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, folder / name)
        shutil.copytree(ROOT / "data" / "schemas", folder / "data" / "schemas")
        for name, source in evaluations.items():
            shutil.copytree(source, folder / "data" / name)
        return cls(folder)

    def copy(self, folder: Path) -> "Project":
        """Copy everything, dates and Snakemake's records included."""
        shutil.copytree(self.folder, folder)
        return Project(folder)

    def build(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run Snakemake as an expert does; `environment` adds variables."""
        return subprocess.run(
            [sys.executable, "-m", "snakemake", *arguments],
            cwd=self.folder,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self, *words: str, **environment: str) -> subprocess.Popen[str]:
        """Start a command of brief.py, inside the environment of the tests; all it says goes to its output."""
        return subprocess.Popen(
            [sys.executable, "-m", "evalbrief.commands", *words],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.path("scripts")), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def made(self) -> dict[str, int]:
        """Give what stands in build/, by path, with the time it was last written in nanoseconds."""
        build = self.folder / "build"
        return {
            path.relative_to(build).as_posix(): path.stat().st_mtime_ns
            for path in sorted(build.rglob("*"))
            if path.is_file() and not set(REPORTS) & set(path.relative_to(build).parts)
        }

    def contents(self) -> dict[str, bytes]:
        """Give the bytes of what stands in build/, by path."""
        return {name: (self.folder / "build" / name).read_bytes() for name in self.made()}

    def path(self, name: str) -> Path:
        """Give a file of the project."""
        return self.folder / name

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a text in a file, which must be there."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        self.path(name).write_text(text.replace(old, new), encoding="utf-8")
