"""While somebody writes: build what changed, and show it in the browser, until Ctrl-C."""

import os
import sys
import threading
import webbrowser
from collections.abc import Collection

from evalbrief.commands.evaluations import find_evaluations
from evalbrief.trouble import Trouble
from evalbrief.watch.builder import Builder
from evalbrief.watch.server import HERE, Preview
from evalbrief.watch.state import State

# One that is rarely taken; the address stays the same from one day to the next.
USUAL_PORT = 8765
HIGHEST_PORT = 65535


def watch(only: Collection[str] = (), *, port: str = "", browser: bool = True) -> int:
    """Watch evaluations, or all, until Ctrl-C; return 0. Without a port, it is the usual one or any that is free."""
    try:
        from evalbrief.watch.changes import Changes
    except ModuleNotFoundError:
        raise Trouble("The package watchfiles is missing: python3 brief.py watch installs it.") from None
    find_evaluations(only)
    state = State()
    server = _serve(port, only, state)
    builder = Builder(only, state, lambda sentence: print(sentence, file=sys.stderr, flush=True))
    changes = Changes(builder.ask)
    try:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        changes.start()
        builder.start()
        builder.ask(None)
        print(f"{server.address} shows the briefs while you write; Ctrl-C ends it.", flush=True)
        if browser and _has_screen():
            webbrowser.open(server.address)
        changes.wait()
    except KeyboardInterrupt:
        pass
    finally:
        state.end()
        changes.stop()
        builder.stop()
        server.shutdown()
        server.server_close()
    print("The briefs are not watched any more.")
    return 0


def read_port(port: str) -> int:
    """Understand --port; raise Trouble when there is no such port."""
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= HIGHEST_PORT):
        raise Trouble(f'--port is "{port}": it must be a number from 1 to {HIGHEST_PORT}, such as {USUAL_PORT}.')
    return int(port)


def _serve(port: str, only: Collection[str], state: State) -> Preview:
    if not port:
        try:
            return Preview(USUAL_PORT, only, state)
        except OSError:
            return Preview(0, only, state)
    number = read_port(port)
    try:
        return Preview(number, only, state)
    except OSError as error:
        raise Trouble(f"Port {number} of {HERE} cannot be used ({error.strerror}): name another one.") from None


def _has_screen() -> bool:
    """Say whether a browser would be a window, and not text in this terminal."""
    return os.name == "nt" or sys.platform == "darwin" or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())
