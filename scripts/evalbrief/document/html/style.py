"""Write what the style sheet of a page leaves open: the office's colours and fonts."""

from typing import Any

from evalbrief.document.html.colours import page_colours
from evalbrief.document.html.fonts import font_faces, font_stack

SCHEMES = {"light": "{}", "dark": "@media screen and (prefers-color-scheme: dark) {{\n{}\n}}"}


def page_style(sheet: str, theme: dict[str, Any], fonts: list[str], text: str) -> str:
    """Put fonts, reduced to the characters of `text`, and colours in front of a style sheet."""
    families = theme["fonts"]
    stacks = {
        "display": font_stack(families["display"], families["text"]),
        "text": font_stack(families["text"]),
    }
    colours = page_colours(theme["colours"])
    parts = [SCHEMES[scheme].format(_properties(colours[scheme])) for scheme in SCHEMES]
    faces = font_faces(fonts, families, text)
    return "\n".join(["", faces, _properties(stacks), *parts, sheet])


def _properties(values: dict[str, str]) -> str:
    """Write values as custom properties of the page."""
    return ":root { " + " ".join(f"--{name}: {value};" for name, value in values.items()) + " }"
