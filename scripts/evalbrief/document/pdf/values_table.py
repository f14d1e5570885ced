"""The values that a text prints as a table: what each is, and where it comes from."""

import csv
import io
from decimal import Decimal
from typing import Any

from evalbrief.arithmetic import tenth
from evalbrief.tree import Node, attributes, elements

COLUMNS = ["key", "value", "unit", "file", "place", "formula"]
# A share is given to a tenth, as in the tables of the figures: more would say more than the text does.
SHARE = " / "
# What an entry of evaluation.yaml comes from has no column.
ENTRY = "entry"


def values_table(tree: Node, values: dict[str, Any]) -> str:
    """Write as CSV, in the order of the text, those `values` of the context whose keys the tree prints."""
    spans = (element for element in elements(tree) if element["t"] == "Span")
    keys = dict.fromkeys(attributes(span).get("key", "") for span in spans)
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(_row(key, values[key]) for key in keys if key in values)
    return text.getvalue()


def _row(key: str, entry: dict[str, Any]) -> list[str]:
    origin = entry["origin"]
    value = entry["value"] or ""
    if value and SHARE in origin["formula"]:
        value = format(tenth(Decimal(value)).normalize(), "f")
    # The unit of a word is the list it is in, which is no unit.
    unit = "" if entry["kind"] == "label" else entry["unit"]
    return [key, value, unit, origin["file"], _place(origin), origin["formula"]]


def _place(origin: dict[str, Any]) -> str:
    """Name the sheet, the rows and the column, as far as the origin has them."""
    rows = " ".join(map(str, dict.fromkeys(origin["rows"].values())))
    place = "entry" if origin["formula"] == ENTRY else "column"
    parts = {"sheet": origin.get("sheet"), "row": rows, place: origin.get("column")}
    return ", ".join(f"{name} {part}" for name, part in parts.items() if part)
