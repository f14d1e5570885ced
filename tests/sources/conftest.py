"""Fixtures of the tests of fetching: a project with an evaluation, and a web server."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sources.office import TABLE, Office
from sources.servers import WebServer, serving

ROOT = Path(__file__).parents[2]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An empty project, with nothing in the environment that would change how servers are reached."""
    monkeypatch.chdir(tmp_path)
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "requests_ca_bundle", "curl_ca_bundle"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "no netrc"))
    shutil.copytree(ROOT / "data/schemas", "data/schemas")
    return Office()


@pytest.fixture
def web() -> Iterator[WebServer]:
    """A web server with a table."""
    with serving(WebServer(TABLE)) as server:
        yield server


@pytest.fixture
def snapshot() -> Callable[[Path], dict[Path, tuple[bytes, int, int]]]:
    """A function that tells whether anything in a folder was written, even to the same bytes."""

    def take(folder: Path) -> dict[Path, tuple[bytes, int, int]]:
        files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        return {path: (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) for path in files}

    return take
