"""From S3, played by moto."""

import logging
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer
from sources.office import TABLE, Office
from sources.servers import WebServer, answer, cut_off

# All tests of one server are run where it runs.
pytestmark = pytest.mark.xdist_group("s3")
SECRET = "s3cr3t-und-geheim"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The address of a server like S3."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Take away what this computer knows of Amazon."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch):
    """A bucket with a table in it."""
    keys = {"aws_access_key_id": "KEY", "aws_secret_access_key": SECRET, "region_name": "us-east-1"}
    bucket = boto3.resource("s3", endpoint_url=endpoint, **keys).create_bucket(Bucket="evaluations")
    bucket.put_object(Key="data/my survey.csv", Body=TABLE)
    monkeypatch.setenv("S3_KEY", SECRET)
    return bucket


def source(endpoint: str, key: str = "data/my survey.csv", bucket: str = "evaluations") -> dict[str, str]:
    return {"address": f"s3://{bucket}/{key}", "endpoint": endpoint, "user": "KEY", "secret": "S3_KEY"}


def test_a_file_comes_and_then_only_when_it_changed(
    office: Office, endpoint: str, bucket, snapshot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    folder = office.evaluation(survey=source(endpoint))
    outcome = office.fetch_one()
    assert outcome.kind == "changed", outcome
    server = endpoint.removeprefix("http://")
    assert outcome.sentence.endswith(f"fetched from s3://evaluations/data/my survey.csv ({server}).")
    before = snapshot(folder)
    assert office.fetch_one().kind == "same"
    assert "304" in caplog.text and snapshot(folder) == before
    bucket.put_object(Key="data/my survey.csv", Body=TABLE * 2)
    assert office.fetch_one().kind == "changed"
    assert (folder / "survey.csv").read_bytes() == TABLE * 2
    assert SECRET not in caplog.text + (folder / "fetched.json").read_text()


@pytest.mark.parametrize("where", [{"key": "missing.csv"}, {"bucket": "no-such-bucket"}])
def test_what_is_not_there_is_told(office: Office, endpoint: str, bucket, where: dict[str, str]) -> None:
    office.evaluation(survey=source(endpoint, **where))
    outcome = office.fetch_one()
    assert outcome.kind == "kept" and "there is no such file (status 404)." in outcome.sentence


def test_without_any_key_it_is_asked_for_unsigned(office: Office, web: WebServer) -> None:
    folder = office.evaluation(survey={"address": "s3://open/survey.csv", "endpoint": web.address("")})
    assert office.fetch_one().kind == "changed"
    assert (web.asked[0].path, web.asked[0].headers["Authorization"]) == ("/open/survey.csv", None)
    assert (folder / "survey.csv").read_bytes() == TABLE


def test_a_key_of_this_computer_is_used(office: Office, web: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "OWN")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    office.evaluation(survey={"address": "s3://closed/survey.csv", "endpoint": web.address("")})
    assert office.fetch_one().kind == "changed"
    assert "Credential=OWN/" in web.asked[0].headers["Authorization"]


@pytest.fixture
def fetched(office: Office, web: WebServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an evaluation whose table has been fetched once."""
    monkeypatch.setenv("S3_KEY", SECRET)
    folder = office.evaluation(survey=source(web.address("")))
    assert office.fetch_one().kind == "changed"
    web.asked.clear()
    return folder


def test_trouble_that_passes_is_waited_for(office: Office, web: WebServer, fetched: Path) -> None:
    web.page, web.etag = TABLE * 2, '"two"'
    web.answers = [answer(503, Retry_After="3"), answer(500), cut_off(TABLE)]
    assert office.fetch_one().kind == "changed"
    assert office.waits[0] == 3 and len(web.asked) == 4
    assert (fetched / "survey.csv").read_bytes() == TABLE * 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (answer(403, b"<Error><Code>AccessDenied</Code></Error>"), "does not let us in (status 403)."),
        (answer(200, b"<!DOCTYPE html><title>Log in</title>"), "a page to log in came in place of a table."),
        (answer(200, b"", Content_Length="60000000"), "it is larger than 50 MB"),
    ],
)
def test_what_is_wrong_is_refused(office: Office, web: WebServer, fetched: Path, snapshot, wrong, said: str) -> None:
    web.answers, before = [wrong] * 4, snapshot(fetched)
    outcome = office.fetch_one()
    assert outcome.kind == "kept" and said in outcome.sentence and SECRET not in repr(outcome)
    assert snapshot(fetched) == before


def test_nobody_at_the_endpoint_is_told(office: Office, web: WebServer, fetched: Path) -> None:
    web.shutdown()
    web.server_close()
    said = office.fetch_one().sentence
    assert "the server cannot be reached, or broke off. It was tried 4 times." in said
