"""The one way in which a moment is written: in UTC, to the second, as in 2026-11-29T21:00:00Z.

Standard library only. What is written so is read by datetime.fromisoformat.
"""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def written(moment: datetime) -> str:
    """Write a moment."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
