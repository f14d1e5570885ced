"""What people edited is never overwritten, and a kill at any moment loses nothing and accuses nobody."""

import json
import os
from pathlib import Path

import pytest
from evalbrief.sources import place
from sources.office import TABLE, Office
from sources.servers import WebServer, answer

OWN, NEW = TABLE + b"own,1,1\n", TABLE + b"new,1,1\n"


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture
def fetched(office: Office, web: WebServer) -> Path:
    """A table that has been fetched once."""
    folder = office.evaluation(survey=web.address())
    assert office.fetch_one().kind == "changed"
    return folder / "survey.csv"


def change(web: WebServer) -> None:
    web.page, web.etag = NEW, '"new"'


def test_an_edited_file_is_left_alone(office: Office, web: WebServer, fetched: Path, snapshot) -> None:
    fetched.write_bytes(OWN)
    before = snapshot(fetched.parent)
    outcome = office.fetch_one()
    assert outcome.kind == "edited" and outcome.needs_a_person
    assert outcome.sentence == (
        f"data/tiny/survey.csv was edited after it was fetched from {web.address()}: it is left alone. To take what is "
        "there, delete your file and fetch again; to keep yours, take its line out of sources in evaluation.yaml."
    )
    change(web)
    outcome = office.fetch_one()
    assert outcome.kind == "edited" and "left alone. What is there has changed since, too. To take" in outcome.sentence
    assert snapshot(fetched.parent) == before


def test_an_edited_file_is_told_while_the_source_is_away(office: Office, web: WebServer, fetched: Path) -> None:
    fetched.write_bytes(OWN)
    web.answers = [answer(404)]
    assert office.fetch_one().kind == "edited"


def test_a_deleted_file_is_fetched_again(office: Office, web: WebServer, fetched: Path) -> None:
    fetched.write_bytes(OWN)
    office.fetch()
    fetched.unlink()
    assert office.fetch_one().kind == "changed"
    assert fetched.read_bytes() == TABLE


def test_a_file_put_back_as_it_was_fetched_before_is_an_edit(office: Office, web: WebServer, fetched: Path) -> None:
    change(web)
    office.fetch()
    fetched.write_bytes(TABLE)
    assert office.fetch_one().kind == "edited"


def test_an_edit_that_is_what_the_source_has_is_no_edit(office: Office, web: WebServer, fetched: Path) -> None:
    change(web)
    fetched.write_bytes(NEW)
    assert office.fetch_one().kind == "same"
    web.page, web.etag = TABLE, '"three"'
    assert office.fetch_one().kind == "changed"


def test_a_file_that_was_there_before_is_left_alone(office: Office, web: WebServer) -> None:
    folder = office.evaluation(survey=web.address())
    (folder / "survey.csv").write_bytes(OWN)
    outcome = office.fetch_one()
    assert outcome.kind == "edited" and "was there before anything was fetched from" in outcome.sentence
    assert (folder / "survey.csv").read_bytes() == OWN
    (folder / "survey.csv").write_bytes(TABLE)
    assert office.fetch_one().kind == "same"
    change(web)
    assert office.fetch_one().kind == "changed", "since it was the same, it counts as fetched"


@pytest.mark.parametrize("moment", range(6))
@pytest.mark.parametrize("first", [True, False], ids=["the first file", "a newer file"])
def test_killed_at_any_moment(office: Office, web: WebServer, monkeypatch, moment: int, first: bool) -> None:
    folder = office.evaluation(survey=web.address())
    table = folder / "survey.csv"
    if not first:
        office.fetch()
    change(web)
    steps = iter(range(6))

    def until_killed(act):
        def step(*given, **how) -> None:
            if next(steps) == moment:
                raise Killed
            act(*given, **how)
            if next(steps) == moment:
                raise Killed

        return step

    # Three writes: the record, the file, the record.
    with monkeypatch.context() as patch:
        patch.setattr(place, "write_whole", until_killed(place.write_whole))
        patch.setattr(place, "write_record", until_killed(place.write_record))
        with pytest.raises(Killed):
            office.fetch()
    there = table.read_bytes() if table.exists() else None
    assert there == (NEW if moment >= 3 else None if first else TABLE)
    assert office.fetch_one().kind == ("same" if moment >= 3 else "changed")
    assert table.read_bytes() == NEW
    assert "before" not in json.loads((folder / "fetched.json").read_text())["survey.csv"]
    assert office.fetch_one().kind == "same" and web.asked[-1].headers["If-None-Match"] == '"new"'
    table.write_bytes(OWN)
    assert office.fetch_one().kind == "edited"


