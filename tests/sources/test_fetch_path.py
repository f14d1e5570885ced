"""From a folder or a network share."""

import os
import time
from pathlib import Path

import pytest
from evalbrief.sources import fetch as fetching
from evalbrief.sources import path as paths
from evalbrief.sources.limits import Deadline, Limits
from sources.office import TABLE, Office

LONG_AGO = 1_700_000_000


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """A folder with a table that nobody has touched for long."""
    file = tmp_path / "partage d'été/survey.csv"
    file.parent.mkdir()
    file.write_bytes(TABLE)
    os.utime(file, (LONG_AGO, LONG_AGO))
    return file


@pytest.fixture
def fetched(office: Office, share: Path) -> Path:
    """The folder of an evaluation whose table has been fetched once."""
    folder = office.evaluation(survey=str(share))
    assert office.fetch_one().kind == "changed"
    return folder


def test_the_folder_is_enough(office: Office, share: Path) -> None:
    folder = office.evaluation(survey=str(share.parent))
    assert office.fetch_one().kind == "changed"
    assert (folder / "survey.csv").read_bytes() == TABLE


def test_nothing_is_read_when_size_and_date_are_the_same(office: Office, share: Path, fetched: Path, snapshot) -> None:
    before = snapshot(fetched)
    share.write_bytes(TABLE.replace(b"12", b"13"))
    os.utime(share, (LONG_AGO, LONG_AGO))
    assert office.fetch_one().kind == "same"
    assert snapshot(fetched) == before


def test_a_touched_file_is_read_once(office: Office, share: Path, fetched: Path, snapshot, monkeypatch) -> None:
    os.utime(share, (LONG_AGO + 9, LONG_AGO + 9))
    assert office.fetch_one().kind == "same"
    before = snapshot(fetched)
    monkeypatch.setattr(Deadline, "read", None)
    assert office.fetch_one().kind == "same"
    assert snapshot(fetched) == before


def test_a_file_that_was_new_when_it_was_fetched_is_read_once_more(office: Office, share: Path, monkeypatch) -> None:
    share.touch()
    office.evaluation(survey=str(share))
    office.fetch()
    monkeypatch.setattr(paths, "TICK", 0)
    assert office.fetch_one().kind == "same"
    monkeypatch.setattr(Deadline, "read", None)
    assert office.fetch_one().kind == "same"


def test_an_older_file_comes_too(office: Office, share: Path, fetched: Path) -> None:
    share.write_bytes(TABLE.replace(b"12", b"13"))
    os.utime(share, (LONG_AGO - 9, LONG_AGO - 9))
    assert office.fetch_one().kind == "changed"


def test_a_file_changed_twice_in_a_tick_comes_twice(office: Office, share: Path) -> None:
    now = time.time_ns()
    os.utime(share, ns=(now, now))
    office.evaluation(survey=str(share))
    office.fetch()
    share.write_bytes(TABLE.replace(b"12", b"13"))
    os.utime(share, ns=(now, now))
    assert office.fetch_one().kind == "changed"


def test_a_share_that_is_not_connected_is_told(office: Office, share: Path, fetched: Path, snapshot) -> None:
    before = snapshot(fetched)
    share.parent.rename(share.parent.with_name("elsewhere"))
    outcome = office.fetch_one()
    assert outcome.kind == "kept" and "Check the path, and that the share is connected." in outcome.sentence
    assert snapshot(fetched) == before


def test_a_file_that_is_being_written_is_waited_for(office: Office, share: Path, fetched: Path, monkeypatch) -> None:
    states, real = [f"{size} {LONG_AGO}" for size in (1, 2, 3, 4)], paths._state
    monkeypatch.setattr(paths, "_state", lambda path: states.pop(0) if states else real(path))
    assert office.fetch_one().kind == "same"
    assert len(office.waits) == 2


def test_a_file_that_is_too_large_is_refused(office: Office, share: Path) -> None:
    office.limits = Limits(largest_bytes=10)
    office.evaluation(survey=str(share))
    assert "it is larger than" in office.fetch_one().sentence


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a file that never answers is made with mkfifo")
def test_a_share_that_answers_nobody_holds_nobody_up(office: Office, share: Path, monkeypatch) -> None:
    os.mkfifo(share.with_name("dead.csv"))
    monkeypatch.setattr(fetching, "SLACK_SECONDS", 0.1)
    office.limits = Limits(whole_seconds=0.4, side_by_side=1)
    office.evaluation(results=str(share.with_name("dead.csv")), survey=str(share))
    dead, alive = office.fetch()
    assert dead.kind == "kept" and "it did not come within 0.4 seconds." in dead.sentence
    assert alive.kind == "changed"
