"""One refresh at a time: the lock names its holder and does not outlive it."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
from evalbrief.publish.lock import LOCK, Busy, only_refresh
from evalbrief.trouble import Trouble

HOLD = """
import sys, time
sys.path.insert(0, sys.argv[2])
from evalbrief.publish.lock import only_refresh
with only_refresh():
    print("held", flush=True)
    time.sleep(600)
"""
SCRIPTS = str(Path(__file__).parents[2] / "scripts")


def test_second_one_is_told_who_holds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    holder = subprocess.Popen([sys.executable, "-c", HOLD, "refresh", SCRIPTS], stdout=subprocess.PIPE, text=True)
    assert holder.stdout and holder.stdout.readline() == "held\n"
    with (
        pytest.raises(Busy, match=rf"^Another refresh is running \(process {holder.pid}, since 20"),
        only_refresh(),
    ):
        pass
    os.kill(holder.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    holder.wait()
    with only_refresh():
        pass


@pytest.mark.skipif(os.name == "nt", reason="Windows locks otherwise")
def test_a_disk_that_knows_no_locks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(fcntl, "flock", Mock(side_effect=OSError(errno.ENOLCK, "No locks available")))
    with pytest.raises(Trouble, match=r"^This folder cannot be held for one refresh at a time"), only_refresh():
        pass


def test_looking_touches_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with only_refresh():
        pass
    os.utime(LOCK, (1e9, 1e9))
    with only_refresh():
        pass
    assert LOCK.stat().st_mtime == 1e9
    assert [path.name for path in LOCK.parent.iterdir()] == [LOCK.name]
