"""Fetch what comes from elsewhere: ask all sources, refuse what is no data, put the rest in place.

Snakemake has storage plugins for these addresses. They do not serve here: they download inside a run, so that what came
is in use before anybody could see that it is a page to log in; they keep no last good data; a source that is away fails
the run of all evaluations; and to find nothing new takes a start of Snakemake. What is fetched here is plain data when
the build begins, and judged like any other.
"""

import time
from collections.abc import Collection, Iterator
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from evalbrief.commands.running import only_build
from evalbrief.data.addresses import Source, read_sources
from evalbrief.data.source import read_yaml
from evalbrief.folder import DATA, FACTS, SCHEMAS
from evalbrief.sources.answer import Answer, Content, Known, Refused
from evalbrief.sources.credentials import secret_of
from evalbrief.sources.judge import refuse_other_content
from evalbrief.sources.limits import Deadline, Limits, too_slow
from evalbrief.sources.outcome import Outcome
from evalbrief.sources.patience import Wait, patiently
from evalbrief.sources.place import Order, settle
from evalbrief.sources.side_by_side import side_by_side

# What an attempt may take beyond the whole time: it is looked at between two signs of life.
SLACK_SECONDS = 5
LIMITS = Limits()


def fetch(evaluations: Collection[str], *, limits: Limits = LIMITS, wait: Wait = time.sleep) -> list[Outcome]:
    """Fetch every file of these evaluations that has a source; return what became of each, in the order of the names.

    Raise Busy when a build or another fetch works in this folder. `wait` is how to wait before asking again.
    """
    found = [item for evaluation in evaluations for item in _orders(evaluation)]
    outcomes = [item for item in found if isinstance(item, Outcome)]
    orders = [item for item in found if isinstance(item, Order)]
    with only_build() if orders else nullcontext():
        # Before anything is written: Windows lets nobody replace a file that a thread is reading.
        jobs = [(order, order.known()) for order in orders]
        away: set[str] = set()  # the threads share it: to add and to take out is one step each
        work, longest = partial(_ask, limits=limits, wait=wait, away=away), limits.whole_seconds + SLACK_SECONDS
        for (order, _), answer in side_by_side(work, jobs, most=limits.side_by_side, longest=longest):
            outcomes.append(settle(order, answer or Refused(too_slow(limits))))
    return sorted(outcomes, key=lambda outcome: (outcome.evaluation, outcome.file))


def _orders(evaluation: str) -> Iterator[Order | Outcome]:
    """Yield the files to fetch; of a source that is wrongly written, what is wrong with it."""
    shown = f"{DATA.as_posix()}/{evaluation}/{FACTS}"
    content, problems = read_yaml(DATA / evaluation / FACTS, shown)
    sources, faults = read_sources(content, shown, sorted(path.stem for path in SCHEMAS.glob("*.yaml")))
    yield from (Outcome(evaluation, FACTS, "kept", problem.message) for problem in [*problems, *faults])
    yield from (Order(evaluation, file, source) for file, source in sources.items())


def _ask(job: tuple[Order, Known], *, limits: Limits, wait: Wait, away: set[str]) -> Answer | Refused:
    """Return the answer of a source, or why there is none; raise nothing, for the others are not to suffer.

    A server that was tried in vain is noted as `away` until it answers.
    """
    order, known = job
    server = _server_of(order.source)
    try:
        secret = secret_of(order.source.secret) if order.source.secret else ""
        deadline = Deadline.of(limits.of_second_chance if server in away else limits)
        answer = patiently(lambda: _ask_once(order, secret, known, deadline), deadline, wait)
        away.discard(server)
        if isinstance(answer, Content):
            refuse_other_content(order.file, answer.data)
        return answer
    except Refused as refused:
        if refused.away:
            away.add(server)
        return refused
    except Exception as error:  # its words could repeat a secret
        return Refused(f"it failed in a way that nobody foresaw ({type(error).__name__}). Tell who cares for brief.py.")


def _server_of(source: Source) -> str:
    """Name what has to be there for a file to come: a server, a bucket or a folder."""
    if source.kind == "path":
        return str(Path(source.address).parent)
    return urlsplit(source.endpoint or source.address).netloc


def _ask_once(order: Order, secret: str, known: Known, deadline: Deadline) -> Answer:
    """Ask in the way of the address; what that needs is imported only then."""
    match order.source.kind:
        case "http":
            from evalbrief.sources import http

            return http.ask(order.source, secret, known, deadline)
        case "s3":
            from evalbrief.sources import s3

            return s3.ask(order.source, secret, known, deadline)
        case "path":
            from evalbrief.sources import path

            return path.ask(order.source, order.file, known, deadline)
