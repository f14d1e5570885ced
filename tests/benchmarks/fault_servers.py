"""Faults of the server that a table comes from. What is no data takes the place of nothing; the others go on."""

import threading
from collections.abc import Sequence
from pathlib import Path

from fault_stage import NEW, OLD, Fault, Stage, Verdict, edit_evidence, ending
from numbers_shown import EVIDENCE, RESULTS
from sources.servers import Answer, Request, answer, cut_off, cut_off_chunks, drip
from unattended import HELD_BACK, NOTHING_NEW, PUBLISHED, Office
from workspace import PYTHON

# As many attempts as a refresh makes, and more.
EVER = 20
LOGIN = b"<!DOCTYPE html>\n<html><title>Sign in</title><form><input type='password'></form></html>"
# Seconds for all attempts, for silence, to connect; and beyond them: the look between two signs of life, the start.
SHORT, USUAL = (5.0, 1.5, 2.0), (120.0, 30.0, 10.0)
SLACK = 15
KEPT = "What was there stays in use."
PATIENCE = 600


def down(stage: Stage, verdict: Verdict) -> None:
    """Let the server be away, while a person edits another table."""
    with stage.office("down") as office:
        stage.web.go_down()
        try:
            edit_evidence(office, NEW)
            done = office.refresh()
            verdict.status(done, PUBLISHED)
            verdict.says(done, f"the server cannot be reached, or broke off. It was tried 4 times. {KEPT}")
            verdict.reads(office, {RESULTS: OLD, EVIDENCE: NEW}, "the other table's new number and the last good ones")
            _is_said_once(office, verdict)
        finally:
            stage.web.come_up()
        stage.web.put(RESULTS.text(NEW))
        verdict.recovers(office, NEW)


def silent(stage: Stage, verdict: Verdict) -> None:
    """Accept and say nothing."""
    over = threading.Event()
    _slow(
        stage, verdict, "silent", [lambda _: over.wait(PATIENCE) and None] * EVER, over, "the server does not answer."
    )


def dripping(stage: Stage, verdict: Verdict) -> None:
    """Send a byte now and then."""
    over = threading.Event()
    _slow(stage, verdict, "dripping", [drip(over)] * EVER, over, "it did not come within")


def _slow(
    stage: Stage, verdict: Verdict, name: str, answers: Sequence[Answer], over: threading.Event, sentence: str
) -> None:
    whole, read, connect = USUAL if stage.options.real_limits else SHORT
    limits = [f"{value:g}" for value in (whole, read, connect)]
    command = [PYTHON, "-P", str(Path(__file__).with_name("impatient.py")), *limits, "refresh"]
    with stage.office(name) as office:
        stage.web.put(RESULTS.text(NEW))
        stage.web.server.answers[:] = answers
        try:
            done = office.refresh(command, PYTHONPATH=str(office.path("scripts")))
        finally:
            over.set()
            stage.web.server.answers.clear()
        verdict.status(done, NOTHING_NEW)
        verdict.see(f"{done.seconds:.0f} s in all, {whole:g} s for fetching", done.seconds < whole + SLACK)
        verdict.says(done, sentence)
        verdict.reads(office, {RESULTS: OLD}, "the old set")
        verdict.recovers(office, NEW)


def _wrong(stage: Stage, verdict: Verdict, name: str, wrong: Answer, sentence: str) -> None:
    """Answer wrongly for ever, then rightly."""
    with stage.office(name) as office:
        stage.web.put(RESULTS.text(NEW))
        before = office.path(f"data/tiny/{RESULTS.file}").read_bytes()
        stage.web.server.answers[:] = [wrong] * EVER
        done = office.refresh()
        verdict.status(done, NOTHING_NEW)
        verdict.says(done, sentence)
        verdict.reads(office, {RESULTS: OLD}, "the old set")
        stays = office.path(f"data/tiny/{RESULTS.file}").read_bytes() == before
        verdict.see(f"the table is {'as it was' if stays else 'another one'}", stays)
        _is_said_once(office, verdict)
        stage.web.server.answers.clear()
        verdict.recovers(office, NEW)


def _is_said_once(office: Office, verdict: Verdict) -> None:
    done = office.refresh()
    right = (done.status, done.said) == (NOTHING_NEW, "")
    verdict.see("said once" if right else f"then {ending(done)}", right)


def cut(stage: Stage, verdict: Verdict) -> None:
    """Promise more than comes."""
    content = RESULTS.text(NEW)[:-40]
    _wrong(stage, verdict, "cut", cut_off(content), "It was tried 4 times.")


def cut_pieces(stage: Stage, verdict: Verdict) -> None:
    """Send pieces, and not the last one."""
    _wrong(stage, verdict, "pieces", cut_off_chunks(RESULTS.text(NEW)[:-40]), "It was tried 4 times.")


def login(stage: Stage, verdict: Verdict) -> None:
    """Send a page to log in, as if all were well."""
    _wrong(stage, verdict, "login", answer(200, LOGIN), "a page to log in came in place of a table.")


def errors(stage: Stage, verdict: Verdict) -> None:
    """Be in trouble for ever."""
    _wrong(stage, verdict, "errors", answer(500), "the server is in trouble (status 500). It was tried 4 times.")


def one_error(stage: Stage, verdict: Verdict) -> None:
    """Be in trouble once."""
    with stage.office("one error") as office:
        stage.web.put(RESULTS.text(NEW))
        stage.web.server.answers[:] = [_trouble]
        verdict.recovers(office, NEW)


def _trouble(request: Request) -> None:
    request.reply(500)


def columns(stage: Stage, verdict: Verdict) -> None:
    """Send a table in which a column has another name."""
    with stage.office("columns") as office:
        stage.web.put(RESULTS.text(NEW).replace(b",value,", b",amount,", 1))
        done = office.refresh()
        verdict.status(done, HELD_BACK)
        verdict.says(done, 'data/tiny/results.csv, row 1: the column "amount" is not known.')
        verdict.reads(office, {RESULTS: OLD}, "the old set")
        again = office.refresh()
        verdict.status(again, HELD_BACK)
        told = "Held back" in again.said
        verdict.see(f"held back is said {'again' if told else 'once'}", not told)
        stage.web.put(RESULTS.text(NEW))
        verdict.recovers(office, NEW)


LAST_GOOD = "exit 0, one sentence, once; the last good data stay in use; when it is right again, it is published"
FAULTS = (
    Fault(
        "down",
        "Server down: connections are refused",
        "one sentence, once; the last good data stay in use, another table's new number is published",
        down,
    ),
    Fault("silent", "Server accepts and says nothing", f"cut off after the limit; {LAST_GOOD}", silent),
    Fault("dripping", "Server sends a byte now and then", f"cut off after the limit; {LAST_GOOD}", dripping),
    Fault("cut", "File cut off: shorter than its Content-Length", LAST_GOOD, cut),
    Fault("pieces", "File cut off: the last chunk is missing", LAST_GOOD, cut_pieces),
    Fault("login", "A page to log in, with status 200", LAST_GOOD, login),
    Fault("errors", "Status 500 for ever", LAST_GOOD, errors),
    Fault("one-error", "Status 500 once, then right", "published by the same refresh", one_error),
    Fault(
        "columns",
        "A column has another name",
        "exit 20, the fault with file, row and column; held back is said once; the old set stays; when it is right "
        "again, it is published",
        columns,
    ),
)
