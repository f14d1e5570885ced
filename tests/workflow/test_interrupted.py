"""A build that is killed, or for which there is no room: the next one just works, and nobody sees half a document."""

import base64
import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from waiting import wait_until
from workflow.project import Project

DOCUMENTS = ("tiny/brief.fr.pdf", "tiny/brief.fr.docx", "tiny/brief.fr.html")
FULL = "The disk is full: free some space and build again; the last good documents stay as they are."


def running_in(folder: Path) -> list[int]:
    """List the processes that work in a folder."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.cwd() == str(folder) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process.pid)
        except psutil.Error:  # it has just ended, or is not ours
            continue
    return found


def written(project: Project, pattern: str) -> int:
    """Give the time at which the newest of some files was written, in nanoseconds; 0 when there are none."""
    times = [0]
    for path in project.folder.glob(pattern):
        with contextlib.suppress(FileNotFoundError):
            times.append(path.stat().st_mtime_ns)
    return max(times)


def edit(project: Project) -> None:
    project.replace("data/tiny/survey.csv", "useful,Le projet est utile,2,20", "useful,Le projet est utile,2,21")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("made", [".snakemake/locks/*", "build/tiny/figures/*.svg", "build/tiny/brief.fr.md"])
def test_killed_build_is_taken_up_again(project: Project, made: str) -> None:
    last = project.contents()
    project.path("requirements.txt").write_text("# another lock\n", encoding="utf-8")
    before = written(project, made)
    killed = project.start("build")
    wait_until(lambda: written(project, made) > before, "the build does not come so far")
    os.killpg(killed.pid, signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    wait_until(lambda: not running_in(project.folder), "Snakemake, the worker or a script goes on")
    left = project.contents()
    assert [name for name in DOCUMENTS if left[name] != last[name]] == []
    again = project.start("build")
    output, _ = again.communicate()
    assert again.returncode == 0, output
    now = project.contents()
    assert now.keys() == last.keys()
    assert [name for name in now if now[name] != last[name]] == []


def test_second_build_says_so_and_names_the_documents(project: Project) -> None:
    run = project.start("build")
    output, _ = run.communicate()
    assert run.returncode == 0, output
    lines = [Path(line).as_posix() for line in output.splitlines()]
    assert "Everything is up to date." in lines
    assert [f"build/{name}" for name in DOCUMENTS] == [line for line in lines if line.startswith("build/")]


def test_of_two_builds_at_once_one_builds(project: Project) -> None:
    edit(project)
    builds = [project.start("build") for _ in range(2)]
    said = {build.communicate()[0]: build.returncode for build in builds}
    assert sorted(said.values()) == [0, 1], said
    refused = min(said, key=len)
    assert said[refused] == 1
    assert refused.startswith("Another build ") and refused.count("\n") == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, which can be filled."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    words = [mount, "-t", "tmpfs", "-o", "size=60m", "tmpfs", str(disk)]
    if not mount or subprocess.run(words, capture_output=True).returncode:  # type: ignore[arg-type]
        pytest.skip("only root may mount a small disk, on Linux")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


# Room for nothing; for the model and the figures, and not for the documents.
@pytest.mark.parametrize("kilobytes", [0, 200])
def test_full_disk_is_one_sentence(built: Project, small_disk: Path, kilobytes: int) -> None:
    project = built.copy(small_disk / "project")
    # The modules are compiled where there is room, and not found anew.
    quiet = {"PYTHONDONTWRITEBYTECODE": "1"}
    assert project.start("build", **quiet).wait() == 0
    last = project.contents()
    edit(project)
    filler = small_disk / "filler"
    filler.write_bytes(bytes(shutil.disk_usage(small_disk).free - kilobytes * 1024))
    stopped = project.start("build", **quiet)
    said, _ = stopped.communicate()
    assert stopped.returncode == 1
    lines = [line for line in said.splitlines() if " of " not in line]
    assert lines == [FULL]
    assert [name for name in DOCUMENTS if project.path(f"build/{name}").read_bytes() != last[name]] == []
    filler.unlink()
    again = project.start("build", **quiet)
    said, _ = again.communicate()
    assert again.returncode == 0, said
    assert project.contents().keys() == last.keys()
    assert project.build("--dry-run").stdout.count("Nothing to be done") == 1


@pytest.mark.parametrize(
    "name",
    ["model/fr/survey.csv", "context.fr.json", "figures/survey.fr.svg", "brief.fr.json", "rendered/brief.fr.pdf"],
)
def test_what_somebody_altered_on_the_way_is_made_anew(project: Project, name: str) -> None:
    last = project.contents()
    assert project.start("build").wait() == 0  # the stamp is written
    with project.path(f"build/tiny/{name}").open("ab") as file:
        file.write(b" ")
    run = project.start("build")
    output, _ = run.communicate()
    assert run.returncode == 0, output
    assert project.contents() == last


def test_what_a_step_was_stopped_in_the_middle_of_is_made_anew(project: Project) -> None:
    last = project.contents()
    figure, brief = "build/tiny/figures/survey.fr.json", "build/tiny/brief.fr.json"
    for name in (figure, brief):
        key = base64.urlsafe_b64encode(name.encode()).decode()
        project.path(f".snakemake/metadata/{key}").unlink()
        project.path(f".snakemake/incomplete/{key}").write_text("{}", encoding="utf-8")
        project.path(name).write_text("{", encoding="utf-8")
    for name in DOCUMENTS:
        project.path(f"build/{name}").unlink()
    run = project.start("build")
    output, _ = run.communicate()
    assert run.returncode == 0, output
    assert project.contents() == last
