"""A table's layout as pandoc's table."""

from evalbrief.document.layout import table_block
from evalbrief.tree import attributes, elements, has_class, identifier, stringify

LAYOUT = {
    "caption": "Résultats",
    "source": "données.",
    "summary": "Deux colonnes.",
    "columns": [
        {"key": "label", "label": "Libellé", "align": "left", "width": 0.7},
        {"key": "value", "label": "Valeur", "align": "right", "width": 0.3},
    ],
    "rows": [["Un | *deux*", "2\u202f400"], ["Trois", None]],
    "numbers": [[None, "2400"], [None, None]],
    "total": False,
    "sortable": True,
    "row_header": True,
}
LABELS = {"gap": "non communiqué", "document": {"source": "Source : {}"}}


def table(**changes: object) -> tuple[dict, list]:
    block = table_block("table-results", 3, {**LAYOUT, **changes}, [{"t": "Str", "c": "Résultats"}], LABELS)
    return block, block["c"][1][0]["c"]


def test_columns_keep_alignment_and_width() -> None:
    _, (_, _, columns, *_) = table()
    assert [(align["t"], width["c"]) for align, width in columns] == [("AlignLeft", 0.7), ("AlignRight", 0.3)]


def test_header_row_and_row_headers() -> None:
    _, (_, _, _, header, bodies, _) = table()
    assert [stringify(cell) for cell in header[1][0][1]] == ["Libellé", "Valeur"]
    assert bodies[0][1] == 1
    assert table(row_header=False)[1][4][0][1] == 0


def test_cells_are_text_and_a_missing_one_shows_the_gap() -> None:
    block, (_, _, _, _, bodies, _) = table()
    cells = [[stringify(cell) for cell in row[1]] for row in bodies[0][3]]
    assert cells == [["Un | *deux*", "2\u202f400"], ["Trois", "non communiqué"]]
    assert sum(has_class(element, "gap", "Span") for element in elements(block)) == 1


def test_a_total_stands_in_the_foot_and_says_so_to_no_sorting() -> None:
    block, (_, _, _, _, bodies, (_, foot)) = table(total=True)
    assert [stringify(cell) for cell in foot[0][1]] == ["Trois", "non communiqué"]
    assert len(bodies[0][3]) == 1
    assert not has_class(block, "unsortable")
    assert has_class(table(sortable=False)[0], "unsortable")


def test_a_cell_keeps_the_plain_number_it_shows() -> None:
    _, (_, _, _, _, bodies, _) = table()
    values = [[dict(cell[0][2]).get("value") for cell in row[1]] for row in bodies[0][3]]
    assert values == [[None, "2400"], [None, None]]


def test_number_summary_and_source() -> None:
    block, _ = table()
    assert identifier(block) == "table-results"
    assert attributes(block) == {"number": "3", "summary": "Deux colonnes."}
    assert [stringify(element) for element in elements(block) if has_class(element, "source")] == ["Source : données."]
    assert not any(has_class(element, "source") for element in elements(table(source=None)[0]))
