"""Corrected quick facts: from what a reviewer typed back to evaluation.yaml."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ruamel.yaml import YAML

from evalbrief.document.docx.facts import facts_in
from evalbrief.document.docx.package import DOCUMENT, Parts, W, from_outside
from evalbrief.folder import FACTS
from evalbrief.review.docx.revisions import accept
from evalbrief.review.incoming.proposals import APPLIES, REFUSED, Proposal, ReadBack
from evalbrief.review.incoming.returned import plain
from evalbrief.review.incoming.yaml_spans import with_value
from evalbrief.text import locale as writing
from evalbrief.text.labels import locale_of

FACT_STYLE = "QuickFactValue"
# Facts that are single words of a list, by the list's name in the label file.
CHOICES = ("type", "timing", "nature")
DATES = ("date_completed", "date_approved")
SEPARATOR = ", "


def changed_facts(sent: Parts, returned: Parts) -> tuple[dict[str, tuple[str, str]], bool]:
    """Return what the quick facts said and what they say now, by key, where that differs; and whether all are there."""
    before, after = (_read(parts) for parts in (sent, returned))
    changed = {
        key: (said, after[key])
        for key, said in before.items()
        if key in after and plain(said).split() != plain(after[key]).split()
    }
    return changed, before.keys() <= after.keys()


def _read(parts: Parts) -> dict[str, str]:
    """Read the quick facts with all changes accepted."""
    root = from_outside(parts[DOCUMENT])
    accept(root)
    for control in list(root.iter(f"{W}sdt")):
        if control.find(f"{W}sdtContent") is None:
            control.getparent().remove(control)
    return facts_in(root)


def facts_back(
    changed: Mapping[str, tuple[str, str]], files: Mapping[str, str], labels: Mapping[str, Any], result: ReadBack
) -> None:
    """Put changed quick facts into evaluation.yaml, which is among `files`, or refuse them; add them to the result."""
    name = f"data/{FACTS}"
    content = files.get(name, "")
    for key, (old, new) in changed.items():
        changed_content = with_fact(content, key, old, new, labels)
        if changed_content is None:
            why = "It says something else by now, or cannot be read back for sure: correct it in the file."
            result.proposals.append(Proposal(REFUSED, name, key, old, new, reason=why))
        else:
            content = result.files[name] = changed_content
            result.proposals.append(Proposal(APPLIES, name, key, old, new))


def with_fact(content: str, key: str, old: str, new: str, labels: Mapping[str, Any]) -> str | None:
    """Return evaluation.yaml with a fact as it was typed; none when it cannot be read back without a doubt.

    `content` is the file as it is now, `labels` the label file of the language that the fact was printed in.
    """
    known = YAML().load(content).get(key)
    value = _typed(known, key, plain(old).strip(), plain(new).strip(), labels)
    if value is None:
        return None
    return with_value(content, [key, labels["language"]] if isinstance(known, dict) else [key], value)


def _typed(known: Any, key: str, old: str, new: str, labels: Mapping[str, Any]) -> Any:
    """Return what is to be written for a fact; none when it says something else by now, or cannot be read."""
    if isinstance(known, dict):
        known = known.get(labels["language"])
    if not new or _printed(known, key, labels) != old:
        return None
    if key in CHOICES:
        return next((name for name, word in labels["vocabulary"][key].items() if plain(word) == new), None)
    if key in DATES:
        return _date(new, labels)
    if isinstance(known, list):
        return _items(known, new)
    return new if isinstance(known, str) else None


def _items(known: Sequence[str], new: str) -> list[str] | None:
    """Read a list: some of its items went, or some are others; a comma may be part of one, as in "A. Name, PhD"."""
    items, before = new.split(SEPARATOR), list(map(plain, known))
    if len(items) < len(before):
        left = [item for item in known if plain(item) in items]
        return left if list(map(plain, left)) == items else None
    changed = [(old, item) for old, item in zip(before, items, strict=False) if old != item]
    if len(items) > len(before) or any(len(item.split()) < min(len(old.split()), 2) for old, item in changed):
        return None
    return [old if plain(old) == item else item for old, item in zip(known, items, strict=True)]


def _printed(known: Any, key: str, labels: Mapping[str, Any]) -> str | None:
    """Write a fact as the brief prints it; none for what this module does not know to write."""
    if known is None:
        return None
    if key in CHOICES:
        return plain(labels["vocabulary"][key].get(known, ""))
    if key in DATES:
        return plain(writing.day(str(known), locale_of(labels)))
    if isinstance(known, list):
        return SEPARATOR.join(map(plain, known)) if all(isinstance(item, str) for item in known) else None
    return plain(known) if isinstance(known, str) else None


def _date(new: str, labels: Mapping[str, Any]) -> str | None:
    """Read a date as the brief writes it: the one of the twelve months in which it is written so."""
    day, year = re.search(r"\b\d{1,2}", new), re.search(r"\b\d{4}\b", new)
    if not (day and year):
        return None
    for month in range(1, 13):
        try:
            found = date(int(year[0]), month, int(day[0])).isoformat()
        except ValueError:
            continue
        if plain(writing.day(found, locale_of(labels))) == new:
            return found
    return None
