"""From a web server: what is new comes, what is wrong is refused, and the last good data stay."""

import datetime
import gzip
import io
import json
import logging
import os
import re
import threading
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from evalbrief.sources.limits import Limits
from sources.office import TABLE, Office
from sources.servers import (
    Request,
    WebServer,
    answer,
    cut_off,
    cut_off_chunks,
    date_of,
    drip,
    hold,
    send_page,
    serving,
)

NEW = TABLE + b"b,1,7\n"
PAGE = b'<!DOCTYPE html>\n<html><body><form><input type="password"></form></body></html>'
SECRET = "s3cr3t-und-geheim"


def package(name: str) -> bytes:
    """Make a zip file with one file in it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr(name, "content")
    return content.getvalue()


@pytest.fixture
def fetched(office: Office, web: WebServer) -> Path:
    """The folder of an evaluation whose table has been fetched once."""
    folder = office.evaluation(survey=web.address())
    assert office.fetch_one().kind == "changed"
    web.asked.clear()
    return folder


def test_a_new_file_is_put_in_place_and_noted(office: Office, web: WebServer) -> None:
    web.modified = date_of(1_700_000_000)
    folder = office.evaluation(survey=web.address())
    outcome = office.fetch_one()
    assert (outcome.kind, outcome.evaluation, outcome.file) == ("changed", "tiny", "survey.csv")
    assert outcome.sentence == f"data/tiny/survey.csv is new: it was fetched from {web.address()}."
    assert (folder / "survey.csv").read_bytes() == TABLE
    noted = json.loads((folder / "fetched.json").read_text())["survey.csv"]
    moment = datetime.datetime.strptime(noted.pop("changed"), "%Y-%m-%dT%H:%M:%SZ")
    assert abs(moment - datetime.datetime.now(datetime.UTC).replace(tzinfo=None)) < datetime.timedelta(minutes=1)
    assert len(noted.pop("sha256")) == 64
    assert noted == {"address": web.address(), "etag": '"one"', "modified": date_of(1_700_000_000)}


@pytest.mark.parametrize("marks", [("", ""), ('"one"', ""), ("", date_of(1_700_000_000)), ('W/"one"', "")])
def test_nothing_is_written_when_nothing_is_new(
    office: Office, web: WebServer, snapshot, marks: tuple[str, str]
) -> None:
    web.etag, web.modified = marks
    folder = office.evaluation(survey=web.address())
    office.fetch_one()
    before = snapshot(folder)
    assert office.fetch_one().kind == "same"
    assert snapshot(folder) == before
    asked = web.asked[-1].headers
    assert (asked["If-None-Match"] or "", asked["If-Modified-Since"] or "") == marks


def test_the_same_content_with_another_mark_is_not_loaded_again(
    office: Office, web: WebServer, fetched: Path, snapshot
) -> None:
    record, table = fetched / "fetched.json", fetched / "survey.csv"
    record.write_text(re.sub('"changed": ".*"', '"changed": "2024-01-01T00:00:00Z"', record.read_text()))
    web.etag, before = '"two"', snapshot(table.parent)
    assert office.fetch_one().kind == "same"
    noted = json.loads(record.read_text())["survey.csv"]
    assert (noted["etag"], noted["changed"]) == ('"two"', "2024-01-01T00:00:00Z")
    after = snapshot(fetched)
    assert [path for path in after if after[path] != before[path]] == [record]
    assert office.fetch_one().kind == "same"
    assert web.asked[-1].headers["If-None-Match"] == '"two"' and snapshot(fetched) == after


def test_of_an_address_with_a_query_all_is_asked_for(office: Office, web: WebServer, snapshot) -> None:
    folder = office.evaluation(survey=web.address("/a?sheet=1"))
    office.fetch_one()
    office.evaluation(survey=web.address("/a?sheet=2"))
    web.etag, before = '"two"', snapshot(folder)
    assert office.fetch_one().kind == "same"
    assert web.asked[-1].headers["If-None-Match"] is None and web.asked[-1].path == "/a?sheet=2"
    assert snapshot(folder) == before


def test_of_another_address_all_is_asked_for(office: Office, web: WebServer, fetched: Path) -> None:
    office.evaluation(survey=web.address("/other.csv"))
    assert office.fetch_one().kind == "same"
    assert web.asked[-1].headers["If-None-Match"] is None
    assert office.fetch_one().kind == "same"
    assert web.asked[-1].headers["If-None-Match"] == '"one"'


def test_what_changed_takes_the_place(office: Office, web: WebServer, fetched: Path) -> None:
    web.page, web.etag = NEW, '"two"'
    assert office.fetch_one().kind == "changed"
    assert (fetched / "survey.csv").read_bytes() == NEW
    assert sorted(path.name for path in fetched.iterdir()) == ["evaluation.yaml", "fetched.json", "survey.csv"]


def test_other_columns_are_for_the_check_of_the_data(office: Office, web: WebServer, fetched: Path) -> None:
    web.page, web.etag = b"other;columns\n1;2\n", '"two"'
    assert office.fetch_one().kind == "changed"


def test_texts_and_values_come_too(office: Office, web: WebServer) -> None:
    sources = {"text/fr/logic.md": web.address("/logic.md"), "values.yaml": web.address("/values.yaml")}
    folder = office.evaluation(**sources)
    assert [outcome.kind for outcome in office.fetch()] == ["changed", "changed"]
    assert (folder / "text/fr/logic.md").read_bytes() == TABLE


# ---------------------------------------------------------------------------------------------------------------------
# What is refused
# ---------------------------------------------------------------------------------------------------------------------

REFUSED = {
    "page to log in": (PAGE, "a page to log in came in place of a table. Check user and secret"),
    "page": (b"\xef\xbb\xbf\n <html><body>Hello</body></html>", "a web page came in place of a table."),
    "page in xml": (b"<?xml version='1.0'?><html/>", "a web page came in place of a table."),
    "workbook": (package("xl/workbook.xml"), "an Excel workbook came in place of a table. Put a CSV file there"),
    "zip file": (package("survey.csv"), "a zip file came in place of a table."),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "a file of Excel or another Office program"),
    "compressed": (gzip.compress(TABLE), "a compressed file came in place of a table."),
    "pdf": (b"%PDF-1.7 ...", "a PDF came in place of a table."),
    "json": (b'{"error": "not signed in"}', "JSON came in place of a table."),
    "empty": (b"", "the file is empty."),
    "blank": (b"\xef\xbb\xbf \r\n\n", "the file is empty."),
    "binary": (b"question,\x00\x01\x02", "this is no text."),
    "utf-16": ("question,level\n".encode("utf-16"), "the text is in UTF-16. Save it as UTF-8."),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_table_is_refused(office: Office, web: WebServer, fetched: Path, snapshot, kind: str) -> None:
    content, said = REFUSED[kind]
    web.page, web.etag, before = content, '"two"', snapshot(fetched)
    outcome = office.fetch_one()
    assert outcome.kind == "kept" and outcome.needs_a_person
    assert outcome.sentence.startswith(f"data/tiny/survey.csv, from {web.address()}: {said}")
    assert outcome.sentence.endswith(" What was there stays in use.")
    assert snapshot(fetched) == before


@pytest.mark.parametrize("content", ["é;è\r\n<5;1\r\n".encode("cp1252"), "\ufeffa,b\n".encode(), b"a\tb\x0c\n"])
def test_tables_as_offices_write_them_are_taken(office: Office, web: WebServer, content: bytes) -> None:
    web.page = content
    office.evaluation(survey=web.address())
    assert office.fetch_one().kind == "changed"


STATUSES = {
    401: "the server does not let us in (status 401). Check user and secret.",
    403: "the server does not let us in (status 403). Check user and secret.",
    404: "there is no such file (status 404). Check the address.",
    410: "there is no such file (status 410). Check the address.",
    418: "the server answers with status 418, and no file. Check the address.",
    204: "the server answers with status 204, and no file. Check the address.",
    206: "the server answers with status 206, and no file. Check the address.",
    304: "the server answers with status 304, and no file. Check the address.",
}


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_without_a_file_is_refused_at_once(office: Office, web: WebServer, status: int) -> None:
    web.answers = [answer(status, b"" if status in (204, 304) else b"a,b\n1,2\n")]
    folder = office.evaluation(survey=web.address())
    outcome = office.fetch_one()
    assert (
        outcome.sentence == f"data/tiny/survey.csv, from {web.address()}: {STATUSES[status]} There is no such file yet."
    )
    assert (outcome.kind, office.waits, (folder / "survey.csv").exists()) == ("kept", [], False)


@pytest.mark.parametrize("broken", [cut_off, cut_off_chunks])
def test_a_file_that_is_cut_off_is_asked_for_again(office: Office, web: WebServer, fetched: Path, broken) -> None:
    web.answers = [broken(TABLE)] * 2
    web.page, web.etag = NEW, '"two"'
    assert office.fetch_one().kind == "changed"
    assert (fetched / "survey.csv").read_bytes() == NEW and len(office.waits) == 2


@pytest.mark.parametrize("broken", [cut_off, cut_off_chunks])
def test_a_file_that_is_always_cut_off_is_refused(office: Office, web: WebServer, fetched, snapshot, broken) -> None:
    web.answers, before = [broken(b"question,level\n")] * 4, snapshot(fetched)
    outcome = office.fetch_one()
    assert outcome.kind == "kept" and "cut off on its way. It was tried 4 times." in outcome.sentence
    assert snapshot(fetched) == before


@pytest.mark.parametrize("told", [True, False], ids=["with its length", "in pieces"])
def test_a_file_that_is_too_large_is_refused(office: Office, web: WebServer, told: bool) -> None:
    office.limits = Limits(largest_bytes=1_000_000, whole_seconds=20)
    body = b"a,b\n" * 300_000

    def in_pieces(request) -> None:
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        request.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))

    web.answers = [answer(200, body) if told else in_pieces]
    office.evaluation(survey=web.address())
    assert "it is larger than 1 MB" in office.fetch_one().sentence


# ---------------------------------------------------------------------------------------------------------------------
# Waiting
# ---------------------------------------------------------------------------------------------------------------------


def test_trouble_that_passes_is_waited_for_longer_and_longer(office: Office, web: WebServer, fetched: Path) -> None:
    web.answers = [answer(500), answer(502), answer(503)]
    assert office.fetch_one().kind == "same"
    assert all(low <= wait <= high for wait, low, high in zip(office.waits, (0.5, 1, 2), (1.5, 3, 6), strict=True))


def test_waits_differ_by_chance(office: Office, web: WebServer, fetched: Path) -> None:
    web.answers = [answer(500)] * 9
    for _ in range(3):
        office.fetch_one()
    firsts = office.waits[::3]
    assert len(firsts) == 3 and len(set(firsts)) == 3


def test_trouble_that_does_not_pass_is_told(office: Office, web: WebServer, fetched: Path) -> None:
    web.answers = [answer(503)] * 10
    outcome = office.fetch_one()
    assert "the server is in trouble (status 503). It was tried 4 times. What was there stays" in outcome.sentence
    assert (outcome.kind, len(web.asked), len(office.waits)) == ("kept", 4, 3)


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_says_how_long_to_wait(office: Office, web: WebServer, status: int) -> None:
    web.answers = [answer(status, Retry_After="7"), answer(status, Retry_After=date_of(time.time() + 9))]
    office.evaluation(survey=web.address())
    assert office.fetch_one().kind == "changed"
    assert office.waits[0] == 7 and 5 < office.waits[1] <= 9


def test_nobody_waits_for_an_hour(office: Office, web: WebServer) -> None:
    web.answers = [answer(429, Retry_After="3600")]
    office.evaluation(survey=web.address())
    assert "status 429). It asks to come back in 3600 seconds." in office.fetch_one().sentence
    assert (office.waits, len(web.asked)) == ([], 1)


def test_nobody_waits_beyond_the_whole_time(office: Office, web: WebServer) -> None:
    office.limits = Limits(whole_seconds=5)
    web.answers = [answer(429, Retry_After="20")]
    office.evaluation(survey=web.address())
    assert "It was tried once." in office.fetch_one().sentence and office.waits == []


def test_a_server_that_says_nothing_is_left(office: Office, web: WebServer) -> None:
    office.limits, done = Limits(read_seconds=0.1, attempts=2), threading.Event()
    web.answers = [hold(done)] * 2
    office.evaluation(survey=web.address())
    assert "the server does not answer. It was tried 2 times." in office.fetch_one().sentence
    done.set()


def test_a_server_that_never_ends_is_left(office: Office, web: WebServer) -> None:
    office.limits, done = Limits(whole_seconds=0.3), threading.Event()
    web.answers, began = [drip(done)], time.monotonic()
    office.evaluation(survey=web.address())
    assert "it did not come within 0.3 seconds" in office.fetch_one().sentence
    assert time.monotonic() - began < 4
    done.set()


def hang_up(request: Request) -> None:
    """Answer nothing, and be gone."""
    request.close_connection = True


def test_a_server_that_is_away_is_tried_once_until_it_answers(office: Office, web: WebServer) -> None:
    office.limits = replace(office.limits, side_by_side=1)
    names = ("a", "b", "c", "d")
    for name in names:
        office.evaluation(name, survey=web.address(f"/{name}.csv"))
    web.answers = [hang_up] * 5 + [send_page, hang_up]
    outcomes = office.fetch(*names)
    assert [outcome.kind for outcome in outcomes] == ["kept", "kept", "changed", "changed"]
    assert [request.path for request in web.asked] == [*["/a.csv"] * 4, "/b.csv", "/c.csv", "/d.csv", "/d.csv"]
    tried = [re.search("It was tried (.*?)[.]", outcome.sentence) for outcome in outcomes[:2]]
    assert [found and found[1] for found in tried] == ["4 times", "once"]
    assert len(office.waits) == 4
    assert Limits().of_second_chance == Limits(attempts=1, connect_seconds=2)


def test_that_one_server_is_away_concerns_no_other(office: Office, web: WebServer) -> None:
    with serving(WebServer(TABLE)) as gone:
        office.evaluation("a", survey=gone.address())
    office.evaluation("b", survey=web.address())
    office.limits, web.answers = replace(office.limits, side_by_side=1), [hang_up]
    assert [outcome.kind for outcome in office.fetch("a", "b")] == ["kept", "changed"]


def test_nobody_at_the_address_is_told(office: Office) -> None:
    with serving(WebServer(TABLE)) as gone:
        office.evaluation(survey=gone.address())
    assert "the server cannot be reached, or broke off. It was tried 4 times." in office.fetch_one().sentence


# ---------------------------------------------------------------------------------------------------------------------
# Redirects
# ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def other() -> WebServer:
    """Another server, on another port."""
    with serving(WebServer(NEW)) as server:
        yield server  # type: ignore[misc]


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A certificate for this computer and its key; requests is told to trust it."""
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "this computer")])
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - datetime.timedelta(1)).not_valid_after(now + datetime.timedelta(1))
    addresses = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = builder.add_extension(addresses, critical=False).sign(key, hashes.SHA256())
    certificate, private = tmp_path / "certificate.pem", tmp_path / "key.pem"
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    return certificate, private


