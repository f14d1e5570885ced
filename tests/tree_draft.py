"""A tree of a brief that is being edited: what can still be edited in it, and a record of what was."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from evalbrief.document.meta import read_meta
from evalbrief.tree import Element, attr, div, has_class, text_inlines

from tests.tree_words import Vocabulary, place_of, shown, words_of

SPACE = {"t": "Space"}
LIST_ITEMS: dict[str, Callable[[Element], list]] = {
    "BulletList": lambda block: block["c"],
    "OrderedList": lambda block: block["c"][1],
}
RECORDS = ("recommendation", "lesson", "practice")
PLAIN_WORD = re.compile(r"[^\W\d_]{4,}")
Option = TypeVar("Option")


@dataclass(frozen=True)
class Edit:
    """A change that was made, where, and what it truly changed in the Word document.

    `place` is the id of the block in the old draft; of what is new, the id of what stands before it. Words are counted
    as they are shown: moved ones where they were and where they are, those of a caption in the list of captions too,
    a number that changes because another block came or went as one deleted and one inserted. A link cannot be marked
    by itself, so its words count when it comes or leads elsewhere. `formatting` counts changes of looks.
    """

    kind: str
    place: str
    inserted: int = 0
    deleted: int = 0
    formatting: int = 0


class Draft:
    """A tree that is being edited, no block of it twice."""

    def __init__(self, tree: dict, random: Random) -> None:
        # Each element once, also where a tree was made with one in two places.
        self.tree = json.loads(json.dumps(tree))
        self.random = random
        self.meta = read_meta(tree)
        self.vocabulary = Vocabulary(self.meta.language[:2], random)
        self.touched: set[str] = set()
        self.kind = ""

    @property
    def blocks(self) -> list[Element]:
        """The blocks, in the order of the text."""
        return self.tree["blocks"]

    def done(self, *places: str, inserted: int = 0, deleted: int = 0, formatting: int = 0) -> Edit:
        """Write down an edit of the first place; none of the places is edited again."""
        self.touched.update(places)
        return Edit(self.kind, places[0], inserted, deleted, formatting)

    def is_free(self, block: Element) -> bool:
        """Say whether a block can still be edited."""
        return bool(place_of(block)) and place_of(block) not in self.touched

    def untouched(self, *names: str) -> list[Element]:
        """List the divisions of these classes that can still be edited."""
        return [block for block in self.blocks if self.is_free(block) and any(has_class(block, name) for name in names)]

    def paragraphs(self) -> list[Element]:
        """List the paragraphs of the text that can still be edited, each in its division."""
        return [block for block in self.untouched("block") if [inner["t"] for inner in block["c"][1]] == ["Para"]]

    def lists(self) -> list[tuple[Element, list]]:
        """List the lists that can still be edited, each with its items."""
        found = [(block, block["c"][1][0]) for block in self.untouched("block")]
        return [(block, LIST_ITEMS[inner["t"]](inner)) for block, inner in found if inner["t"] in LIST_ITEMS]

    def texts(self) -> list[tuple[Element, list[Element]]]:
        """List what can still be edited word by word: the paragraphs, and the words of findings and records."""
        found = [(block, inlines_of(block)) for block in self.paragraphs()]
        for block in self.untouched("finding", *RECORDS):
            paragraph = next(inner for inner in block["c"][1] if inner["t"] == "Para")
            values = [inline for inline in paragraph["c"] if has_class(inline, "value", "Span")]
            found += [(block, value["c"][1]) for value in values]
        return found

    def choose_word(self) -> tuple[Element, list[Element], int] | None:
        """Choose a plain word: its block, the inlines it stands in, and where there."""
        return self.choose([(block, inlines, at) for block, inlines in self.texts() for at in plain_words(inlines)])

    def choose(self, options: list[Option]) -> Option | None:
        """Choose one of some options, if there are any."""
        return self.random.choice(options) if options else None

    def count(self, *blocks: Element) -> int:
        """Count the words that blocks show."""
        return len(shown(list(blocks), self.meta))

    def count_caption(self, figure: Element) -> int:
        """Count the words of a caption, its label and number with them."""
        source = [inner for inner in figure["c"][2] if inner["t"] == "Div"]
        return self.count(figure) - self.count(*source)

    def text_block(self, inlines: list[Element]) -> Element:
        """Make a paragraph of the text, which is not edited again."""
        name = f"new-{len(self.touched)}"
        self.touched.add(name)
        return div(name, ["block"], [{"t": "Para", "c": inlines}])

    def number(self, without: str = "") -> str:
        """Write a number that another text is not."""
        return str(self.random.choice([number for number in range(2, 1000) if str(number) != without]))


def inlines_of(block: Element) -> list[Element]:
    """Give the inlines of a division that holds one paragraph."""
    return block["c"][1][0]["c"]


def string(text: str) -> Element:
    """Make an inline of a text."""
    return {"t": "Str", "c": text}


def value_span(words: str, key: str) -> Element:
    """Make a value of the data that stands in the text."""
    return {"t": "Span", "c": [attr("", ["value"], {"key": key}), text_inlines(words)]}


def count_words(inlines: list[Element]) -> int:
    """Count the words of inlines, those of their notes too."""
    return len(words_of(inlines))


def is_plain_word(inline: Element) -> bool:
    """Say whether an inline is a word and nothing else."""
    return inline["t"] == "Str" and bool(PLAIN_WORD.fullmatch(inline["c"]))


def plain_words(inlines: list[Element]) -> Iterator[int]:
    """Find the words that have no sign at them and a space behind them."""
    for at in range(len(inlines) - 1):
        if is_plain_word(inlines[at]) and inlines[at + 1] == SPACE:
            yield at
