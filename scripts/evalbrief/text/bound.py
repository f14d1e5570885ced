"""Values as templates meet them: each prints in the brief's language and keeps the name of where it comes from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from babel import Locale
from num2words import num2words

from evalbrief.text import locale as writing
from evalbrief.text.labels import locale_of
from evalbrief.text.markdown import Markdown, escape, span

# How a filter names the gender of the noun that a number in words stands before.
GENDERS = {"m": "masculine", "f": "feminine"}


@dataclass(frozen=True)
class Bound:
    """One value of the context, by its path."""

    path: str
    value: str | None
    kind: str
    unit: str = ""


@dataclass(frozen=True)
class Language:
    """What it takes to write values in one language: its label file."""

    labels: Mapping

    @property
    def locale(self) -> str:
        """Give the locale that its numbers and dates are written in."""
        return locale_of(self.labels)

    def show(self, bound: Bound) -> Markdown:
        """Write a value the way its kind is usually written."""
        writers = {
            "integer": self.n,
            "number": self.n,
            "percent": self.percent,
            "money": self.money,
            "date": self.date,
            "label": self.label,
            "country": self.country,
        }
        return writers.get(bound.kind, self.text)(bound)

    def filters(self) -> dict:
        """List the filters of the templates by name."""
        names = ("n", "percent", "money", "millions", "date", "year", "label", "country", "text", "words", "ordinal")
        return {name: getattr(self, name) for name in names}

    def gap(self, path: str) -> Markdown:
        """Write what stands where a value is missing."""
        return span(escape(self.labels["gap"]), "gap", path)

    def n(self, bound: Bound, decimals: int | None = None) -> Markdown:
        """Write a number: 39, 2 400, 16,6."""
        return self._mark(bound, lambda value: writing.number(Decimal(value), self.locale, decimals))

    def percent(self, bound: Bound, decimals: int = 0) -> Markdown:
        """Write a value that is in per cent."""
        return self._mark(bound, lambda value: writing.percent(Decimal(value), self.locale, decimals))

    def money(self, bound: Bound, currency: str = "", decimals: int = 0) -> Markdown:
        """Write an amount with its currency, its own unless another is named."""
        unit = currency or bound.unit
        return self._mark(bound, lambda value: writing.money(Decimal(value), unit, self.locale, decimals))

    def millions(self, bound: Bound, decimals: int = 1) -> Markdown:
        """Write a number in millions, the word included and `decimals` at most: 2,4 millions, 3 millions."""
        return self._mark(bound, lambda value: self._in_millions(Decimal(value) / 1_000_000, decimals))

    def date(self, bound: Bound) -> Markdown:
        """Write a day, month or year as the sentence needs it."""
        return self._mark(bound, lambda value: writing.day(value, self.locale))

    def year(self, bound: Bound) -> Markdown:
        """Write the year of a date."""
        return self._mark(bound, lambda value: value[:4])

    def label(self, bound: Bound) -> Markdown:
        """Write the word of the vocabulary for a key, or for several separated by semicolons."""
        words = self.labels["vocabulary"][bound.unit]
        return self._mark(bound, lambda value: ", ".join(words.get(key, key) for key in value.split(";")))

    def country(self, bound: Bound) -> Markdown:
        """Write the name of a country."""
        return self._mark(bound, lambda value: writing.country(value, self.locale, self.labels.get("countries", {})))

    def text(self, bound: Bound) -> Markdown:
        """Write a text as it is."""
        return self._mark(bound, lambda value: value)

    def words(self, bound: Bound, gender: str = "m") -> Markdown:
        """Spell a whole number out; `gender` "f" agrees with a feminine noun."""
        return self._mark(bound, lambda value: self._spelled(value, gender))

    def ordinal(self, bound: Bound) -> Markdown:
        """Write a rank: 5ᵉ, 1st."""
        if bound.value is None:
            return self.gap(bound.path)
        form = Locale.parse(self.locale).ordinal_form(int(bound.value))
        forms = self.labels["ordinals"]
        return span(Markdown(forms.get(form, forms["other"]).format(bound.value)), "value", bound.path)

    def _mark(self, bound: Bound, write: Callable[[str], str]) -> Markdown:
        if bound.value is None:
            return self.gap(bound.path)
        return span(escape(write(bound.value)), "value", bound.path)

    def _in_millions(self, number: Decimal, decimals: int) -> str:
        shown = writing.rounded(number, decimals)
        words = self.labels["millions"]
        # CLDR counts visible decimals: 1.0 is another plural than 1, and what is written is 1.
        written = Decimal(format(shown.normalize(), "f"))
        word = words.get(Locale.parse(self.locale).plural_form(written), words["other"])
        return writing.number(shown, self.locale) + writing.NO_BREAK_SPACE + word

    def _spelled(self, value: str, gender: str) -> str:
        spelled = num2words(int(value), lang=self.locale)
        for ending, becomes in self.labels["spelled"][GENDERS[gender]].items():
            if spelled.endswith(ending):
                return spelled.removesuffix(ending) + becomes
        return spelled


class Values:
    """A branch of the context's values: `values.interviews.people` walks to one of them."""

    def __init__(self, branch: Mapping) -> None:
        self._branch = branch

    def __getattr__(self, name: str) -> "Values | Bound":
        try:
            return self._branch[name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, index: int | str) -> "Values | Bound":
        return self._branch[str(index)]

    def __len__(self) -> int:
        return len(self._branch)

    def __iter__(self) -> Iterator["Values | Bound"]:
        return iter(self._branch.values())


def branches(values: Mapping[str, dict]) -> dict[str, Values | Bound]:
    """Arrange values by path into branches, by the first part of their path."""
    tree: dict = {}
    for path, content in values.items():
        *steps, last = path.replace("[", ".").replace("]", "").split(".")
        node = tree
        for step in steps:
            node = node.setdefault(step, {})
        node[last] = Bound(path, content["value"], content["kind"], content["unit"])
    return {name: _branch(node) for name, node in tree.items()}


def _branch(node: Mapping | Bound) -> Values | Bound:
    if isinstance(node, Bound):
        return node
    return Values({name: _branch(inner) for name, inner in node.items()})
