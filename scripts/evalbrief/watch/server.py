"""Show the watched briefs to the browsers of this computer, and tell them when there is something new."""

import contextlib
import json
import os
import socketserver
import sys
from collections.abc import Collection
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from evalbrief.commands.evaluations import find_evaluations
from evalbrief.trouble import Trouble
from evalbrief.watch.files import TYPES, find_file, is_brief, version_of
from evalbrief.watch.page import watched, write_index
from evalbrief.watch.state import State

HERE = "127.0.0.1"
INDEX = ""
# Seconds after which a browser hears that we are still here, and between looks while something is being built.
STILL_HERE, LOOK = 15, 0.1


class Preview(ThreadingHTTPServer):
    """A server on this computer, for this computer; `only` are the evaluations it shows, else it shows all."""

    daemon_threads = True
    block_on_close = False
    # On Windows, another program would get the same port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, port: int, only: Collection[str], state: State) -> None:
        self.only, self.state = only, state
        self._versions: dict[Path, tuple[tuple[int, int], str]] = {}
        super().__init__((HERE, port), Handler)

    def server_bind(self) -> None:
        """Bind without asking the network what this computer is called."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet about a browser that has gone in the middle of an answer."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    @property
    def address(self) -> str:
        """The address of the index."""
        return f"http://{HERE}:{self.server_port}/"

    @property
    def hosts(self) -> set[str]:
        """What a browser may call this server."""
        names = (HERE, "localhost")
        return {f"{name}:{self.server_port}" for name in names} | (set(names) if self.server_port == 80 else set())

    def evaluations(self) -> list[str]:
        """List the evaluations to show, none when there are none any more."""
        with contextlib.suppress(Trouble):
            return find_evaluations(self.only)
        return []

    def index(self) -> str:
        """Write the index."""
        try:
            return write_index(find_evaluations(self.only))
        except Trouble as trouble:
            return write_index([], str(trouble))

    def said(self, address: str) -> str:
        """Say what a page is to show: its version, what is wrong, and whether something is built or waits for it."""
        evaluation = address.partition("/")[0]
        return json.dumps(
            {
                "version": self._version(address),
                "trouble": self.state.trouble(evaluation),
                "building": self.state.building,
                "waiting": self.state.waiting,
            }
        )

    def _version(self, address: str) -> str:
        """Name what is to be shown at an address; nothing when there is no file."""
        if address == INDEX:
            return version_of(self.index().encode())
        path = find_file(address, self.evaluations())
        try:
            status = path.stat() if path else None
            if not path or not status:
                return ""
            state, version = self._versions.get(path, ((0, 0), ""))
            if state != (status.st_mtime_ns, status.st_size):
                version = version_of(path.read_bytes())
                self._versions[path] = (status.st_mtime_ns, status.st_size), version
            return version
        except OSError:  # being put in place
            return ""


class Handler(BaseHTTPRequestHandler):
    """Answers one browser."""

    server: Preview
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Send a page, a file, or the news of a page."""
        if self.headers.get("Host") not in self.server.hosts:
            self._refuse(HTTPStatus.FORBIDDEN, "This preview is for this computer only.")
            return
        try:
            asked = urlsplit(self.path)
        except ValueError:
            self._refuse(HTTPStatus.BAD_REQUEST, "This is no address.")
            return
        address = unquote(asked.path).removeprefix("/")
        if address == "events":
            self._tell(parse_qs(asked.query).get("page", [INDEX])[0])
        elif address == INDEX:
            page = self.server.index()
            self._send(watched(page, INDEX, version_of(page.encode())).encode(), ".html")
        else:
            self._send_file(address)

    do_HEAD = do_GET

    def _send_file(self, address: str) -> None:
        path = find_file(address, self.server.evaluations())
        try:
            content = path.read_bytes() if path else None
        except OSError:
            content = None
        if path is None or content is None:
            self._refuse(HTTPStatus.NOT_FOUND, "There is no such page.")
            return
        if is_brief(path):
            content = watched(content.decode("utf-8"), address, version_of(content)).encode()
        self._send(content, path.suffix)

    def _refuse(self, status: HTTPStatus, sentence: str) -> None:
        self._send(f"{sentence}\n".encode(), "", status)

    def _send(self, content: bytes, suffix: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._begin(status, TYPES.get(suffix, "text/plain; charset=utf-8"))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _tell(self, address: str) -> None:
        """Tell a page whatever is new about it, as long as it stays open."""
        self.close_connection = True
        self._begin(HTTPStatus.OK, "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        state, last, number = self.server.state, "", -1
        with contextlib.suppress(OSError):  # the page is closed
            while self.command != "HEAD" and not state.ended:
                said = self.server.said(address)
                if said != last:
                    self.wfile.write(f"data: {said}\n\n".encode())
                elif not state.building:
                    self.wfile.write(b": still here\n\n")
                last = said
                # The page is there before the build has ended.
                number = state.wait(number, LOOK if state.building else STILL_HERE)

    def _begin(self, status: HTTPStatus, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "no-referrer")

    def version_string(self) -> str:
        """Name no versions."""
        return "brief.py"

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet about each request."""
