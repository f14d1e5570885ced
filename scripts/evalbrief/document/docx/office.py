"""Take the styles, theme, fonts, numbering, page, headers and footers of another office's Word document.

Its text, and all else it holds, stays behind.
"""

from copy import deepcopy
from itertools import count
from typing import Any

import lxml.etree as etree

from evalbrief.document.docx.fonts import FONT_TABLE, font_table
from evalbrief.document.docx.lists import NUMBERING, free_lists, numbering, numbering_part
from evalbrief.document.docx.office_file import Office, read_office
from evalbrief.document.docx.office_styles import (
    fit_styles,
    forget_language,
    has_style,
    heading_font,
    number_lists,
    rename_styles,
)
from evalbrief.document.docx.package import (
    DOCUMENT,
    MAIN,
    OFFICE,
    STYLES,
    THEME,
    WP,
    Parts,
    R,
    W,
    add_part,
    take_part,
    to_bytes,
)
from evalbrief.document.docx.page import page, text_width
from evalbrief.document.docx.settings import REFERENCE_LANGUAGE, SETTINGS, settings
from evalbrief.document.docx.style_xml import Look
from evalbrief.document.docx.styles import style_sheet

TITLE = "title"
ALIGNMENTS = {"start": "left", "end": "right"}
# What of a section is its page; columns, the start of page numbers and the like belong to its text.
PAGE_PARTS = ("headerReference", "footerReference", "pgSz", "pgMar", "paperSrc", "pgBorders", "titlePg", "docGrid")
# The marks (draft, fictitious) stand on every page, also in a header that does not ask for them; without any there is
# no trace of them.
MARKS = "{marks}"
MARKS_LINE = f"""<w:hdr xmlns:w="{MAIN}"><w:p><w:pPr><w:pStyle w:val="HeaderNotice"/></w:pPr>
<w:r><w:t>{MARKS}</w:t></w:r></w:p></w:hdr>"""


def office_parts(parts: Parts, path: str, theme: dict[str, Any], paper: str) -> None:
    """Put what the document at `path` has in place of pandoc's default; what it lacks is ours, in its fonts.

    Raise ValueError for a file that cannot serve.
    """
    office = read_office(path)
    parts[FONT_TABLE], parts[NUMBERING] = font_table(set()), numbering_part([])
    for kind, name in (("theme", THEME), ("fontTable", FONT_TABLE), ("numbering", NUMBERING)):
        if office.part(kind):
            take_part(office.parts, office.part(kind), parts, name)
            parts[name] = _mended(parts[name])
    section = _section(office, paper)
    ids = _take_styles(parts, office, theme, text_width(section))
    _take_page(parts, office, section, ids)
    parts[SETTINGS] = settings(REFERENCE_LANGUAGE, office.content("settings"))


def _mended(part: bytes) -> bytes:
    """Put right what LibreOffice writes and the schema of Word does not know."""
    root = etree.fromstring(part)
    for place in root.iter(f"{W}lvlJc"):
        place.set(f"{W}val", ALIGNMENTS.get(place.get(f"{W}val"), place.get(f"{W}val")))
    for charset in root.iter(f"{W}charset"):
        charset.attrib.pop(f"{W}characterSet", None)
    return to_bytes(root)


def _section(office: Office, paper: str) -> Any:
    """Return the page of the document's last section; ours where it has none."""
    found = office.document.find(f"{W}body/{W}sectPr")
    section = etree.Element(f"{W}sectPr", nsmap={"w": MAIN, "r": OFFICE})
    section.extend(child for child in deepcopy([] if found is None else list(found)) if _local(child) in PAGE_PARTS)
    if section.find(f"{W}pgSz") is None or section.find(f"{W}pgMar") is None:
        for child in section.findall(f"{W}pgSz") + section.findall(f"{W}pgMar"):
            section.remove(child)
        section.extend(etree.fromstring(f'<w:sectPr xmlns:w="{MAIN}">{page(paper)}</w:sectPr>'))
    section[:] = sorted(section, key=lambda child: PAGE_PARTS.index(_local(child)))
    return section


def _take_styles(parts: Parts, office: Office, theme: dict[str, Any], width: int) -> dict[str, str]:
    """Take the styles and tie the lists to them; return the identifiers of styles that changed."""
    theirs, numbers = etree.fromstring(office.parts[office.part("styles")]), etree.fromstring(parts[NUMBERING])
    lists = free_lists(numbers)
    fonts = {"display": heading_font(theirs, parts[THEME]), "text": ""}
    ours = etree.fromstring(style_sheet(Look(theme | {"fonts": fonts}, width, lists), plain=has_style(theirs, TITLE)))
    ids = fit_styles(theirs, ours)
    forget_language(theirs)
    rename_styles(numbers, ids)
    _add_numbering(numbers, numbering(number_lists(theirs, lists)))
    parts[STYLES], parts[NUMBERING] = to_bytes(theirs), to_bytes(numbers)
    return ids


def _add_numbering(numbers: Any, ours: list[Any]) -> None:
    """Add definitions where the schema wants them: the abstract ones before the others, and these at the end."""
    for last in numbers.findall(f"{W}numIdMacAtCleanup"):
        numbers.remove(last)
    first_use = numbers.find(f"{W}num")
    for entry in ours:
        if _local(entry) == "abstractNum" and first_use is not None:
            first_use.addprevious(entry)
        else:
            numbers.append(entry)


def _take_page(parts: Parts, office: Office, section: Any, ids: dict[str, str]) -> None:
    """Take the headers and footers that a section names, and make the document one empty page of it."""
    numbers = count(start=1)
    for reference in section.findall(f"{W}headerReference") + section.findall(f"{W}footerReference"):
        kind = _local(reference).removesuffix("Reference")
        relation = f"{kind}_{reference.get(f'{W}type')}"
        source, name = office.target(reference.get(f"{R}id")), f"word/{relation}.xml"
        take_part(office.parts, source, parts, name)
        content = etree.fromstring(parts[name])
        rename_styles(content, ids)
        for picture in content.iter(f"{WP}docPr"):
            picture.set("id", str(next(numbers)))
        add_part(parts, name, to_bytes(_with_draft(content) if kind == "header" else content), kind, relation)
        reference.set(f"{R}id", relation)
    if section.find(f"{W}headerReference[@{W}type='default']") is None:
        add_part(parts, "word/header_default.xml", MARKS_LINE.encode(), "header", "header_default")
        reference = etree.Element(f"{W}headerReference", {f"{W}type": "default", f"{R}id": "header_default"})
        section.insert(0, reference)
    document = etree.Element(f"{W}document", nsmap={"w": MAIN, "r": OFFICE})
    body = etree.SubElement(document, f"{W}body")
    body.extend([etree.Element(f"{W}p"), section])
    parts[DOCUMENT] = to_bytes(document)


def _with_draft(header: Any) -> Any:
    if MARKS not in "".join(header.itertext(f"{W}t")):
        header.extend(etree.fromstring(MARKS_LINE))
    return header


def _local(element: Any) -> str:
    return etree.QName(element).localname
