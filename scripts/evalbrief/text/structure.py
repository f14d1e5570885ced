"""Judge text sections by what pandoc reads in them: whatever nesting hides from a look at the lines shows here."""

import json
import re
from collections.abc import Collection, Iterator

from evalbrief.data.problem import Problem
from evalbrief.pandoc import convert
from evalbrief.text.markdown import MARKDOWN
from evalbrief.text.sections import Section
from evalbrief.tree import Element, attributes, classes, elements, identifier, stringify

# What a section may hold; the names without a content are the kinds of lists.
ALLOWED = {
    *("Para", "Plain", "BulletList", "OrderedList", "BlockQuote"),
    *("Str", "Space", "SoftBreak", "LineBreak", "Emph", "Strong", "Superscript", "Note", "Link", "Span"),
    *("DefaultStyle", "Decimal", "LowerRoman", "UpperRoman", "LowerAlpha", "UpperAlpha", "Example"),
    *("DefaultDelim", "Period", "OneParen", "TwoParens"),
}
NAMES = {
    "Header": "a heading",
    "Image": "a picture",
    "Figure": "a picture",
    "Div": "a block marked with :::",
    "Code": "code",
    "CodeBlock": "a code block",
    "DefinitionList": "a definition",
    "HorizontalRule": "a rule",
}
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
# Stands between two sections; the fonts lack the sign, so no text that passes the check holds it.
SEPARATOR = "\u241e"


def structure_problems(sections: Collection[Section]) -> list[Problem]:
    """Find what no section may hold; the sections' values must have been replaced by plain words."""
    if not sections:
        return []
    files = [section.file for section in sections]
    text = "".join(f"\n\n{SEPARATOR}{index}\n\n{section.text}" for index, section in enumerate(sections))
    tree = json.loads(convert(text, MARKDOWN, "json", "--sandbox"))
    file, problems = "", []
    for block in tree["blocks"]:
        words = stringify(block)
        if words.startswith(SEPARATOR):
            file = files[int(words[1:])]
            continue
        problems += [Problem(file, "", *fault) for element in elements(block) for fault in _faults(element)]
    return problems


def _faults(element: Element) -> Iterator[tuple[str, str]]:
    kind, quoted = element["t"], _short(stringify(element))
    if kind not in ALLOWED:
        yield f'"{quoted}" is {NAMES.get(kind, kind)}.', "Write a plain paragraph or list."
    elif kind == "Link" and not re.match("https?://", element["c"][2][0]):
        yield f'"{quoted}" is a link that leads to no web page.', "Link to an https address, or leave the link out."
    elif kind in {"Link", "Span"} and not _plain(element):
        yield f'"{quoted}" has an attribute that is not allowed.', "Only a language can be given: [text]{lang=en}."


def _plain(element: Element) -> bool:
    """Say whether an element carries nothing but its language; pandoc itself marks a bare address."""
    given = attributes(element)
    language = given.pop("lang", "en")
    return not (identifier(element) or set(classes(element)) - {"uri"} or given) and bool(LANGUAGE.fullmatch(language))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
