"""Remove what was made; the data stays, and what people changed by hand."""

import shutil
from collections.abc import Collection
from pathlib import Path

from evalbrief.commands.evaluations import BUILD, find_evaluations, find_orphans
from evalbrief.commands.outcomes import forget_outcomes
from evalbrief.commands.running import only_build
from evalbrief.delivery import keep_edited
from evalbrief.folder import REVIEW


def clean(only: Collection[str] = ()) -> int:
    """Remove build/, or the folders in it of some evaluations, also of those no longer in data/."""
    missing = set(only) - set(find_orphans())
    if missing:
        find_evaluations(missing)
    folders = [BUILD / name for name in only] or [BUILD]
    with only_build():
        for folder in folders:
            kept = _keep_what_people_changed(folder)
            if folder.exists() and not kept:
                shutil.rmtree(folder)
            print(f"{folder} is removed." if not kept else f"{folder} is removed but for your own files:")
            print(*kept, sep="\n", end="\n" if kept else "")
    return 0


def _keep_what_people_changed(folder: Path) -> list[Path]:
    """Remove all of a folder but the documents and redlines that somebody changed, and list these."""
    for record in {path.with_suffix(".sha256") for path in folder.rglob("brief.*.*") if _is_document(path)}:
        list(keep_edited(record))
    for place in folder.rglob(REVIEW):
        forget_outcomes(place.parent.name)
    kept = sorted(folder.rglob("*.edited-*"))
    if kept:
        for path in sorted(folder.rglob("*"), reverse=True):
            if path.is_file() and path not in kept:
                path.unlink()
            elif path.is_dir() and not any(path.iterdir()):
                path.rmdir()
    return kept


def _is_document(path: Path) -> bool:
    return path.is_file() and path.parent.name != "rendered" and path.suffix in (".pdf", ".docx", ".html")
