"""From source text to tree: numbers, references, refusals, the shape every writer relies on."""

import pytest
from evalbrief.document.parse import SourceError, parse
from evalbrief.tree import attributes, classes, elements, has_class, identifier, stringify

LAYOUT = {
    "caption": "T",
    "source": None,
    "summary": "S : s",
    "columns": [{"key": "a", "label": "A", "align": "left", "width": 1.0}],
    "rows": [["x"]],
    "numbers": [[None]],
    "total": False,
    "sortable": True,
    "row_header": False,
}


def make(source: str, labels: dict) -> list[dict]:
    return parse(source, {"results": LAYOUT, "budget": LAYOUT}, {"title": "L'école"}, labels)["blocks"]


def figure(name: str) -> str:
    return f'![Légende](figures/{name}.fr.svg){{#fig-{name} alt="Image : a & b" source="x"}}\n\n'


def table(name: str) -> str:
    return f'::: {{#table-{name} .table layout="{name}"}}\nTableau\n:::\n\n'


def test_figures_and_tables_are_numbered_apart_in_order(labels: dict) -> None:
    blocks = make(figure("b") + table("budget") + figure("a") + table("results"), labels)
    numbers = {identifier(block): attributes(block).get("number") for block in blocks}
    assert numbers == {"fig-b": "1", "table-budget": "1", "fig-a": "2", "table-results": "2"}


def test_references_print_the_number(labels: dict) -> None:
    blocks = make(
        f"La [](#fig-a){{.reference}} et le [](#table-budget){{.reference}}.\n\n{figure('a')}{table('budget')}", labels
    )
    assert stringify(blocks[0]) == "La figure\u00a01 et le tableau\u00a01."
    links = [element for element in elements(blocks[0]) if element["t"] == "Link"]
    assert [link["c"][2][0] for link in links] == ["#fig-a", "#table-budget"]


def test_a_figure_keeps_alternative_text_and_source(labels: dict) -> None:
    (block,) = make(figure("a"), labels)
    image = next(element for element in elements(block) if element["t"] == "Image")
    assert stringify(image["c"][1]) == "Image\u00a0: a & b"
    assert image["c"][2][0] == "figures/a.fr.svg"
    assert [stringify(element) for element in elements(block) if has_class(element, "source")] == ["Source\u00a0: x"]


@pytest.mark.parametrize(
    "source",
    [
        "    code",
        "***",
        "Un ![x](a.png) dans la phrase",
        "La [](#fig-none){.reference}",
        "::: {#a}\nx\n:::\n\n::: {#a}\ny\n:::",
        figure("a") + figure("a"),
    ],
)
def test_what_a_brief_must_not_hold_is_refused(source: str, labels: dict) -> None:
    with pytest.raises(SourceError):
        make(source, labels)


@pytest.mark.parametrize(
    "source", ["<b>x</b>", "<script>x</script>", "`x`{=html}", "$x$", "\\textbf{x}", "@cite", "a\n| b"]
)
def test_nothing_passes_through_raw(source: str, labels: dict) -> None:
    assert not {"RawInline", "RawBlock", "Math", "Cite"} & {element["t"] for element in elements(make(source, labels))}


def test_every_paragraph_and_list_of_the_brief_is_a_block(tree: dict) -> None:
    assert {block["t"] for block in tree["blocks"]} <= {"Div", "Header", "Figure"}


def test_the_outline_of_the_form(tree: dict) -> None:
    outline = [(block["c"][0], identifier(block)) for block in tree["blocks"] if block["t"] == "Header"]
    assert outline == [
        (1, "context"),
        *((2, name) for name in ("logic", "situation", "purpose", "method")),
        (1, "findings"),
        *((2, name) for name in ("relevance", "impact_sustainability", "partnership", "conclusion")),
        (1, "recommendations_and_lessons"),
        (2, "recommendations"),
        (2, "lessons"),
    ]
    assert [classes(block) for block in tree["blocks"] if identifier(block) == "relevance"] == [["run-in"]]


def test_records_hold_heading_text_and_fields(tree: dict) -> None:
    record = next(block for block in tree["blocks"] if identifier(block) == "rec-handover")
    assert attributes(record) == {"number": "1"}
    heading, text, fields = record["c"][1]
    assert stringify(heading).endswith("1")
    assert stringify(text) == "Préparer un relais dans chaque pays."
    assert has_class(fields, "fields")
    assert fields["c"][1][0]["t"] == "DefinitionList"


def test_ids_stand_once_and_links_have_targets(tree: dict) -> None:
    ids = [identifier(element) for element in elements(tree["blocks"]) if element["t"] in {"Div", "Header", "Figure"}]
    named = [name for name in ids if name]
    assert len(named) == len(set(named))
    links = [element["c"][2][0] for element in elements(tree["blocks"]) if element["t"] == "Link"]
    assert links
    assert all(link.startswith("#") and link[1:] in named for link in links)


def test_meta_is_typeset_and_complete(tree: dict) -> None:
    meta = tree["meta"]
    assert meta["title"]["c"] == "Petits pas\u00a0: l’école pour tous"
    assert meta["lang"]["c"] == "fr-FR"
    assert meta["date"]["c"] == "2024-10-31"
    assert set(meta) >= {"organisation", "unit", "unit_mark", "series", "author", "notice", "keywords", "labels"}
