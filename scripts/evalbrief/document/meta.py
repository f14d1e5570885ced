"""What the tree of a brief says about itself, as every writer reads it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from evalbrief.tree import Element, stringify

# PDF/A asks for a date, and the clock would change the bytes.
NO_DATE = "1980-01-01"


@dataclass(frozen=True)
class Meta:
    """The meta values of a tree as plain text, lists and dictionaries.

    `date` is that of the brief, or a sign that it has none, for formats that demand one; the values tell which.
    """

    values: dict[str, Any]
    date: date

    @property
    def language(self) -> str:
        """Give the language with its region, as in fr-FR."""
        return self.values["lang"]

    @property
    def words(self) -> dict[str, str]:
        """Give the single texts and the labels by name."""
        return self.values["labels"] | {name: text for name, text in self.values.items() if isinstance(text, str)}


def read_meta(tree: Element) -> Meta:
    """Read the meta values of a tree; a date without day or month counts as the first one."""
    values = {"notice": "", "draft": "", "keywords": []} | {name: _plain(value) for name, value in tree["meta"].items()}
    year, month, day = (*(values["date"] or NO_DATE).split("-"), "1", "1")[:3]
    return Meta(values, date(int(year), int(month), int(day)))


def _plain(value: Element) -> Any:
    kind, content = value["t"], value["c"]
    if kind == "MetaMap":
        return {name: _plain(item) for name, item in content.items()}
    if kind == "MetaList":
        return [_plain(item) for item in content]
    return stringify(content) if kind == "MetaInlines" else content
