"""Corrected quick facts: from what a reviewer typed back to evaluation.yaml."""

import io
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from ruamel.yaml import YAML

from evalbrief.document.docx.facts import facts_in
from evalbrief.document.docx.package import DOCUMENT, Parts, from_outside
from evalbrief.folder import FACTS
from evalbrief.review.docx.revisions import accept
from evalbrief.review.incoming.proposals import APPLIES, REFUSED, Proposal, ReadBack
from evalbrief.review.incoming.returned import plain
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
            why = f"It says something else by now, or cannot be read back for sure: correct {name}, {key}."
            result.proposals.append(Proposal(REFUSED, name, key, old, new, reason=why))
        else:
            content = result.files[name] = changed_content
            result.proposals.append(Proposal(APPLIES, name, key, old, new))


def with_fact(content: str, key: str, old: str, new: str, labels: Mapping[str, Any]) -> str | None:
    """Return evaluation.yaml with a fact as it was typed; none when it cannot be read back without a doubt.

    `content` is the file as it is now, `labels` the label file of the language that the fact was printed in.
    """
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    data = yaml.load(content)
    value = _typed(data.get(key), key, plain(old).strip(), plain(new).strip(), labels)
    if value is None:
        return None
    if isinstance(data.get(key), dict):
        data[key][labels["language"]] = value
    else:
        data[key] = value
    written = io.StringIO()
    yaml.dump(data, written)
    return written.getvalue()


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
        return new.split(SEPARATOR) if all(new.split(SEPARATOR)) else None
    return new if isinstance(known, str) else None


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
