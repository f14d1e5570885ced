"""What the benchmarks of refreshes judge by: each judge is tested with a planted fault."""

import base64
import hashlib
import json
import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from fault_stage import Verdict, ending
from numbers_shown import RESULTS, number_in
from secret_search import KEPT, forms, found_in_files
from unattended import Done, Office

SECRET = "Zebra & süß-4711"
DOCUMENT = b"<p>Il aide <b>201</b>\n\xc3\xa9coles.</p>"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A project in which people read a set with one document."""
    place = tmp_path / "published.sets/7"
    (place / "documents/tiny").mkdir(parents=True)
    (place / "documents/tiny/brief.fr.html").write_bytes(DOCUMENT)
    (place / "documents/.set").write_text("7\n")
    noted = {"brief.fr.html": {"sha256": hashlib.sha256(DOCUMENT).hexdigest()}}
    (place / "set.json").write_text(json.dumps({"evaluations": {"tiny": {"documents": noted}}}))
    (place / "states").mkdir()
    (place / "states/tiny.zip").write_bytes(packed(b"what it was made from"))
    (tmp_path / "published").symlink_to("published.sets/7/documents")
    return Office(tmp_path)


def packed(content: bytes) -> bytes:
    """Give a zip file with a content."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("content", content)
    return file.getvalue()


def printed(content: bytes) -> bytes:
    """Give a PDF that holds a content, packed."""
    file = BytesIO()
    with pikepdf.new() as pdf:
        pdf.attachments["content"] = pikepdf.AttachedFileSpec(pdf, content)
        pdf.save(file, compress_streams=True)
    return file.getvalue()


def test_a_set_is_whole(office: Office) -> None:
    assert office.is_whole() and office.current() == 7
    assert number_in(office.path("published/tiny/brief.fr.html"), RESULTS.words) == 201


@pytest.mark.parametrize(
    "damage",
    [
        lambda place: (place / "documents/tiny/brief.fr.html").write_bytes(DOCUMENT + b" "),
        lambda place: (place / "documents/tiny/brief.fr.html").unlink(),
        lambda place: (place / "documents/tiny/brief.fr.pdf").write_bytes(b"one more"),
        lambda place: (place / "documents/.set").write_text("6\n"),
        lambda place: (place / "states/tiny.zip").unlink(),
        lambda place: (place / "set.json").unlink(),
        lambda place: place.rename(place.with_name("6")),
    ],
    ids=["changed", "lost", "added", "other number", "no state", "no record", "leads nowhere"],
)
def test_a_set_that_is_not_whole_is_found(office: Office, damage) -> None:
    damage(office.path("published.sets/7"))
    assert not office.is_whole()


def test_a_copy_in_place_of_the_link_is_found(office: Office) -> None:
    office.path("published").unlink()
    office.path("published.sets/7/documents").rename(office.path("published"))
    assert not office.is_whole()


def test_a_table_gets_another_number() -> None:
    text = RESULTS.text(345).decode()
    assert "Écoles aidées,345," in text and "Écoles aidées,12," not in text


@pytest.mark.parametrize(
    "content",
    [
        f"password: {SECRET}".encode(),
        b"https://me:Zebra%20%26%20s%C3%BC%C3%9F-4711@example.org",
        json.dumps({"secret": SECRET}).encode(),
        b"Authorization: Basic " + base64.b64encode(f"me:{SECRET}".encode()),
        packed(SECRET.encode()),
        packed(packed(SECRET.encode())),
        printed(SECRET.encode()),
    ],
    ids=["plain", "address", "JSON", "header", "packed", "packed twice", "PDF"],
)
def test_a_secret_is_found(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / KEPT).write_bytes(content)
    (tmp_path / "folder/harmless").write_bytes(packed(b"nothing"))
    assert found_in_files(tmp_path, forms(SECRET, "me")) == []
    (tmp_path / "folder/file").write_bytes(content)
    assert found_in_files(tmp_path, forms(SECRET, "me")) == ["folder/file"]


def test_one_wrong_fact_is_a_failure() -> None:
    verdict = Verdict()
    verdict.status(Done(10, "Published: set 2 in published."), 10)
    assert (verdict.facts, verdict.word) == (["exit status 10"], "PASS")
    verdict.status(Done(20, "one\ntwo"), 10)
    verdict.see("the set is whole", True)
    assert (verdict.facts[1:], verdict.word) == (["**exit status 20: one / two**", "the set is whole"], "FAIL")
    assert ending(Done(0, "x" * 1000)).endswith("x…")
