"""The pairing of blocks: what stayed, went, came, moved, was split and joined."""

from evalbrief.review.alignment import Block, pair
from evalbrief.review.tokens import tokens

ONE = "Le projet appuie les comités de vigilance dans quatre pays depuis la première année."
TWO = "Les partenaires locaux mènent les activités avec des accords signés chaque printemps."
THREE = "Une enquête en ligne complète les entretiens et les visites de terrain de l’équipe."
FOUR = "Le budget a été dépensé comme prévu, sauf pour deux ateliers reportés à l’automne."


def blocks(*texts: str, ids: tuple[str, ...] = ()) -> list[Block]:
    named = [*ids, *([None] * (len(texts) - len(ids)))]
    return [Block(tokens(text), "text", name, splits=True) for text, name in zip(texts, named, strict=True)]


def groups(old: list[Block], new: list[Block]) -> list[tuple[list[int], list[int]]]:
    return pair(old, new).groups


def test_equal_blocks_are_pairs() -> None:
    assert groups(blocks(ONE, TWO), blocks(ONE, TWO)) == [([0], [0]), ([1], [1])]


def test_changed_block_is_a_pair_without_an_id() -> None:
    changed = TWO.replace("signés", "renouvelés")
    assert groups(blocks(ONE, TWO, THREE), blocks(ONE, changed, THREE)) == [([0], [0]), ([1], [1]), ([2], [2])]


def test_block_with_an_id_is_a_pair_whatever_it_says() -> None:
    assert groups(blocks(ONE, ids=("a",)), blocks(TWO, ids=("a",))) == [([0], [0])]


def test_id_that_stands_twice_names_no_block() -> None:
    old, new = blocks(ONE, TWO, ids=("a", "a")), blocks(TWO, ONE, ids=("a", "a"))
    assert pair(old, new).moves != {}


def test_what_went_stands_before_what_came() -> None:
    assert groups(blocks(ONE, TWO, FOUR), blocks(ONE, THREE, FOUR)) == [([0], [0]), ([1], []), ([], [1]), ([2], [2])]


def test_block_elsewhere_has_moved() -> None:
    pairing = pair(blocks(ONE, TWO, THREE, FOUR), blocks(TWO, THREE, FOUR, ONE))
    assert pairing.moves == {0: 3}
    assert ([0], []) in pairing.groups
    assert ([], [3]) in pairing.groups


def test_block_elsewhere_with_another_word_has_moved() -> None:
    changed = ONE.replace("première", "deuxième")
    assert pair(blocks(ONE, TWO, THREE), blocks(TWO, THREE, changed)).moves == {0: 2}


def test_few_words_elsewhere_have_not_moved() -> None:
    assert pair(blocks("Un mot.", TWO, THREE), blocks(TWO, THREE, "Un mot, là.")).moves == {}


def test_split_block_is_one_group() -> None:
    assert groups(blocks(f"{ONE} {TWO}", FOUR), blocks(ONE, TWO, FOUR)) == [([0], [0, 1]), ([1], [2])]


def test_joined_blocks_are_one_group() -> None:
    assert groups(blocks(ONE, TWO, FOUR), blocks(f"{ONE} {TWO}", FOUR)) == [([0, 1], [0]), ([2], [1])]


def test_other_kind_is_no_pair() -> None:
    assert groups([Block(tokens(ONE), "text")], [Block(tokens(ONE), "heading")]) == [([0], []), ([], [0])]
