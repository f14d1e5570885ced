"""The values that a text prints as a table: what each is, and where it comes from."""

import csv
import io
from decimal import Decimal
from typing import Any

from evalbrief.tree import Node, attributes, elements

COLUMNS = ["key", "value", "unit", "file", "place", "formula"]
# Formulas that copy a value as people wrote it; all others work one out.
COPIES = ("cell", "entry")
# Decimals of a value that was worked out, as in the tables of the figures: more would say more than the text does.
DECIMALS = Decimal("0.1")


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
    if origin["formula"] not in COPIES:
        value = _rounded(value)
    return [key, value, entry["unit"], origin["file"], _place(origin), origin["formula"]]


def _rounded(value: str) -> str:
    """Cut the decimals of a number that was worked out; a date or a text stays."""
    whole, point, decimals = value.partition(".")
    number = point and whole.lstrip("-").isdecimal() and decimals.isdecimal()
    return str(Decimal(value).quantize(DECIMALS)) if number and len(decimals) > 1 else value


def _place(origin: dict[str, Any]) -> str:
    """Name the sheet, the rows and the column, as far as the origin has them."""
    rows = " ".join(map(str, dict.fromkeys(origin["rows"].values())))
    parts = {"sheet": origin.get("sheet"), "row": rows, "column": origin.get("column")}
    return ", ".join(f"{name} {part}" for name, part in parts.items() if part)
