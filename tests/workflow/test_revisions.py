"""Comparing with what git has: a revision is made as its draft was, apart from the user's files, and once."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from evalbrief.commands import revisions
from evalbrief.commands.__main__ import read_words
from evalbrief.commands.compare import Asked, compare
from evalbrief.commands.revisions import find_revision, make_revision
from evalbrief.review.drafts import find_draft
from evalbrief.review.git import find_commit, list_files, read_files
from evalbrief.settings import read_settings
from evalbrief.trouble import Trouble
from workflow.conftest import SENTENCE
from workflow.project import Project

# In one process: the comparison that most of them look at is made once.
pytestmark = [
    pytest.mark.skipif(not shutil.which("git"), reason="git is not installed"),
    pytest.mark.xdist_group("revisions"),
]
REVIEW = "build/tiny/review"
OLD_REVISION = Path(f"{REVIEW}/revisions/0123456789ab")
FAULT = 'bad:data/tiny/survey.csv, row 3, column "respondents": "many" is not a number.'


def git(folder: Path, *words: str) -> str:
    """Run git as if nobody had settings of their own."""
    settings = ["-c", "user.name=An evaluator", "-c", "user.email=evaluator@example.org", "-c", "core.autocrlf=false"]
    moment = "2026-03-01T10:00:00Z"
    environment = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    command = ["git", *settings, *words]
    return subprocess.run(
        command, cwd=folder, env=os.environ | environment, check=True, capture_output=True, encoding="utf-8"
    ).stdout


def commit(project: Project, name: str) -> None:
    """Commit data and settings under a tag."""
    git(project.folder, "add", "--all", "data/tiny", "config.yaml")
    git(project.folder, "commit", "--quiet", "--message", name)
    git(project.folder, "tag", name)


@pytest.fixture(scope="module")
def committed(issued: Project, reviewed: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A part of a repository: "old" holds the data of draft 1, "new" the present data, which are built and compared.

    The settings of "old" lack the one that only comparing heeds, as those of early revisions do.
    """
    repository = tmp_path_factory.mktemp("committed") / "d'été"
    project = reviewed.copy(repository / "office")
    git(repository, "init", "--quiet", "--initial-branch", "main")
    settings = project.path("config.yaml").read_text(encoding="utf-8")
    project.path("config.yaml").write_text(settings.partition("# In tracked changes")[0], encoding="utf-8")
    shutil.copytree(issued.path("data/tiny"), project.path("data/tiny"), dirs_exist_ok=True)
    commit(project, "old")
    project.path("config.yaml").write_text(settings, encoding="utf-8")
    shutil.copytree(reviewed.path("data/tiny"), project.path("data/tiny"), dirs_exist_ok=True)
    commit(project, "new")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project.folder)
        OLD_REVISION.mkdir(parents=True)
        assert compare("tiny", Asked("old")) == 0
    return project


