"""The log of a job: what every entry script's guard opens first."""

import gc
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout


@contextmanager
def logged(path: str) -> Iterator[None]:
    """Send what the job prints to the log file; a failure leaves its traceback there and goes on to the caller.

    Python does not look for garbage meanwhile: a job is short and needs to its end most of what it makes, so that
    looking through it again and again would cost up to a quarter of the time.
    """
    gc.disable()
    with open(path, "w", encoding="utf-8", newline="\n") as log, redirect_stdout(log), redirect_stderr(log):
        try:
            yield
        except BaseException:
            traceback.print_exc(file=log)
            raise
        finally:
            gc.enable()
