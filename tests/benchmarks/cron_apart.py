"""A real cron of Debian, apart: it sees one crontab, in a folder of ours, and runs nothing of the machine's own.

It is started in a mount namespace of its own, which only root may make, and goes with the process.
"""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from workspace import Failed, brief, run

HOURLY, EACH_MINUTE = "\n0 * * * * ", "\n* * * * * "
# Nobody on this machine gets mail.
NO_MAIL = 'MAILTO=""\n'
APART = """
mount --bind "$1" /var/spool/cron/crontabs && mount -t tmpfs none /run && mount -t tmpfs none /etc/cron.d &&
mount --bind /dev/null /etc/crontab || exit 125
shift
exec "$@"
"""
# However this process ends.
GOES_WITH_US = ("setpriv", "--pdeathsig", "TERM")
LONGEST_SECONDS = 120


def missing() -> str:
    """Say why no cron can be run here; nothing when it can."""
    programs = [name for name in ("cron", "crontab", "unshare", "mount", "setpriv") if not shutil.which(name)]
    if programs:
        return f"not installed: {', '.join(programs)}"
    return "" if os.geteuid() == 0 else "only root may start a cron"


def apart(crontabs: Path, *words: str) -> list[str]:
    """Give the command that runs words where the crontabs are those in a folder."""
    return ["unshare", "--mount", "--propagation", "private", "sh", "-c", APART, "sh", str(crontabs), *words]


@contextmanager
def cron(project: Path, crontabs: Path) -> Iterator[str]:
    """Have cron refresh a project every minute for a while; give its crontab.

    Its lines are those that `brief.py schedule install` has put there, only more often than any schedule of ours.
    """
    crontabs.mkdir()
    run(apart(crontabs, *brief("schedule", "install", "--with", "cron", "--every", "hour")), project)
    mine = crontabs / pwd.getpwuid(os.geteuid()).pw_name
    text = mine.read_text(encoding="utf-8")
    if text.count(HOURLY) != 1:
        raise Failed(f"This crontab has no line for every hour:\n{text}")
    mine.write_text(NO_MAIL + text.replace(HOURLY, EACH_MINUTE), encoding="utf-8")
    daemon = subprocess.Popen(apart(crontabs, *GOES_WITH_US, "cron", "-f"), start_new_session=True)
    try:
        yield mine.read_text(encoding="utf-8")
    finally:
        _stop(daemon, project)


def _stop(daemon: subprocess.Popen[bytes], project: Path) -> None:
    """Stop cron; let a refresh that is at work come to its end, or end it when it does not."""
    jobs = psutil.Process(daemon.pid).children(recursive=True) if daemon.poll() is None else []
    daemon.terminate()
    daemon.wait()
    deadline = time.monotonic() + LONGEST_SECONDS
    while is_at_work(project) and time.monotonic() < deadline:
        time.sleep(0.1)
    _, alive = psutil.wait_procs(jobs, timeout=5)
    for process in alive:
        process.kill()


def is_at_work(project: Path) -> bool:
    """Say whether a refresh holds the lock of a project; looked up, for to try the lock would be in its way."""
    try:
        inode = (project / ".snakemake/refresh.lock").stat().st_ino
    except FileNotFoundError:
        return False
    return any(line.split()[5].endswith(f":{inode}") for line in Path("/proc/locks").read_text().splitlines())