def test_the_secret_goes_to_no_other_server(office: Office, web: WebServer, other: WebServer, monkeypatch) -> None:
    monkeypatch.setenv("CLOUD", SECRET)
    web.answers = [answer(302, Location="/elsewhere"), answer(307, Location=other.address("/there"))]
    folder = office.evaluation(survey={"address": web.address(), "user": "me", "secret": "CLOUD"})
    assert office.fetch_one().kind == "changed"
    assert (folder / "survey.csv").read_bytes() == NEW
    assert [request.headers["Authorization"] is not None for request in web.asked] == [True, True]
    assert [request.headers["Authorization"] for request in other.asked] == [None]


def test_a_redirect_to_a_page_to_log_in_is_refused(office: Office, web: WebServer, other: WebServer) -> None:
    other.page = PAGE
    web.answers = [answer(302, Location=other.address("/login?token=abc"))]
    office.evaluation(survey=web.address())
    said = office.fetch_one().sentence
    assert "a page to log in came in place of a table" in said and "abc" not in said


def test_redirects_in_a_circle_are_refused(office: Office, web: WebServer) -> None:
    web.answers = [answer(301, Location="/again")] * 20
    office.evaluation(survey=web.address())
    assert "it leads on more than 5 times" in office.fetch_one().sentence
    assert len(web.asked) == 6


