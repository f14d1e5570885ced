"""Ids of blocks: they stay when neighbours or numbers change, and none stands twice."""

from evalbrief.document.blocks import identify_blocks
from evalbrief.tree import attr, identifier, text_inlines
from hypothesis import given
from hypothesis import strategies as st


def header(name: str) -> dict:
    return {"t": "Header", "c": [2, attr(name), text_inlines(name)]}


def para(text: str, value: str = "") -> dict:
    inlines = text_inlines(text)
    if value:
        inlines = [{"t": "Span", "c": [attr("", ["value"], {"key": "a.b"}), text_inlines(value)]}, *inlines]
    return {"t": "Para", "c": inlines}


def ids(*blocks: dict) -> list[str]:
    return [identifier(block) for block in identify_blocks(list(blocks)) if block["t"] == "Div"]


def test_an_id_names_its_section_and_stays_when_neighbours_come() -> None:
    first = ids(header("logic"), para("Le projet agit."), para("Il dure."))
    second = ids(header("logic"), para("Une phrase."), para("Le projet agit."), para("Et une."), para("Il dure."))
    assert first == [second[1], second[3]]
    assert all(name.startswith("logic-") for name in first)


def test_an_id_stays_when_a_number_or_the_end_changes() -> None:
    words = " documents ont été lus par toute une équipe"
    assert ids(para(words, "30")) == ids(para(words, "2 400"))
    assert ids(para("un deux trois quatre cinq six sept huit neuf")) == ids(
        para("un deux trois quatre cinq six sept huit dix onze")
    )
    assert ids(para("Un début.")) != ids(para("Un autre début."))


def test_lists_are_blocks_and_headings_are_not() -> None:
    blocks = identify_blocks([header("logic"), {"t": "BulletList", "c": [[para("un")]]}])
    assert [block["t"] for block in blocks] == ["Header", "Div"]
    assert blocks[1]["c"][0][1] == ["block"]


@given(st.lists(st.sampled_from(["un", "deux", "un deux", ""]), max_size=8))
def test_no_id_stands_twice(texts: list[str]) -> None:
    found = ids(header("logic"), *map(para, texts))
    assert len(found) == len(set(found)) == len(texts)
