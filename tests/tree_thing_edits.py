"""Edits of what stands beside the text of a brief: recommendations, quick facts, tables, figures.

Each changes a draft and says what it changed, or says nothing where the draft has nothing left for it.
"""

import re
from collections.abc import Callable
from copy import deepcopy

from evalbrief.text.locale import NO_BREAK_SPACE
from evalbrief.tree import Element, attr, attributes, elements, has_class, identifier, plain, stringify, text_inlines

from tests.tree_draft import Draft, Edit, count_words, is_plain_word, string, value_span
from tests.tree_words import place_of, refers, rows_of

REDRAWN = "_redrawn"
NEW_COLUMN = 0.12  # of the width of the table
FEWEST_ROWS = 2

# Recommendations, facts -----------------------------------------------------------------------------------------------


def insert_recommendation(draft: Draft) -> Edit | None:
    """Insert a recommendation before, between or behind the others; those after it get other numbers."""
    others = [block for block in draft.blocks if has_class(block, "recommendation")]
    first = draft.blocks.index(others[0]) if others else 0
    # They stand one behind the other.
    options = [
        at
        for at in range(len(others) + 1)
        if others and all(map(draft.is_free, [draft.blocks[first + at - 1], *others[at:]]))
    ]
    at = draft.choose(options)
    if at is None:
        return None
    before = place_of(draft.blocks[first + at - 1])
    new = _recommendation(draft, draft.random.choice(others))
    draft.blocks.insert(first + at, new)
    _set_number(new, at + 1)
    changed = _renumber_records(others[at:], at + 2)
    return draft.done(before, *changed, inserted=draft.count(new) + len(changed), deleted=len(changed))


def delete_recommendation(draft: Draft) -> Edit | None:
    """Take out a recommendation that nothing leads to; those after it get other numbers."""
    others = [block for block in draft.blocks if has_class(block, "recommendation")]
    targets = {link["c"][2][0] for link in elements(draft.blocks) if link["t"] == "Link"}
    options = [
        at
        for at, block in enumerate(others)
        if all(map(draft.is_free, others[at:])) and f"#{identifier(block)}" not in targets and len(others) > 1
    ]
    at = draft.choose(options)
    if at is None:
        return None
    block = others[at]
    del draft.blocks[draft.blocks.index(block)]
    changed = _renumber_records(others[at + 1 :], at + 1)
    return draft.done(place_of(block), *changed, inserted=len(changed), deleted=draft.count(block) + len(changed))


def change_fact(draft: Draft) -> Edit | None:
    """Let a value of the quick facts, or the sign that it is missing, be another one."""
    options = [
        (f"facts.{attributes(fact)['key']}", fact["c"][1], at)
        for block in draft.blocks
        if has_class(block, "quick-facts")
        for fact in elements(block)
        if has_class(fact, "fact", "Span") and f"facts.{attributes(fact)['key']}" not in draft.touched
        for at, inline in enumerate(fact["c"][1])
        if has_class(inline, "value", "Span") or has_class(inline, "gap", "Span")
    ]
    chosen = draft.choose(options)
    if chosen is None:
        return None
    place, inlines, at = chosen
    old = inlines[at]
    new = draft.vocabulary.phrase(1, 3, without=stringify(old))
    inlines[at] = value_span(new, attributes(old)["key"])
    return draft.done(place, inserted=count_words([inlines[at]]), deleted=count_words([old]))


# Tables and figures ---------------------------------------------------------------------------------------------------


def insert_row(draft: Draft) -> Edit | None:
    """Write a row into a table."""
    chosen = draft.choose(_tables(draft))
    if chosen is None:
        return None
    block, table = chosen
    cells = [_new_cell(draft, align["t"], 3) for align, _ in table["c"][2]]
    rows = table["c"][4][0][3]
    rows.insert(draft.random.randrange(len(rows) + 1), [attr(), cells])
    return draft.done(place_of(block), inserted=sum(map(_count_cell, cells)))


def delete_row(draft: Draft) -> Edit | None:
    """Take a row out of a table."""
    chosen = draft.choose([(block, table) for block, table in _tables(draft) if len(table["c"][4][0][3]) > FEWEST_ROWS])
    if chosen is None:
        return None
    block, table = chosen
    rows = table["c"][4][0][3]
    row = rows.pop(draft.random.randrange(len(rows)))
    return draft.done(place_of(block), deleted=sum(map(_count_cell, row[1])))


