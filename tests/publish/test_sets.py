"""Published sets: whole, or not there; readers see the old one or the new one."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from evalbrief.publish import laying
from evalbrief.publish.sets import LEDGER, RECORD, Edition, News, PublishedSets
from evalbrief.trouble import Trouble

MOMENT = "2026-11-29T21:00:00Z"


class Stopped(BaseException):
    """The machine stops."""


@pytest.fixture
def sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PublishedSets:
    monkeypatch.chdir(tmp_path)
    return PublishedSets(Path("d'été/published"))


@pytest.fixture
def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no right to make links")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    monkeypatch.setattr(os, "link", refuse)


def edition(text: str, name: str = "demo") -> Edition:
    """An edition of documents as they stand in build/."""
    folder = Path("build", name)
    folder.mkdir(parents=True, exist_ok=True)
    for ending in ("pdf", "docx"):
        (folder / f"brief.fr.{ending}").write_text(f"{text} {ending}", encoding="utf-8")
    return Edition(sorted(folder.iterdir()), text.encode, MOMENT, ["fr"])


def both(text: str, other: str = "") -> dict[str, Edition]:
    return {"demo": edition(text), "other": edition(other or text, "other")}


def read(sets: PublishedSets, name: str = "demo") -> str:
    """Read what people read, which is one edition."""
    words = {path.read_text(encoding="utf-8").rpartition(" ")[0] for path in (sets.folder / name).iterdir()}
    assert len(words) == 1
    return words.pop()


def later(sets: PublishedSets) -> PublishedSets:
    """What another run sees."""
    return PublishedSets(sets.folder)


def test_what_is_published_is_read(sets: PublishedSets) -> None:
    made = edition("one")
    assert sets.are_new("demo", made.documents) and sets.last_state("demo") is None
    assert sets.publish({"demo": made}, MOMENT, 3) == sets.current() == later(sets).ledger.reading == 1
    assert read(sets) == "one"
    assert sets.holds(1, "demo", made.documents) and not later(sets).are_new("demo", made.documents)
    state = sets.last_state("demo")
    assert state and state.read_bytes() == b"one"
    assert sorted(path.name for path in (sets.folder / "demo").iterdir()) == ["brief.fr.docx", "brief.fr.pdf"]


def test_only_what_is_new_is_copied(sets: PublishedSets) -> None:
    sets.publish(both("one", "two"), MOMENT, 3)
    sets.publish({"demo": edition("three")}, MOMENT, 3)
    assert (read(sets), read(sets, "other")) == ("three", "two")
    old, new = (sets.place / number / "documents" / "other" / "brief.fr.pdf" for number in "12")
    assert old.samefile(new)
    assert not os.access(new, os.W_OK) or os.geteuid() == 0


def test_other_content_is_found_whatever_its_date(sets: PublishedSets) -> None:
    made = edition("one")
    sets.publish({"demo": made}, MOMENT, 3)
    status = made.documents[0].stat()
    made.documents[0].touch()
    assert not sets.are_new("demo", made.documents)
    made.documents[0].write_text("ONE docx", encoding="utf-8")
    assert sets.are_new("demo", made.documents)
    made.documents[0].write_text("one docx", encoding="utf-8")
    os.utime(made.documents[0], ns=(status.st_atime_ns, status.st_mtime_ns))
    assert not sets.are_new("demo", made.documents)
    assert sets.are_new("demo", made.documents[:1])


def test_what_somebody_touched_among_the_published_is_published_anew(
    sets: PublishedSets, capsys: pytest.CaptureFixture[str]
) -> None:
    sets.publish(both("one"), MOMENT, 3)
    (sets.folder / "other" / "brief.fr.pdf").unlink()
    assert later(sets).are_new("other", edition("one", "other").documents)
    assert not later(sets).are_new("demo", edition("one").documents)
    again = later(sets)
    again.publish({"demo": edition("two")}, MOMENT, 3)
    assert list(again.evaluations(2)) == ["demo"] and not (sets.folder / "other").exists()
    assert "documents of other are not as they were published" in capsys.readouterr().err
    later(sets).publish({"other": edition("one", "other")}, MOMENT, 3)
    assert (read(sets), read(sets, "other")) == ("two", "one")


def test_earlier_set_can_be_put_back(sets: PublishedSets) -> None:
    for text in ("one", "two", "three"):
        sets.publish({"demo": edition(text)}, MOMENT, 3)
    sets.put_back(1)
    later(sets).finish()
    assert (read(sets), sets.current(), sets.ledger.newest) == ("one", 1, 3)
    with pytest.raises(Trouble, match=r"^There is no published set 9; there is: 1, 2, 3\.$"):
        sets.put_back(9)
    sets.publish({"demo": edition("four")}, MOMENT, 3)
    assert read(sets) == "four"


def test_what_was_put_back_stays_when_another_evaluation_is_new(sets: PublishedSets) -> None:
    for text in ("one", "two"):
        sets.publish(both(text), MOMENT, 9)
    two, other = edition("two").documents, edition("two", "other").documents
    sets.put_back(1)
    for text in ("three", "four"):
        sets.publish({"other": edition(text, "other")}, MOMENT, 9)
        assert (read(sets), read(sets, "other")) == ("one", text)
        assert not sets.are_new("demo", two) and not sets.holds(sets.ledger.newest, "demo", two)
        assert not sets.are_new("other", other)
    sets.withdraw("other", MOMENT, 9)
    assert not sets.are_new("demo", two)
    assert sets.are_new("demo", edition("five").documents)
    sets.publish({"demo": edition("five")}, MOMENT, 9)
    assert read(sets) == "five" and sets.are_new("demo", edition("two").documents)


def test_only_so_many_earlier_sets_are_kept(sets: PublishedSets) -> None:
    for text in "abcd":
        sets.publish({"demo": edition(text)}, MOMENT, 2)
    assert sets.numbers() == [2, 3, 4]
    sets.put_back(2)
    sets.publish({"demo": edition("e")}, MOMENT, 1)
    assert sets.numbers() == [4, 5]


def test_news_are_what_came_with_a_set(sets: PublishedSets) -> None:
    sets.note_announced()
    assert sets.news() == []
    sets.publish(both("one"), MOMENT, 3)
    sets.publish({"demo": replace(edition("three"), changes=["19 → 21"])}, MOMENT, 3)
    sets.withdraw("other", MOMENT, 3)
    assert later(sets).news() == [News(1, {"demo": [], "other": []}), News(2, {"demo": ["19 → 21"]})]
    sets.note_announced()
    assert later(sets).news() == [] and sets.ledger.announced == 3
    sets.publish({"demo": edition("four")}, MOMENT, 3)
    assert later(sets).news() == [News(4, {"demo": []})]


def test_what_is_withdrawn_stays_away_until_it_is_restored(sets: PublishedSets) -> None:
    sets.publish(both("one", "two"), MOMENT, 3)
    sets.withdraw("demo", MOMENT, 3)
    assert not (sets.folder / "demo").exists() and read(sets, "other") == "two"
    sets.publish({"other": edition("three", "other")}, MOMENT, 3)
    assert later(sets).ledger.withdrawn == ["demo"]
    with pytest.raises(Trouble, match=r"^Set 1 holds demo, which was withdrawn: restore it first, or take another\.$"):
        sets.put_back(1)
    sets.restore("demo")
    assert later(sets).ledger.withdrawn == [] and sets.are_new("demo", edition("one").documents)
    state = sets.last_state("demo")
    assert state and state.read_bytes() == b"one"
    with pytest.raises(Trouble, match=r"^nobody is not published"):
        sets.withdraw("nobody", MOMENT, 3)
    with pytest.raises(Trouble, match=r"^nobody is not withdrawn"):
        sets.restore("nobody")


def test_folder_of_somebody_is_not_touched(sets: PublishedSets) -> None:
    sets.folder.mkdir(parents=True)
    (sets.folder / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Trouble, match=r"published is a folder of yours: rename it, or name another one"):
        sets.publish({"demo": edition("one")}, MOMENT, 3)
    assert (sets.folder / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert sets.numbers() == []


def test_where_links_cannot_be_made_a_copy_is_exchanged(sets: PublishedSets, no_links: None) -> None:
    for text in ("one", "two"):
        sets.publish({"demo": edition(text)}, MOMENT, 3)
        assert read(sets) == text and not sets.folder.is_symlink()
    sets.put_back(1)
    assert (read(sets), sets.current()) == ("one", 1)
    assert sorted(path.name for path in sets.folder.parent.iterdir()) == ["published", "published.sets"]


def test_a_copy_that_cannot_be_exchanged_leaves_the_old_one(
    sets: PublishedSets, no_links: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sets.publish({"demo": edition("one")}, MOMENT, 3)
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "published.new":
            raise PermissionError("a document is open")
        return rename(path, target)

    with monkeypatch.context() as patch, pytest.raises(PermissionError):
        patch.setattr(Path, "rename", refuse)
        sets.publish({"demo": edition("two")}, MOMENT, 3)
    assert read(sets) == "one"
    later(sets).finish()
    assert read(sets) == "two"


def publish(sets: PublishedSets) -> object:
    return sets.publish({"demo": edition("new")}, MOMENT, 1)


def put_back(sets: PublishedSets) -> object:
    return sets.put_back(1)


def withdraw(sets: PublishedSets) -> object:
    return sets.withdraw("demo", MOMENT, 9)


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("act", [publish, put_back, withdraw])
def test_stopped_at_any_step_readers_see_a_whole_set(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    act: Callable[[PublishedSets], object],
    links: bool,
) -> None:
    monkeypatch.chdir(tmp_path)
    if not links:
        request.getfixturevalue("no_links")
    steps, stopped = 0, True
    while stopped:
        steps, stopped = steps + 1, False
        sets = PublishedSets(Path(f"{steps}/published"))
        for text in ("first", "old"):
            sets.publish(both(text), MOMENT, 9)
        with monkeypatch.context() as patch:
            _stop_at(patch, steps)
            try:
                act(sets)
            except Stopped:
                stopped = True
        again = later(sets)
        if links or sets.folder.exists():  # a copy is away for the moment between two renames
            assert again.current() in (again.ledger.reading, 2)
            assert read(sets, "other") == ("first" if again.current() == 1 else "old")
        again.finish()
        assert again.current() == again.ledger.reading
        is_done = (again.ledger.newest, again.ledger.reading) != (2, 2)
        demo = read(sets) if (sets.folder / "demo").exists() else ""
        assert demo == ({publish: "new", put_back: "first", withdraw: ""}[act] if is_done else "old")
        assert read(sets, "other") == ("first" if act is put_back and is_done else "old")
        again.publish({"other": edition("last", "other")}, MOMENT, 9)
        assert read(sets, "other") == "last" and (sets.folder / "demo").exists() is (demo != "")
    assert steps > (5 if act is put_back else 20)


def _stop_at(patch: pytest.MonkeyPatch, step: int) -> None:
    """Let the machine stop before the n-th thing that is done to the disk."""
    done = 0

    def counting(function: object) -> object:
        def count(*words: object, **settings: object) -> object:
            nonlocal done
            done += 1
            if done == step:
                raise Stopped
            return function(*words, **settings)  # type: ignore[operator]

        return count

    for place, names in (
        (os, ("link", "fsync")),
        (shutil, ("copyfile", "copy2", "copytree", "rmtree")),
        (Path, ("rename", "replace", "symlink_to", "mkdir", "write_bytes", "write_text", "unlink", "chmod")),
    ):
        for name in names:
            patch.setattr(place, name, counting(getattr(place, name)))


def test_a_disk_that_fails_is_not_overlooked(sets: PublishedSets, monkeypatch: pytest.MonkeyPatch) -> None:
    sets.publish({"demo": edition("one")}, MOMENT, 3)

    def fail(_: int) -> None:
        raise OSError("Input/output error")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="Input/output"):
        patch.setattr(laying.os, "fsync", fail)
        sets.publish({"demo": edition("two")}, MOMENT, 3)
    assert (read(sets), later(sets).numbers()) == ("one", [1])


def test_half_a_set_is_cleared_away(sets: PublishedSets) -> None:
    sets.publish({"demo": edition("one")}, MOMENT, 3)
    (sets.place / "2.part" / "documents").mkdir(parents=True)
    (sets.place / "2" / "documents").mkdir(parents=True)  # whole, but the ledger does not name it
    assert sets.publish({"demo": edition("two")}, MOMENT, 3) == 2
    assert sorted(path.name for path in sets.place.iterdir()) == ["1", "2", LEDGER]


def test_no_number_is_given_twice(sets: PublishedSets) -> None:
    for text in ("one", "two"):
        sets.publish({"demo": edition(text)}, MOMENT, 3)
    sets.note_announced()
    shutil.rmtree(sets.place / "2")
    again = later(sets)
    assert again.are_new("demo", edition("two").documents)
    assert again.publish({"demo": edition("two")}, MOMENT, 3) == 3
    assert again.news() == [News(3, {"demo": []})] and read(sets) == "two"


def test_damaged_or_newer_record_is_told(sets: PublishedSets) -> None:
    sets.publish({"demo": edition("one")}, MOMENT, 3)
    for path, damaged in ((sets.place / "1" / RECORD, "is damaged: put back"), (sets.place / LEDGER, "is damaged")):
        path.chmod(0o644)
        before = path.read_text(encoding="utf-8")
        for text, told in (("{", damaged), ('{"schema": 2}', "newer version")):
            path.write_text(text, encoding="utf-8")
            with pytest.raises(Trouble, match=told):
                later(sets).evaluations(later(sets).ledger.reading)
        path.write_text(before, encoding="utf-8")
    (sets.place / LEDGER).unlink()
    with pytest.raises(Trouble, match="is not there any more: put it back"):
        later(sets).publish({"demo": edition("two")}, MOMENT, 3)
    assert read(sets) == "one"
