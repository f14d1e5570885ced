"""The display of a build stays as quick, and as small, with ten thousand steps as with one."""

import io
import statistics
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from evalbrief.commands import progress
from evalbrief.commands.engine import Event
from evalbrief.commands.progress import Display
from evalbrief.delivery import LockedError
from rich.console import Console

STEPS = 10_000
PART = 1_000


def events_of(number: int) -> list[Event]:
    """Give what Snakemake tells of a step: every tenth delivers a brief."""
    name = f"evaluation_{number // 10}"
    rule = "deliver_brief" if number % 10 == 9 else "draw_figure"
    wildcards = {"evaluation": name, "language": "fr", "figure": "ratings"}
    outputs = [f"build/{name}/{number}"]
    return [
        Event("job_info", fields={"jobid": number, "rule_name": rule, "wildcards": wildcards, "output": outputs}),
        Event("output", text="a script says something\n"),
        Event("job_finished", fields={"job_id": number}),
        Event("progress", fields={"done": number + 1, "total": STEPS}),
    ]


def said_of_a_failed_group(monkeypatch: pytest.MonkeyPatch, folder: Path, log: str) -> tuple[list[str], Display]:
    """Tell a display of a submission of three steps, the second of which writes a log, and that it failed."""
    monkeypatch.setattr(progress, "Console", lambda stderr, **words: Console(file=screen, **words))
    screen = io.StringIO()
    logs = [folder / f"{number}.log" for number in range(3)]
    logs[2].write_text("OldError: of the last time\n", encoding="utf-8")
    wildcards = {"evaluation": "demo", "language": "fr"}
    with Display() as display:
        display.begin_batch()
        for number, path in enumerate(logs):
            fields = {"jobid": number, "rule_name": "render_pdf", "wildcards": wildcards, "log": [str(path)]}
            display.tell(Event("job_info", fields=fields))
        logs[0].write_text("all is well\n", encoding="utf-8")
        logs[1].write_text(log, encoding="utf-8")
        display.tell(Event("group_error", level="ERROR", text="Error in group demo.fr"))
        for number in range(3):
            display.tell(Event("job_error", fields={"jobid": number}))
        display.end_batch()
    return screen.getvalue().splitlines(), display


def test_log_may_go_while_it_is_looked_at(tmp_path: Path) -> None:
    log, ended = tmp_path / "step.log", threading.Event()

    def write_and_remove() -> None:
        while not ended.is_set():
            log.write_text("ValueError\n", encoding="utf-8")
            log.unlink()

    beside = threading.Thread(target=write_and_remove)
    beside.start()
    try:
        found = {(progress.state_of(log)[0], progress.last_line(log)) for _ in range(20_000)}
    finally:
        ended.set()
        beside.join()
    assert {size for size, _ in found} >= {0, 11}


def test_why_a_step_failed_is_told_also_when_it_failed_before_its_start_was_heard_of(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    screen, log = io.StringIO(), tmp_path / "step.log"
    monkeypatch.setattr(progress, "Console", lambda stderr, **words: Console(file=screen, **words))
    log.write_text("ValueError: the bar has no height\n", encoding="utf-8")
    with Display() as display:
        display.begin_batch()
        display.tell(Event("job_info", fields={"jobid": 1, "rule_name": "render_pdf", "log": [str(log)]}))
        display.tell(Event("job_error", fields={"jobid": 1}))
    assert screen.getvalue().endswith(": ValueError: the bar has no height\n")


def test_of_a_document_that_is_open_only_that_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    log = f"Traceback\nevalbrief.delivery.LockedError: {LockedError(Path('build/demo/brief.fr.pdf'))}\n"
    said, display = said_of_a_failed_group(monkeypatch, tmp_path, log)
    assert said == [
        "build/demo/brief.fr.pdf cannot be replaced: close it where it is open, and build again; "
        "the last good documents stay."
    ]
    assert len(display.failed) == 1


def test_of_a_failed_submission_the_step_that_failed_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said, display = said_of_a_failed_group(monkeypatch, tmp_path, "Traceback\nValueError: the bar has no height\n")
    assert said == [
        f"This step failed: Typeset the PDF (demo, fr) (the log is {tmp_path.as_posix()}/1.log): "
        "ValueError: the bar has no height"
    ]
    assert len(display.failed) == 1 and not display.jobs


def test_a_submission_that_failed_without_a_word_is_told_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said, display = said_of_a_failed_group(monkeypatch, tmp_path, "")
    assert len(said) == 1 and said[0].startswith("This step failed: Typeset the PDF (demo, fr) ")
    assert [(job.evaluation, job.language) for job in display.failed] == [("demo", "fr")]


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("batches", [1, 100])
def test_many_steps_stay_smooth(monkeypatch: pytest.MonkeyPatch, terminal: bool, batches: int) -> None:
    screen = partial(Console, file=io.StringIO(), force_terminal=terminal)
    monkeypatch.setattr(progress, "Console", lambda stderr, **words: screen(**words))
    took = []
    with Display() as display:
        display.expect(STEPS // 10, batches)
        display.begin_batch()
        for number in range(STEPS):
            events = events_of(number)
            started = time.perf_counter()
            for event in events:
                display.tell(event)
            took.append(time.perf_counter() - started)
    assert statistics.median(took[-PART:]) < 3 * statistics.median(took[:PART])
    assert display.finished == STEPS
    # Of each brief its delivery, of all steps the sums and the slowest.
    assert len(display.delivered) == STEPS // 10
    assert not display.jobs and not display.failed and not display.errors
    assert len(list(display.timings.lines())) < 30
