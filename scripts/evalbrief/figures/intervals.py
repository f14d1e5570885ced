"""Periods and months as a timeline writes them: as Unicode CLDR does, with the signs that CLDR leaves out."""

import re
from datetime import date

from babel import Locale
from babel.dates import format_interval, format_skeleton

from evalbrief.tables.wording import Wording
from evalbrief.text.locale import FIRST_OF_MONTH

# Skeletons of CLDR, by the length of ISO dates.
SKELETONS = {7: "yMMMM", 10: "yMMMd"}
CLDR_DASH = "\u2009–\u2009"
# Where shortened months end in a point, and CLDR does not say so.
POINTED = ("es",)


def interval(start: str, end: str, wording: Wording) -> str:
    """Write a period between two ISO dates of any precision, what they share only once."""
    if len(start) == len(end) == 4:
        return years(int(start), int(end), wording)
    if len(start) != len(end):
        return wording.say("span", start=wording.day(start), end=wording.day(end))
    written = format_interval(first_day(start), first_day(end), SKELETONS[len(start)], locale=wording.locale)
    written = _pointed(written.replace(CLDR_DASH, wording.say("span", start="", end="")), wording.locale)
    first = FIRST_OF_MONTH.get(wording.locale[:2], "1")
    return re.sub(r"\b1\b", first, written)


def years(first: int, last: int, wording: Wording) -> str:
    """Write a year, or the first and the last of several."""
    return str(first) if first == last else wording.say("period", first=first, last=last)


def short_month(day: date, locale: str) -> str:
    """Shorten the name of a month."""
    return _pointed(format_skeleton("MMM", day, locale=locale), locale)


def first_day(text: str) -> date:
    """Give the first day of an ISO date of any precision."""
    parts = [int(part) for part in text.split("-")]
    return date(*parts, *([1] * (3 - len(parts))))


def _pointed(text: str, locale: str) -> str:
    if not locale.startswith(POINTED):
        return text
    names = "|".join(Locale.parse(locale).months["format"]["abbreviated"].values())
    return re.sub(rf"\b({names})\b(?!\.)", r"\1.", text)
