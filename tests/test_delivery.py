"""Documents are put in place together: all of them, or none while one is open elsewhere."""

from pathlib import Path

import pytest
from evalbrief.delivery import LockedError, keep_edited, ledger_path, put_in_place

ENDINGS = ("pdf", "docx", "html")


def deliver(folder: Path, content: str) -> None:
    """Render three documents with a content and put them in place."""
    rendered = [folder / "rendered" / f"brief.fr.{ending}" for ending in ENDINGS]
    for path in rendered:
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    documents = [str(folder / path.name) for path in rendered]
    put_in_place([str(path) for path in rendered], documents, ledger_path(folder / "brief.fr.sha256"))


def lock(monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    """Have the system refuse to replace or rename a document, as Windows does while it is open."""

    def refuse(method):
        def moved(self: Path, target: Path) -> Path:
            if f"brief.fr.{ending}" in (self.name, Path(target).name):
                raise PermissionError(1, "Operation not permitted")
            return method(self, target)

        return moved

    monkeypatch.setattr(Path, "replace", refuse(Path.replace))
    monkeypatch.setattr(Path, "rename", refuse(Path.rename))


def files(folder: Path) -> dict[str, str]:
    return {
        path.name: path.read_text(encoding="utf-8") for path in [*folder.glob("brief.*"), *folder.glob("*/*.deliv*")]
    }


@pytest.mark.parametrize("ending", ENDINGS)
def test_when_one_is_open_all_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    deliver(tmp_path, "good")
    before = files(tmp_path)
    with monkeypatch.context() as patch:
        lock(patch, ending)
        with pytest.raises(LockedError, match=rf"/brief\.fr\.{ending} cannot be replaced: close it where it is open, "):
            deliver(tmp_path, "new")
    assert files(tmp_path) == before
    deliver(tmp_path, "new")
    assert files(tmp_path)["brief.fr.pdf"] == "new"


def test_when_the_first_delivery_cannot_end_nothing_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock(monkeypatch, "html")
    with pytest.raises(LockedError):
        deliver(tmp_path, "good")
    assert list(tmp_path.glob("brief.*")) == []


def test_an_edit_that_is_still_open_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(tmp_path, "good")
    (tmp_path / "brief.fr.docx").write_text("my own words", encoding="utf-8")
    lock(monkeypatch, "docx")
    with pytest.raises(LockedError, match=r"/brief\.fr\.docx cannot be replaced"):
        list(keep_edited(tmp_path / "brief.fr.sha256"))
