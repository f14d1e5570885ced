"""Write plain text as Markdown that reads back as exactly that text."""

import re

# Plain Markdown with the few additions the brief uses; nothing that reads files, runs code or passes through raw.
MARKDOWN = "markdown_strict-raw_html" + "".join(
    f"+{extension}"
    for extension in (
        "all_symbols_escapable",
        "blank_before_header",
        "bracketed_spans",
        "definition_lists",
        "fancy_lists",
        "fenced_divs",
        "footnotes",
        "header_attributes",
        "implicit_figures",
        "intraword_underscores",
        "inline_notes",
        "link_attributes",
        "space_in_atx_header",
        "startnum",
        "superscript",
    )
)
# What means something anywhere in a line of it.
MARKS = re.compile(r"[\\`*_{}\[\]<>|~^#!&$@]")
# What means something at the head of a line only: a list, a definition, a rule, an underline.
HEAD = re.compile(r"[-+=:%]+|\(?\w+[.)]")
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
# What means something in a quoted attribute.
QUOTED = re.compile(r'["\\&]')
# Not \s: it would eat no-break spaces.
BREAKS = re.compile(r"[ \t\r\n]+")


class Markdown(str):
    """Text that is Markdown already and must not be escaped again."""

    __slots__ = ()


def escape(text: str) -> Markdown:
    """Escape plain text for a paragraph, wherever in a line it comes to stand."""
    text = BREAKS.sub(" ", text)
    head = HEAD.match(text.lstrip(" "))
    if head is None:
        return Markdown(_backslash(MARKS, text))
    start = len(text) - len(text.lstrip(" ")) + head.end()
    return Markdown(_backslash(PUNCTUATION, text[:start]) + _backslash(MARKS, text[start:]))


def _backslash(marks: re.Pattern, text: str) -> str:
    return marks.sub(lambda mark: "\\" + mark[0], text)


def span(text: Markdown, css_class: str, key: str) -> Markdown:
    """Mark a piece of text as a value or a gap that stands for `key`."""
    return Markdown(f'[{text}]{{.{css_class} key="{key}"}}')


def attribute(text: str) -> str:
    """Write a text as the value of an attribute, quoted."""
    return '"' + _backslash(QUOTED, BREAKS.sub(" ", text)) + '"'
