"""Watching while somebody writes: which changes count, one build at a time, and what the preview shows to whom."""

import errno
import html
import http.client
import json
import re
import shutil
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from evalbrief.commands.watch import read_port, watch
from evalbrief.document.html.page import digest
from evalbrief.trouble import Trouble
from evalbrief.watch import builder, server
from evalbrief.watch.builder import Builder, attribute
from evalbrief.watch.changes import Changes, concerns
from evalbrief.watch.page import watched
from evalbrief.watch.server import Preview
from evalbrief.watch.state import ALL, State
from waiting import wait_until

ROOT = Path(__file__).parents[1]
POLICY = "default-src 'none'; script-src 'sha256-abc='; base-uri 'none'"
PAGE = (
    f'<!DOCTYPE html>\n<meta http-equiv="Content-Security-Policy" content="{html.escape(POLICY)}">\n'
    "<body><p>Voilà.</p></body>\n"
)
# A stand-in for a build: it notes what it is to build, then does what its script says.
BUILD = """
import sys, time
from pathlib import Path
names = sys.argv[1:]
with open("built", "a") as file:
    file.write(" ".join(names) + "\\n")
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a folder with a difficult name: two evaluations, one of them with a brief."""
    folder = tmp_path / "projet d'été 50 %"
    for name in ("demo", "tiny"):
        (folder / "data" / name / "text/fr").mkdir(parents=True)
        (folder / "data" / name / "evaluation.yaml").touch()
    for name in ("scripts", "rules", "templates/html", "data/tiny/drafts"):
        (folder / name).mkdir(parents=True)
    for name in ("css", "html", "js"):
        shutil.copy(ROOT / "templates/html" / f"watch.{name}", folder / "templates/html")
    (folder / "config.yaml").touch()
    write(folder / "build/tiny/brief.fr.html", PAGE)
    for name in ("brief.fr.pdf", "figures/survey.fr.svg", "logs/a.log", ".hidden.html", "brief.fr.html.part"):
        write(folder / "build/tiny" / name, name)
    write(folder / "build/demo/brief.fr.pdf", "another")
    write(folder / "secret.html", "secret")
    monkeypatch.chdir(folder)
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# ---------------------------------------------------------------------------------------------------------------------
# Changes
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["data/tiny/survey.csv"], {"tiny"}),
        (["data/tiny/text/fr/logic.md", "data/demo/values.yaml"], {"tiny", "demo"}),
        (["data/new"], {"new"}),
        (["data/tiny/survey.csv", "config.yaml"], None),
        (["data/schemas/survey.yaml"], None),
        (["templates/html/brief.css"], None),
        (["scripts/evalbrief/files.py"], None),
        (["data/tiny/drafts/1.zip", "data/tiny/fetched.json"], set()),
        (["scripts/__pycache__/a.pyc", "data/tiny/.~lock.survey.csv#", "data/tiny/~$a.csv", "data/tiny/a.csv~"], set()),
        (["data/tiny/4913", "data/tiny/.logic.md.swp", "data/.git/index", "data/tiny/a.tmp"], set()),
        (["scripts/4913", "data/2024/4913"], set()),
        (["data/2024/survey.csv"], {"2024"}),
        (["data/2023"], {"2023"}),
        ([], set()),
    ],
)
def test_what_a_change_concerns(paths: list[str], names: set[str] | None) -> None:
    assert concerns(paths) == names


def replace(path: Path) -> None:
    """Save as careful editors do: write another file, and put it in place."""
    path.with_suffix(".tmp").write_text("new", encoding="utf-8")
    path.with_suffix(".tmp").replace(path)


