"""A build that is killed at any moment: the next one just works, and nobody sees half a document."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from workflow.project import Project

DOCUMENTS = ("tiny/brief.fr.pdf", "tiny/brief.fr.docx", "tiny/brief.fr.html")


def start(project: Project) -> subprocess.Popen[str]:
    """Start brief.py's build in the project, inside the environment of the tests."""
    return subprocess.Popen(
        [sys.executable, "-m", "evalbrief.commands", "build"],
        cwd=project.folder,
        env={**os.environ, "PYTHONPATH": str(project.path("scripts"))},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("seconds", [2.5, 5, 9])
def test_killed_build_is_taken_up_again(project: Project, seconds: float) -> None:
    last = project.contents()
    project.path("requirements.txt").write_text("# another lock\n", encoding="utf-8")
    killed = start(project)
    time.sleep(seconds)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    left = project.contents()
    assert [name for name in DOCUMENTS if left[name] != last[name]] == []
    again = start(project)
    output, _ = again.communicate()
    assert again.returncode == 0, output
    now = project.contents()
    assert now.keys() == last.keys()
    assert [name for name in now if now[name] != last[name]] == []


def test_second_build_says_so_and_names_the_documents(project: Project) -> None:
    run = start(project)
    output, _ = run.communicate()
    assert run.returncode == 0, output
    lines = [Path(line).as_posix() for line in output.splitlines()]
    assert "Everything is up to date." in lines
    assert [f"build/{name}" for name in DOCUMENTS] == [line for line in lines if line.startswith("build/")]