def test_a_redirect_that_others_could_read_is_refused(
    office: Office, web: WebServer, other: WebServer, trusted: tuple[Path, Path]
) -> None:
    web.trust(*trusted)
    folder = office.evaluation(survey=web.address())
    assert office.fetch_one().kind == "changed"
    web.answers = [answer(302, Location=other.address("/survey.csv?token=abc"))]
    said = office.fetch_one().sentence
    assert "it leads on to http://127.0.0.1, where others could read along" in said and "abc" not in said
    assert other.asked == [] and (folder / "survey.csv").read_bytes() == TABLE


def test_a_redirect_to_a_file_of_this_computer_is_refused(office: Office, web: WebServer) -> None:
    web.answers = [answer(302, Location="file:///etc/passwd")]
    office.evaluation(survey=web.address())
    assert "it leads on to file://" in office.fetch_one().sentence


def test_a_certificate_that_nobody_trusts_is_refused(office: Office, web: WebServer, trusted, monkeypatch) -> None:
    web.trust(*trusted)
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    office.evaluation(survey=web.address())
    assert "its certificate is not trusted here." in office.fetch_one().sentence and office.waits == []


# ---------------------------------------------------------------------------------------------------------------------
# Secrets and proxies
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("user", "header"), [({"user": "anna"}, "Basic YW5uYTpzM2NyM3QtdW5kLWdlaGVpbQ=="), ({}, f"Bearer {SECRET}")]
)
def test_the_secret_is_said_and_nowhere_written(
    office: Office, web: WebServer, monkeypatch, caplog: pytest.LogCaptureFixture, user: dict, header: str
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("CLOUD", SECRET)
    folder = office.evaluation(survey={"address": web.address(), "secret": "CLOUD", **user})
    web.answers = [answer(500), answer(401)]
    outcomes = [office.fetch_one(), office.fetch_one()]
    assert [outcome.kind for outcome in outcomes] == ["kept", "changed"]
    assert {request.headers["Authorization"] for request in web.asked} == {header}
    written = "".join(path.read_text() for path in folder.iterdir())
    for secret in (SECRET, header):
        assert secret not in f"{outcomes}{caplog.text}{written}"


def test_a_secret_that_no_header_can_hold_is_not_repeated(office: Office, web: WebServer, monkeypatch) -> None:
    monkeypatch.setenv("CLOUD", f"{SECRET}\nmore")
    office.evaluation(survey={"address": web.address(), "secret": "CLOUD"})
    outcome = office.fetch_one()
    assert "it cannot be asked for. Check the address, user and secret." in outcome.sentence
    assert SECRET not in repr(outcome)


def test_a_secret_that_is_not_set_is_named(office: Office, web: WebServer) -> None:
    office.evaluation(survey={"address": web.address(), "secret": "CLOUD_PASSWORD"})
    assert "the secret CLOUD_PASSWORD is not set." in office.fetch_one().sentence
    assert web.asked == []


def test_passwords_kept_for_other_programs_are_not_used(office: Office, web: WebServer, monkeypatch) -> None:
    Path("netrc").write_text("machine 127.0.0.1 login me password mine\n")
    os.chmod("netrc", 0o600)
    monkeypatch.setenv("NETRC", "netrc")
    monkeypatch.setenv("CLOUD", SECRET)
    office.evaluation(survey=web.address())
    office.fetch_one()
    office.evaluation(survey={"address": web.address(), "secret": "CLOUD"})
    office.fetch_one()
    assert [request.headers["Authorization"] for request in web.asked] == [None, f"Bearer {SECRET}"]


def test_the_proxy_of_the_network_is_used(office: Office, web: WebServer, monkeypatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", web.address(""))
    office.evaluation(survey="http://data.example.org/survey.csv")
    assert office.fetch_one().kind == "changed"
    assert web.asked[0].path == "http://data.example.org/survey.csv"


# ---------------------------------------------------------------------------------------------------------------------
# Many
# ---------------------------------------------------------------------------------------------------------------------


def test_the_trouble_of_one_does_not_stop_others(office: Office, web: WebServer, monkeypatch) -> None:
    def ask(source, *_: object) -> None:
        raise RuntimeError(f"{SECRET} {source}")

    office.evaluation("first", survey=web.address("/404"), results="/nowhere/results.csv")
    office.evaluation("second", survey="htps://typo.example.org/a.csv")
    Path("data/third").mkdir()
    Path("data/third/evaluation.yaml").write_text("title: [\n")
    office.evaluation("fourth", survey=web.address())
    monkeypatch.setattr("evalbrief.sources.path.ask", ask)
    web.answers = []
    outcomes = office.fetch("first", "second", "third", "fourth")
    kinds = [(outcome.evaluation, outcome.file, outcome.kind) for outcome in outcomes]
    assert kinds == [
        ("first", "results.csv", "kept"),
        ("first", "survey.csv", "changed"),
        ("fourth", "survey.csv", "changed"),
        ("second", "evaluation.yaml", "kept"),
        ("third", "evaluation.yaml", "kept"),
    ]
    assert "nobody foresaw (RuntimeError)" in outcomes[0].sentence and SECRET not in outcomes[0].sentence
    assert outcomes[3].sentence.startswith("data/second/evaluation.yaml, line 5, sources, survey.csv: ")


def test_files_are_fetched_side_by_side(office: Office, web: WebServer) -> None:
    together = threading.Barrier(4)

    def wait_for_the_others(request) -> None:
        together.wait(5)
        request.reply(200, TABLE)

    web.answers = [wait_for_the_others] * 4
    for name in ("first", "second"):
        office.evaluation(name, survey=web.address(), results=web.address("/results.csv"))
    assert {outcome.kind for outcome in office.fetch("first", "second")} == {"changed"}
