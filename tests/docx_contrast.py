"""Work out the colour of every text of a Word document and of what lies behind it, as Word's styles say."""

from collections.abc import Iterator
from typing import Any

from evalbrief.document.docx.package import W

AA = 4.5
PAGE = "FFFFFF"
INK = "000000"
# The conditional formats of a table that our styles use, the strongest first.
PLACES = ("firstRow", "lastRow", "band2Horz")


def weak_texts(document: Any, styles: Any) -> Iterator[str]:
    """Yield every text whose contrast is below AA."""
    sheet = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    for run in document.iter(f"{W}r"):
        words = "".join(run.itertext(f"{W}t")).strip()
        if words:
            ink, ground = _ink(run, sheet, styles), _ground(run, sheet)
            if ink != "auto" and (found := contrast(ink, ground)) < AA:
                yield f"{words[:40]!r}: {ink} on {ground} has {found:.2f}"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG defines it, from 1 to 21."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _ink(run: Any, sheet: dict[str, Any], styles: Any) -> str:
    paragraph = next(run.iterancestors(f"{W}p"))
    places = [
        run.find(f"{W}rPr"),
        *(style.find(f"{W}rPr") for style in _chain(run.find(f"{W}rPr/{W}rStyle"), sheet)),
        *(style.find(f"{W}rPr") for style in _chain(paragraph.find(f"{W}pPr/{W}pStyle"), sheet)),
        *(place.find(f"{W}rPr") for place in _table_places(run, sheet)),
        styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"),
    ]
    return _first(places, "color", "val") or INK


def _ground(run: Any, sheet: dict[str, Any]) -> str:
    paragraph = next(run.iterancestors(f"{W}p"))
    cell = next(run.iterancestors(f"{W}tc"), None)
    places = [
        run.find(f"{W}rPr"),
        *(style.find(f"{W}rPr") for style in _chain(run.find(f"{W}rPr/{W}rStyle"), sheet)),
        paragraph.find(f"{W}pPr"),
        *(style.find(f"{W}pPr") for style in _chain(paragraph.find(f"{W}pPr/{W}pStyle"), sheet)),
        None if cell is None else cell.find(f"{W}tcPr"),
        *(place.find(f"{W}tcPr") for place in _table_places(run, sheet)),
    ]
    found = _first(places, "shd", "fill")
    return PAGE if found in ("", "auto") else found


def _first(places: list[Any], name: str, attribute: str) -> str:
    for place in places:
        found = None if place is None else place.find(f"{W}{name}")
        if found is not None:
            return found.get(f"{W}{attribute}", "")
    return ""


def _chain(link: Any, sheet: dict[str, Any]) -> list[Any]:
    """Follow a style to what it is based on."""
    chain = []
    while link is not None and link.get(f"{W}val") in sheet:
        chain.append(sheet[link.get(f"{W}val")])
        link = chain[-1].find(f"{W}basedOn")
    return chain


def _table_places(run: Any, sheet: dict[str, Any]) -> list[Any]:
    """List what a table's style says of the row a run stands in, then of the whole table."""
    table = next(run.iterancestors(f"{W}tbl"), None)
    if table is None:
        return []
    rows, row = table.findall(f"{W}tr"), next(run.iterancestors(f"{W}tr"))
    look, number = table.find(f"{W}tblPr/{W}tblLook"), rows.index(row)
    heads = 1 if look.get(f"{W}firstRow") == "1" else 0
    applies = {
        "firstRow": number < heads,
        "lastRow": look.get(f"{W}lastRow") == "1" and number == len(rows) - 1,
        "band2Horz": look.get(f"{W}noHBand") == "0" and (number - heads) % 2 == 1,
    }
    styles = _chain(table.find(f"{W}tblPr/{W}tblStyle"), sheet)
    parts = [style.find(f"{W}tblStylePr[@{W}type='{name}']") for name in PLACES if applies[name] for style in styles]
    return [part for part in parts if part is not None] + styles
