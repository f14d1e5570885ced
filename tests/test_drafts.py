"""Drafts are kept whole, numbered and never changed; what is damaged, newer or in the wrong place is found."""

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from evalbrief.review import drafts
from evalbrief.review.drafts import Draft, find_draft, find_drafts, keep_draft
from evalbrief.review.versions import Present
from evalbrief.trouble import Trouble

ROOT = Path(__file__).parents[1]
MOMENT = datetime(2026, 11, 29, 21, 0, 0, 500_000, tzinfo=UTC)
CONTENTS = {
    "data/results.csv": b"key,label\n" + b"pledges,Engagements\n" * 20,
    "build/brief.fr.pdf": b"%PDF " + bytes(range(200)),
    "build/brief.fr.html": b"<p>Bonjour</p>" * 20,
}
DAMAGED = r"data/tiny/drafts/1\.zip is damaged: put it back from a copy you have, or delete it\."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the drafts of an evaluation named tiny with a text in French; none is kept yet."""
    monkeypatch.chdir(tmp_path)
    Path("data/tiny/text/fr").mkdir(parents=True)
    Path("data/tiny/text/fr/logic.md").touch()
    return Path("data/tiny/drafts")


def keep(contents: dict[str, bytes] = CONTENTS, note: str = "à relire", moment: datetime = MOMENT) -> Draft:
    return keep_draft(Present("tiny"), contents, note, moment)


def read_all(draft: Draft) -> dict[str, bytes]:
    return {name: draft.read(name) for name in draft.names()}


def repack(path: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    """Write a draft anew with some of its files changed, so that the zip itself is right."""
    with ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    change(contents)
    path.unlink()
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)


def rewrite_record(contents: dict[str, bytes], **changes: object) -> None:
    contents["draft.json"] = json.dumps(json.loads(contents["draft.json"]) | changes).encode()


def overwrite(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


def test_a_draft_gives_back_what_it_was_given() -> None:
    keep()
    (draft,) = find_drafts("tiny")
    assert (draft.evaluation, draft.number, draft.label, draft.note) == ("tiny", 1, "draft 1", "à relire")
    assert (draft.date, draft.languages) == ("2026-11-29T21:00:00Z", ["fr"])
    assert draft.names() == sorted(CONTENTS)
    assert read_all(draft) == CONTENTS
    with pytest.raises(Trouble, match=r"^There is no build/brief\.es\.pdf in draft 1 of tiny\.$"):
        draft.read("build/brief.es.pdf")


def test_the_record_comes_first_and_the_files_in_order(folder: Path) -> None:
    keep()
    with ZipFile(folder / "1.zip") as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == ["draft.json", *sorted(CONTENTS)]
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    ways = {entry.filename: entry.compress_type for entry in entries}
    assert ways["build/brief.fr.pdf"] == ZIP_STORED
    assert ways["build/brief.fr.html"] == ways["data/results.csv"] == ways["draft.json"] == ZIP_DEFLATED


def test_same_content_note_and_moment_make_the_same_bytes(folder: Path) -> None:
    first = keep().path.read_bytes()
    for contents, note, moment, same in (
        (dict(reversed(CONTENTS.items())), "à relire", MOMENT.astimezone(timezone(timedelta(hours=5))), True),
        (CONTENTS, "another", MOMENT, False),
        (CONTENTS, "à relire", MOMENT + timedelta(seconds=1), False),
        ({**CONTENTS, "data/results.csv": b"key,label\n"}, "à relire", MOMENT, False),
    ):
        shutil.rmtree(folder)
        assert (keep(contents, note, moment).path.read_bytes() == first) == same


def test_a_note_in_a_broken_encoding_is_kept() -> None:
    assert keep(note="d\udce9j\udce0").note == "d\udce9j\udce0"


def test_nobody_may_write_to_a_draft() -> None:
    assert keep().path.stat().st_mode & 0o222 == 0


def test_numbers_go_on_from_the_highest(folder: Path) -> None:
    folder.mkdir()
    for name in ("notes.txt", "copy of 40.zip", "050.zip", "x.zip", "7.zip.4711"):
        (folder / name).write_text("somebody's", encoding="utf-8")
    assert [keep().number for _ in range(11)] == list(range(1, 12))
    assert [draft.number for draft in find_drafts("tiny")] == list(range(1, 12))
    (folder / "2.zip").unlink()
    assert keep().number == 12


def test_a_draft_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(Trouble, match=r"^tiny has no draft yet: python3 brief\.py issue tiny keeps one\.$"):
        find_draft("tiny", 1)
    keep()
    keep()
    with pytest.raises(Trouble, match=r"^tiny has no draft 3; it has: 1, 2\.$"):
        find_draft("tiny", 3)
    assert find_draft("tiny", 2).number == 2


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: overwrite(path, b""),
    "cut short": lambda path: overwrite(path, path.read_bytes()[:-30]),
    "another file": lambda path: overwrite(path, b"PK\x03\x04 not a zip"),
    "a zip of somebody's": lambda path: repack(path, dict.clear),
    "a stored file changed": lambda path: overwrite(path, path.read_bytes().replace(b"%PDF", b"%pdf")),
    "a file changed, the zip right": lambda path: repack(path, lambda files: files.update({"data/results.csv": b""})),
    "a file left out": lambda path: repack(path, lambda files: files.pop("data/results.csv")),
    "no record": lambda path: repack(path, lambda files: files.pop("draft.json")),
    "a record that is no JSON": lambda path: repack(path, lambda files: files.update({"draft.json": b"{"})),
    "a record that says nothing": lambda path: repack(path, lambda files: files.update({"draft.json": b"{}"})),
    "a record of another kind": lambda path: repack(path, lambda files: files.update({"draft.json": b"[1]"})),
}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda name: name.replace(" ", "_"))
def test_damage_is_found(damage: str) -> None:
    DAMAGES[damage](keep().path)
    with pytest.raises(Trouble, match=DAMAGED):
        read_all(find_draft("tiny", 1))


def test_no_byte_can_change_unnoticed() -> None:
    path = keep().path
    whole = path.read_bytes()
    path.chmod(0o600)
    found = 0
    for place in range(0, len(whole), 3):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        try:
            assert read_all(Draft("tiny", 1)) == CONTENTS
        except Trouble:
            found += 1
    assert found > len(whole) / 6


def test_one_damaged_draft_keeps_nobody_from_another() -> None:
    overwrite(keep().path, b"")
    keep()
    assert read_all(find_draft("tiny", 2)) == CONTENTS


def test_a_newer_form_is_not_guessed_at() -> None:
    repack(keep().path, lambda files: rewrite_record(files, schema=2, files=None))
    newer = r"^data/tiny/drafts/1\.zip was issued by a newer version of this program: use that one\.$"
    with pytest.raises(Trouble, match=newer):
        find_draft("tiny", 1)


@pytest.mark.parametrize("place", ["data/mine/drafts/1.zip", "data/tiny/drafts/3.zip"])
def test_a_draft_that_was_copied_is_told(place: str) -> None:
    Path(place).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(keep().path, place)
    evaluation, number = Path(place).parts[1], int(Path(place).stem)
    told = rf"^{place} was issued as data/tiny/drafts/1\.zip: delete it here, or put it back there\.$"
    with pytest.raises(Trouble, match=told):
        find_draft(evaluation, number)


# Each keeps many, so that they meet.
KEEP_MANY = """
import sys
from datetime import UTC, datetime
from evalbrief.review.drafts import keep_draft
from evalbrief.review.versions import Present
for count in range(25):
    keep_draft(Present("tiny"), {"data/results.csv": f"{sys.argv[1]} {count}".encode()}, "", datetime.now(UTC))
