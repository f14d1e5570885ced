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
from pathlib import Path

from evalbrief.worker import client

# The rules take the command that runs a script from this variable, when it is set.
VARIABLE = "EVALBRIEF_PYTHON"
SCRIPTS = Path(__file__).parents[2]


def can_fork() -> bool:
    """Say whether this system can have a worker: Windows cannot."""
    return hasattr(os, "fork") and hasattr(socket, "AF_UNIX")


@contextlib.contextmanager
def worker() -> Iterator[dict[str, str]]:
    """Have a worker for a while; give the environment with which Snakemake runs its scripts through it.

    The socket listens before the worker has imported anything, so that who comes early waits in the queue.
    """
    # Not in the project: the address of a socket may have a hundred characters at most.
    place = tempfile.mkdtemp(prefix="brief-")
    address = f"{place}/worker"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(64)
        process = subprocess.Popen(
            [sys.executable, "-m", "evalbrief.worker.server"],
            stdin=listener.fileno(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # The threads of a numerical library would not survive a fork.
            env={**os.environ, "PYTHONPATH": str(SCRIPTS), "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"},
            start_new_session=True,
        )
    try:
        yield {VARIABLE: shlex.join([sys.executable, "-IS", client.__file__, address])}
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(place, ignore_errors=True)
