"""Start and end the warm worker that runs the scripts of one build."""

import contextlib
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from evalbrief.commands.engine import own_environment
from evalbrief.worker import client

# The rules take the command that runs a script from this variable, when it is set.
VARIABLE = "EVALBRIEF_PYTHON"
# Clients that may wait while the worker imports; any more run their scripts themselves.
QUEUE = 1024


def can_have_worker() -> bool:
    """Say whether this system can have a worker: Windows cannot fork, nor may programs that draw on macOS."""
    return sys.platform == "linux"


@contextlib.contextmanager
def worker() -> Iterator[dict[str, str]]:
    """Have a worker for a while; give the environment with which Snakemake runs its scripts through it.

    Where none can be had, for want of a place for its socket, scripts run without: more slowly, to the same bytes.
    """
    place = _find_place()
    process = _start(place) if place else None
    try:
        yield {VARIABLE: shlex.join([sys.executable, "-IS", client.__file__, _address(place)])} if process else {}
    finally:
        if process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        shutil.rmtree(place, ignore_errors=True)


def _find_place() -> str:
    """Make a folder for the worker's socket and what its scripts write for a moment; return nothing if none can be."""
    try:
        # Not in the project: the address of a socket may have a hundred characters at most.
        return tempfile.mkdtemp(prefix="brief-")
    except OSError:
        return ""


def _address(place: str) -> str:
    return f"{place}/worker"


def _start(place: str) -> subprocess.Popen | None:
    """Start a worker; its socket listens before it has imported anything: who comes early waits in the queue."""
    with socket.socket(socket.AF_UNIX) as listener:
        try:
            listener.bind(_address(place))
        except OSError:
            return None
        listener.listen(QUEUE)
        return subprocess.Popen(
            [sys.executable, "-m", "evalbrief.worker.server"],
            stdin=listener.fileno(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # The threads of a numerical library would not survive a fork.
            env=own_environment({"OPENBLAS_NUM_THREADS": "1", "TMPDIR": place}),
            start_new_session=True,
        )
