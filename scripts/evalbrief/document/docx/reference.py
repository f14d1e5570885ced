"""Build the reference document: pandoc's default package with the brief's styles, theme, page, header and footer."""

from io import BytesIO
from typing import Any

import lxml.etree as etree

from evalbrief.document.docx.fonts import FONT_TABLE, embed_fonts, font_table
from evalbrief.document.docx.lists import LISTS, NUMBERING, numbering, numbering_part
from evalbrief.document.docx.logo import add_logo
from evalbrief.document.docx.office import office_parts
from evalbrief.document.docx.package import (
    DOCUMENT,
    DRAWING,
    MAIN,
    OFFICE,
    STYLES,
    THEME,
    Parts,
    add_part,
    read_parts,
    to_bytes,
)
from evalbrief.document.docx.page import page, text_width
from evalbrief.document.docx.settings import REFERENCE_LANGUAGE, SETTINGS, settings
from evalbrief.document.docx.style_xml import Look, colour
from evalbrief.document.docx.styles import style_sheet
from evalbrief.pandoc import pandoc

NAMESPACES = f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}"'
ROOTS = {"header": "w:hdr", "footer": "w:ftr"}
THEME_FONTS = {"majorFont": "display", "minorFont": "text"}
THEME_COLOURS = {
    "dk2": "dark_blue",
    "lt2": "light_blue",
    "accent1": "blue",
    "accent2": "red",
    "accent3": "yellow",
    "accent4": "green",
    "accent5": "turquoise",
    "accent6": "purple",
    "hlink": "blue",
    "folHlink": "purple",
}


def reference_parts(theme: dict[str, Any], paper: str, fonts: list[str], office: str | None) -> Parts:
    """Return the parts of the reference document: the house's own, or what another office's document makes of it.

    Header and footer hold names in braces ({short_title}, {marks} ...), which the brief's own words replace later.
    """
    parts = _default_parts()
    if office:
        office_parts(parts, office, theme, paper)
    else:
        _house_parts(parts, theme, paper)
    embed_fonts(parts, fonts)
    return parts


def _house_parts(parts: Parts, theme: dict[str, Any], paper: str) -> None:
    references = add_logo(parts, theme["logo"]) if theme["logo"] else ""
    for kind, place, content in _page_furniture():
        relation = f"{kind}_{place}"
        part = f"<{ROOTS[kind]} {NAMESPACES}>{content}</{ROOTS[kind]}>"
        add_part(parts, f"word/{relation}.xml", part.encode(), kind, relation)
        references += f'<w:{kind}Reference w:type="{place}" r:id="{relation}"/>'
    section = f"<w:sectPr {NAMESPACES}>{references}{page(paper)}<w:titlePg/></w:sectPr>"
    parts[DOCUMENT] = f"<w:document {NAMESPACES}><w:body><w:p/>{section}</w:body></w:document>".encode()
    look = Look(theme, text_width(etree.fromstring(section)), LISTS)
    parts[STYLES] = style_sheet(look)
    parts[NUMBERING] = numbering_part(numbering(LISTS))
    parts[FONT_TABLE] = font_table(set(theme["fonts"].values()))
    parts[THEME] = _office_theme(parts[THEME], theme)
    parts[SETTINGS] = settings(REFERENCE_LANGUAGE)


def _page_furniture() -> list[tuple[str, str, str]]:
    """Return kind, page and content of each header and footer.

    The first page has no header but the logo, if there is one: its masthead, with the mark of a draft and the notice,
    is text of the body, which screen readers read.
    """
    running = _paragraph("Header", _text("{marked_series} — {short_title}"))
    marks = _paragraph("HeaderNotice", _text("{marks}"))
    pages = _text("{page} ") + _field("PAGE", "1") + _text(" {of} ") + _field("NUMPAGES", "1")
    footer = _paragraph("Footer", _text("{organisation} · {unit}") + "<w:r><w:tab/></w:r>" + pages)
    return [
        ("header", "default", running + marks),
        ("footer", "default", footer),
        ("footer", "first", footer),
    ]


def _default_parts() -> Parts:
    """Return the parts of the reference document that pandoc carries in itself."""
    return read_parts(BytesIO(pandoc("--print-default-data-file", "reference.docx")))


def _office_theme(part: bytes, theme: dict[str, Any]) -> bytes:
    """Set the fonts and colours that Word offers to whoever goes on writing."""
    root = etree.fromstring(part)
    for slot, name in THEME_COLOURS.items():
        place = root.find(f".//{{{DRAWING}}}{slot}")
        place[0].set("val", colour(name, theme))
    for slot, name in THEME_FONTS.items():
        latin = root.find(f".//{{{DRAWING}}}{slot}/{{{DRAWING}}}latin")
        latin.attrib.clear()
        latin.set("typeface", theme["fonts"][name])
    return to_bytes(root)


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _text(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _field(code: str, result: str) -> str:
    instruction = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return _mark("begin") + instruction + _mark("separate") + _text(result) + _mark("end")
