"""Reruns by a timer: what is new and right is published, whole; nothing new touches nothing; what happened is told."""

import json
import random
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from unittest.mock import Mock

import pytest
from evalbrief.commands.refresh import Outcome
from evalbrief.commands.refresh import refresh as run
from evalbrief.commands.stamps import TICK
from evalbrief.delivery import file_digest
from evalbrief.publish import diary
from evalbrief.publish.sets import PublishedSets
from workflow.project import Project

pytestmark = pytest.mark.xdist_group("refresh")
TABLE, FACTS = "data/tiny/survey.csv", "data/tiny/evaluation.yaml"
ROW, OTHER, WRONG = (f"useful,Le projet est utile,2,{count}" for count in ("20", "21", "many"))
SECRET = "Zebra-4711"
KILLS = 2


def refresh(project: Project, *words: str, **environment: str) -> tuple[int, str]:
    """Run the command; return its exit status and what it said, without the progress."""
    command = project.start("refresh", *words, **environment)
    said, _ = command.communicate()
    lines = [line for line in said.splitlines() if " of " not in line.partition(":")[0]]
    return command.returncode, "\n".join(lines)


@pytest.fixture(scope="module")
def published(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tiny evaluation, final and published. Copy it before you touch it."""
    project = built.copy(tmp_path_factory.mktemp("published") / "d'été")
    project.replace(FACTS, "profile: draft", "profile: final")
    project.replace("config.yaml", "tell_every: 60", "tell_every: 0")
    status, said = refresh(project)
    assert status == Outcome.PUBLISHED and "Published: set 1 in published." in said
    assert refresh(project) == (Outcome.NOTHING_NEW, "")
    return project


@pytest.fixture
def office(published: Project, tmp_path: Path) -> Project:
    """A copy of it; links stay links."""
    shutil.copytree(published.folder, tmp_path / "d'été", symlinks=True)
    return Project(tmp_path / "d'été")


def sets_of(project: Project) -> PublishedSets:
    return PublishedSets(project.path("published"))


def is_whole(project: Project) -> bool:
    """Say whether what people read is a set with the content it was written with."""
    sets = sets_of(project)
    return all(
        file_digest(sets.folder / name / document) == noted["sha256"]
        for name, evaluation in sets.evaluations(sets.current()).items()
        for document, noted in evaluation["documents"].items()
    )


def everything(project: Project) -> dict[str, int]:
    """Give every file with the time it was last written."""
    return {str(path): path.lstat().st_mtime_ns for path in sorted(project.folder.rglob("*")) if path.is_file()}


def test_nothing_new_touches_no_file(office: Project) -> None:
    refresh(office)  # a copy has other dates
    time.sleep(TICK / 1e9 + 0.1)
    refresh(office)  # what was too young to be known by its date
    before = everything(office)
    assert refresh(office) == (Outcome.NOTHING_NEW, "")
    assert everything(office) == before


def test_what_is_touched_only_is_not_published(office: Project) -> None:
    office.path(TABLE).touch()
    assert refresh(office)[0] == Outcome.NOTHING_NEW
    assert sets_of(office).numbers() == [1]


def test_new_data_is_published_with_its_reasons(office: Project) -> None:
    office.replace(TABLE, ROW, OTHER)
    status, said = refresh(office)
    assert status == Outcome.PUBLISHED
    assert "Published: set 2 in published." in said and "data/tiny/survey.csv" in said
    for document in ("brief.fr.pdf", "brief.fr.docx", "brief.fr.html"):
        made = office.path(f"build/tiny/{document}").read_bytes()
        assert office.path(f"published/tiny/{document}").read_bytes() == made
    entry = json.loads(office.path("build/logs/refresh.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (entry["outcome"], entry["published"], entry["set"]) == ("published", ["tiny"], 2)
    status_file = json.loads(office.path("build/status.json").read_text(encoding="utf-8"))
    assert status_file["evaluations"][0]["state"] == "published"
    assert any("survey.csv" in line for line in status_file["evaluations"][0]["last_change"])


def test_faults_hold_back_and_are_told_once(office: Project) -> None:
    document = office.path("published/tiny/brief.fr.pdf")
    before = document.read_bytes()
    office.replace(TABLE, ROW, WRONG)
    status, said = refresh(office)
    assert status == Outcome.HELD_BACK
    assert 'data/tiny/survey.csv, row 3, column "respondents": "many" is not a number.' in said
    assert "Held back: tiny" in said
    status, said = refresh(office)
    assert status == Outcome.HELD_BACK and "Held back" not in said
    assert document.read_bytes() == before and sets_of(office).numbers() == [1]
    office.replace(TABLE, WRONG, ROW)
    status, said = refresh(office)
    assert status == Outcome.NOTHING_NEW and "No longer held back: tiny." in said


def test_draft_is_built_and_not_published(office: Project) -> None:
    office.replace(FACTS, "profile: final", "profile: draft")
    office.replace(TABLE, ROW, OTHER)
    assert refresh(office)[0] == Outcome.NOTHING_NEW
    assert sets_of(office).numbers() == [1]
    status_file = json.loads(office.path("build/status.json").read_text(encoding="utf-8"))
    assert status_file["evaluations"][0]["state"] == "draft"


def test_set_that_was_put_back_stays_until_something_is_new(office: Project) -> None:
    first = office.path("published/tiny/brief.fr.pdf").read_bytes()
    office.replace(TABLE, ROW, OTHER)
    refresh(office)
    back = office.start("published", "back")
    assert "People read set 1" in back.communicate()[0] and back.returncode == 0
    assert refresh(office)[0] == Outcome.NOTHING_NEW
    assert office.path("published/tiny/brief.fr.pdf").read_bytes() == first


def test_two_at_once_are_one(office: Project) -> None:
    office.replace(TABLE, ROW, OTHER)
    commands = [office.start("refresh") for _ in range(2)]
    said = {command.communicate()[0]: command.returncode for command in commands}
    assert sorted(said.values()) in ([Outcome.FAILED, Outcome.PUBLISHED], [Outcome.NOTHING_NEW, Outcome.PUBLISHED])
    assert any("Another refresh is running" in words or not words for words in said)
    assert is_whole(office)


def test_killed_at_any_moment_people_read_a_whole_set(office: Project) -> None:
    chance = random.Random(11)
    for number in range(KILLS):
        office.replace(TABLE, *((ROW, OTHER) if number % 2 == 0 else (OTHER, ROW)))
        command = office.start("refresh")
        time.sleep(chance.uniform(0.3, 4))
        command.send_signal(signal.SIGKILL)
        command.communicate()
        assert is_whole(office)
    assert refresh(office)[0] in (Outcome.PUBLISHED, Outcome.NOTHING_NEW)
    made = office.path("build/tiny/brief.fr.pdf").read_bytes()
    assert office.path("published/tiny/brief.fr.pdf").read_bytes() == made


def test_what_was_published_by_a_run_that_was_stopped_is_told_by_the_next(
    office: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office.replace(TABLE, ROW, OTHER)
    office.start("build").communicate()
    monkeypatch.chdir(office.folder)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(diary, "write_entry", Mock(side_effect=KeyboardInterrupt))
        run()
    assert (sets_of(office).current(), "survey.csv" in capsys.readouterr().out) == (2, False)
    assert run() == Outcome.PUBLISHED
    said = capsys.readouterr().out
    assert "Published: set 2 in published." in said and "data/tiny/survey.csv" in said
    assert run() == Outcome.NOTHING_NEW and capsys.readouterr().out == ""


class Listener(BaseHTTPRequestHandler):
    """Takes messages; refuses them as long as it is told to."""

    received: ClassVar[list[dict]] = []
    status = 200

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.received.append({"path": self.path, **json.loads(content)})
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, format: str, *words: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    """Where messages are taken; the address holds a secret."""
    Listener.received.clear()
    Listener.status = 200
    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"json://office:{SECRET}@127.0.0.1:{server.server_port}/told"
    server.shutdown()
    server.server_close()


def test_what_happened_is_told_and_no_secret_with_it(office: Project, address: str) -> None:
    office.replace("config.yaml", "tell: []", "tell: [OFFICE_HOOK]")
    office.replace(TABLE, ROW, OTHER)
    status, said = refresh(office, OFFICE_HOOK=address)
    assert status == Outcome.PUBLISHED
    (message,) = Listener.received
    assert message["title"] == "Evaluation briefs: published" and "survey.csv" in message["message"]
    assert refresh(office, OFFICE_HOOK=address)[0] == Outcome.NOTHING_NEW
    assert len(Listener.received) == 1
    Listener.status = 500
    office.replace(TABLE, OTHER, ROW)
    status, said = refresh(office, OFFICE_HOOK=address)
    assert status == Outcome.PUBLISHED
    assert "The message to OFFICE_HOOK could not be sent, and waits" in said
    Listener.status = 200
    assert refresh(office, OFFICE_HOOK=address) == (Outcome.NOTHING_NEW, "")
    assert Listener.received[-1]["title"] == "Evaluation briefs: published"
    assert Listener.received[-1]["message"] == Listener.received[-2]["message"] != Listener.received[0]["message"]
    count = len(Listener.received)
    assert refresh(office, OFFICE_HOOK=address) == (Outcome.NOTHING_NEW, "") and len(Listener.received) == count
    files = [path for path in office.folder.rglob("*") if path.is_file()]
    assert SECRET not in said and not [path for path in files if SECRET.encode() in path.read_bytes()]
