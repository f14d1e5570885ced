"""The command: what it says, and how it ends."""

from pathlib import Path

import pytest
from evalbrief.commands.__main__ import main
from evalbrief.commands.running import only_build
from sources.office import TABLE, Office
from sources.servers import WebServer


def test_what_came_is_said(office: Office, web: WebServer, capsys: pytest.CaptureFixture[str]) -> None:
    office.evaluation("first", survey=web.address())
    office.evaluation("second", survey=web.address())
    assert main(["fetch", "--only", "first"]) == 0
    said = capsys.readouterr()
    first = f"data/first/survey.csv is new: it was fetched from {web.address()}."
    assert (said.out, said.err) == (f"{first}\n1 file new, 0 as before, 0 left to look at.\n", "")
    assert main(["fetch"]) == 0
    assert capsys.readouterr().out.endswith("1 file new, 1 as before, 0 left to look at.\n")


@pytest.mark.parametrize("kind", ["kept", "edited"])
def test_what_a_person_has_to_look_at_is_a_failure(office: Office, web: WebServer, capsys, kind: str) -> None:
    folder = office.evaluation(survey=web.address())
    assert main(["fetch"]) == 0
    if kind == "kept":
        web.page, web.etag = b"", '"empty"'
    else:
        (folder / "survey.csv").write_bytes(TABLE * 2)
    capsys.readouterr()
    assert main(["fetch"]) == 1
    said = capsys.readouterr()
    assert said.out == "0 files new, 0 as before, 1 left to look at.\n"
    assert said.err.startswith("data/tiny/survey.csv") and said.err.count("\n") == 1


def test_without_sources_nothing_is_asked_for(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.evaluation()
    assert main(["fetch"]) == 0
    assert capsys.readouterr().out == "No file comes from elsewhere: no evaluation.yaml has sources.\n"
    assert not Path("data/tiny/fetched.json").exists()


def test_a_build_at_work_is_not_disturbed(office: Office, web: WebServer, capsys: pytest.CaptureFixture[str]) -> None:
    folder = office.evaluation(survey=web.address())
    with only_build():
        assert main(["fetch"]) == 1
    assert "Another build is running" in capsys.readouterr().err
    assert not (folder / "survey.csv").exists() and web.asked == []
