"""Turn a table's layout into pandoc's table: header row, row headers, alignment, widths."""

from collections.abc import Mapping

from evalbrief.tree import Element, attr, div, plain, text_inlines

ALIGNMENTS = {"left": "AlignLeft", "right": "AlignRight", "center": "AlignCenter"}


def table_element(layout: Mapping, caption: list[Element], gap: str) -> Element:
    """Make a Table from a layout (see lay_out_*.py); a cell that is null shows the gap, a total stands in the foot."""
    columns = layout["columns"]
    specs = [[{"t": ALIGNMENTS[column["align"]]}, {"t": "ColWidth", "c": column["width"]}] for column in columns]
    header = [attr(), [_row([_cell(text_inlines(column["label"])) for column in columns])]]
    rows = [
        _row([_cell(_inlines(cell, gap), number) for cell, number in zip(row, numbers, strict=True)])
        for row, numbers in zip(layout["rows"], layout["numbers"], strict=True)
    ]
    last = len(rows) - 1 if layout["total"] else len(rows)
    body = [attr(), 1 if layout["row_header"] else 0, [], rows[:last]]
    content = [attr(), [None, [plain(caption)]], specs, header, [body], [attr(), rows[last:]]]
    return {"t": "Table", "c": content}


def table_block(identifier: str, number: int, layout: Mapping, caption: list[Element], labels: Mapping) -> Element:
    """Make the block of a numbered table: the table and, where it has one, its source."""
    blocks = [table_element(layout, caption, labels["gap"])]
    if layout.get("source"):
        blocks.append(source_line(layout["source"], labels))
    looks = ["table"] if layout["sortable"] else ["table", "unsortable"]
    return div(identifier, looks, blocks, {"number": str(number), "summary": layout["summary"]})


def source_line(source: str, labels: Mapping) -> Element:
    """Make the line below a figure or table that says where its data comes from."""
    return div("", ["source"], [plain(text_inlines(labels["document"]["source"].format(source)))])


def _inlines(cell: str | None, gap: str) -> list[Element]:
    if cell is None:
        return [{"t": "Span", "c": [attr("", ["gap"]), text_inlines(gap)]}]
    return text_inlines(cell)


def _cell(inlines: list[Element], number: str | None = None) -> list:
    """Make a cell; the plain number it shows is kept beside its words."""
    return [attr("", [], {"value": number} if number else {}), {"t": "AlignDefault"}, 1, 1, [plain(inlines)]]


def _row(cells: list) -> list:
    return [attr(), cells]
