"""The diary: one line a run; it does not grow without end."""

import json
from pathlib import Path

import pytest
from evalbrief.publish import diary


def test_entry_is_a_line(tmp_path: Path) -> None:
    path = tmp_path / "logs" / "refresh.jsonl"
    entries = [{"moment": "2026-11-29T21:00:00Z", "outcome": "100 % publié\n«\u202f2\u202f»"}, {"steps": 3}]
    for entry in entries:
        diary.write_entry(entry, path)
    assert [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] == entries


def test_old_entries_are_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diary, "LARGEST", 200)
    for number in range(100):
        diary.write_entry({"number": number, "text": "x" * 20}, tmp_path / "refresh.jsonl")
    files = sorted(tmp_path.iterdir())
    assert len(files) == diary.KEPT + 1
    assert all(path.stat().st_size <= diary.LARGEST for path in files)
    last = (tmp_path / "refresh.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    assert json.loads(last)["number"] == 99
