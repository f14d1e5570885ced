"""Build the reference document: pandoc's default package with the brief's styles, theme, page, header and footer."""

import subprocess
from io import BytesIO
from typing import Any

import lxml.etree as etree
import pypandoc

from evalbrief.document.docx_package import DRAWING, MAIN, OFFICE, add_part, read_parts, to_bytes
from evalbrief.document.docx_style_xml import colour
from evalbrief.document.docx_styles import style_sheet

NAMESPACES = f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}"'
ROOTS = {"header": "w:hdr", "footer": "w:ftr"}
SUBSTITUTE = "Arial"
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
# A4 with margins of 20 mm, header and footer 10 mm from the edge, in twentieths of a point.
PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"'
    ' w:header="567" w:footer="567" w:gutter="0"/>'
)


def reference_parts(theme: dict[str, Any]) -> dict[str, bytes]:
    """Return the parts of the reference document.

    Header and footer hold names in braces ({short_title}, {notice} ...), which the brief's own words replace later.
    """
    parts = _default_parts()
    parts["word/styles.xml"] = style_sheet(theme).encode()
    parts["word/fontTable.xml"] = _font_table(theme).encode()
    parts["word/theme/theme1.xml"] = _office_theme(parts["word/theme/theme1.xml"], theme)
    references = ""
    for kind, page, content in _page_furniture():
        relation = f"{kind}_{page}"
        part = f"<{ROOTS[kind]} {NAMESPACES}>{content}</{ROOTS[kind]}>"
        add_part(parts, f"word/{relation}.xml", part, kind, relation)
        references += f'<w:{kind}Reference w:type="{page}" r:id="{relation}"/>'
    section = f"<w:sectPr>{references}{PAGE}<w:titlePg/></w:sectPr>"
    parts["word/document.xml"] = f"<w:document {NAMESPACES}><w:body><w:p/>{section}</w:body></w:document>".encode()
    return parts


def _page_furniture() -> list[tuple[str, str, str]]:
    """Return kind, page and content of each header and footer; the first page has masthead and notice in its body."""
    running = _paragraph("Header", _text("{unit_mark} {series} — {short_title}"))
    notice = _paragraph("HeaderNotice", _text("{notice}"))
    pages = _text("{page} ") + _field("PAGE", "1") + _text(" {of} ") + _field("NUMPAGES", "1")
    footer = _paragraph("Footer", _text("{organisation} · {unit}") + "<w:r><w:tab/></w:r>" + pages)
    return [
        ("header", "default", running + notice),
        ("footer", "default", footer),
        ("footer", "first", footer),
    ]


def _default_parts() -> dict[str, bytes]:
    """Return the parts of the reference document that pandoc carries in itself."""
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    return read_parts(BytesIO(subprocess.run(command, capture_output=True, check=True).stdout))


def _font_table(theme: dict[str, Any]) -> str:
    """Name the fonts, and what takes their place on a computer without them."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{SUBSTITUTE}"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name in sorted(set(theme["fonts"].values()))
    )
    return f"<w:fonts {NAMESPACES}>{fonts}</w:fonts>"


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
