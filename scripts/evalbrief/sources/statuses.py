"""What the status of a server's answer means for whoever wants a file."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from evalbrief.sources.answer import Passing, Refused

BUSY = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}
SHUT = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED}
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


def trouble_of(status: int, retry_after: str = "") -> Passing | Refused:
    """Say what is wrong with an answer that brings no file; `retry_after` is what the server says of coming back."""
    if status in BUSY:
        return Passing(f"the server has too much to do (status {status}).", _seconds(retry_after))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Passing(f"the server is in trouble (status {status}).", _seconds(retry_after))
    if status in SHUT:
        return Refused(f"the server does not let us in (status {status}). Check user and secret.")
    if status in GONE:
        return Refused(f"there is no such file (status {status}). Check the address.")
    return Refused(f"the server answers with status {status}, and no file. Check the address.")


def _seconds(retry_after: str) -> float | None:
    """Read a number of seconds, or a date."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max((moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds(), 0)
