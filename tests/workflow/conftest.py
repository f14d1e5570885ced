"""One build of the tiny evaluation for all tests of the workflow; each test edits a copy."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from workflow.project import TINY, Project


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Project:
    """The project with the tiny evaluation, built. Copy it before you touch it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with _one_at_a_time(shared / "built.lock"):
        if not (shared / "built").exists():
            project = Project.create(shared / "unfinished", tiny=TINY)
            run = project.build()
            assert run.returncode == 0, run.stderr
            (shared / "unfinished").rename(shared / "built")
    return Project(shared / "built")


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """A built copy of the project to edit."""
    return built.copy(tmp_path / "project")


@contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    """Wait until no other test process holds the folder `lock`, and hold it."""
    while True:
        try:
            lock.mkdir()
            break
        except FileExistsError:
            time.sleep(0.2)
    try:
        yield
    finally:
        lock.rmdir()
