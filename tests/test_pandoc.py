"""Pandoc, started once for each document."""

from pathlib import Path

import pytest
from evalbrief.pandoc import PandocError, convert


def test_converts_whatever_letters() -> None:
    assert convert("*Œuvre* λ", "markdown", "html5") == "<p><em>Œuvre</em> λ</p>\n"


def test_says_what_pandoc_says_when_it_fails() -> None:
    with pytest.raises(PandocError, match="Unknown input format nonsense"):
        convert("text", "nonsense", "html5")


def test_a_warning_goes_to_the_log_or_is_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    text = "![picture](nowhere.png)"
    convert(text, "markdown", "html5", "--embed-resources")
    assert "nowhere.png" in capfd.readouterr().err
    with pytest.raises(PandocError, match=r"nowhere\.png"):
        convert(text, "markdown", "html5", "--embed-resources", "--fail-if-warnings")


def test_another_pandoc_of_the_computer_is_not_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = tmp_path / "pandoc"
    other.write_text("#!/bin/sh\necho pandoc 999.0\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert convert("text", "markdown", "html5") == "<p>text</p>\n"
