"""Have a script run by the warm worker, or run it in a Python of our own when the worker does not answer.

    python -IS client.py SOCKET SCRIPT

Starts once for every step: imports what takes no time. A script and its outputs are handed over only to a fork that
waits for them: so no script runs twice, whoever is slow or frozen, and a worker that has been given up holds nothing
open. Only when the fork that runs it is killed, and so writes no more, is a script run again from its beginning.
"""

import os
import socket
import sys

# Seconds to wait for a fork. A worker that takes longer is given up, by all clients: they find no socket any more.
PATIENCE = 20
STARTED = b"s"


def main(address: str, script: str) -> int:
    """Return the script's exit status; take the place of this process with a Python of our own if need be."""
    status = run_warm(address, script)
    if status is None:
        # Without -IS: the script needs the packages of the environment.
        os.execv(sys.executable, [sys.executable, script])
    return status


def run_warm(address: str, script: str) -> int | None:
    """Return the exit status of a script that the worker has run, None when it has not run it to its end."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(PATIENCE)
        try:
            line.connect(address)
            if line.recv(1) != STARTED:
                return None
            line.settimeout(None)
            socket.send_fds(line, [os.fsencode(os.path.abspath(script))], [1, 2])
            status = line.recv(4)
        except TimeoutError:
            give_up(address)
            return None
        except OSError:
            return None
    return int(status) if status else None


def give_up(address: str) -> None:
    """Take the socket of a worker that does not answer away, so that nobody else waits for it."""
    try:  # noqa: SIM105 -- contextlib would have to be imported
        os.unlink(address)
    except OSError:
        pass


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
