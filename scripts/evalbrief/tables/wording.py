"""The words a figure or table speaks with: its labels, the vocabularies, names of countries, numbers and dates."""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel import Locale

from evalbrief.text import locale as writing
from evalbrief.text.locale import NO_BREAK_SPACE


@dataclass(frozen=True)
class Wording:
    """Everything that changes with the language, for one figure or table.

    `labels` is its own section of the label file; a label that counts something holds one sentence per plural form
    of Unicode CLDR (`one`, `other`). `locale` is the one of CLDR that numbers and dates are written in, such as en_GB.
    """

    labels: dict
    vocabulary: dict
    countries: dict
    locale: str

    def say(self, label: str, /, **values: Any) -> str:
        """Fill in a label; `count` chooses its plural form and is written as a number."""
        sentence = self.labels[label]
        if isinstance(sentence, dict):
            form = Locale.parse(self.locale).plural_form(values["count"])
            sentence = sentence.get(form, sentence["other"])
            values["count"] = self.number(values["count"])
        return sentence.format(**values)

    def term(self, vocabulary: str, key: str) -> str:
        """Name an entry of a controlled vocabulary."""
        return self.vocabulary[vocabulary][key]

    def number(self, value: int | Decimal) -> str:
        """Write a number with as many decimals as it has."""
        return writing.number(value, self.locale)

    def quantity(self, cell: str, approximate: str) -> str:
        """Write the number in a cell of the model, on one line; one that is only approximate says so."""
        number = self.number(Decimal(cell))
        return self.say("approximately", number=number).replace(" ", NO_BREAK_SPACE) if approximate else number

    def percent(self, value: int | Decimal, decimals: int = 0) -> str:
        """Write a value that is in per cent."""
        return writing.percent(value, self.locale, decimals)

    def money(self, value: Decimal, currency: str) -> str:
        """Write an amount in whole units of its currency."""
        return writing.money(value, currency, self.locale)

    def day(self, date: str) -> str:
        """Write a date of any precision."""
        return writing.day(date, self.locale)

    def country(self, code: str) -> str:
        """Name a country."""
        return writing.country(code, self.locale, self.countries)

    def enumeration(self, items: list[str]) -> str:
        """Join items as a sentence does."""
        return writing.enumeration(items, self.locale)


def alphabetical(name: str) -> str:
    """Give the key that sorts names as a reader does: accents and case do not count."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