def insert_column(draft: Draft) -> Edit | None:
    """Write a column into a table, after the first."""
    chosen = draft.choose(_tables(draft))
    if chosen is None:
        return None
    block, table = chosen
    widths, head = table["c"][2], table["c"][3]
    at = draft.random.randint(1, len(widths))
    align = draft.random.choice(("AlignLeft", "AlignRight"))
    for _, width in widths:
        width["c"] = round(width["c"] * (1 - NEW_COLUMN), 4)
    widths.insert(at, [{"t": align}, {"t": "ColWidth", "c": NEW_COLUMN}])
    words = 0
    for row in rows_of(table):
        cell = _new_cell(draft, "AlignLeft" if any(row is first for first in head[1]) else align, 1)
        row[1].insert(at, cell)
        words += _count_cell(cell)
    return draft.done(place_of(block), inserted=words)


def change_cell(draft: Draft) -> Edit | None:
    """Write something else into a cell."""
    chosen = draft.choose(_tables(draft))
    if chosen is None:
        return None
    block, table = chosen
    row = draft.random.choice(table["c"][4][0][3])
    at = draft.random.randrange(len(row[1]))
    old = row[1][at]
    row[1][at] = _new_cell(draft, table["c"][2][at][0]["t"], 2, without=stringify(old[4]))
    return draft.done(place_of(block), inserted=_count_cell(row[1][at]), deleted=_count_cell(old))


def change_caption(draft: Draft) -> Edit | None:
    """Replace a word of a caption; the list of captions repeats it."""
    captions = [(block, block["c"][1]) for block in _figures(draft) if draft.is_free(block)]
    captions += [(block, table["c"][1]) for block, table in _tables(draft)]
    chosen = draft.choose(
        [
            (block, inlines, at)
            for block, (_, blocks) in captions
            for inlines in (inner["c"] for inner in blocks)
            for at, inline in enumerate(inlines)
            if is_plain_word(inline)
        ]
    )
    if chosen is None:
        return None
    block, inlines, at = chosen
    inlines[at] = string(draft.vocabulary.phrase(1, 1, without=inlines[at]["c"]))
    times = 1 + _is_listed(draft)
    return draft.done(place_of(block), inserted=times, deleted=times)


def change_picture(draft: Draft) -> Edit | None:
    """Draw a figure anew, or let it show the picture of another one."""
    block = draft.choose([block for block in _figures(draft) if draft.is_free(block)])
    if block is None:
        return None
    path = _image(block)["c"][2][0]
    name, _, rest = path.partition(".")
    redrawn = f"{name}{REDRAWN}.{rest}"
    other = draft.choose([other for figure in _figures(draft) if (other := _image(figure)["c"][2][0]) != path])
    _image(block)["c"][2][0] = draft.random.choice([redrawn, other or redrawn])
    return draft.done(place_of(block))


def remove_figure(draft: Draft) -> Edit | None:
    """Take out a figure with its caption; later ones get other numbers, and the text refers to an annex instead."""
    figures = _figures(draft)
    options = [at for at in range(len(figures)) if all(map(draft.is_free, _concerned(draft, figures[at:])))]
    at = draft.choose(options if len(figures) > 1 else [])
    if at is None:
        return None
    figure, later = figures[at], figures[at + 1 :]
    concerned = _concerned(draft, figures[at:])
    listed = _is_listed(draft)
    words = draft.count(figure) + listed * draft.count_caption(figure)
    del draft.blocks[draft.blocks.index(figure)]
    replaced, gone = _refer_to_annex(draft, identifier(figure))
    renumbered = sum(_renumber_figure(draft, other, at + 1 + place) + listed for place, other in enumerate(later))
    return draft.done(*map(place_of, concerned), inserted=replaced + renumbered, deleted=words + gone + renumbered)


