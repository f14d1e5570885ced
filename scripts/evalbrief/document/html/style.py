"""Write what the style sheet of a page leaves open: the office's colours and fonts, the words of printed margins."""

import re
from typing import Any

from evalbrief.document.html.colours import page_colours
from evalbrief.document.html.fonts import font_stack

# What would end a string of CSS or the style element round it, or read as a rule that loads something.
UNSAFE = re.compile(r'["\\<>(@\x00-\x1f]')
SCHEMES = {"light": "{}", "dark": "@media screen and (prefers-color-scheme: dark) {{\n{}\n}}"}


def page_style(sheet: str, theme: dict[str, Any], faces: str) -> str:
    """Put the rules of the fonts' faces, the fonts' names and colours in front of a style sheet."""
    families = theme["fonts"]
    stacks = {
        "display": font_stack(families["display"], families["text"]),
        "text": font_stack(families["text"]),
    }
    colours = page_colours(theme["colours"])
    parts = [SCHEMES[scheme].format(_properties(colours[scheme])) for scheme in SCHEMES]
    return "\n".join(["", faces, _properties(stacks), *parts, sheet])


def margin_words(words: dict[str, str]) -> str:
    """Hold the words that printed pages repeat in their margins."""
    marks = [words[name] for name in ("draft", "notice") if words[name]]
    texts = {"marks": " · ".join(marks), "running": f"{words['series']} — {words['title']}"}
    return held_words(texts)


def held_words(texts: dict[str, str]) -> str:
    """Hold words by name, for the style sheet to show or to have said."""
    return _properties({name: _string(text) for name, text in texts.items()})


def _string(text: str) -> str:
    """Write a text as a string of CSS."""
    return '"' + UNSAFE.sub(lambda found: f"\\{ord(found[0]):x} ", text) + '"'


def _properties(values: dict[str, str]) -> str:
    """Write values as custom properties of the page."""
    return ":root { " + " ".join(f"--{name}: {value};" for name, value in values.items()) + " }"
