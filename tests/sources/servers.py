"""Servers on this computer to fetch from: one for the web whose every answer a test can set, WebDAV, S3."""

import contextlib
import http.server
import ssl
import threading
from collections.abc import Callable, Iterator
from email.utils import formatdate
from pathlib import Path

from cheroot.wsgi import Server
from wsgidav.wsgidav_app import WsgiDAVApp

CHUNKED = {"Transfer-Encoding": "chunked"}


class Request(http.server.BaseHTTPRequestHandler):
    """One request, answered as the server's next answer says, or with its page."""

    server: "WebServer"
    protocol_version = "HTTP/1.1"
    # A test that goes wrong is not to wait for a connection that nobody closes.
    timeout = 10

    def do_GET(self) -> None:
        self.server.asked.append(self)
        answer = self.server.answers.pop(0) if self.server.answers else send_page
        # Who asked may have gone away.
        with contextlib.suppress(ConnectionError):
            answer(self)

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send a whole answer; in the names of headers, _ stands for -."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | given).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


Answer = Callable[[Request], None]


class WebServer(http.server.ThreadingHTTPServer):
    """A server with one page, whatever is asked for, and a list of answers that come first."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, page: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.page = page
        self.etag, self.modified = '"one"', ""
        self.answers: list[Answer] = []
        self.asked: list[Request] = []
        self.scheme = "http"

    def address(self, path: str = "/survey.csv") -> str:
        """Give the address of a path."""
        return f"{self.scheme}://127.0.0.1:{self.server_address[1]}{path}"

    def trust(self, certificate: Path, key: Path) -> None:
        """Speak https from now on."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.scheme = "https"

    def handle_error(self, *_: object) -> None:
        """Say nothing: to go away is what some clients are here for."""


def send_page(request: Request) -> None:
    """Send the page of the server, or that it is the one that is known."""
    server = request.server
    marks = {"ETag": server.etag, "Last_Modified": server.modified}
    marks = {name: value for name, value in marks.items() if value}
    known = {request.headers["If-None-Match"], request.headers["If-Modified-Since"]} - {None}
    if known & set(marks.values()):
        request.reply(304, **marks)
    else:
        request.reply(200, server.page, **marks)


def answer(status: int, body: bytes = b"", **headers: str) -> Answer:
    """Make an answer."""
    return lambda request: request.reply(status, body, **headers)


def cut_off(body: bytes) -> Answer:
    """Promise more than comes."""

    def act(request: Request) -> None:
        request.reply(200, body, Content_Length=str(len(body) + 100))
        request.close_connection = True

    return act


def cut_off_chunks(body: bytes) -> Answer:
    """Send pieces, and never the last one."""

    def act(request: Request) -> None:
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        request.wfile.write(b"%x\r\n%s\r\n" % (len(body), body))
        request.close_connection = True

    return act


def hold(until: threading.Event) -> Answer:
    """Say nothing until then."""
    return lambda request: until.wait(10) and None


def drip(until: threading.Event) -> Answer:
    """Send a byte now and then, for ever."""

    def act(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "1000000")
        request.end_headers()
        while not until.wait(0.02):
            request.wfile.write(b"a")

    return act


@contextlib.contextmanager
def serving(server: WebServer) -> Iterator[WebServer]:
    """Have a server answer as long as the block runs."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def showing(folder: Path, user: str, password: str) -> Iterator[str]:
    """Have a WebDAV server show a folder to whoever has the password; give its address."""
    settings = {
        "provider_mapping": {"/remote": str(folder)},
        "simple_dc": {"user_mapping": {"*": {user: {"password": password}}}},
        "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
        "verbose": 0,
        "logging": {"enable": False},
    }
    server = Server(("127.0.0.1", 0), WsgiDAVApp(settings))
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.bind_addr[1]}/remote"
    finally:
        server.stop()


def date_of(seconds: float) -> str:
    """Write a moment as headers do."""
    return formatdate(seconds, usegmt=True)
