"""What Snakemake does, and why, in plain words."""

from pathlib import Path

import pytest
from evalbrief.commands.engine import Event
from evalbrief.commands.plan import explain
from evalbrief.commands.words import in_a_row, read_reasons, step


def test_steps_are_named_in_words() -> None:
    wildcards = {"evaluation": "demo", "language": "fr"}
    assert step("draw_figure", {**wildcards, "figure": "ratings"}) == "Draw the figure ratings (demo, fr)"
    assert step("some_thing", wildcards) == "Some thing (demo, fr)"
    assert step("cut_fonts", {}) == "Prepare the fonts (once)"
    assert step("cut_web_fonts", {}) == "Prepare the fonts for the web (once)"


def test_reasons_are_split_by_kind() -> None:
    text = "Missing output files: a, b; Updated input files: c; Set of input files has changed since last execution"
    assert read_reasons(text) == {
        "Missing output files": ["a", "b"],
        "Updated input files": ["c"],
        "Set of input files": [],
    }


def test_a_plan_names_the_first_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("brief.fr.pdf", "other.fr.pdf"):
        Path(name).touch()

    def job(output: str, reason: str) -> Event:
        return Event("job_info", fields={"output": [output], "reason": reason})

    events = [
        job("a.svg", "Updated input files: palette.yaml, scripts/draw.py"),
        job("rendered/brief.fr.pdf", "Input files updated by another job: a.svg"),
        job("rendered/brief.fr.docx", "Missing output files: brief.docx; Input files updated by another job: a.svg"),
    ]
    assert explain(events, ["brief.fr.pdf", "brief.fr.docx", "other.fr.pdf"]) == [
        "brief.fr.pdf: because palette.yaml changed and scripts/draw.py changed",
        "brief.fr.docx: because it is not there yet",
    ]


def test_long_lists_are_cut() -> None:
    assert in_a_row(["a"]) == "a"
    assert in_a_row(["a", "b", "c"]) == "a, b and c"
    assert in_a_row(list("abcdef")) == "a, b, c, d and 2 more"
