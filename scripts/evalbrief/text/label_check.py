"""Find what is wrong in a label file, measured by another one: nothing may be missing, and no placeholder."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

from evalbrief.data.problem import Problem
from evalbrief.data.source import line_of, read_yaml

# What each language has in its own way.
OWN = ("ordinals", "millions", "spelled", "typography", "countries")
# The one form that every plural and every ordinal has.
OTHER = "other"


def label_problems(path: Path, model: Path) -> list[Problem]:
    """Compare a label file with the file `model`, which is right, and find everything that it lacks."""
    file = path.as_posix()
    content, problems = read_yaml(path, file)
    if problems:
        return problems
    shape, _ = read_yaml(model, model.as_posix())

    def problem(place: tuple, found: str, hint: str) -> Problem:
        line = line_of(content, place)
        return Problem(file, f"line {line}" if line else "", found, hint)

    found = [problem(place, *fault) for place, *fault in _lacks(shape, content, ())]
    if content.get("language") != path.stem:
        found.append(problem(("language",), f'language is "{content.get("language")}".', f"Write {path.stem}."))
    if not re.fullmatch("[A-Z]{2}", str(content.get("region"))):
        found.append(problem(("region",), f'region is "{content.get("region")}".', "Write two letters, such as FR."))
    for name in ("ordinals", "millions"):
        if OTHER not in (content.get(name) or {}):
            found.append(problem((name,), f'{name} has no "{OTHER}".', "Add it: every language has this form."))
    return found


def _lacks(shape: Mapping, content: object, place: tuple) -> Iterator[tuple[tuple, str, str]]:
    for name, entry in shape.items():
        here = (*place, name)
        shown = ", ".join(map(str, here))
        if not isinstance(content, Mapping) or name not in content or content[name] is None:
            yield place, f'the entry "{shown}" is missing.', "Add it with its words."
        elif len(here) == 1 and name in OWN:
            continue
        elif isinstance(entry, Mapping) and OTHER in entry:
            yield from _sentence_faults(entry[OTHER], _other_form(content[name]), here, shown)
        elif isinstance(entry, Mapping):
            yield from _lacks(entry, content[name], here)
        elif isinstance(entry, str):
            yield from _sentence_faults(entry, content[name], here, shown)


def _other_form(entry: object) -> object:
    return entry.get(OTHER) if isinstance(entry, Mapping) else entry


def _sentence_faults(wanted: str, given: object, place: tuple, shown: str) -> Iterator[tuple[tuple, str, str]]:
    if not isinstance(given, str) or not given:
        yield place, f'"{shown}" is no text.', "Write its words."
        return
    missing = _placeholders(wanted) - _placeholders(given)
    unknown = _placeholders(given) - _placeholders(wanted)
    if missing or unknown:
        allowed = ", ".join(f"{{{name}}}" for name in sorted(_placeholders(wanted))) or "none"
        yield place, f'"{shown}" does not have the same signs in braces.', f"They are: {allowed}."


def _placeholders(sentence: str) -> set[str]:
    if not re.search("[{}]", sentence):
        return set()
    try:
        return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
    except ValueError:
        return {"{"}
