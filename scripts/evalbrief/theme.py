"""The office whose briefs are made: its theme file, checked before anything runs, and its words in one language.

The rules read this file: no more imports than they need.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from evalbrief.colour import contrast
from evalbrief.data.source import line_of, read_yaml
from evalbrief.trouble import Trouble

WORDS = ("organisation", "unit_mark", "unit", "series", "author", "disclaimer")
REQUIRED_WORDS = ("organisation", "unit", "series", "author")
COLOURS = (
    "blue",
    "dark_blue",
    "red",
    "dark_red",
    "yellow",
    "green",
    "turquoise",
    "purple",
    "light_blue",
    "grey",
    "accessible_grey",
    "black",
)
PARTS = {
    "fonts": ("display", "text"),
    "colours": COLOURS,
    "limits": ("pages", "recommendations"),
}
ENTRIES = (*WORDS, "words", "logo", "font_folder", *PARTS, "criteria")
WHITE = "#FFFFFF"
# What is printed in which colour on which: text needs this contrast (WCAG 2, AA).
LEAST_CONTRAST = 4.5
PRINTED = [
    *((ink, WHITE) for ink in ("blue", "dark_blue", "dark_red", "accessible_grey", "black", "purple")),
    *((WHITE, ground) for ground in ("blue", "dark_blue")),
    *((ink, "light_blue") for ink in ("blue", "accessible_grey", "black")),
    *(("dark_blue", ground) for ground in ("green", "turquoise", "yellow")),
    ("yellow", "blue"),
]
# A language the theme has no words in takes these, or else the first there are.
SPARE_LANGUAGE = "en"
LOGOS = (".svg", ".png")


class ThemeError(Trouble):
    """A theme that cannot be used; the message names every fault with its line."""


def read_theme(path: str | Path) -> dict:
    """Read a theme as plain dictionaries, lists and strings; raise ThemeError with everything wrong in it."""
    file = Path(path).as_posix()
    content, problems = read_yaml(Path(path), file)
    faults = [problem.message for problem in problems]
    if not faults:
        faults = [f"{_place(file, content, entry)}: {fault}" for entry, fault in _faults(content)]
    if faults:
        raise ThemeError("\n".join(faults))
    return dict.fromkeys(ENTRIES) | _plain(content)


def in_language(theme: Mapping, language: str) -> dict:
    """Give a theme's entries with its words in one language; an empty word is an empty text."""
    return {**theme, **{name: word(theme, name, language)[0] for name in WORDS}}


def word(theme: Mapping, name: str, language: str) -> tuple[str, str]:
    """Give a word of the theme and the language it is in, which is empty for a word of all languages."""
    words = theme.get(name) or ""
    if isinstance(words, str):
        return words, ""
    found = next(code for code in (language, SPARE_LANGUAGE, *words) if code in words)
    return words[found], found


def as_office_says(labels: Mapping, theme: Mapping) -> dict:
    """Give a label file in the office's words, its vocabulary with the office's criteria in the office's order."""
    labels = _merged(labels, (theme.get("words") or {}).get(labels["language"], {}))
    known, language = labels["vocabulary"]["criterion"], labels["language"]
    names = {}
    for entry in theme["criteria"]:
        if isinstance(entry, str):
            names[entry] = known.get(entry, "")
        else:
            own = {code: name for code, name in entry.items() if code != "key"}
            names[entry["key"]] = word({"name": own}, "name", language)[0]
    return {**labels, "vocabulary": {**labels["vocabulary"], "criterion": names}}


def _merged(labels: Mapping, words: Mapping) -> dict:
    """Put some entries of a label file in the place of its own, however deep they stand."""
    return {
        name: _merged(entry, words[name])
        if isinstance(entry, Mapping) and isinstance(words.get(name), Mapping)
        else words.get(name, entry)
        for name, entry in labels.items()
    }


