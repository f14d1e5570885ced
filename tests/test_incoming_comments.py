"""Comments are kept once each, however often a file is read."""

from pathlib import Path

import pytest
from evalbrief.review.incoming.comments import Comment, comments_path, keep_comments, load_comments
from evalbrief.trouble import Trouble

FIRST = Comment(
    "draft 1", "fr", "A", "2026-12-01T10:00:00Z", "Pertinence", "le projet", "Source ?", block="relevance_1"
)


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the comments of an evaluation are kept."""
    monkeypatch.chdir(tmp_path)
    path = comments_path("demo")
    path.parent.mkdir(parents=True)
    return path


def test_same_words_of_another_place_or_moment_are_another_comment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data/demo").mkdir(parents=True)
    elsewhere = Comment(**vars(FIRST) | {"block": "method_9"})
    later = Comment(**vars(FIRST) | {"version": "draft 2", "when": "2027-01-01T10:00:00Z"})
    undated = [Comment(**vars(FIRST) | {"version": version, "when": ""}) for version in ("draft 1", "draft 2")]
    assert keep_comments("demo", [FIRST, FIRST]) == 1
    assert keep_comments("demo", [FIRST]) == 0
    assert keep_comments("demo", [elsewhere, later, *undated]) == 4
    assert keep_comments("demo", [elsewhere, later, *undated]) == 0
    assert len(load_comments("demo")) == 5


def test_table_is_read_as_excel_saves_it_anywhere(table: Path) -> None:
    keep_comments("demo", [FIRST])
    answered = table.read_text(encoding="utf-8-sig").replace(",open,,", ",Settled,Vérifié,")
    table.write_bytes(answered.replace(",", ";").replace("\n", "\r\n").encode("cp1252"))
    (comment,) = load_comments("demo")
    assert comment == Comment(**vars(FIRST) | {"status": "settled", "answer": "Vérifié"})
    assert keep_comments("demo", [FIRST]) == 0
    assert load_comments("demo") == [comment]


def test_table_without_the_column_of_blocks_is_known_again(table: Path) -> None:
    table.write_text(
        "version,language,who,when,where,quoted,comment,status,answer\n"
        "draft 1,fr,A,2026-12-01T10:00:00Z,relevance_1,le projet,Source ?,open,\n"
    )
    assert keep_comments("demo", [FIRST]) == 0


@pytest.mark.parametrize(
    ("status", "found"), [("erledigt", '"erledigt" is no status.'), ("", "the status is missing.")]
)
def test_other_status_is_refused(table: Path, status: str, found: str) -> None:
    keep_comments("demo", [FIRST])
    table.write_text(table.read_text(encoding="utf-8-sig").replace(",open,", f",{status},"))
    with pytest.raises(Trouble) as trouble:
        load_comments("demo")
    place = 'data/demo/drafts/comments.csv, row 2, column "status"'
    assert str(trouble.value) == f"{place}: {found} Allowed: open, settled."
