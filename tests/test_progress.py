"""The display of a build stays as quick, and as small, with ten thousand steps as with one."""

import io
import statistics
import time
from functools import partial

import pytest
from evalbrief.commands import progress
from evalbrief.commands.engine import Event
from evalbrief.commands.progress import Display
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
