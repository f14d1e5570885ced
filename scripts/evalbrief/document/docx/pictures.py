"""The pictures of a Word document: PNG for every program, SVG beside it for those that can draw it."""

import re
from pathlib import Path
from typing import Any

import lxml.etree as etree

from evalbrief.document.docx.package import DOCUMENT, DRAWING, Parts, R, declare, relate

NS = {
    "a": DRAWING,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
FURNITURE = re.compile(r"word/(header|footer)_\w+\.xml")
SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


def finish_pictures(parts: Parts, document: Any, folder: Path) -> None:
    """Give each picture its SVG, a number of its own, no space round it, and no trace of where it came from.

    The filter leaves the path of the SVG, relative to `folder`, as the title of the picture. Word (2016 and later)
    draws the SVG and keeps the PNG for other programs. It draws the words of an SVG with the fonts installed on the
    computer, not with those embedded in the document: without Noto Sans it takes a font of its own, a little wider or
    narrower, at the places the figure gives each text. They stay text, which sharpens at every zoom and can be made a
    Word drawing; readers of a screen have the alternative text in any case.
    """
    first = _last_number(parts) + 1
    for number, picture in enumerate(document.iterfind(".//wp:inline", NS), start=first):
        properties, inner = picture.find("wp:docPr", NS), picture.find(".//pic:cNvPr", NS)
        svg = Path(properties.attrib.pop("title"))
        inner.attrib.pop("descr", None)
        inner.attrib.pop("title", None)
        for side in "TBLR":
            picture.set(f"dist{side}", "0")
        for place in (properties, inner):
            place.set("id", str(number))
            place.set("name", f"Picture {number}")
        _add_svg(parts, picture.find(".//a:blip", NS), f"figure{number}", (folder / svg).read_bytes())


def _last_number(parts: Parts) -> int:
    """Find the highest number of a picture in the headers and footers: an office's may hold its emblem."""
    roots = [etree.fromstring(parts[name]) for name in parts if FURNITURE.fullmatch(name)]
    return max((int(place.get("id")) for root in roots for place in root.iterfind(".//wp:docPr", NS)), default=0)


def _add_svg(parts: Parts, blip: Any, name: str, content: bytes) -> None:
    part = f"media/{name}.svg"
    parts[f"word/{part}"] = content
    declare(parts, "image/svg+xml", extension="svg")
    relate(parts, DOCUMENT, name, "image", part)
    extensions = etree.SubElement(blip, f"{{{DRAWING}}}extLst")
    extension = etree.SubElement(extensions, f"{{{DRAWING}}}ext", uri=SVG_EXTENSION)
    etree.SubElement(extension, f"{{{SVG}}}svgBlip", {f"{R}embed": name}, nsmap={"asvg": SVG})