@pytest.fixture
def here(committed: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The same, to look at from inside."""
    monkeypatch.chdir(committed.folder)
    return committed


def read_changes(project: Project) -> dict:
    return json.loads(project.path(f"{REVIEW}/changes.fr.json").read_text(encoding="utf-8"))


def made(project: Project) -> dict[str, int]:
    folder = project.path(f"{REVIEW}/revisions")
    return {path.as_posix(): path.stat().st_mtime_ns for path in folder.glob("*/build/tiny/**/*.*") if path.is_file()}


def test_changes_since_a_revision_are_those_since_its_draft(here: Project, reviewed: Project) -> None:
    found = read_changes(here)
    commit = git(here.folder, "rev-parse", "--short=12", "old").strip()
    assert found["from"] == {"label": f"revision old ({commit})", "date": "2026-03-01T10:00:00Z"}
    page = " ".join(here.path(f"{REVIEW}/review.fr.html").read_text(encoding="utf-8").split())
    assert "De : révision old du 1er mars 2026. À : état actuel." in page
    assert "Les données et textes d’une révision sont faits avec le programme d’aujourd’hui." in page
    since_draft = read_changes(reviewed)
    assert {row["file"] for row in found["rows"]} == {"data/tiny/survey.csv"} and not found["other_program"]
    assert SENTENCE in [change["new"] for change in found["changes"]]
    assert found | {"from": {}} == since_draft | {"from": {}}


def test_only_the_last_revisions_are_kept_and_no_file_of_the_user_is_touched(here: Project) -> None:
    assert [path.name for path in OLD_REVISION.parent.iterdir()] == [find_revision("tiny", "old").commit.short]
    assert git(here.folder, "status", "--porcelain", "data/tiny/survey.csv", "data/tiny/text", "config.yaml") == ""
    assert git(here.folder, "symbolic-ref", "--short", "HEAD") == "main\n"


@pytest.fixture
def repository(committed: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of the repository to add to."""
    shutil.copytree(committed.folder.parent, tmp_path / "repository")
    monkeypatch.chdir(tmp_path / "repository" / "office")
    return Project(Path.cwd())


def test_revision_is_made_to_the_bytes_of_its_draft_and_once(
    repository: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    before = made(repository)
    assert compare("tiny", Asked(1, "old")) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith(" of tiny: its data and texts, made by the program of today.")
    assert second.startswith("fr: nothing has changed between draft 1 and revision old (")
    assert made(repository) == before and len(before) > 30
    draft, revision = find_draft("tiny", 1), find_revision("tiny", "old")
    assert revision.names() == draft.names()
    assert {name: revision.read(name) for name in draft.names()} == {name: draft.read(name) for name in draft.names()}


def test_faults_are_told_with_the_revision_and_leave_nothing(repository: Project) -> None:
    repository.replace("data/tiny/survey.csv", "useful,Le projet est utile,2,21", "useful,Le projet est utile,2,many")
    commit(repository, "bad")
    with pytest.raises(Trouble) as trouble:
        make_revision(find_revision("tiny", "bad"), ["fr"])
    fault, last = str(trouble.value).splitlines()
    assert fault.startswith(FAULT)
    assert last.startswith("revision bad (") and last.endswith(" of tiny cannot be compared (1 fault).")
    assert [path.name for path in OLD_REVISION.parent.iterdir()] == [find_revision("tiny", "old").commit.short]


def test_settings_are_those_of_the_revision(repository: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions, "_build", lambda revision, languages: None)
    settings = "theme: templates/themes/neutral.yaml\npaper: letter\nreference_document:\nminimum_cell: 7\nold: yes\n"
    today = repository.path("config.yaml").read_text(encoding="utf-8")
    repository.path("config.yaml").write_text(settings, encoding="utf-8")
    commit(repository, "letter")
    repository.path("config.yaml").write_text(today, encoding="utf-8")
    revision = find_revision("tiny", "letter")
    make_revision(revision, ["fr"])
    settled = read_settings(revision.root / "config.yaml", {})
    assert [settled[name] for name in ("theme", "paper", "reference_document", "minimum_cell")] == [
        *("templates/themes/neutral.yaml", "letter", None, 7)
    ]
    assert settled["published"] == read_settings("config.yaml", {})["published"]
    assert not (revision.root / "data/tiny/drafts").exists()


def test_evaluation_that_a_revision_lacks_is_told(repository: Project) -> None:
    git(repository.folder, "mv", "data/tiny", "data/other")
    git(repository.folder, "commit", "--quiet", "--message", "other")
    with pytest.raises(Trouble, match=r"^Revision HEAD has no evaluation named tiny; it has: other\.$"):
        find_revision("tiny", "HEAD")


def test_link_in_a_revision_is_refused(repository: Project) -> None:
    content = git(repository.folder, "hash-object", "-w", "config.yaml").strip()
    git(repository.folder, "update-index", "--add", "--cacheinfo", f"120000,{content},office/data/tiny/lessons.csv")
    git(repository.folder, "commit", "--quiet", "--message", "link")
    with pytest.raises(Trouble, match=r"^data/tiny/lessons\.csv is no plain file in [0-9a-f]{12}: that revision "):
        find_revision("tiny", "HEAD")


@pytest.mark.parametrize("word", ["v9", "old..new", "HEAD:office", "--all", "-x", "", "12ab"])
def test_unknown_revision_is_told_with_what_is_allowed(here: Project, word: str) -> None:
    with pytest.raises(Trouble) as trouble:
        compare("tiny", Asked(word))
    said = str(trouble.value)
    assert said.startswith(f'git knows no revision "{word}"; allowed are the number of a draft, a tag (')
    assert "new, old" in said and "git log --oneline" in said


@pytest.mark.parametrize("word", ["old", "main~1", "HEAD^"])
def test_revision_has_many_names(here: Project, word: str) -> None:
    assert find_revision("tiny", word).commit == find_revision("tiny", "old").commit


def test_without_git_or_a_repository_it_is_told(issued: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(issued.folder)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(issued.folder.parent))
    with pytest.raises(Trouble, match=r"^This folder is in no git repository: there is no revision \"old\", only "):
        find_revision("tiny", "old")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Trouble, match=r"^There is no git on this computer: install it, or compare drafts by "):
        find_revision("tiny", "old")


def test_what_git_lacks_or_refuses_is_told(
    repository: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path / "repository", "config", "uploadpack.allowFilter", "true")
    source = (tmp_path / "repository").as_uri()
    git(tmp_path, "clone", "--quiet", "--no-checkout", "--filter=blob:none", source, "partial")
    monkeypatch.chdir(tmp_path / "partial")
    with pytest.raises(Trouble, match=r"^git has not all of [0-9a-f]{12} on this computer: fetch it first"):
        read_files(commit := find_commit("old"), list_files(commit, "office/config.yaml"))
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    with pytest.raises(Trouble, match=r"^(This folder is in no git repository|git does not read this folder)"):
        find_commit("old")


def test_numbers_are_drafts_and_words_are_revisions(capsys: pytest.CaptureFixture[str]) -> None:
    asked = read_words(["compare", "tiny", "--from", "2", "--to", "v2"])
    assert (asked.old, asked.new) == (2, "v2")
    assert read_words(["compare", "tiny"]).old is None
    assert read_words(["compare", "tiny", "--from", "0"]).old == 0
    with pytest.raises(SystemExit):
        read_words(["compare", "--help"])
    assert "made by the program and templates of today" in " ".join(capsys.readouterr().out.split())
