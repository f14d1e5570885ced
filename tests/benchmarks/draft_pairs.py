"""Pairs of drafts: the demo, and the same after random edits that say what they truly changed."""

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

from render_docx import render_docx
from workspace import ROOT, brief, copy_project, run

from tests.tree_draft import Edit
from tests.tree_edits import edit, write_draft

LANGUAGES = ("fr", "en", "es")
COUNTS = (1, 8, 24)


@dataclass(frozen=True)
class Pair:
    """An old and a new draft in a language, as Word files, and the edits between them."""

    language: str
    edits: list[Edit]
    old: Path
    new: Path

    @property
    def words(self) -> int:
        """Words that truly came or went."""
        return sum(one.inserted + one.deleted for one in self.edits)

    @property
    def formatting(self) -> int:
        """Looks that truly changed."""
        return sum(one.formatting for one in self.edits)


def build_demo(folder: Path) -> Path:
    """Build the demo in a copy of the project; return where its trees lie."""
    project = copy_project(folder / "project", ROOT / "data" / "demo")
    run(brief("build"), project)
    return project / "build" / "demo"


def make_pair(demo: Path, number: int, folder: Path) -> Pair:
    """Edit a draft of the demo: pair by pair another language, and 1, 8 and 24 edits in turn."""
    language = LANGUAGES[number % 3]
    tree = json.loads((demo / f"brief.{language}.json").read_text(encoding="utf-8"))
    edited, edits = edit(tree, Random(f"pair {number}"), COUNTS[number // 3 % 3])
    old = folder / f"old_{language}" / "brief.docx"
    if not old.exists():
        _render(tree, demo, old)
    return Pair(language, edits, old, _render(edited, demo, folder / f"new_{number}" / "brief.docx"))


def _render(tree: dict, demo: Path, path: Path) -> Path:
    written = write_draft(tree, demo, path.parent)
    reference, word_filter = str(demo.parent / "reference.docx"), str(ROOT / "templates/filters/docx.lua")
    render_docx(tree=written, reference=reference, filter=word_filter, docx=str(path))
    return path