def _faults(content: Mapping) -> list[tuple[Sequence, str]]:
    faults: list[tuple[Sequence, str]] = [
        ((name,), f'"{name}" is not known. Allowed: {", ".join(ENTRIES)}.') for name in content if name not in ENTRIES
    ]
    for name in WORDS:
        faults += [((name,), fault) for fault in _word_faults(name, content.get(name))]
    for part, entries in PARTS.items():
        given = content.get(part)
        if not isinstance(given, Mapping):
            faults.append(((part,), f'"{part}" is missing. It has the entries {", ".join(entries)}.'))
            continue
        faults += [((part, name), f'"{name}" is not known here.') for name in given if name not in entries]
        faults += [
            ((part, name), f"{part}: {name} {fault}")
            for name in entries
            if (fault := ENTRY_CHECKS[part](name, given.get(name)))
        ]
    logo, folder = content.get("logo"), content.get("font_folder")
    if folder and not Path(str(folder)).is_dir():
        faults.append((("font_folder",), f'there is no folder "{folder}".'))
    if logo and not (isinstance(logo, str) and Path(logo).suffix.lower() in LOGOS and Path(logo).is_file()):
        faults.append((("logo",), f'"{logo}" is not there. Name an SVG or PNG file, or leave it empty.'))
    faults += _criteria_faults(content.get("criteria"))
    return faults or _contrast_faults(content["colours"])


def _contrast_faults(colours: Mapping) -> list[tuple[Sequence, str]]:
    """Find text that a reader with weak sight could not read."""
    faults: list[tuple[Sequence, str]] = []
    for ink, ground in PRINTED:
        ratio = contrast(colours.get(ink, ink), colours.get(ground, ground))
        if ratio < LEAST_CONTRAST:
            name, other = (ground, "white") if ink == WHITE else (ink, "white" if ground == WHITE else ground)
            fault = f"{name} has a contrast of {ratio:.1f} with {other}; text needs {LEAST_CONTRAST}."
            faults.append((("colours", name), fault))
    return faults


def _word_faults(name: str, words: object) -> list[str]:
    if not words:
        return [f'"{name}" is missing.'] if name in REQUIRED_WORDS else []
    if isinstance(words, Mapping):
        empty = [code for code, text in words.items() if not (isinstance(text, str) and text)]
        return [f'"{name}" has no text in {code}.' for code in empty]
    if isinstance(words, str):
        return []
    return [f'"{name}" must be a text, or a text for each language.']


def _font_fault(_: str, value: object) -> str:
    return "" if isinstance(value, str) and value else "is missing. Name a family of fonts, such as Noto Sans."


def _colour_fault(_: str, value: object) -> str:
    good = isinstance(value, str) and re.fullmatch("#[0-9A-Fa-f]{6}", value)
    return "" if good else f'is "{value}". Write it as "#1E2DBE", in quotation marks.'


def _limit_fault(_: str, value: object) -> str:
    good = isinstance(value, int) and not isinstance(value, bool) and value >= 1
    return "" if good else f'is "{value}". It must be a whole number, 1 or more.'


def _criteria_faults(criteria: object) -> list[tuple[Sequence, str]]:
    if not isinstance(criteria, list) or not criteria:
        return [(("criteria",), '"criteria" must be a list of keys.')]
    faults = []
    keys = [entry.get("key") if isinstance(entry, Mapping) else entry for entry in criteria]
    for index, entry in enumerate(criteria):
        if keys[index] in keys[:index]:
            faults.append((("criteria", index), f'"{keys[index]}" is named a second time.'))
        own = isinstance(entry, Mapping) and len(entry) > 1 and all(isinstance(part, str) for part in entry.values())
        if not isinstance(entry, str) and not (own and "key" in entry):
            faults.append((("criteria", index), "write a key, or {key: ..., en: ...} with the name in each language."))
    return faults


def _place(file: str, content: object, steps: Sequence) -> str:
    line = line_of(content, steps)
    return f"{file}, line {line}" if line else file


def _plain(node: object) -> dict:
    """Turn what ruamel read into plain dictionaries and lists, as parameters of Snakemake have to be."""
    if isinstance(node, Mapping):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(item) for item in node]  # type: ignore[return-value]
    return str(node) if isinstance(node, str) else node  # type: ignore[return-value]


ENTRY_CHECKS = {"fonts": _font_fault, "colours": _colour_fault, "limits": _limit_fault}
