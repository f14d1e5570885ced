"""The builds that the tests of the workflow share; each test that edits edits a copy."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from evalbrief.commands.compare import Asked, compare
from evalbrief.commands.issue import issue
from workflow.project import ROOT, TINY, Brief, Project

EVALUATIONS = ("entralliance", "demo")
LANGUAGES = ("en", "es", "fr")
# When the draft was issued that the tests compare with, and what was written since.
MOMENT = datetime(2026, 11, 29, 21, tzinfo=UTC)
SENTENCE = "Une phrase est venue depuis, avec 12 ateliers de plus."


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Project:
    """The project with the tiny evaluation, built by Snakemake alone. Copy it before you touch it."""
    return _shared(tmp_path_factory, worker_id, "built", _build_as_experts, tiny=TINY)


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """A built copy of the project to edit."""
    return built.copy(tmp_path / "project")


@pytest.fixture(scope="session")
def issued(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tiny evaluation with one draft. Copy it before you touch it."""
    project = built.copy(tmp_path_factory.mktemp("issued") / "project")
    _build(project)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project.folder)
        assert issue("tiny", "to the reviewers", moment=MOMENT) == 0
    return project


@pytest.fixture(scope="session")
def reviewed(issued: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The same with other data and text, built and compared. Read only."""
    project = issued.copy(tmp_path_factory.mktemp("reviewed") / "project")
    project.replace("data/tiny/survey.csv", "useful,Le projet est utile,2,20", "useful,Le projet est utile,2,21")
    path = project.path("data/tiny/text/fr/logic.md")
    path.write_text(f"{path.read_text(encoding='utf-8').rstrip()}\n\n{SENTENCE}\n", encoding="utf-8")
    _build(project)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project.folder)
        assert compare("tiny", Asked()) == 0
    return project


@pytest.fixture(scope="session")
def briefs(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Project:
    """The project with both real evaluations in all languages, built as their users build them. Read only."""
    evaluations = {name: ROOT / "data" / name for name in EVALUATIONS}
    return _shared(tmp_path_factory, worker_id, "briefs", _build, **evaluations)


@pytest.fixture(params=EVALUATIONS)
def evaluation(request: pytest.FixtureRequest) -> str:
    """The name of one of the real evaluations."""
    return request.param


@pytest.fixture(params=LANGUAGES)
def brief(request: pytest.FixtureRequest, briefs: Project, evaluation: str) -> Brief:
    """One of the real briefs: an evaluation in a language."""
    return Brief(briefs, evaluation, request.param)


def _build(project: Project) -> None:
    command = project.start("build")
    said, _ = command.communicate()
    assert command.returncode == 0, said


def _build_as_experts(project: Project) -> None:
    run = project.build()
    assert run.returncode == 0, run.stderr


def _shared(
    factory: pytest.TempPathFactory,
    worker_id: str,
    name: str,
    build: Callable[[Project], None],
    **evaluations: Path,
) -> Project:
    """Build a project once for all test processes."""
    base = factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with _one_at_a_time(shared / f"{name}.lock"):
        if not (shared / name).exists():
            project = Project.create(shared / f"{name}.unfinished", **evaluations)
            build(project)
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
