"""The copy of a built project that is edited, and put back as it was."""

import csv
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from evalbrief.commands import stamps
from workflow.project import TINY, Project

EVALUATION = "tiny"
SECOND_LANGUAGE = "en"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>\n'
# Seconds after which the stamp of a copy that was put back can be settled, on a clock that ticks every two seconds.
SETTLED = 2 * stamps.TICK / 1e9 + 0.1


class Copy:
    """A copy of a built project that can be put back as it was."""

    def __init__(self, built: Path, folder: Path) -> None:
        shutil.copytree(built, folder, symlinks=True)
        self.folder, self._built = folder, built
        self._known = self._look()
        self.settled_from = time.monotonic() + SETTLED

    def put_back(self) -> None:
        """Put back every file that is not as it was, with its date; take away every new one."""
        for folder, folders, _ in os.walk(self.folder):
            for path in (Path(folder, name) for name in folders):
                if path.is_symlink():
                    path.unlink()
        present = self._look()
        for path in present.keys() - self._known.keys():
            (self.folder / path).unlink()
        for path in [path for path, state in self._known.items() if present.get(path) != state]:
            target = self.folder / path
            target.unlink(missing_ok=True)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self._built / path, target)
        for folder, folders, names in os.walk(self.folder, topdown=False):
            if not folders and not names and not (self._built / Path(folder).relative_to(self.folder)).exists():
                os.rmdir(folder)
        self._known = self._look()
        self.settled_from = time.monotonic() + SETTLED

    def _look(self) -> dict[str, tuple[int, ...]]:
        found = {}
        for folder, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.join(folder, name)
                status = os.lstat(path)
                state = (status.st_mode, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
                found[os.path.relpath(path, self.folder)] = state
        return found


def build_project(folder: Path) -> Path:
    """Build the tiny evaluation in two languages, for an office with a logo of its own."""
    project = Project.create(folder, tiny=TINY)
    data = folder / "data" / EVALUATION
    for path in data.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        places = [place for place, name in enumerate(rows[0]) if name.endswith("_fr")]
        head = [*rows[0], *(f"{rows[0][place][:-3]}_{SECOND_LANGUAGE}" for place in places)]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows([head, *([*row, *(row[place] for place in places)] for row in rows[1:])])
    facts = data / "evaluation.yaml"
    said = re.sub(r'\bfr: ("[^"]*"|\[.*?\]|[^,}]*)', rf"fr: \1, {SECOND_LANGUAGE}: \1", facts.read_text("utf-8"))
    facts.write_text(said, encoding="utf-8")
    shutil.copytree(data / "text/fr", data / "text" / SECOND_LANGUAGE)
    (folder / "office").mkdir()
    (folder / "office/logo.svg").write_text(LOGO, encoding="utf-8")
    project.replace("templates/themes/ilo.yaml", "\nlogo:\n", "\nlogo: office/logo.svg\n")
    return folder


def stamp_project(folder: Path) -> None:
    """Have the project built, and stamped, by the command that people use."""
    done = subprocess.run(
        [sys.executable, "-m", "evalbrief.commands", "build"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": "scripts"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    if done.returncode:
        raise SystemExit(done.stdout)
