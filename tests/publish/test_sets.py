"""Published sets: whole, or not there; readers see the old one or the new one."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from evalbrief.publish import sets as publishing
from evalbrief.publish.sets import Edition, News, PublishedSets
from evalbrief.trouble import Trouble

MOMENT = "2026-11-29T21:00:00Z"


class Stopped(BaseException):
    """The machine stops."""


@pytest.fixture
def sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PublishedSets:
    monkeypatch.chdir(tmp_path)
    return PublishedSets(Path("d'été/published"))


def edition(text: str, name: str = "demo") -> Edition:
    """An edition of documents as they stand in build/."""
    folder = Path("build", name)
    folder.mkdir(parents=True, exist_ok=True)
    for ending in ("pdf", "docx"):
        (folder / f"brief.fr.{ending}").write_text(f"{text} {ending}", encoding="utf-8")
    return Edition(sorted(folder.iterdir()), text.encode(), MOMENT, ["fr"])


def read(sets: PublishedSets, name: str = "demo") -> str:
    return (sets.folder / name / "brief.fr.pdf").read_text(encoding="utf-8")


def test_what_is_published_is_read(sets: PublishedSets) -> None:
    made = edition("one")
    assert not sets.holds(sets.newest(), "demo", made.documents)
    assert sets.publish({"demo": made}, MOMENT, 3) == sets.current() == sets.newest() == 1
    assert read(sets) == "one pdf"
    assert sets.holds(1, "demo", made.documents)
    assert sets.state(1, "demo").read_bytes() == b"one"
    assert sorted(path.name for path in (sets.folder / "demo").iterdir()) == ["brief.fr.docx", "brief.fr.pdf"]


def test_only_what_is_new_is_copied(sets: PublishedSets) -> None:
    sets.publish({"demo": edition("one"), "other": edition("two", "other")}, MOMENT, 3)
    sets.publish({"demo": edition("three")}, MOMENT, 3)
    assert (read(sets), read(sets, "other")) == ("three pdf", "two pdf")
    old, new = (sets.place / number / "documents" / "other" / "brief.fr.pdf" for number in "12")
    assert old.samefile(new)
    assert not os.access(new, os.W_OK) or os.geteuid() == 0


def test_other_content_is_found_whatever_its_date(sets: PublishedSets) -> None:
    made = edition("one")
    sets.publish({"demo": made}, MOMENT, 3)
    status = made.documents[0].stat()
    made.documents[0].touch()
    assert sets.holds(1, "demo", made.documents)
    made.documents[0].write_text("ONE docx", encoding="utf-8")
    assert not sets.holds(1, "demo", made.documents)
    made.documents[0].write_text("one docx", encoding="utf-8")
    os.utime(made.documents[0], ns=(status.st_atime_ns, status.st_mtime_ns))
    assert sets.holds(1, "demo", made.documents)
    assert not sets.holds(1, "demo", made.documents[:1])


def test_earlier_set_can_be_put_back(sets: PublishedSets) -> None:
    for text in ("one", "two", "three"):
        sets.publish({"demo": edition(text)}, MOMENT, 3)
    sets.put_back(1)
    sets.finish()
    assert (read(sets), sets.current(), sets.newest()) == ("one pdf", 1, 3)
    with pytest.raises(Trouble, match=r"^There is no published set 9; there is: 1, 2, 3\.$"):
        sets.put_back(9)
    sets.publish({"demo": edition("four")}, MOMENT, 3)
    sets.switch(1)  # as if the machine had stopped before people were given the fourth
    sets.finish()
    assert read(sets) == "four pdf"


def test_news_are_what_came_with_a_set(sets: PublishedSets) -> None:
    sets.note_announced()
    assert sets.news() == [] and sets.announced() == 0
    sets.publish({"demo": edition("one"), "other": edition("two", "other")}, MOMENT, 3)
    sets.publish({"demo": replace(edition("three"), changes=["19 → 21"])}, MOMENT, 3)
    sets.withdraw("other", MOMENT, 3)
    assert sets.news() == [News(1, {"demo": [], "other": []}), News(2, {"demo": ["19 → 21"]})]
    sets.note_announced()
    assert sets.news() == [] and sets.announced() == 3
    sets.publish({"demo": edition("four")}, MOMENT, 3)
    assert sets.news() == [News(4, {"demo": []})]


def test_what_was_put_back_stays_when_another_evaluation_is_new(sets: PublishedSets) -> None:
    for text in ("one", "two"):
        sets.publish({"demo": edition(text), "other": edition(text, "other")}, MOMENT, 9)
    two, other = edition("two").documents, edition("two", "other").documents
    sets.put_back(1)
    for text in ("three", "four"):
        sets.publish({"other": edition(text, "other")}, MOMENT, 9)
        assert (read(sets), read(sets, "other")) == ("one pdf", f"{text} pdf")
        assert not sets.are_new("demo", two) and not sets.holds(sets.newest(), "demo", two)
        assert not sets.are_new("other", other)
    sets.withdraw("other", MOMENT, 9)
    assert not sets.are_new("demo", two)
    assert sets.are_new("demo", edition("five").documents)
    sets.publish({"demo": edition("five")}, MOMENT, 9)
    assert read(sets) == "five pdf" and sets.are_new("demo", edition("two").documents)


def test_only_so_many_earlier_sets_are_kept(sets: PublishedSets) -> None:
    for text in "abcd":
        sets.publish({"demo": edition(text)}, MOMENT, 2)
    assert sets.numbers() == [2, 3, 4]
    sets.switch(2)
    sets.publish({"demo": edition("e")}, MOMENT, 1)
    assert sets.numbers() == [4, 5]


def test_what_is_withdrawn_stays_away_until_it_is_restored(sets: PublishedSets) -> None:
    sets.publish({"demo": edition("one"), "other": edition("two", "other")}, MOMENT, 3)
    sets.withdraw("demo", MOMENT, 3)
    assert not (sets.folder / "demo").exists() and read(sets, "other") == "two pdf"
    sets.publish({"other": edition("three", "other")}, MOMENT, 3)
    assert sets.withdrawn() == ["demo"]
    sets.restore("demo", MOMENT, 3)
    assert sets.withdrawn() == []
    for change in (sets.withdraw, sets.restore):
        with pytest.raises(Trouble):
            change("nobody", MOMENT, 3)


def test_folder_of_somebody_is_not_touched(sets: PublishedSets) -> None:
    sets.folder.mkdir(parents=True)
    (sets.folder / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Trouble, match=r"published is a folder of yours: rename it, or name another one"):
        sets.publish({"demo": edition("one")}, MOMENT, 3)
    assert (sets.folder / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert sets.numbers() == []


def test_where_links_cannot_be_made_a_copy_is_exchanged(sets: PublishedSets, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no right to make links")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    for text in ("one", "two"):
        sets.publish({"demo": edition(text)}, MOMENT, 3)
        assert read(sets) == f"{text} pdf" and not sets.folder.is_symlink()
    sets.switch(1)
    assert (read(sets), sets.current()) == ("one pdf", 1)
    assert sorted(path.name for path in sets.folder.parent.iterdir()) == ["published", "published.sets"]


def test_stopped_at_any_step_readers_see_a_whole_set(sets: PublishedSets, monkeypatch: pytest.MonkeyPatch) -> None:
    sets.publish({"demo": edition("old"), "other": edition("other", "other")}, MOMENT, 3)
    steps = 0
    while True:
        steps += 1
        with monkeypatch.context() as patch:
            _stop_at(patch, steps)
            try:
                sets.publish({"demo": edition(f"new {steps}")}, MOMENT, 3)
            except Stopped:
                assert read(sets, "other") == "other pdf"
                assert read(sets) in ("old pdf", f"new {steps} pdf")
                words = {
                    path.read_text(encoding="utf-8").rpartition(" ")[0] for path in (sets.folder / "demo").iterdir()
                }
                assert len(words) == 1
                again = PublishedSets(sets.folder)
                again.finish()
                assert again.current() == again.newest()
                assert read(again) == (f"new {steps} pdf" if again.newest() == 2 else "old pdf")
                shutil.rmtree(sets.folder.parent)
                sets.publish({"demo": edition("old"), "other": edition("other", "other")}, MOMENT, 3)
                continue
        break
    assert steps > 20
    assert read(sets) == f"new {steps} pdf"


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
        (shutil, ("copyfile", "rmtree")),
        (Path, ("rename", "replace", "symlink_to", "mkdir", "write_bytes", "write_text")),
    ):
        for name in names:
            patch.setattr(place, name, counting(getattr(place, name)))


def test_half_a_set_is_cleared_away(sets: PublishedSets) -> None:
    sets.publish({"demo": edition("one")}, MOMENT, 3)
    (sets.place / "2.part" / "documents").mkdir(parents=True)
    assert sets.publish({"demo": edition("two")}, MOMENT, 3) == 2
    assert sorted(path.name for path in sets.place.iterdir()) == ["1", "2"]


def test_damaged_or_newer_record_is_told(sets: PublishedSets) -> None:
    sets.publish({"demo": edition("one")}, MOMENT, 3)
    record = sets.place / "1" / publishing.RECORD
    record.chmod(0o644)
    record.write_text("{", encoding="utf-8")
    with pytest.raises(Trouble, match="is damaged"):
        sets.record(1)
    record.write_text('{"schema": 2}', encoding="utf-8")
    with pytest.raises(Trouble, match="newer version"):
        sets.record(1)
