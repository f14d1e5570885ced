"""Secrets come from the environment or from a file that nobody else can read."""

import os
from pathlib import Path

import pytest
from evalbrief.sources.answer import Refused
from evalbrief.sources.credentials import secret_of
from sources.office import Office

LINES = "# a comment, NAME=none\n\nNAME = 'quoted = value'\nexport OTHER=\"x\"\nBARE=a'b\nEMPTY=\nno line\n"


@pytest.fixture
def file(office: Office) -> Path:
    path = Path("secrets.env")
    path.write_text(LINES, encoding="utf-8")
    path.chmod(0o600)
    return path


def test_lines_of_the_file_are_read(file: Path) -> None:
    assert [secret_of(name) for name in ("NAME", "OTHER", "BARE")] == ["quoted = value", "x", "a'b"]


def test_the_environment_comes_first(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", " from here\n")
    file.chmod(0o644)
    assert secret_of("NAME") == "from here"


@pytest.mark.parametrize("name", ["EMPTY", "ABSENT"])
def test_a_secret_that_is_not_there_is_named(file: Path, name: str) -> None:
    with pytest.raises(Refused, match=f"^the secret {name} is not set"):
        secret_of(name)


@pytest.mark.skipif(os.name == "nt", reason="rights are those of POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620, 0o601])
def test_a_file_that_others_can_read_is_refused(file: Path, mode: int) -> None:
    file.chmod(mode)
    with pytest.raises(Refused, match=r"^secrets\.env can be read by others on this computer\. Enter: chmod 600"):
        secret_of("NAME")


def test_a_file_that_is_no_text_is_refused(file: Path) -> None:
    file.write_bytes(b"NAME=\xff\xfe")
    with pytest.raises(Refused, match=r"^secrets\.env cannot be read") as refused:
        secret_of("NAME")
    assert "xff" not in str(refused.value)


def test_git_passes_the_file_over() -> None:
    ignored = (Path(__file__).parents[2] / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "secrets.env" in ignored
