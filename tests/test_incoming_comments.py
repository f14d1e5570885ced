"""Comments are kept once each, however often a file is read."""

from pathlib import Path

import pytest
from evalbrief.review.incoming.comments import Comment, keep_comments, load_comments

FIRST = Comment("draft 1", "fr", "A", "2026-12-01T10:00:00Z", "relevance_1", "le projet", "Source ?")


def test_same_words_of_another_place_or_moment_are_another_comment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data/demo").mkdir(parents=True)
    elsewhere = Comment(**vars(FIRST) | {"where": "method_9"})
    later = Comment(**vars(FIRST) | {"version": "draft 2", "when": "2027-01-01T10:00:00Z"})
    undated = [Comment(**vars(FIRST) | {"version": version, "when": ""}) for version in ("draft 1", "draft 2")]
    assert keep_comments("demo", [FIRST, FIRST]) == 1
    assert keep_comments("demo", [FIRST]) == 0
    assert keep_comments("demo", [elsewhere, later, *undated]) == 4
    assert keep_comments("demo", [elsewhere, later, *undated]) == 0
    assert len(load_comments("demo")) == 5
