"""Write numbers, money, dates and names the way a locale of Unicode CLDR such as en_GB does (through Babel).

Every figure, table and sentence formats through these functions, so a value looks the same wherever it appears.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

NO_BREAK_SPACE = "\u00a0"
NARROW_NO_BREAK_SPACE = "\u202f"
# Where the first day of a month is an ordinal, and CLDR does not say so.
FIRST_OF_MONTH = {"fr": "1er"}
# Where four digits stay together, by CLDR's minimum grouping digits, which Babel does not carry.
FOUR_TOGETHER = ("es", "pt_PT", "pl")
# The last joint of a list where it changes before a sound: CLDR's rule, which Babel does not carry.
CHANGED_JOINTS = {"es": (" y ", " e ", re.compile(r"(?:[ií]|h[ií](?![ae]))", re.IGNORECASE))}


def number(value: int | float | Decimal, locale: str, decimals: int | None = None) -> str:
    """Write a number; `decimals` fixes the digits after the separator, else as many as the value has (at most 3).

    Halves are rounded up, as readers do it: 12.5 becomes 13.
    """
    places = 3 if decimals is None else decimals
    together = locale.startswith(FOUR_TOGETHER) and abs(value) < 10_000
    pattern = ("0" if together else "#,##0") + ("." + ("#" if decimals is None else "0") * places if places else "")
    return format_decimal(rounded(value, places), format=pattern, locale=locale)


def rounded(value: int | float | Decimal, decimals: int) -> Decimal:
    """Round as readers do it, halves away from nought."""
    return _exact(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def percent(value: int | float | Decimal, locale: str, decimals: int = 0) -> str:
    """Write a value that already is in per cent (12.5 means 12.5 %)."""
    pattern = Locale.parse(locale).percent_formats[None].pattern
    sign = pattern.replace("#,##0", "").replace("#", "").replace("0", "")
    return number(value, locale, decimals) + sign


def money(value: int | float | Decimal, currency: str, locale: str, decimals: int = 0) -> str:
    """Write an amount with its ISO 4217 code before it, as the office's forms do: EUR 2 400 000."""
    return currency + NO_BREAK_SPACE + number(value, locale, decimals)


def day(value: str, locale: str) -> str:
    """Write an ISO date of any precision: 2023-10-31 in full, 2023-10 as month and year, 2023 as the year.

    Day and month do not part.
    """
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return value
    moment = date(*parts, *([1] * (3 - len(parts))))
    if len(parts) == 2:
        return format_skeleton("yMMMM", moment, locale=locale)
    written = format_date(moment, format="long", locale=locale)
    without_year = format_skeleton("MMMMd", moment, locale=locale)
    written = written.replace(without_year, without_year.replace(" ", NO_BREAK_SPACE))
    first = FIRST_OF_MONTH.get(locale[:2])
    return first + written[1:] if moment.day == 1 and first else written


def country(code: str, locale: str, names: Mapping[str, str]) -> str:
    """Name a country from its ISO 3166-1 alpha-2 code; `names` are the office's own and go before CLDR's.

    Raises KeyError for a code that neither knows.
    """
    return names.get(code) or Locale.parse(locale).territories[code]


def enumeration(items: list[str], locale: str) -> str:
    """Join items as a sentence does: a, b et c."""
    before, after, sound = CHANGED_JOINTS.get(locale[:2], ("", "", None))
    joined = format_list(items, locale=locale)
    if sound and len(items) > 1 and sound.match(items[-1]):
        start = joined.removesuffix(items[-1])
        return start.removesuffix(before) + after + items[-1]
    return joined


def _exact(value: int | float | Decimal) -> Decimal:
    """Turn a float into the decimal it was written as, so that 0.1 + 0.2 never shows."""
    return value if isinstance(value, Decimal) else Decimal(repr(value))
