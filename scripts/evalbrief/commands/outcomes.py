"""What compare writes into build/{evaluation}/review/: put there and noted; removed unless somebody worked in it."""

import hashlib
from collections.abc import Collection
from pathlib import Path

from evalbrief.commands.evaluations import BUILD
from evalbrief.delivery import digest_lines, file_digest, read_digests, unused_name
from evalbrief.files import write_whole
from evalbrief.folder import REVIEW

OUTCOMES = ("redline.{}.docx", "redline.{}.pdf", "review.{}.html", "changes.{}.json")
# Beside the outcomes, their digests as they were written: one that is another now was changed by somebody.
WRITTEN = "written.sha256"


def forget_outcomes(evaluation: str, languages: Collection[str] = ()) -> None:
    """Remove what was compared before in these languages, or in all: nothing of it is to lie beside this comparison.

    What somebody has changed since gets a name of its own.
    """
    place = BUILD / evaluation / REVIEW
    written = read_digests(place / WRITTEN)
    for path in [path for name in OUTCOMES for path in sorted(place.glob(name.format("*")))]:
        _, language, *rest = path.name.split(".")
        if len(rest) > 1 or (languages and language not in languages):
            continue
        if written.pop(path.name, "") == file_digest(path):
            path.unlink()
        else:
            _keep_edited(path)
    if any((place / name).exists() for name in written):
        _note(place, written)
    else:
        (place / WRITTEN).unlink(missing_ok=True)


def _keep_edited(path: Path) -> None:
    kept = path.rename(unused_name(path))
    print(f"{path} was changed by hand: your file is kept as {kept}.")
    if kept.suffix == ".docx":
        command = f"python3 brief.py import-review {kept}"
        print(f"If it was made from a draft or from what is in build/ now, {command} takes its edits into the texts.")


def _note(place: Path, written: dict[str, str]) -> None:
    write_whole(place / WRITTEN, digest_lines(written).encode())


def put_outcome(path: Path, content: bytes) -> None:
    """Write an outcome; noted first, it is taken for nobody's work when we are stopped in between."""
    _note(path.parent, read_digests(path.parent / WRITTEN) | {path.name: hashlib.sha256(content).hexdigest()})
    write_whole(path, content)
