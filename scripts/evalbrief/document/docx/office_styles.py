"""Fit another office's styles to the brief: our identifiers for styles of the same name, ours for those it lacks."""

from copy import deepcopy
from typing import Any

import lxml.etree as etree

from evalbrief.document.docx.lists import LIST_STYLES
from evalbrief.document.docx.package import DRAWING, W, element

HEADING = "heading 1"
THEME_SLOTS = {
    "majorHAnsi": "majorFont",
    "majorAscii": "majorFont",
    "minorHAnsi": "minorFont",
    "minorAscii": "minorFont",
}
STYLE_LINKS = ("basedOn", "next", "link", "pStyle", "rStyle", "tblStyle", "styleLink", "numStyleLink")
# What comes before a list's number in the properties of a paragraph.
BEFORE_NUMBER = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
KEEPS = ("keepNext", "keepLines")
OTHER_NAME = "{} (2)"
OTHER_ID = "{}2"


def heading_font(theirs: Any, theme: bytes) -> str:
    """Return the font family of the office's headings; nothing when they have none of their own."""
    style = next((style for style in theirs.iter(f"{W}style") if _name(style) == HEADING), None)
    fonts = None if style is None else style.find(f"{W}rPr/{W}rFonts")
    if fonts is None:
        return ""
    slot = THEME_SLOTS.get(fonts.get(f"{W}asciiTheme", ""))
    if slot:
        latin = etree.fromstring(theme).find(f".//{{{DRAWING}}}{slot}/{{{DRAWING}}}latin")
        return "" if latin is None else latin.get("typeface", "")
    return fonts.get(f"{W}ascii", "")


def has_style(styles: Any, name: str) -> bool:
    """Say whether a style sheet has a style; the name is written in small letters."""
    return any(_name(style) == name for style in styles.iter(f"{W}style"))


def fit_styles(theirs: Any, ours: Any) -> dict[str, str]:
    """Give styles our identifiers by their names, in Word of every language the same, and add those that are missing.

    Return the identifiers that changed, old and new.
    """
    wanted = {_name(style): style for style in ours.iter(f"{W}style")}
    own = {style.get(f"{W}styleId") for style in wanted.values()}
    ids, found = {}, set()
    for style in theirs.findall(f"{W}style"):
        name, old = _name(style), style.get(f"{W}styleId")
        match = wanted.get(name)
        if match is not None and name not in found and match.get(f"{W}type") == style.get(f"{W}type"):
            ids[old] = match.get(f"{W}styleId")
            found.add(name)
            _keep_as(style, match)
            continue
        if match is not None:
            place = style.find(f"{W}name")
            place.set(f"{W}val", OTHER_NAME.format(place.get(f"{W}val")))
        if old in own:
            ids[old] = OTHER_ID.format(old)
    for style in theirs.findall(f"{W}style"):
        old = style.get(f"{W}styleId")
        style.set(f"{W}styleId", ids.get(old, old))
    rename_styles(theirs, ids)
    _add(theirs, [style for name, style in wanted.items() if name not in found])
    return ids


def _keep_as(style: Any, ours: Any) -> None:
    """Let headings and captions stay with what follows them, as ours do: a look may change, a page may not break."""
    for name in reversed(KEEPS):
        if ours.find(f"{W}pPr/{W}{name}") is not None and style.find(f"{W}pPr/{W}{name}") is None:
            _properties(style).insert(0, element(name))


def rename_styles(root: Any, ids: dict[str, str]) -> None:
    """Let every mention of a style in a part follow its new identifier."""
    for kind in STYLE_LINKS:
        for link in root.iter(f"{W}{kind}"):
            link.set(f"{W}val", ids.get(link.get(f"{W}val"), link.get(f"{W}val")))


def forget_language(styles: Any) -> None:
    """Take the office's proofing language from all styles: the brief has its own, by default."""
    for language in list(styles.iter(f"{W}lang")):
        language.getparent().remove(language)


def number_lists(styles: Any, lists: dict[str, int]) -> dict[str, int]:
    """Give our numbering to the list styles that have none of their own; return the kinds and numbers used."""
    used = {}
    for kind, name in LIST_STYLES.items():
        properties = _properties(styles.find(f"{W}style[@{W}styleId='{name}']"))
        number = properties.find(f"{W}numPr/{W}numId")
        if number is None:
            place = element("numPr")
            place.append(element("numId", val=str(lists[kind])))
            before = [child for child in properties if etree.QName(child).localname in BEFORE_NUMBER]
            properties.insert(len(before), place)
        if number is None or number.get(f"{W}val") == str(lists[kind]):
            used[kind] = lists[kind]
    return used


def _properties(style: Any) -> Any:
    properties = style.find(f"{W}pPr")
    if properties is None:
        properties = element("pPr")
        letters = style.find(f"{W}rPr")
        style.append(properties) if letters is None else letters.addprevious(properties)
    return properties


def _add(theirs: Any, missing: list[Any]) -> None:
    defaults = {style.get(f"{W}type") for style in theirs.findall(f"{W}style[@{W}default='1']")}
    for style in missing:
        added = deepcopy(style)
        if added.get(f"{W}type") in defaults:
            added.attrib.pop(f"{W}default", None)
        theirs.append(added)


def _name(style: Any) -> str:
    return style.find(f"{W}name").get(f"{W}val").casefold()
