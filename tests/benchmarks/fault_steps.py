"""One step of a build is killed, as by a system that has no memory left; the next refresh has to make it good.

Snakemake itself is not killed, so it takes what the step was to make for failed, and away.
"""

import contextlib
import time

import psutil
from fault_stage import NEW, Fault, Stage, Verdict, ending
from numbers_shown import RESULTS
from unattended import HELD_BACK, PUBLISHED, Done, Office

# From the data to what is delivered.
STEPS = (
    "check_data",
    "build_context",
    "lay_out_results",
    "render_source",
    "parse_source",
    "render_pdf",
    "deliver_brief",
)
LOOK_SECONDS = 0.002


def steps(stage: Stage, verdict: Verdict) -> None:
    """Kill one step after the other, each in a refresh with new data; refresh again after each."""
    with stage.office("steps") as office:
        shown = RESULTS.number
        for number, step in enumerate(STEPS, NEW):
            stage.web.put(RESULTS.text(number))
            killed, done = _refresh_and_kill(office, step)
            kept = office.is_whole() and office.shown(RESULTS) == shown
            verdict.see(f"{step} {'killed' if killed else 'not found'}", killed)
            if done.status != HELD_BACK:
                verdict.see(ending(done), False)
            if not kept:
                verdict.see(f"not the old set, but {office.shown(RESULTS)}", False)
            again = office.refresh()
            if again.status != PUBLISHED:
                verdict.see(f"then {ending(again)}", False)
            if not (office.is_whole() and office.shown(RESULTS) == number and office.equals_build()):
                verdict.see(f"and people read {office.shown(RESULTS)}, not {number}", False)
            shown = office.shown(RESULTS)
        if verdict.word == "PASS":
            verdict.see("each time exit status 20 and the old set, then exit status 10 and the new one", True)


def _refresh_and_kill(office: Office, step: str) -> tuple[bool, Done]:
    """Refresh, and kill a step as soon as it runs."""
    process = office.start(office.said)
    killed = False
    while process.poll() is None:
        if not killed:
            killed = _kill(psutil.Process(process.pid), f".{step}.py")
        time.sleep(LOOK_SECONDS)
    return killed, Done(process.returncode, office.hear(office.said))


def _kill(refresh: psutil.Process, script: str) -> bool:
    """Kill what runs a script; say whether there was such a process."""
    found = False
    with contextlib.suppress(psutil.NoSuchProcess):
        for process in refresh.children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                if any(word.endswith(script) for word in process.cmdline()):
                    process.kill()
                    found = True
    return found


FAULTS = (
    Fault(
        "steps",
        "A step of the build is killed",
        "exit 20, the old set stays; the next refresh publishes the new data",
        steps,
    ),
)