THING_EDITS: dict[str, Callable[[Draft], Edit | None]] = {
    "recommendation inserted": insert_recommendation,
    "recommendation deleted": delete_recommendation,
    "fact": change_fact,
    "row inserted": insert_row,
    "row deleted": delete_row,
    "column inserted": insert_column,
    "cell": change_cell,
    "caption": change_caption,
    "figure": change_picture,
    "figure removed": remove_figure,
}


# What the edits need --------------------------------------------------------------------------------------------------


def _recommendation(draft: Draft, model: Element) -> Element:
    """Write a recommendation with the fields of another one; what is missing there is missing here."""
    new = deepcopy(model)
    key = f"new_{len(draft.touched)}"
    new["c"][0][0] = f"rec-{key}"
    draft.touched.add(f"rec-{key}")
    heading, text, *rest = new["c"][1]
    heading["c"][1][0] = f"rec-{key}-heading"
    text["c"] = [value_span(stringify(draft.vocabulary.sentence()), f"recommendations.{key}.text")]
    for place, field in enumerate(field for block in rest for fields in block["c"][1] for field in fields["c"]):
        value = field[1][0][0]
        if not has_class(value["c"][0], "gap", "Span"):
            value["c"] = [value_span(draft.vocabulary.phrase(1, 4), f"recommendations.{key}.{place}")]
    return new


def _renumber_records(blocks: list[Element], first: int) -> list[str]:
    """Number records on, and return their ids."""
    for number, block in enumerate(blocks, start=first):
        _set_number(block, number)
    return [place_of(block) for block in blocks]


def _set_number(block: Element, number: int) -> None:
    """Give a record its number, in its attributes and at the end of its heading."""
    block["c"][0][2] = [[key, str(number) if key == "number" else value] for key, value in block["c"][0][2]]
    last = block["c"][1][0]["c"][2][-1]
    last["c"] = re.sub(r"\d+$", str(number), last["c"])


def _tables(draft: Draft) -> list[tuple[Element, Element]]:
    return [(block, block["c"][1][0]) for block in draft.untouched("table")]


def _new_cell(draft: Draft, align: str, most: int, without: str = "") -> list:
    """Write a number into a column of numbers, else some words."""
    if align == "AlignRight":
        text = draft.number(without)
        attributes = attr("", [], {"value": text})
    else:
        text = draft.vocabulary.phrase(1, most, without)
        attributes = attr()
    return [attributes, {"t": "AlignDefault"}, 1, 1, [plain(text_inlines(text))]]


def _count_cell(cell: list) -> int:
    return sum(count_words(block["c"]) for block in cell[4])


def _figures(draft: Draft) -> list[Element]:
    return [block for block in draft.blocks if block["t"] == "Figure"]


def _image(figure: Element) -> Element:
    return next(element for element in elements(figure["c"][2]) if element["t"] == "Image")


def _is_listed(draft: Draft) -> int:
    """Say how often the words of a caption are repeated at the end of the brief."""
    return sum(has_class(block, "lists") for block in draft.blocks)


def _concerned(draft: Draft, figures: list[Element]) -> list[Element]:
    """List these figures and every block that refers to one of them."""
    names = [identifier(figure) for figure in figures]
    others = [
        block for block in draft.blocks if any(refers(element, name) for element in elements(block) for name in names)
    ]
    return [*figures, *others]


def _references(draft: Draft, name: str) -> list[Element]:
    return [element for element in elements(draft.blocks) if refers(element, name)]


def _refer_to_annex(draft: Draft, name: str) -> tuple[int, int]:
    """Write of an annex where the text refers to a figure; say how many words come and go."""
    annex = string(draft.vocabulary.annex.replace(" ", NO_BREAK_SPACE))
    found = _references(draft, name)
    gone = sum(count_words(link["c"][1]) for link in found)
    for link in found:
        link.clear()
        link.update(annex)
    return len(found) * count_words([annex]), gone


def _renumber_figure(draft: Draft, figure: Element, number: int) -> int:
    """Give a figure another number, wherever the text says it, and say how often that is but for the list."""
    figure["c"][0][2] = [[key, str(number) if key == "number" else value] for key, value in figure["c"][0][2]]
    found = _references(draft, identifier(figure))
    for link in found:
        last = link["c"][1][-1]
        last["c"] = re.sub(r"\d+$", str(number), last["c"])
    return 1 + len(found)
