"""Faults of the disk: full at several moments, and read-only. Small disks are mounted for it, which only root may."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fault_stage import NEW, OLD, Fault, Stage, Verdict, ending
from numbers_shown import RESULTS
from unattended import FAILED, NOTHING_NEW, PUBLISHED, Done, Office
from workspace import Failed

SIZE = "80m"
# Room for nothing, for some of what is fetched, built and published, and for all of it.
KILOBYTES = (0, 8, 32, 64, 128, 256, 512, 1024, 1536, 2048, 4096)
FULL = "The disk is full: free some space and build again; the last good documents stay as they are."


@contextmanager
def disk(place: Path) -> Iterator[Path]:
    """Have a small disk at a place for a while."""
    place.mkdir(parents=True, exist_ok=True)
    mount(place, "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def mount(place: Path, *words: str) -> None:
    """Mount something, or mount it otherwise; raise Failed when this is not allowed."""
    done = subprocess.run(["mount", *words, str(place)], capture_output=True, text=True)
    if done.returncode:
        raise Failed(f"mount {' '.join(words)}: {done.stderr.strip()}")


@contextmanager
def read_only(place: Path) -> Iterator[None]:
    """Let nobody write on a disk for a while."""
    mount(place, "-o", "remount,ro")
    try:
        yield
    finally:
        mount(place, "-o", "remount,rw")


def full(stage: Stage, verdict: Verdict) -> None:
    """Fill the disk but for some kilobytes, refresh, make room, refresh again; each time with a new number."""
    with disk(stage.folder / "small disk") as small, stage.office("full", small) as office:
        shown = OLD
        for number, kilobytes in enumerate(KILOBYTES, NEW):
            stage.web.put(RESULTS.text(number))
            ballast = small / "ballast"
            ballast.write_bytes(bytes(max(shutil.disk_usage(small).free - kilobytes * 1024, 0)))
            # Modules are compiled where there is room.
            done = office.refresh(PYTHONDONTWRITEBYTECODE="1")
            ending = "exit 1, one sentence" if _is_told(done) else _in_short(done)
            verdict.see(f"{kilobytes} KB left: {ending}", _is_told(done) or done.status == PUBLISHED)
            allowed = (number,) if done.status == PUBLISHED else (shown, number)
            if not (office.is_whole() and office.shown(RESULTS) in allowed):
                verdict.see(f"no whole set, or a wrong one ({office.shown(RESULTS)})", False)
            ballast.unlink()
            _make_room(office, verdict, number, NOTHING_NEW if done.status == PUBLISHED else PUBLISHED)
            shown = number
        verdict.see("with room again, each new number was published", True)


def _make_room(office: Office, verdict: Verdict, number: int, wanted: int) -> None:
    """Refresh where there is room again; what goes well is not noted each time."""
    done = office.refresh()
    if done.status != wanted:
        verdict.see(f"with room again: {_in_short(done)}", False)
    if not (office.is_whole() and office.shown(RESULTS) == number and office.equals_build()):
        verdict.see("with room again: not the new set", False)


def _is_told(done: Done) -> bool:
    return (done.status, done.said) == (FAILED, FULL)


def _in_short(done: Done) -> str:
    return "published" if done.status == PUBLISHED else ending(done)


def read_only_sets(stage: Stage, verdict: Verdict) -> None:
    """Have the sets on a disk of their own, which nobody may write on."""
    with stage.office("read-only sets") as office:
        sets, kept = office.path("published.sets"), stage.folder / "kept sets"
        shutil.copytree(sets, kept)
        with disk(sets):
            shutil.copytree(kept, sets, dirs_exist_ok=True)
            stage.web.put(RESULTS.text(NEW))
            with read_only(sets):
                _is_refused(office, verdict)
            verdict.recovers(office, NEW)
            stage.search("read-only sets", office)  # what is on this disk goes with it


def read_only_project(stage: Stage, verdict: Verdict) -> None:
    """Have the whole project on a disk that nobody may write on."""
    with disk(stage.folder / "read-only") as small, stage.office("read-only project", small) as office:
        stage.web.put(RESULTS.text(NEW))
        with read_only(small):
            _is_refused(office, verdict)
        verdict.recovers(office, NEW)


def _is_refused(office: Office, verdict: Verdict) -> None:
    """Refresh where it cannot write: one sentence, and people read what they did."""
    done = office.refresh()
    right = done.status == FAILED and "Read-only file system" in done.said and "\n" not in done.said
    verdict.see(_in_short(done), right)
    verdict.reads(office, {RESULTS: OLD}, "the old set")


AFTER = "the old set stays whole; when it can be written again, the next refresh publishes"
FAULTS = (
    Fault("full", "Disk full, at several moments", f"exit 1, one sentence; {AFTER}", full),
    Fault("read-only-sets", "published.sets/ is read-only", f"exit 1, one sentence; {AFTER}", read_only_sets),
    Fault("read-only", "The whole project is read-only", f"exit 1, one sentence; {AFTER}", read_only_project),
)
