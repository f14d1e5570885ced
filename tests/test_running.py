"""One build at a time: who holds the folder, and what a process that is gone left behind."""

import errno
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from evalbrief.commands import running
from evalbrief.commands.running import LOCKS, RECORD, Busy, only_build


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        ({"host": "elsewhere"}, "A build was started in this folder by the computer elsewhere: "),
        ({"host": socket.gethostname(), "command": running._identity(1)}, "Another "),
    ],
)
def test_a_build_elsewhere_is_respected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record: dict, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(RECORD, json.dumps(record))
    with pytest.raises(Busy, match=f"^{sentence}"), only_build():
        pass


@pytest.mark.parametrize("record", ["", json.dumps({"command": {"pid": 1, "started": 0}})])
def test_the_record_of_a_process_that_is_gone_is_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(RECORD, record)
    with only_build():
        assert json.loads(RECORD.read_text())["command"]["pid"] == os.getpid()
    assert not RECORD.exists()


def test_a_snakemake_left_behind_may_take_back_its_submissions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1)"])
    engine = {**running._identity(left.pid), "grace": 60}
    write(RECORD, json.dumps({"command": {"pid": 1, "started": 0}, "engine": engine}))
    with only_build():
        pass
    assert left.wait() == 0


@pytest.mark.skipif(not psutil.LINUX, reason="elsewhere, a process keeps the date at which it started")
def test_a_clock_that_is_set_starts_no_second_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = psutil.boot_time()
    with only_build():
        monkeypatch.setattr("psutil._pslinux.boot_time", lambda: before + 3600)
        with pytest.raises(Busy, match=r"^Another build is running"), only_build():
            pass
        assert json.loads(RECORD.read_text())["command"]["pid"] == os.getpid()
    assert not RECORD.exists()


def test_after_another_start_of_the_computer_a_number_means_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(RECORD, json.dumps({"command": {**running._identity(1), "boot": "another"}}))
    with only_build():
        assert json.loads(RECORD.read_text())["command"]["pid"] == os.getpid()


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("moment", ["linking", "building"])
def test_a_kill_while_the_record_is_replaced_needs_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def killed(*_: object) -> None:
        raise Killed

    monkeypatch.chdir(tmp_path)
    ordered: list[list[str]] = []
    monkeypatch.setattr(running, "run_quietly", lambda words: (ordered.append(words), (LOCKS / "0.lock").unlink()))
    write(RECORD, json.dumps({"command": {"pid": 1, "started": 0}}))
    write(LOCKS / "0.lock", "")
    with monkeypatch.context() as patch:
        patch.setattr(running, "_link" if moment == "linking" else "_clear", killed)
        patch.setattr(running, "_release", lambda: None)
        with pytest.raises(Killed), only_build():
            pass
    assert len(list(RECORD.parent.glob("brief.*.left"))) == 1 and RECORD.exists() is (moment == "building")
    monkeypatch.setattr(running, "_find_alive", lambda _: None)  # the process that was killed is this one
    with only_build():
        assert ordered == [["--unlock"]]
    assert [path.name for path in RECORD.parent.iterdir()] == ["locks"]


def test_a_disk_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "link", no_links)
    with only_build():
        assert json.loads(RECORD.read_text())["command"]["pid"] == os.getpid()
        with pytest.raises(Busy, match=r"^Another build is running"), only_build():
            pass
    assert not RECORD.exists()


def test_a_lock_of_plain_snakemake_is_respected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(LOCKS / "0.input.lock", "")
    with pytest.raises(Busy, match="without brief"), only_build():
        pass


def test_of_two_that_find_a_stale_record_one_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(RECORD, json.dumps({"command": {"pid": 1, "started": 0}}))

    def somebody_else_starts(_: object) -> None:
        write(RECORD, "{}")

    monkeypatch.setattr(running, "_find_alive", somebody_else_starts)
    with pytest.raises(Busy, match="just started"), only_build():
        pass
    assert [(path.name, path.read_text()) for path in RECORD.parent.iterdir()] == [(RECORD.name, "{}")]
