"""The page of a Word document: paper, margins, the width that is left for text (in twentieths of a point)."""

from typing import Any

from evalbrief.document.docx.package import W

PAPERS = {"a4": (11906, 16838), "letter": (12240, 15840)}
# 20 mm on all sides, header and footer 10 mm from the edge.
MARGIN = 1134
EDGE = 567


def page(paper: str) -> str:
    """Return the size and margins of a page as XML."""
    width, height = PAPERS[paper]
    sides = "".join(f' w:{side}="{MARGIN}"' for side in ("top", "right", "bottom", "left"))
    return f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar{sides} w:header="{EDGE}" w:footer="{EDGE}" w:gutter="0"/>'


def text_width(section: Any) -> int:
    """Return the width between the margins of a section (`w:sectPr`)."""
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    beside = sum(int(margins.get(f"{W}{side}", "0")) for side in ("left", "right", "gutter"))
    return int(size.get(f"{W}w")) - beside
