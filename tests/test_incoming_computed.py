"""Where to correct what is refused is said as people find it, and an edit of a cell is one edit."""

import pytest
from evalbrief.commands.import_review import _changed_words
from evalbrief.review.alignment import Pairing, pair
from evalbrief.review.incoming.cells import join_cells
from evalbrief.review.incoming.computed import entry_in_words
from evalbrief.review.incoming.returned import Paragraph
from evalbrief.review.tokens import tokens


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("donors[0].amount", "donors, first entry: amount"),
        ("criteria[3]", "criteria, entry 4"),
        ("rating_scale.lowest", "rating_scale: lowest"),
        ("title", "title"),
    ],
)
def test_entry_is_named_in_words(entry: str, words: str) -> None:
    assert entry_in_words(entry) == words


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("ils fonctionnent et méritent", "ils fonctionnent bien et méritent", "ils fonctionnent {bien} et méritent"),
        ("ils fonctionnent bien et méritent", "ils fonctionnent et méritent", "ils fonctionnent [bien] et méritent"),
        ("Sa logique est simple.", "Sa logique est limpide.", "Sa logique est [simple]{limpide}."),
    ],
)
def test_words_that_stand_apart_are_shown_so(old: str, new: str, shown: str) -> None:
    assert _changed_words(old, new) == shown


def table(*rows: tuple[str, ...]) -> list[Paragraph]:
    return [
        Paragraph(tokens(text), "cell", text=text, cell=(row, column))
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
    ]


def joined(old: list[Paragraph], new: list[Paragraph]) -> Pairing:
    return join_cells(pair(old, new), old, new)


def test_number_in_place_of_another_is_one_edit() -> None:
    old = table(("Label", "Value"), ("People met", "104"), ("Sites", "16"))
    new = table(("Label", "Value"), ("People met", "105"), ("Sites", "17"))
    assert joined(old, new).groups == [([place], [place]) for place in range(6)]


def test_cells_of_rows_that_went_and_came_are_no_edits_of_each_other() -> None:
    old = table(("Label", "Value"), ("People met", "104"), ("Sites", "16"))
    new = table(("Label", "Value"), ("Sites", "16"), ("Villages seen", "9"))
    groups = joined(old, new).groups
    assert ([2], []) in groups
    assert ([3], []) in groups
    assert ([], [4]) in groups
    assert ([], [5]) in groups
