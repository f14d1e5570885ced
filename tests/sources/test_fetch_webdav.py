"""From a WebDAV server, as Nextcloud and SharePoint are."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sources.office import TABLE, Office
from sources.servers import showing

# All tests of one server are run where it runs.
pytestmark = pytest.mark.xdist_group("webdav")
PASSWORD = "geheim & süß"


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a server, and the folder that it shows to whoever has the password."""
    folder = tmp_path_factory.mktemp("cloud")
    with showing(folder, "evaluation", PASSWORD) as address:
        yield address, folder


@pytest.fixture
def evaluation(office: Office, cloud: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """An evaluation whose table lies in the cloud."""
    (cloud[1] / "résultats 1.csv").write_bytes(TABLE)
    monkeypatch.setenv("CLOUD_PASSWORD", PASSWORD)
    address = f"{cloud[0]}/r%C3%A9sultats%201.csv"
    return office.evaluation(survey={"address": address, "user": "evaluation", "secret": "CLOUD_PASSWORD"})


def test_a_file_comes_and_then_only_when_it_changed(
    office: Office, cloud: tuple[str, Path], evaluation: Path, snapshot
) -> None:
    assert office.fetch_one().kind == "changed"
    before = snapshot(evaluation)
    assert office.fetch_one().kind == "same"
    assert snapshot(evaluation) == before
    (cloud[1] / "résultats 1.csv").write_bytes(TABLE * 2)
    assert office.fetch_one().kind == "changed"
    assert (evaluation / "survey.csv").read_bytes() == TABLE * 2
    assert PASSWORD not in (evaluation / "fetched.json").read_text(encoding="utf-8")


def test_nothing_is_downloaded_when_nothing_changed(office: Office, cloud: tuple[str, Path], evaluation: Path) -> None:
    file = cloud[1] / "résultats 1.csv"
    office.fetch()
    status = file.stat()
    file.write_bytes(TABLE.replace(b"12", b"13"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert office.fetch_one().kind == "same", "by size and date, the server takes it for the same file"


def test_another_password_is_refused(office: Office, evaluation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office.fetch()
    monkeypatch.setenv("CLOUD_PASSWORD", "another")
    outcome = office.fetch_one()
    assert "the server does not let us in (status 401). Check user and secret." in outcome.sentence
    assert (outcome.kind, (evaluation / "survey.csv").read_bytes()) == ("kept", TABLE)


def test_a_folder_is_no_table(office: Office, cloud: tuple[str, Path], evaluation: Path) -> None:
    office.evaluation(survey={"address": f"{cloud[0]}/", "user": "evaluation", "secret": "CLOUD_PASSWORD"})
    outcome = office.fetch_one()
    assert outcome.kind == "kept" and "came in place of a table" in outcome.sentence
