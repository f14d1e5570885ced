"""The warm worker: import once what the scripts need, then fork for every script that a client brings.

    python -m evalbrief.worker.server, the listening socket as standard input

It draws and compiles nothing itself and so has no threads, which makes forking safe. It lives as long as the build that
started it: when the pipe on its standard output breaks, it ends with all scripts it is running.
"""

import gc
import os
import re
import runpy
import select
import shutil
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from evalbrief.worker.client import STARTED

SCRIPTS = Path(__file__).parents[2]
# What draws, and what comes before it; Snakemake runs a copy of a script with a name that ends in the script's.
DRAWING = re.compile(r"\b(check_data|draw_\w+)\.py$")


def main() -> None:
    """Serve until the build is over."""
    listener = socket.socket(fileno=os.dup(0))
    build_is_over = os.dup(1)
    with open(os.devnull, "r+b", buffering=0) as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    code = states_of_code()
    warming = warm_up()
    next(warming)
    drawing_to_come, will_draw = os.pipe()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries the forks
    poll = select.poll()
    poll.register(listener, select.POLLIN)
    poll.register(build_is_over, select.POLLERR)  # a pipe that nobody reads any more
    poll.register(drawing_to_come, select.POLLIN)
    while True:
        ready = {number for number, _ in poll.poll()}
        if build_is_over in ready:
            shutil.rmtree(os.path.dirname(listener.getsockname()), ignore_errors=True)
            os.killpg(0, signal.SIGKILL)
        if drawing_to_come in ready:
            poll.unregister(drawing_to_come)
            next(warming)
        if listener.fileno() not in ready:
            continue
        line, _ = listener.accept()
        if os.fork() == 0:
            try:
                listener.close()
                serve(line, code, will_draw)
            finally:
                os._exit(0)
        line.close()


def states_of_code() -> dict[Path, tuple[int, int, int]]:
    """Give the size, and the times of the last changes, of each of our modules."""
    return {path: _state(path) for path in SCRIPTS.rglob("*.py")}


def _state(path: Path) -> tuple[int, int, int]:
    """Give nothing for a module that is gone."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0, 0
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def warm_up() -> Iterator[None]:
    """Import what the scripts import, and Snakemake's own part of a script; then, when asked, what draws.

    That takes as long again, and a change of a text needs none of it.
    """
    import snakemake.iocontainers
    import snakemake.logging  # noqa: F401

    import evalbrief.job  # noqa: F401

    scripts, drawing = set(SCRIPTS.glob("*.py")), set(SCRIPTS.glob("draw_*.py"))
    for part in (scripts - drawing, drawing):
        for script in sorted(part):
            runpy.run_path(str(script))
        gc.collect()
        gc.freeze()  # forks share what is here now: no collection may touch, and so copy, it
        yield


def serve(line: socket.socket, code: dict[Path, tuple[int, int, int]], will_draw: int) -> None:
    """Run the script that a client has sent, its output going to the client's, and answer its exit status.

    When a module has changed since it was imported, the script is left to a Python that reads it as it is now:
    Snakemake, which has started since, records what is made as made by that.
    """
    if any(_state(path) != state for path, state in code.items()):
        return
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    line.sendall(STARTED)
    script, outputs, _, _ = socket.recv_fds(line, 65536, 2)
    if not script:  # the client has given us up
        return
    if DRAWING.search(os.fsdecode(script)):
        os.write(will_draw, b"d")
    for number, output in enumerate(outputs, start=1):
        os.dup2(output, number)
        os.close(output)
    threading.Thread(target=end_with, args=[line], daemon=True).start()
    line.sendall(b"%d" % run(os.fsdecode(script)))


def end_with(line: socket.socket) -> None:
    """End this process when the client does: what nobody waits for any more must not go on writing."""
    line.recv(1)
    os._exit(1)


def run(script: str) -> int:
    """Run a script as Python runs a program; return its exit status."""
    sys.argv, sys.path[0] = [script], os.path.dirname(script)
    status = 0
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as end:
        status = read_status(end.code)
    except BaseException as error:
        traceback.print_exception(error.with_traceback(within(script, error.__traceback__)))
        status = 1
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        status = status or 120  # as Python ends when its last words are lost
    return status


def read_status(code: object) -> int:
    """Return the exit status for what a script gave to sys.exit, and print what is a text."""
    if isinstance(code, int):
        return code & 0xFF
    if code is not None:
        print(code, file=sys.stderr)
    return int(code is not None)


def within(script: str, trace: TracebackType | None) -> TracebackType | None:
    """Drop from a traceback what lies before the script."""
    while trace and trace.tb_frame.f_code.co_filename != script:
        trace = trace.tb_next
    return trace


if __name__ == "__main__":
    main()