def test_edited_after_a_kill_is_an_edit(office: Office, web: WebServer, fetched: Path, monkeypatch) -> None:
    def killed(*_: object, **__: object) -> None:
        raise Killed

    change(web)
    with monkeypatch.context() as patch:
        patch.setattr(place, "write_whole", killed)
        with pytest.raises(Killed):
            office.fetch()
    fetched.write_bytes(OWN)
    assert office.fetch_one().kind == "edited" and fetched.read_bytes() == OWN


def test_what_was_fetched_is_on_the_disk_before_it_counts(
    office: Office, web: WebServer, fetched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[tuple[str, str]] = []
    fsync, put = os.fsync, Path.replace

    def note_fsync(number: int) -> None:
        (part,) = fetched.parent.glob("*.part")
        assert os.path.samestat(os.fstat(number), part.stat()) and part.read_bytes()
        steps.append(("on the disk", part.name))
        fsync(number)

    def note_put(path: Path, target: Path) -> Path:
        steps.append(("in place", path.name))
        return put(path, target)

    change(web)
    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(Path, "replace", note_put)
    assert office.fetch_one().kind == "changed"
    names = ("fetched.json.part", "survey.csv.part", "fetched.json.part")
    assert steps == [(step, name) for name in names for step in ("on the disk", "in place")]


def test_half_written_files_are_cleared_away(office: Office, web: WebServer, fetched: Path) -> None:
    for name in ("survey.csv.part", "fetched.json.part"):
        fetched.with_name(name).write_bytes(b"half")
    office.fetch()
    names = sorted(path.name for path in fetched.parent.iterdir())
    assert names == ["evaluation.yaml", "fetched.json", "survey.csv"]


def test_an_edit_between_asking_and_placing_is_an_edit(office: Office, web: WebServer, fetched: Path) -> None:
    def edit_meanwhile(request) -> None:
        fetched.write_bytes(OWN)
        request.reply(200, NEW)

    web.answers = [edit_meanwhile]
    assert office.fetch_one().kind == "edited" and fetched.read_bytes() == OWN


def test_a_file_deleted_between_asking_and_the_answer_is_told(office: Office, web: WebServer, fetched: Path) -> None:
    def delete_meanwhile(request) -> None:
        fetched.unlink()
        request.reply(304)

    web.answers = [delete_meanwhile]
    assert "somebody changed the file meanwhile. Fetch again." in office.fetch_one().sentence
    assert office.fetch_one().kind == "changed"


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"survey.csv": 3}', '{"survey.csv": {"etag": "x"}}'])
def test_a_damaged_record_loses_no_edit(office: Office, web: WebServer, fetched: Path, damage: str) -> None:
    (fetched.parent / "fetched.json").write_text(damage)
    fetched.write_bytes(OWN)
    assert office.fetch_one().kind == "edited"
    fetched.write_bytes(TABLE)
    assert office.fetch_one().kind == "same"


def test_a_link_is_not_followed(office: Office, web: WebServer, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = office.evaluation(**{"text/fr/logic.md": web.address(), "survey": web.address()})
    (folder / "text").symlink_to(outside)
    (folder / "survey.csv").symlink_to(outside / "survey.csv")
    outcomes = office.fetch()
    assert [outcome.kind for outcome in outcomes] == ["kept", "kept"]
    assert all("a link to another place" in outcome.sentence for outcome in outcomes)
    assert list(outside.iterdir()) == []


def test_a_file_that_cannot_be_written_is_told(office: Office, web: WebServer) -> None:
    folder = office.evaluation(**{"text/fr/logic.md": web.address(), "survey": web.address()})
    (folder / "text").write_text("no folder")
    survey, text = office.fetch()
    assert (survey.kind, text.kind) == ("changed", "kept") and "logic.md cannot be written: " in text.sentence
