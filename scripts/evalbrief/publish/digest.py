"""What is told of a publication: what changed, why, and what is to be looked at, in the words of the office."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evalbrief.catalogue import SMALL_NUMBERS
from evalbrief.commands.notes import original_language
from evalbrief.commands.office import schemas, words_of
from evalbrief.publish.kept import read_state
from evalbrief.review.comparison import Comparison
from evalbrief.review.rows import RowChange
from evalbrief.review.summary import summarise
from evalbrief.review.versions import Present
from evalbrief.trouble import Trouble

# More lines of one kind than this are counted, not told.
MOST_LINES = 10
# What stands for a number of people: a brief hides small ones, and no message is to tell them.
HIDDEN = "…"


def changes_since(published: Path | None, new: Present) -> list[str]:
    """Say what is new since a published state, if there is one, in the words of the evaluation's own language."""
    if not published:
        return ["Published for the first time."]
    try:
        old = read_state(new.evaluation, published)
    except Trouble:
        return ["What changed cannot be told: the record of the last publication is damaged."]
    shared = [code for code in new.languages if code in old.languages]
    language = next((code for code in (original_language(new.evaluation), *shared) if code in shared), "")
    if not language:
        return ["Published in other languages than before."]
    comparison = Comparison(old, new, language, schemas())
    comparison.rows = [discreet(row) for row in comparison.rows]
    lines = digest_of(comparison, words_of(language))
    return lines or ["No word and no number is another one; the documents look otherwise."]


def discreet(change: RowChange) -> RowChange:
    """Hide how many people a row counts; where it stands is told."""
    if change.table not in SMALL_NUMBERS:
        return change
    hidden = {column: (_hide(old), _hide(new)) for column, (old, new) in change.cells.items()}
    return replace(change, cells=hidden)


def _hide(cell: str) -> str:
    return HIDDEN if cell.isdecimal() else cell


def digest_of(comparison: Comparison, labels: Mapping[str, Any]) -> list[str]:
    """Say what changed between two states of an evaluation; nothing when no reader could see it."""
    if comparison.is_empty:
        return []
    summary = summarise(comparison, labels)
    lines = [summary.counts, summary.program]
    lines += _under(summary.labels["values"], [value.said for value in summary.values])
    lines += _under(summary.labels["words"], summary.word_lines)
    lines += _under(summary.labels["figures"], [f"{title}: {said}" for title, said in summary.figures])
    lines += _under(summary.labels["rows"], summary.row_lines)
    lines += _under(summary.labels["alarms"], summary.alarms)
    lines += _under(summary.labels["findings"], [f"{kind}: {note}" for kind, note in summary.findings])
    return [line for line in lines if line]


def _under(title: str, lines: Sequence[str]) -> list[str]:
    """Put lines under a title, the first of many."""
    shown = [f"- {line}" for line in lines[:MOST_LINES]]
    rest = [f"- … (+{len(lines) - MOST_LINES})"] if len(lines) > MOST_LINES else []
    return [f"{title}:", *shown, *rest] if lines else []
