"""The one way in which a moment is written: in UTC, to the second, as in 2026-11-29T21:00:00Z.

Standard library only. What is written so is read by datetime.fromisoformat.
"""

from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def written(moment: datetime) -> str:
    """Write a moment."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def is_recent(moment: str, now: datetime, span: timedelta) -> bool:
    """Say whether a written moment, if there is one, is no further away than a span.

    Also into the future: when a clock is set back, nobody is to wait until it has caught up.
    """
    return bool(moment) and abs(now - datetime.fromisoformat(moment)) < span