def test_changes_are_seen(project: Path) -> None:
    seen: list[set[str] | None] = []
    changes = Changes(seen.append)
    changes.start()
    try:
        trial = project / "data/tiny/trial.csv"
        wait_until(lambda: (trial.write_text("x"), time.sleep(0.1), seen)[-1])
        for edit, names in (
            (lambda: write(project / "data/demo/text/fr/à part.md", "x"), {"demo"}),
            (lambda: replace(project / "config.yaml"), None),
            (lambda: replace(project / "config.yaml"), None),
            (lambda: write(project / "scripts/deep/er/a.py", "x"), None),
            ((project / "data/demo/evaluation.yaml").unlink, {"demo"}),
        ):
            time.sleep(0.2)
            seen.clear()
            edit()
            wait_until(lambda: seen)
            assert set(map(str, seen)) == {str(names)}
        time.sleep(0.2)
        seen.clear()
        write(project / "secret.html", "x")
        write(project / "data/tiny/drafts/1.zip", "x")
        time.sleep(0.3)
        assert seen == []
    finally:
        changes.stop()
    assert not any(thread.is_alive() for thread in changes._threads)


def test_what_cannot_be_watched_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> Iterator[object]:
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr("evalbrief.watch.changes.watch", fail)
    changes = Changes(print)
    changes.start()
    with pytest.raises(Trouble, match=r"cannot be watched: OS file watch limit reached\.$"):
        changes.wait()


# ---------------------------------------------------------------------------------------------------------------------
# Builds
# ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def building(project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., tuple[Builder, State]]]:
    """A function that starts a builder whose builds are a script."""
    started: list[Builder] = []

    def start(script: str, *only: str) -> tuple[Builder, State]:
        monkeypatch.setattr(builder, "command", lambda names: [sys.executable, "-c", BUILD + script, *names])
        state = State()
        started.append(Builder(only, state, print))
        started[0].start()
        return started[0], state

    yield start
    for one in started:
        one.stop()


def built() -> list[str]:
    """List what the builds so far were to build."""
    return Path("built").read_text().splitlines() if Path("built").exists() else []


def test_changes_during_a_build_lead_to_one_more(building: Callable) -> None:
    one, state = building('while not Path("go").exists(): time.sleep(0.01)')
    one.ask({"tiny"})
    wait_until(built)
    assert state.building
    for names in ({"tiny"}, {"demo"}, {"tiny"}, {"no evaluation"}):
        one.ask(names)
    Path("go").touch()
    wait_until(lambda: len(built()) == 2 and not state.building)
    assert built() == ["tiny", "demo tiny"] and state.trouble() == []
    one.ask(None)
    wait_until(lambda: len(built()) == 3 and not state.building)
    assert built()[2] == "demo tiny"


def test_only_what_is_watched_is_built(building: Callable) -> None:
    one, _ = building("", "tiny")
    one.ask({"demo"})
    one.ask(None)
    wait_until(built)
    time.sleep(0.2)
    assert built() == ["tiny"]


def test_trouble_is_told_until_it_is_mended(building: Callable) -> None:
    one, state = building(
        """
if Path("wrong").exists():
    print("1 of 6: Check the data of tiny (fr), 0.4 s", "3 of 12 briefs: tiny (fr)", sep="\\n", file=sys.stderr)
    sys.exit("data/tiny/a.csv: <b>.")
print("Note: all is well.", file=sys.stderr)
"""
    )
    Path("wrong").touch()
    one.ask({"tiny"})
    wait_until(lambda: state.trouble())
    assert state.trouble("tiny") == state.trouble() == ["data/tiny/a.csv: <b>."] and state.trouble("demo") == []
    Path("wrong").unlink()
    one.ask({"demo"})  # what failed is tried again: it may have been for another's sake
    wait_until(lambda: not state.trouble())
    assert built() == ["tiny", "demo tiny"]


def test_a_build_that_says_nothing_is_told(building: Callable) -> None:
    one, state = building("sys.exit(3)")
    one.ask({"tiny"})
    wait_until(lambda: state.trouble())
    assert state.trouble() == ["The build ended with 3 and did not say why."]


