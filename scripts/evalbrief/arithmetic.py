"""Reckon with exact numbers as readers do: halves are rounded up, and what is missing stays missing."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """Add what is given; None when nothing is."""
    given = [value for value in values if value is not None]
    return sum(given, Decimal(0)) if given else None


def share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Give `part` in per cent of `whole`, to a tenth; None when either is missing or the whole is nothing."""
    return tenth(100 * part / whole) if part is not None and whole else None


def attains(actual: Decimal, target: Decimal, baseline: Decimal | None) -> bool:
    """Say whether a value reaches its target; where the target lies below the baseline, less is better."""
    return actual <= target if baseline is not None and target < baseline else actual >= target


def tenth(value: Decimal) -> Decimal:
    """Round to a tenth, halves up, as readers do."""
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)
