"""The warm worker: import once what the scripts need, then fork for every script that a client brings.

    python -m evalbrief.worker.server, the listening socket as standard input

It draws and compiles nothing itself and so has no threads, which makes forking safe. It lives as long as the build that
started it: when the pipe on its standard output breaks, it ends with all scripts it is running.
"""

import gc
import os
import runpy
import select
import signal
import socket
import sys
import traceback
from pathlib import Path

from evalbrief.worker.client import GO, STARTED

SCRIPTS = Path(__file__).parents[2]


def main() -> None:
    """Serve until the build is over."""
    listener = socket.socket(fileno=os.dup(0))
    build_is_over = os.dup(1)
    with open(os.devnull, "r+b", buffering=0) as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    warm_up()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries the forks
    gc.collect()
    gc.freeze()  # forks share what is here now: no collection may touch, and so copy, it
    poll = select.poll()
    poll.register(listener, select.POLLIN)
    poll.register(build_is_over, select.POLLERR)  # a pipe that nobody reads any more
    while True:
        if any(number == build_is_over for number, _ in poll.poll()):
            os.killpg(0, signal.SIGKILL)
        line, _ = listener.accept()
        if os.fork() == 0:
            try:
                listener.close()
                serve(line)
            finally:
                os._exit(0)
        line.close()


def warm_up() -> None:
    """Import what the scripts import, and Snakemake's own part of a script."""
    import snakemake.iocontainers
    import snakemake.logging  # noqa: F401

    import evalbrief.figures.job
    import evalbrief.job  # noqa: F401

    for script in sorted(SCRIPTS.glob("*.py")):
        runpy.run_path(str(script))


def serve(line: socket.socket) -> None:
    """Run the script that a client has sent, its output going to the client's, and answer its exit status."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    script, outputs, _, _ = socket.recv_fds(line, 65536, 2)
    for number, output in enumerate(outputs, start=1):
        os.dup2(output, number)
        os.close(output)
    line.sendall(STARTED)
    if line.recv(1) == GO:  # else the client has given us up
        line.sendall(b"%d" % run(script.decode()))


def run(script: str) -> int:
    """Run a script as Python runs a program; return its exit status."""
    sys.argv = [script]
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    main()
