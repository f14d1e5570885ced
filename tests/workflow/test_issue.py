"""Drafts of a real evaluation: what goes into one, when none is issued, and that none is a source of anything."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from evalbrief.commands.evaluations import Unknown
from evalbrief.commands.fresh import Stale
from evalbrief.commands.issue import issue
from evalbrief.commands.running import Busy, only_build
from evalbrief.review.drafts import find_draft, find_drafts
from evalbrief.review.versions import Present
from evalbrief.trouble import Trouble
from workflow.project import Project

MOMENT = datetime(2026, 11, 29, 21, tzinfo=UTC)
FIRST = Path("data/tiny/drafts/1.zip")


def run(project: Project, *words: str) -> tuple[int, list[str]]:
    """Run a command of brief.py; return its exit status and the lines it says."""
    command = project.start(*words)
    said, _ = command.communicate()
    return command.returncode, said.splitlines()


@pytest.fixture(scope="module")
def stamped(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tiny evaluation, built and known to be up to date. Copy it before you touch it."""
    project = built.copy(tmp_path_factory.mktemp("stamped") / "project")
    assert run(project, "build")[0] == 0
    return project


@pytest.fixture
def project(stamped: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of it, to work in."""
    project = stamped.copy(tmp_path / "project")
    monkeypatch.chdir(project.folder)
    return project


@pytest.fixture
def issued(project: Project, capsys: pytest.CaptureFixture[str]) -> Project:
    """The same, with one draft."""
    assert issue("tiny", "to the reviewers", moment=MOMENT) == 0
    capsys.readouterr()
    return project


def test_from_draft_to_draft(project: Project) -> None:
    status, (said,) = run(project, "issue", "tiny", "--note", "to the\n reviewers")
    megabytes = f"{FIRST.stat().st_size / 1e6:.1f}"
    assert (status, said) == (0, f'Draft 1 of tiny is kept in {FIRST.as_posix()} ({megabytes} MB): "to the reviewers".')
    first = FIRST.read_bytes()
    unchanged = 'Nothing of tiny has changed since draft 1 ("to the reviewers"): no other is issued.'
    assert run(project, "issue", "tiny", "--note", "again") == (0, [unchanged])
    assert run(project, "build")[1][0] == "Everything is up to date."
    assert "Nothing to be done" in project.build("--dry-run").stdout

    text = project.path("data/tiny/text/fr/situation.md")
    text.write_text(text.read_text(encoding="utf-8") + "\nUne phrase de plus.\n", encoding="utf-8")
    stale = "tiny is not up to date in fr: run python3 brief.py build --only tiny first."
    assert run(project, "issue", "tiny") == (1, [stale])
    assert run(project, "build", "--only", "tiny")[0] == 0
    status, (said,) = run(project, "issue", "tiny")
    assert status == 0 and said.startswith("Draft 2 of tiny is kept in data/tiny/drafts/2.zip (")
    assert said.endswith(" MB).")
    assert FIRST.read_bytes() == first
    one, two = find_drafts("tiny")
    changed = {name for name in two.digests if one.digests[name] != two.digests[name]}
    written = {f"build/brief.fr.{ending}" for ending in ("md", "json", "pdf", "docx", "html")}
    assert changed == {"data/text/fr/situation.md", *written}


def test_a_draft_holds_what_people_wrote_and_what_was_made_of_it(issued: Project) -> None:
    sources = {path.relative_to("data/tiny").as_posix(): path for path in Path("data/tiny").rglob("*.*")}
    made = {path.relative_to("build/tiny").as_posix(): path for path in Path("build/tiny").rglob("*.*")}
    on_the_way = ("rendered/", "logs/", "brief.fr.sha256")
    expected = {f"data/{name}": path for name, path in sources.items() if path != FIRST}
    expected |= {f"build/{name}": path for name, path in made.items() if not name.startswith(on_the_way)}
    draft = find_draft("tiny", 1)
    assert draft.names() == sorted(expected)
    assert {name: draft.read(name) for name in draft.names()} == {
        name: path.read_bytes() for name, path in expected.items()
    }
    for name in ("brief.fr.json", "brief.fr.pdf", "context.fr.json", "figures/survey.fr.png", "model/fr/facts.json"):
        assert f"build/{name}" in draft.names()
    assert (draft.date, draft.note, draft.languages) == ("2026-11-29T21:00:00Z", "to the reviewers", ["fr"])


def test_the_same_moment_makes_the_same_bytes(issued: Project) -> None:
    first = FIRST.read_bytes()
    FIRST.unlink()
    issue("tiny", "to the reviewers", moment=MOMENT)
    assert FIRST.read_bytes() == first


def test_a_draft_is_a_source_of_nothing(issued: Project) -> None:
    Path("data/tiny/drafts/survey.csv").write_text("no table", encoding="utf-8")
    assert run(issued, "check") == (0, ["1 evaluation checked: no fault."])
    assert run(issued, "plan") == (0, ["Everything is up to date."])
    assert run(issued, "clean")[0] == 0
    assert FIRST.exists() and not Path("build").exists()


def test_a_date_alone_issues_nothing(issued: Project, capsys: pytest.CaptureFixture[str]) -> None:
    Path("data/tiny/survey.csv").touch()
    assert issue("tiny") == 0
    assert capsys.readouterr().out.startswith("Nothing of tiny has changed since draft 1 ")
    assert [draft.number for draft in find_drafts("tiny")] == [1]


def test_a_translation_recorded_is_something_new(issued: Project, capsys: pytest.CaptureFixture[str]) -> None:
    Path("data/tiny/translations.yaml").write_text("{}\n", encoding="utf-8")
    assert issue("tiny") == 0
    assert "data/translations.yaml" in find_draft("tiny", 2).names()


def lose_the_build() -> None:
    shutil.rmtree("build")


def begin_a_language() -> None:
    Path("data/tiny/text/en").mkdir()


def change_a_document() -> None:
    with Path("build/tiny/brief.fr.docx").open("ab") as document:
        document.write(b"my own words")


@pytest.mark.parametrize(
    ("change", "languages"),
    [(lose_the_build, "fr"), (change_a_document, "fr"), (begin_a_language, "en")],
)
def test_what_is_not_up_to_date_is_not_issued(project: Project, change: Callable[[], None], languages: str) -> None:
    change()
    with pytest.raises(Stale, match=f"^tiny is not up to date in {languages}: run python3 brief.py build --only tiny "):
        issue("tiny")
    assert not FIRST.parent.exists()


def test_what_is_saved_meanwhile_gets_into_no_draft(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Present.read

    def save_and_read(self: Present, name: str) -> bytes:
        shutil.copy("data/tiny/lessons.csv", "data/tiny/survey.csv")
        return read(self, name)

    monkeypatch.setattr(Present, "read", save_and_read)
    with pytest.raises(Stale):
        issue("tiny")
    assert not FIRST.parent.exists()


def test_while_a_build_runs_none_is_issued(project: Project) -> None:
    with only_build(), pytest.raises(Busy):
        issue("tiny")
    assert not FIRST.parent.exists()


def test_an_evaluation_without_texts_is_not_issued(project: Project) -> None:
    shutil.rmtree("data/tiny/text")
    with pytest.raises(Stale, match=r"^data/tiny/text: no language has a folder here yet, such as text/fr\.$"):
        issue("tiny")


def test_an_unknown_evaluation_is_one_sentence(project: Project) -> None:
    with pytest.raises(Unknown, match=r"^data/ has no evaluation named none; it has: tiny\.$"):
        issue("none")


def test_a_damaged_last_draft_is_told(issued: Project) -> None:
    FIRST.unlink()
    FIRST.write_bytes(b"")
    with pytest.raises(Trouble, match=r"^data/tiny/drafts/1\.zip is damaged: "):
        issue("tiny")
    assert [path.name for path in FIRST.parent.iterdir()] == ["1.zip"]


def test_of_two_commands_at_once_one_issues(project: Project) -> None:
    commands = [project.start("issue", "tiny") for _ in range(2)]
    said = [command.communicate()[0] for command in commands]
    one, other = sorted(said, key=lambda line: not line.startswith("Draft 1 of tiny is kept "))
    assert one.startswith("Draft 1 of tiny is kept "), said
    assert other.startswith(("Another build ", "Nothing of tiny has changed ")), said
    assert one.count("\n") == other.count("\n") == 1
    assert [path.name for path in FIRST.parent.iterdir()] == ["1.zip"]
