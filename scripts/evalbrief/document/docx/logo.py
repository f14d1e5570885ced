"""The office's logo in the header of the first page, above the masthead."""

import struct
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from evalbrief.document.docx.package import DRAWING, MAIN, OFFICE, Parts, add_part, declare, relate
from evalbrief.document.docx.pictures import NS, SVG, SVG_EXTENSION
from evalbrief.fonts import PACKAGED

HEIGHT_MM = 11
EMU_PER_MM = 36_000
PIXELS_PER_INCH = 300.0
RELATION = "header_first"
PART = f"word/{RELATION}.xml"
# Where a PNG says its width and height.
PNG_SIZE = slice(16, 24)
# The name of the organisation stands in the masthead too; as a text for the picture it is put in later.
HEADER = (
    f'<w:hdr xmlns:w="{MAIN}" xmlns:r="{OFFICE}" xmlns:a="{DRAWING}" xmlns:wp="{NS["wp"]}" xmlns:pic="{NS["pic"]}">'
    '<w:p><w:pPr><w:pStyle w:val="Header"/><w:spacing w:after="120"/></w:pPr><w:r><w:drawing>'
    '<wp:inline distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="1" name="Logo" descr="{{organisation}}"/><a:graphic>'
    '<a:graphicData uri="{pic}"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="Logo"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="logo">{vector}</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect">'
    "<a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p></w:hdr>"
)
VECTOR = (
    f'<a:extLst><a:ext uri="{SVG_EXTENSION}"><asvg:svgBlip xmlns:asvg="{SVG}" r:embed="logo_svg"/></a:ext></a:extLst>'
)


def add_logo(parts: Parts, logo: str) -> str:
    """Add the header that shows a logo (SVG or PNG); return how a section names it."""
    vector = Path(logo).suffix.lower() == ".svg"
    picture = _drawn(logo) if vector else Path(logo).read_bytes()
    wide, high = struct.unpack(">II", picture[PNG_SIZE])
    height = HEIGHT_MM * EMU_PER_MM
    header = HEADER.format(
        width=round(height * wide / high), height=height, pic=NS["pic"], vector=VECTOR if vector else ""
    )
    add_part(parts, PART, header.encode(), "header", RELATION)
    _add_picture(parts, "logo", "media/logo.png", picture, "image/png")
    if vector:
        _add_picture(parts, "logo_svg", "media/logo.svg", Path(logo).read_bytes(), "image/svg+xml")
    return f'<w:headerReference w:type="first" r:id="{RELATION}"/>'


def _add_picture(parts: Parts, relation: str, target: str, content: bytes, kind: str) -> None:
    parts[f"word/{target}"] = content
    declare(parts, kind, part=f"word/{target}")
    relate(parts, PART, relation, "image", target)


def _drawn(logo: str) -> bytes:
    """Draw an SVG as PNG, for programs that show no SVG."""
    page = f'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("logo.svg", height: {HEIGHT_MM}mm)'
    with TemporaryDirectory() as folder:
        (Path(folder) / "logo.svg").write_bytes(Path(logo).read_bytes())
        (Path(folder) / "page.typ").write_text(page, encoding="utf-8")
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=PACKAGED)
        page_file = str(Path(folder) / "page.typ")
        drawn = typst.Compiler(page_file, root=folder, font_paths=fonts).compile(format="png", ppi=PIXELS_PER_INCH)
    assert isinstance(drawn, bytes)
    return drawn
