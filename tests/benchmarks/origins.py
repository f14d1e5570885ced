"""Servers on this computer that tables come from: one for the web, WebDAV (wsgidav) and S3 (moto).

The first two let in who has the password. Moto takes any key: of S3, only that the key goes nowhere else is proved.
"""

import base64
import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import boto3
from moto.server import ThreadedMotoServer
from numbers_shown import Table
from workspace import ROOT

sys.path.append(str(ROOT / "tests"))
from sources.servers import Request, WebServer, date_of, showing

USER, KEY, BUCKET = "evaluation", "KEY-4711", "evaluations"
REALM = {"WWW_Authenticate": 'Basic realm="data"'}
# What a password may hold; nobody's, and long enough to be nowhere by chance.
PASSWORDS = {"WEB_PASSWORD": "Zebra & süß-4711", "CLOUD_PASSWORD": "Okapi=#?-0815", "S3_KEY": "Tapir/+wJalrXUtnFEMI-K7"}


class Origin(Protocol):
    """A server that one table comes from: how it is named in a report and in `sources`, and how it gets new content."""

    name: str
    source: dict[str, str]

    def put(self, content: bytes) -> None:
        """Have this content from now on, written anew even when it is the same."""


class Guarded(Request):
    """A request that is answered only to who has the password; it notes when it came."""

    def do_GET(self) -> None:
        """Look at the letter first."""
        self.at = time.time()
        letter = base64.b64encode(f"{USER}:{PASSWORDS['WEB_PASSWORD']}".encode()).decode()
        if self.headers["Authorization"] == f"Basic {letter}":
            super().do_GET()
        else:
            self.reply(401, **REALM)


class Web:
    """A web server; the answers that come before its page can be set (`server.answers`)."""

    name = "HTTP"

    def __init__(self, table: Table) -> None:
        self.server = WebServer(b"")
        self.server.RequestHandlerClass = Guarded
        self.source = {"address": self.server.address(f"/{table.file}"), "user": USER, "secret": "WEB_PASSWORD"}
        self._versions = 0
        self._serve()
        self.put(table.text(table.number))

    def put(self, content: bytes) -> None:
        """Have this content, with a mark and a date of its own."""
        self._versions += 1
        self.server.page, self.server.etag = content, f'"{self._versions}"'
        self.server.modified = date_of(time.time())

    def asked_since(self, moment: float) -> int:
        """Count how often it was asked for its page since a moment."""
        return sum(request.at > moment for request in self.server.asked)  # type: ignore[attr-defined]

    def go_down(self) -> None:
        """Let nobody connect any more."""
        self.server.shutdown()
        self.server.server_close()

    def come_up(self) -> None:
        """Listen again, where it did before."""
        self.server.socket = socket.socket()
        self.server.server_bind()
        self.server.server_activate()
        self._serve()

    def _serve(self) -> None:
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()


@contextmanager
def web(table: Table) -> Iterator[Web]:
    """Have a web server for a while."""
    origin = Web(table)
    try:
        yield origin
    finally:
        origin.go_down()


@dataclass
class Cloud:
    """A WebDAV server that shows a folder."""

    file: Path
    source: dict[str, str]
    name: str = "WebDAV"

    def put(self, content: bytes) -> None:
        """Write the file anew."""
        self.file.write_bytes(content)
        os.utime(self.file)


@contextmanager
def cloud(folder: Path, table: Table) -> Iterator[Cloud]:
    """Have a WebDAV server for a while."""
    folder.mkdir()
    with showing(folder, USER, PASSWORDS["CLOUD_PASSWORD"]) as remote:
        address = f"{remote}/{table.file}"
        origin = Cloud(folder / table.file, {"address": address, "user": USER, "secret": "CLOUD_PASSWORD"})
        origin.put(table.text(table.number))
        yield origin


class Bucket:
    """A bucket of S3 with a table in it."""

    name = "S3"

    def __init__(self, endpoint: str, table: Table) -> None:
        keys = {"aws_access_key_id": KEY, "aws_secret_access_key": PASSWORDS["S3_KEY"], "region_name": "us-east-1"}
        client = boto3.resource("s3", endpoint_url=endpoint, **keys)
        self._bucket, self._key = client.create_bucket(Bucket=BUCKET), f"data/{table.file}"
        address = f"s3://{BUCKET}/{self._key}"
        self.source = {"address": address, "endpoint": endpoint, "user": KEY, "secret": "S3_KEY"}
        self.put(table.text(table.number))

    def put(self, content: bytes) -> None:
        """Put the object anew."""
        self._bucket.put_object(Key=self._key, Body=content)


@contextmanager
def bucket(table: Table) -> Iterator[Bucket]:
    """Have a server like S3 for a while."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield Bucket(f"http://{host}:{port}", table)
    finally:
        server.stop()
