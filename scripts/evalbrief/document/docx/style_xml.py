"""Write style declarations as the XML of Word's style sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evalbrief.document.docx.package import MAIN

TWIPS_PER_POINT = 20
HALF_POINTS_PER_POINT = 2
EIGHTHS_PER_POINT = 8
LINE_UNITS = 240
SIDES = ("top", "left", "bottom", "right", "insideH")


@dataclass(frozen=True)
class Edge:
    """A border line: its side, thickness and distance from the text in points, colour of the theme."""

    side: str
    width: float
    gap: int
    colour: str


@dataclass(frozen=True)
class Look:
    """What styles take from outside: the theme's colours and fonts, the width of the text in twentieths of a point.

    A font without a name is that of the surrounding text. `lists` names the numbering of a list style by its kind.
    """

    theme: dict[str, Any]
    width: int
    lists: dict[str, int]


@dataclass(frozen=True)
class Style:
    """A paragraph or character style; sizes and distances in points, colours and fonts by their name in the theme.

    A colour may be thinned with white: "yellow/15" is 15 per cent yellow. `far_tab` is a tab stop so far from the right
    margin; `numbering` is the kind of a list, "bullet" or "number".
    """

    name: str
    based_on: str = "Normal"
    follower: str = ""
    kind: str = "paragraph"
    font: str = ""
    size: float = 0
    bold: bool | None = None
    italic: bool | None = None
    raised: bool = False
    underlined: bool = False
    colour: str = ""
    fill: str = ""
    edges: tuple[Edge, ...] = ()
    before: float | None = None
    after: float | None = None
    line: float = 0
    left: float = 0
    right: float = 0
    align: str = ""
    far_tab: float | None = None
    numbering: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    snug: bool = False
    level: int = 0
    own: bool = False


def style_id(name: str) -> str:
    """Return the identifier of a style: that of "heading 1" is Heading1."""
    return "".join(word[:1].upper() + word[1:] for word in name.split(" "))


def colour(name: str, theme: dict[str, Any]) -> str:
    """Return a theme colour as six hexadecimal digits; "white" is known, "name/15" is thinned to 15 per cent."""
    if name == "white":
        return "FFFFFF"
    base, _, share = name.partition("/")
    digits = theme["colours"][base].lstrip("#").upper()
    if not share:
        return digits
    channels = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    return "".join(f"{round(255 - (255 - channel) * int(share) / 100):02X}" for channel in channels)


def style_xml(style: Style, look: Look) -> str:
    """Return the `w:style` element of one declaration."""
    custom = ' w:customStyle="1"' if style.own else ""
    default = ' w:default="1"' if style.name in ("Normal", "Default Paragraph Font") else ""
    parent = style.based_on if style.kind == "paragraph" else "Default Paragraph Font"
    based_on = "" if default else f'<w:basedOn w:val="{style_id(parent)}"/>'
    follower = f'<w:next w:val="{style_id(style.follower)}"/>' if style.follower else ""
    paragraph = f"<w:pPr>{_paragraph(style, look)}</w:pPr>" if style.kind == "paragraph" else ""
    names = f'w:styleId="{style_id(style.name)}"><w:name w:val="{style.name}"/>'
    return (
        f'<w:style w:type="{style.kind}"{default}{custom} {names}'
        f"{based_on}{follower}<w:qFormat/>{paragraph}<w:rPr>{_letters(style, look.theme)}</w:rPr></w:style>"
    )


def fonts_xml(family: str) -> str:
    """Return a font family for every script; nothing where the surrounding text's is meant."""
    scripts = "".join(f' w:{script}="{family}"' for script in ("ascii", "eastAsia", "hAnsi", "cs"))
    return f"<w:rFonts{scripts}/>" if family else ""


def borders(element: str, edges: Iterable[Edge], theme: dict[str, Any]) -> str:
    """Return the borders of a paragraph (`w:pBdr`) or of a table (`w:tblBorders`) in the order the schema wants."""
    lines = "".join(
        f'<w:{edge.side} w:val="single" w:sz="{round(edge.width * EIGHTHS_PER_POINT)}" w:space="{edge.gap}"'
        f' w:color="{colour(edge.colour, theme)}"/>'
        for edge in sorted(edges, key=lambda edge: SIDES.index(edge.side))
    )
    return f"<{element}>{lines}</{element}>" if lines else ""


def shading(fill: str, theme: dict[str, Any]) -> str:
    """Return a plain background."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour(fill, theme)}"/>' if fill else ""


def _paragraph(style: Style, look: Look) -> str:
    number = look.lists[style.numbering] if style.numbering else 0
    return "".join(
        [
            "<w:keepNext/>" if style.keep_next else "",
            "<w:keepLines/>" if style.keep_lines else "",
            f'<w:numPr><w:numId w:val="{number}"/></w:numPr>' if number else "",
            borders("w:pBdr", style.edges, look.theme),
            shading(style.fill, look.theme),
            _far_tab(style, look.width),
            _spacing(style),
            _indent(style),
            "<w:contextualSpacing/>" if style.snug else "",
            f'<w:jc w:val="{style.align}"/>' if style.align else "",
            f'<w:outlineLvl w:val="{style.level - 1}"/>' if style.level else "",
        ]
    )


def _far_tab(style: Style, width: int) -> str:
    if style.far_tab is None:
        return ""
    return f'<w:tabs><w:tab w:val="right" w:pos="{width - _twips(style.far_tab)}"/></w:tabs>'


def _spacing(style: Style) -> str:
    before = "" if style.before is None else f' w:before="{_twips(style.before)}"'
    after = "" if style.after is None else f' w:after="{_twips(style.after)}"'
    line = f' w:line="{round(style.line * LINE_UNITS)}" w:lineRule="auto"' if style.line else ""
    return f"<w:spacing{before}{after}{line}/>" if before + after + line else ""


def _indent(style: Style) -> str:
    if not style.left and not style.right:
        return ""
    return f'<w:ind w:left="{_twips(style.left)}" w:right="{_twips(style.right)}"/>'


def _letters(style: Style, theme: dict[str, Any]) -> str:
    font = theme["fonts"][style.font] if style.font else ""
    size = round(style.size * HALF_POINTS_PER_POINT)
    return "".join(
        [
            fonts_xml(font),
            _switch("b", style.bold) + _switch("bCs", style.bold),
            _switch("i", style.italic) + _switch("iCs", style.italic),
            f'<w:color w:val="{colour(style.colour, theme)}"/>' if style.colour else "",
            f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "",
            '<w:u w:val="single"/>' if style.underlined else "",
            '<w:vertAlign w:val="superscript"/>' if style.raised else "",
        ]
    )


def _switch(name: str, on: bool | None) -> str:
    if on is None:
        return ""
    return f"<w:{name}/>" if on else f'<w:{name} w:val="0"/>'


def _twips(points: float) -> int:
    return round(points * TWIPS_PER_POINT)


def sheet(parts: Iterable[str]) -> str:
    """Return the whole style sheet from its elements."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="{MAIN}">{"".join(parts)}</w:styles>'
    )