"""


def test_of_drafts_kept_at_once_each_gets_a_number(folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    keeping = [subprocess.Popen([sys.executable, "-c", KEEP_MANY, name], env=environment) for name in "abc"]
    assert [process.wait(60) for process in keeping] == [0] * 3
    kept = find_drafts("tiny")
    assert [draft.number for draft in kept] == list(range(1, 76))
    contents = {draft.read("data/results.csv").decode() for draft in kept}
    assert contents == {f"{name} {count}" for name in "abc" for count in range(25)}
    assert len(list(folder.iterdir())) == 75


def meet(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a draft of somebody else appear after the number was chosen."""
    numbers = iter([[], [1]])
    monkeypatch.setattr(drafts, "draft_numbers", lambda evaluation: next(numbers))
    path.parent.mkdir()
    path.write_bytes(b"somebody's")


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_no_draft_takes_the_place_of_another(folder: Path, links: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    if not links:
        monkeypatch.setattr(os, "link", refuse)
    meet(folder / "1.zip", monkeypatch)
    assert keep().number == 2
    assert (folder / "1.zip").read_bytes() == b"somebody's"
    assert sorted(path.name for path in folder.iterdir()) == ["1.zip", "2.zip"]


def test_stopped_it_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        assert len(list(folder.iterdir())) == 1
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "link", stop)
    with pytest.raises(KeyboardInterrupt):
        keep()
    assert list(folder.iterdir()) == []


def write(name: str, text: str = "a\n") -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def test_the_present_build_has_what_people_wrote_and_what_was_made_of_it() -> None:
    sources = ["evaluation.yaml", "survey.csv", "text/fr/logic.md", "translations.yaml", "values.yaml"]
    made = ["brief.fr.docx", "brief.fr.md", "context.fr.json", "figures/survey.fr.svg", "tables/results.fr.csv"]
    for name in (*sources, "notes.txt", "drafts/1.zip", "text/fr/notes.txt"):
        write(f"data/tiny/{name}")
    others = [
        "brief.en.docx",
        "brief.fr.edited-1.docx",
        "brief.fr.sha256",
        "rendered/brief.fr.docx",
        "figures/x.en.svg",
    ]
    # Left from an earlier build: its table has one row now, and a figure takes two.
    left = ["figures/ratings.fr.svg", "tables/budget.fr.csv"]
    for name in (*made, *others, *left):
        write(f"build/tiny/{name}")
    for table, rows in (("survey", 2), ("results", 1), ("ratings", 1), ("budget", 0)):
        write(f"build/tiny/model/fr/{table}.csv", "key\n" + "a\n" * rows)
    present = Present("tiny")
    models = [f"build/model/fr/{table}.csv" for table in ("budget", "ratings", "results", "survey")]
    expected = [*(f"data/{name}" for name in sources), *(f"build/{name}" for name in made), *models]
    assert present.names() == sorted(expected)
    assert (present.label, present.date, present.languages) == ("the present build", "", ["fr"])
    assert present.read("data/survey.csv") == b"a\n"
    with pytest.raises(Trouble, match=r"^There is no build/brief\.es\.pdf in the present build of tiny\.$"):
        present.read("build/brief.es.pdf")


def test_what_was_never_built_has_sources_only() -> None:
    write("data/tiny/evaluation.yaml")
    write("data/tiny/text/fr/logic.md")
    assert Present("tiny").names() == ["data/evaluation.yaml", "data/text/fr/logic.md"]
