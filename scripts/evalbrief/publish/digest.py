"""What is told of a publication: what changed, why, and what is to be looked at, in the words of the office."""

from collections.abc import Mapping, Sequence
from typing import Any

from evalbrief.review.comparison import Comparison
from evalbrief.review.summary import ValueLine, summarise

# More lines of one kind than this are counted, not told.
MOST_LINES = 10


def digest_of(comparison: Comparison, labels: Mapping[str, Any]) -> list[str]:
    """Say what changed between two states of an evaluation; nothing when no reader could see it."""
    if comparison.is_empty:
        return []
    summary = summarise(comparison, labels)
    lines = [summary.counts, summary.program]
    lines += _under(summary.labels["values"], [_value(value) for value in summary.values])
    lines += _under(summary.labels["words"], [f"{section}: +{came}, −{went}" for section, came, went in summary.words])
    lines += _under(summary.labels["figures"], [f"{title}: {said}" for title, said in summary.figures])
    lines += _under(summary.labels["rows"], [_row(*row) for row in summary.rows])
    lines += _under(summary.labels["alarms"], summary.alarms)
    lines += _under(summary.labels["findings"], [f"{kind}: {note}" for kind, note in summary.findings])
    return [line for line in lines if line]


def _value(value: ValueLine) -> str:
    difference = f" ({value.difference})" if value.difference else ""
    return f"{value.key}: {value.old} → {value.new}{difference}. {'; '.join(value.reasons)}"


def _row(file: str, line: str, key: str, column: str, old: str, new: str) -> str:
    return f"{file}, {line}, {key}: {column}" + (f" {old} → {new}" if old or new else "")


def _under(title: str, lines: Sequence[str]) -> list[str]:
    """Put lines under a title, the first of many."""
    shown = [f"- {line}" for line in lines[:MOST_LINES]]
    rest = [f"- … (+{len(lines) - MOST_LINES})"] if len(lines) > MOST_LINES else []
    return [f"{title}:", *shown, *rest] if lines else []
