"""What gets ready while the program is still being loaded: the worker and Snakemake import as long as it does."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from evalbrief.commands.engine import Engine
from evalbrief.commands.worker import can_have_worker, worker


class HeadStart(NamedTuple):
    """A Snakemake that waits, and the environment for it and for those that follow it."""

    engine: Engine
    environment: Mapping[str, str]


@contextlib.contextmanager
def head_start(*, warm: bool) -> Iterator[HeadStart]:
    """Start a Snakemake, and a worker if there is to be one; end both afterwards."""
    with worker() if warm and can_have_worker() else contextlib.nullcontext({}) as environment:
        engine = Engine(environment)
        try:
            yield HeadStart(engine, environment)
        finally:
            engine.stop()
