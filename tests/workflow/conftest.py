"""The builds that the tests of the workflow share; each test that edits edits a copy."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from workflow.project import ROOT, TINY, Brief, Project

EVALUATIONS = ("entralliance", "demo")
LANGUAGES = ("en", "es", "fr")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Project:
    """The project with the tiny evaluation, built. Copy it before you touch it."""
    return _shared(tmp_path_factory, worker_id, "built", tiny=TINY)


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """A built copy of the project to edit."""
    return built.copy(tmp_path / "project")


@pytest.fixture(scope="session")
def briefs(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Project:
    """The project with both real evaluations in all languages, built as their users build them. Read only."""
    return _shared(tmp_path_factory, worker_id, "briefs", **{name: ROOT / "data" / name for name in EVALUATIONS})


@pytest.fixture(params=EVALUATIONS)
def evaluation(request: pytest.FixtureRequest) -> str:
    """The name of one of the real evaluations."""
    return request.param


@pytest.fixture(params=LANGUAGES)
def brief(request: pytest.FixtureRequest, briefs: Project, evaluation: str) -> Brief:
    """One of the real briefs: an evaluation in a language."""
    return Brief(briefs, evaluation, request.param)


def _shared(factory: pytest.TempPathFactory, worker_id: str, name: str, **evaluations: Path) -> Project:
    """Build a project once for all test processes."""
    base = factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with _one_at_a_time(shared / f"{name}.lock"):
        if not (shared / name).exists():
            project = Project.create(shared / f"{name}.unfinished", **evaluations)
            run = project.build()
            assert run.returncode == 0, run.stderr
            project.folder.rename(shared / name)
    return Project(shared / name)


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
