"""See which files of the project change, and which evaluations that concerns."""

import re
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from watchfiles import Change, watch

from evalbrief.folder import DATA, DRAFTS, FETCHED, SCHEMAS
from evalbrief.trouble import Trouble

FOLDERS = ("data", "templates", "scripts", "rules", "profiles")
FILES = ("config.yaml", "Snakefile")
# What editors and offices lay beside a file while it is open, and what Python does.
PASSING = re.compile(r"^[.~#]|[~#]$|\.(tmp|part|bak|sw[a-p]|py[cod])$|^__pycache__$")
# With a file of such a name Vim tries whether it may write there; an evaluation may be named by a year.
TRIAL = re.compile(r"\d{4}")
# Milliseconds of quiet after a change before it is told, and the most that is waited for them.
QUIET, LONGEST = 50, 500
LOOK_SECONDS = 0.5


def concerns(paths: Iterable[str]) -> set[str] | None:
    """Name the evaluations that changed files belong to; None stands for all of them.

    The paths are those in the project. A set that is empty says that nothing of it matters.
    """
    found = set()
    for path in paths:
        parts = Path(path).parts
        if any(PASSING.search(part) for part in parts) or (TRIAL.fullmatch(parts[-1]) and parts[:-1] != DATA.parts):
            continue
        if parts[0] != DATA.name or parts[:2] == SCHEMAS.parts:
            return None
        if len(parts) > 2 and parts[2] in (DRAFTS, FETCHED):
            continue
        found |= set(parts[1:2])
    return found


class Changes:
    """Watches the files of the project in the present folder, and tells of each change."""

    def __init__(self, tell: Callable[[set[str] | None], object]) -> None:
        self._tell = tell
        self._stopped = threading.Event()
        self._failure: Exception | None = None
        folders = {Path(name).resolve(): name for name in FOLDERS if Path(name).is_dir()}
        # An editor that saves puts another file in place: only the folder knows of it.
        self._threads = [
            threading.Thread(target=self._watch, args=[folders, True], daemon=True),
            threading.Thread(target=self._watch, args=[{Path.cwd().resolve(): ""}, False], daemon=True),
        ]

    def start(self) -> None:
        """Begin to watch."""
        for thread in self._threads:
            thread.start()

    def wait(self) -> None:
        """Wait until they are not watched any more; raise Trouble when they cannot be."""
        while not self._stopped.wait(LOOK_SECONDS):  # Windows hears no Ctrl-C while it waits for ever
            pass
        if self._failure:
            raise Trouble(f"The files of this folder cannot be watched: {self._failure}.")

    def stop(self) -> None:
        """Watch no more."""
        self._stopped.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _watch(self, roots: dict[Path, str], recursive: bool) -> None:
        try:
            for changes in watch(
                *roots,
                watch_filter=None,
                debounce=LONGEST,
                step=QUIET,
                stop_event=self._stopped,
                recursive=recursive,
                raise_interrupt=False,
            ):
                self._hear(changes, roots)
        except (OSError, RuntimeError) as error:
            self._failure = error
            self._stopped.set()

    def _hear(self, changes: set[tuple[Change, str]], roots: dict[Path, str]) -> None:
        paths = [_inside(Path(path), roots) for _, path in changes]
        named = [path for path in paths if path.split("/")[0] in FOLDERS or path in FILES]
        names = concerns(named)
        if names is None or names:
            self._tell(names)


def _inside(path: Path, roots: dict[Path, str]) -> str:
    """Name a file as the project does, wherever its folder really is."""
    root = next((root for root in roots if path.is_relative_to(root)), path)
    return (Path(roots.get(root, "")) / path.relative_to(root)).as_posix()