def test_another_build_is_waited_for(
    building: Callable, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(builder, "AGAIN_SECONDS", 0.05)
    one, state = building('Path("go").exists() or sys.exit("Another build: wait until it is done.")')
    one.ask({"tiny"})
    wait_until(lambda: len(built()) == 3)
    assert (state.building, state.waiting, state.trouble()) == (True, True, [])
    one.ask({"demo"})
    wait_until(lambda: "demo tiny" in built())
    Path("go").touch()
    wait_until(lambda: not state.building)
    assert (state.waiting, state.trouble(), built()[-1]) == (False, [], "demo tiny")
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Another build: wait until it is done." and len(said) == 2 and "up to date" in said[1]
    builds = len(built())
    time.sleep(0.3)
    assert len(built()) == builds


def test_a_build_that_cannot_be_started_is_told_and_the_next_one_built(
    building: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    one, state = building("")
    with monkeypatch.context() as patch:
        patch.setattr(builder.subprocess, "Popen", fail)
        one.ask({"tiny"})
        wait_until(lambda: state.trouble() and not state.building)
        assert state.trouble("tiny") == ["It could not be built: [Errno 24] Too many open files."]
    one.ask({"tiny"})
    wait_until(lambda: not state.trouble())
    assert built() == ["demo tiny"]


def test_the_trouble_of_an_evaluation_goes_with_it(building: Callable) -> None:
    one, state = building('sys.exit("data/demo/a.csv: wrong.")')
    one.ask({"demo"})
    wait_until(lambda: state.trouble())
    shutil.rmtree("data/demo")
    one.ask({"demo"})
    wait_until(lambda: not state.trouble())
    assert built() == ["demo"]


def test_every_sentence_about_another_build_is_known() -> None:
    source = (ROOT / "scripts/evalbrief/commands/running.py").read_text(encoding="utf-8")
    assert source.count(builder.BUSY) == 4 == len(re.findall(r"raise Busy\(\s*f?\"|^FOREIGN", source, re.MULTILINE))


def test_no_evaluation_is_told(building: Callable) -> None:
    for path in Path("data").glob("*/evaluation.yaml"):
        path.unlink()
    one, state = building("")
    one.ask(None)
    wait_until(lambda: state.trouble())
    assert state.trouble("tiny")[0].startswith("There is no evaluation yet")
    Path("data/tiny/evaluation.yaml").touch()
    one.ask({"tiny"})
    wait_until(lambda: not state.trouble())


def test_a_build_ends_with_the_builder(building: Callable) -> None:
    one, _ = building(
        """
import subprocess
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
Path("pids.new").write_text(f"{child.pid}")
Path("pids.new").rename("pids")
time.sleep(60)
"""
    )
    one.ask({"tiny"})
    wait_until(Path("pids").exists)
    assert one._process
    parent = psutil.Process(one._process.pid)
    family = [parent, *parent.children(recursive=True)]
    assert len(family) == 2
    started = time.monotonic()
    one.stop()
    assert time.monotonic() - started < 20
    wait_until(lambda: not any(process.is_running() for process in family))
    assert not one._thread.is_alive()


def test_sentences_belong_to_whom_they_name() -> None:
    sentences = ["data/a/x.csv: wrong.", "a-b is left out.", "This step failed: Draw (b, fr)", "The disk is full."]
    assert attribute(sentences, ["a", "a-b", "b"]) == {
        "a": [sentences[0], sentences[3]],
        "a-b": [sentences[1], sentences[3]],
        "b": [sentences[2], sentences[3]],
    }


def test_an_evaluation_named_as_a_file_has_no_trouble_of_others() -> None:
    sentences = [
        "data/tiny/budget.csv, row 2: wrong.",
        "tiny in fr is left out until its data is corrected (1 fault).",
        "budget is left out until its data is corrected (1 fault).",
    ]
    found = {"tiny": sentences[:2], "budget": sentences[2:]}
    assert attribute(sentences, ["budget", "data", "tiny"]) == found


# ---------------------------------------------------------------------------------------------------------------------
# The preview
# ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def preview(project: Path) -> Iterator[Preview]:
    """A server that shows the evaluation tiny."""
    state = State()
    with Preview(0, ["tiny"], state) as serving:
        thread = threading.Thread(target=serving.serve_forever, args=[0.01])
        thread.start()
        yield serving
        state.end()
        serving.shutdown()
        thread.join()


def get(preview: Preview, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    """Ask for a path as it is; return the status, the headers and the text."""
    connection = http.client.HTTPConnection("127.0.0.1", preview.server_port, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, dict(answer.headers), text


def test_pages_and_files_are_shown(preview: Preview) -> None:
    status, headers, text = get(preview, "/tiny/brief.fr.html")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert headers["Cache-Control"] == "no-store" and headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin" and headers["X-Frame-Options"] == "DENY"
    assert "EventSource" in text and text.index("<script") > text.index("Voilà.")
    assert Path("build/tiny/brief.fr.html").read_text(encoding="utf-8") == PAGE
    for path, kind in (("brief.fr.pdf", "application/pdf"), ("figures/survey.fr.svg", "image/svg+xml")):
        status, headers, text = get(preview, f"/tiny/{path}")
        assert (status, headers["Content-Type"], text) == (200, kind, path)
    status, headers, text = get(preview, "/tiny/brief.fr.pdf", "HEAD")
    assert (status, headers["Content-Length"], text) == (200, "12", "")
    assert get(preview, "/tiny/brief.fr.pdf", "POST")[0] == 501


def test_it_is_for_this_computer(preview: Preview) -> None:
    assert preview.server_address[0] == "127.0.0.1"
    port = preview.server_port
    for host in (f"127.0.0.1:{port}", f"localhost:{port}"):
        assert get(preview, "/", Host=host)[0] == 200
    for host in (f"example.org:{port}", f"127.0.0.1.example.org:{port}", "127.0.0.1", f"127.0.0.1:{port + 1}", ""):
        for path in ("/", "/tiny/brief.fr.html", "/events"):
            assert get(preview, path, Host=host)[::2] == (403, "This preview is for this computer only.\n")
    with socket.create_connection(("127.0.0.1", port), timeout=10) as old:
        old.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert b" 403 " in old.recv(100)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/../secret.html",
            "/tiny/../../secret.html",
            "/tiny/%2e%2e/%2e%2e/secret.html",
            "/tiny/..%2f..%2fsecret.html",
        ),
        *("/tiny/..\\..\\secret.html", "/tiny/%5c..%5c..%5csecret.html", "//secret.html", "/tiny//brief.fr.html"),
        *(
            "/tiny/.hidden.html",
            "/tiny/logs/a.log",
            "/tiny/brief.fr.html.part",
            "/tiny",
            "/tiny/",
            "/tiny/brief.de.html",
        ),
        *(
            "/demo/brief.fr.pdf",
            "/tiny/figures",
            "/secret.html",
            "/tiny/brief.fr.html%00",
            "/data/tiny/evaluation.yaml",
        ),
        *("/tiny/link.html", "/tiny/linked/secret.html", "/C:/secret.html"),
    ],
)
def test_nothing_else_is_shown(preview: Preview, project: Path, path: str) -> None:
    (project / "build/tiny/link.html").symlink_to(project / "secret.html")
    (project / "build/tiny/linked").symlink_to(project)
    absolute = get(preview, path)
    assert absolute[::2] == (404, "There is no such page.\n")


def test_a_link_inside_is_no_way_out(preview: Preview, project: Path) -> None:
    (project / "build/tiny/link.html").symlink_to(project / "build/tiny/.hidden.html")
    assert get(preview, "/tiny/link.html")[0] == 200


def test_the_index_names_what_is_watched(preview: Preview) -> None:
    Path("data/tiny/text/en").mkdir()
    text = get(preview, "/")[2]
    assert re.findall(r'href="([^"]+)"', text) == [f"/tiny/brief.fr.{ending}" for ending in ("html", "pdf", "docx")]
    assert "tiny (en): not made yet" in text and "demo" not in text and "EventSource" in text
    Path("data/tiny/evaluation.yaml").unlink()
    assert "data/tiny has no evaluation.yaml." in get(preview, "/")[2]


def test_the_policy_lets_this_script_in_and_no_other(project: Path) -> None:
    page = watched(PAGE, "tiny/brief.fr.html", "0123")
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    script = re.search(r"<script ([^>]*)>(.*?)</script>\n</body>", page, re.DOTALL)
    assert found and script
    assert html.unescape(found[1]) == (
        f"default-src 'none'; script-src 'sha256-abc=' '{digest(script[2])}'; base-uri 'none'; connect-src 'self'"
    )
    assert script[1].startswith('data-page="tiny/brief.fr.html" data-version="0123" data-style="')
    assert "</script" not in script[2]
    bare = watched("<p>no body", '"><b>', "")
    assert "&quot;&gt;&lt;b&gt;" in bare and bare.startswith("<p>no body<script ")


def events(preview: Preview, page: str) -> Iterator[dict]:
    """Hear the news of a page."""
    connection = http.client.HTTPConnection("127.0.0.1", preview.server_port, timeout=10)
    connection.request("GET", f"/events?page={page}")
    answer = connection.getresponse()
    assert answer.headers["Content-Type"] == "text/event-stream"
    for line in answer:
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


def test_news_is_told(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "STILL_HERE", 60)
    news, state = events(preview, "tiny/brief.fr.html"), preview.state
    first = next(news)
    assert first == {"version": first["version"], "trouble": [], "building": False, "waiting": False}
    assert f'data-version="{first["version"]}"' in get(preview, "/tiny/brief.fr.html")[2]
    state.wait_for_another()
    assert next(news) == {**first, "building": True, "waiting": True}
    state.begin()
    assert next(news) == {**first, "building": True}
    replace(Path("build/tiny/brief.fr.html"))  # while it is still being built
    second = next(news)
    assert second["building"] and second["version"] not in ("", first["version"])
    state.finish(["tiny"], {"tiny": ["<b>wrong</b>"], "demo": ["another"]})
    assert next(news) == {**second, "building": False, "trouble": ["<b>wrong</b>"]}
    state.finish(["tiny"], {})
    assert next(news)["trouble"] == []
    Path("build/tiny/brief.fr.html").unlink()
    state.finish([], {ALL: ["all"]})
    assert next(news) == {**first, "version": "", "trouble": ["all"]}
    state.end()
    assert list(news) == []


def test_the_index_hears_of_all(preview: Preview) -> None:
    news, state = events(preview, ""), preview.state
    first = next(news)
    state.finish(["tiny", "demo"], {"tiny": ["one", "two"], "demo": ["two"]})
    assert next(news) == {**first, "trouble": ["one", "two"]}
    Path("data/tiny/text/en").mkdir()
    state.finish(["tiny", "demo"], {})
    assert next(news)["version"] != first["version"]
    assert get(preview, "/events?page=../../secret.html", "HEAD")[0] == 200
    assert next(events(preview, "../secret.html"))["version"] == ""


def test_what_is_no_address_is_refused(preview: Preview, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_connection(("127.0.0.1", preview.server_port), timeout=10) as asking:
        asking.sendall(f"GET http://[ HTTP/1.0\r\nHost: 127.0.0.1:{preview.server_port}\r\n\r\n".encode())
        assert asking.recv(100).startswith(b"HTTP/1.1 400 ")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("error", "is_told"), [(ConnectionResetError(), False), (ValueError(), True)])
def test_a_browser_that_has_gone_troubles_nobody(
    preview: Preview, error: Exception, is_told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        raise error
    except (OSError, ValueError):
        preview.handle_error(None, ("127.0.0.1", 0))
    assert ("Traceback" in capsys.readouterr().err) is is_told


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eighty", "8o", "٣"])
def test_a_wrong_port_is_refused(port: str) -> None:
    with pytest.raises(Trouble) as trouble:
        read_port(port)
    assert str(trouble.value) == f'--port is "{port}": it must be a number from 1 to 65535, such as 8765.'


def test_a_port_in_use_is_told(preview: Preview) -> None:
    with pytest.raises(Trouble, match=rf"^Port {preview.server_port} of 127.0.0.1 cannot be used \(Address already"):
        watch(["tiny"], port=str(preview.server_port), browser=False)
