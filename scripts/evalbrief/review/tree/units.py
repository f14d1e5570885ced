"""A tree as units to compare: headings, paragraphs, items, terms, figures, tables, in the order of the text."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from evalbrief.review.alignment import Block
from evalbrief.review.tree.inlines import Token, read_inlines
from evalbrief.tree import Element, Node, attributes, classes, elements, identifier, stringify

TEXT, HEADING, FIGURE, TABLE = "text", "heading", "figure", "table"
# A list of blocks, items or entries, and a place in it.
Place = tuple[list, int]
NUMBERED = ("recommendation", "lesson", "practice", "finding")


@dataclass
class Unit(Block):
    """A block with its tokens; `places` lead to it from the top: each a list of the tree and a place in that."""

    element: Element = field(default_factory=dict)
    read: list[Token] = field(default_factory=list)
    places: tuple[Place, ...] = ()
    # The section it stands in, by the id of its heading, and the block of the text.
    section: str = ""
    block: str = ""
    # What is compared besides words: the content of a picture.
    picture: str = ""


class Reader:
    """Reads the units of a tree; `pictures` gives the digest of a picture by its path."""

    def __init__(self, pictures: dict[str, str]) -> None:
        self._pictures = pictures
        self._section = ""

    def read(self, blocks: list[Element]) -> list[Unit]:
        """Return the units of a tree in order."""
        self._section = ""
        return list(self._units(blocks, (), "", ""))

    def _units(self, blocks: list, places: tuple[Place, ...], name: str, numbered: str) -> Iterator[Unit]:
        for place, block in enumerate(blocks):
            here = (*places, (blocks, place))
            match block["t"]:
                case "Header":
                    own = identifier(block)
                    if not numbered:
                        self._section = own
                    yield self._text(block, HEADING, block["c"][2], own, here, name, numbered)
                case "Para" | "Plain":
                    own = name if place == 0 else _value_of(block["c"]) if len(block["c"]) == 1 else ""
                    yield self._text(block, TEXT, block["c"], own, here, name, numbered)
                case "BulletList" | "OrderedList":
                    items = block["c"] if block["t"] == "BulletList" else block["c"][1]
                    for number, item in enumerate(items):
                        yield from self._units(item, (*here, (items, number)), "", "")
                case "DefinitionList":
                    for number, (term, definitions) in enumerate(block["c"]):
                        entry = (*here, (block["c"], number))
                        yield self._text(block, TEXT, term, "", entry, name, "")
                        for definition in definitions:
                            yield from self._units(definition, entry, _value_of(definition), "")
                case "BlockQuote":
                    yield from self._units(block["c"], here, "", "")
                case "Div":
                    own = identifier(block)
                    card = own if set(NUMBERED) & set(classes(block)) else numbered
                    yield from self._units(block["c"][1], here, own or name, card)
                case "Figure":
                    yield self._figure(block, here)
                case "Table":
                    yield self._table(block, here, name)

    def _text(
        self,
        element: Element,
        kind: str,
        inlines: list,
        own: str,
        places: tuple[Place, ...],
        name: str,
        numbered: str,
    ) -> Unit:
        read = read_inlines(inlines, numbered)
        keys: list[Hashable] = [token.key for token in read]
        return Unit(
            *(keys, kind, own or None),
            splits=kind == TEXT,
            element=element,
            read=read,
            places=places,
            section=self._section,
            block=name or own,
        )

    def _figure(self, figure: Element, places: tuple[Place, ...]) -> Unit:
        image = next(element for element in elements(figure["c"][2]) if element["t"] == "Image")
        read = read_inlines(_caption(figure["c"][1]))
        own = identifier(figure)
        return Unit(
            *([token.key for token in read], FIGURE, own),
            element=figure,
            read=read,
            places=places,
            section=self._section,
            block=own,
            picture=self._pictures.get(image["c"][2][0], ""),
        )

    def _table(self, table: Element, places: tuple[Place, ...], name: str) -> Unit:
        read = read_inlines(_caption(table["c"][1]))
        words: list[Hashable] = [token.key for token in read_inlines([{"t": "Str", "c": stringify(table)}])]
        return Unit(
            *(words, TABLE, name or None),
            element=table,
            read=read,
            places=places,
            section=self._section,
            block=name,
        )


def _caption(caption: Node) -> list[Element]:
    """Give the inlines of a caption, which is one paragraph."""
    return caption[1][0]["c"] if caption[1] else []


def _value_of(definition: list[Element]) -> str:
    """Name a text by the value it is, if it is one: a quick fact, a field of a recommendation."""
    for element in elements(definition):
        if element["t"] == "Span" and (key := attributes(element).get("key")):
            return key
    return ""


def titles(blocks: list[Element]) -> dict[str, str]:
    """Give the words of each heading by its id."""
    return {identifier(e): stringify(e["c"][2]) for e in elements(blocks) if e["t"] == "Header"}
