"""The words of a tree as the Word document of a brief shows them, and words to write into one, in each language."""

import re
from collections.abc import Iterator
from random import Random
from typing import Any

from evalbrief.document.fields import set_fields
from evalbrief.document.meta import Meta
from evalbrief.text.locale import NO_BREAK_SPACE
from evalbrief.tree import Element, Node, attributes, classes, has_class, identifier, stringify, text_inlines

WORD = re.compile(r"\w+|[^\w\s]")
LISTS = {"list-of-figures": "figure", "list-of-tables": "table"}
VOCABULARY = {
    "fr": (
        *("accompagnement", "budget", "calendrier", "cohérence", "dialogue", "donateur", "échéance", "équipe"),
        *("formation", "gouvernance", "mandants", "ministère", "partenaire", "pertinence", "plaidoyer", "pratique"),
        *("région", "relais", "renforcement", "ressources", "réunion", "salaires", "secteur", "suivi", "village"),
    ),
    "en": (
        *("advocacy", "agency", "budget", "calendar", "coherence", "constituents", "deadline", "dialogue", "donor"),
        *("evidence", "governance", "handover", "meeting", "ministry", "network", "partner", "practice", "region"),
        *("relevance", "resources", "sector", "support", "training", "village", "wages"),
    ),
    "es": (
        *("acompañamiento", "aldea", "calendario", "capacitación", "coherencia", "diálogo", "donante", "equipo"),
        *("gobernanza", "incidencia", "mandantes", "ministerio", "pertinencia", "plazo", "práctica", "presupuesto"),
        *("recursos", "refuerzo", "región", "relevo", "reunión", "salarios", "sector", "seguimiento", "socio"),
    ),
}
# What a text refers to in the place of a figure that is gone.
ANNEX = {"fr": "annexe A", "en": "annex A", "es": "anexo A"}
Word = tuple[str, str]


class Vocabulary:
    """Writes words, phrases and sentences of a language by chance."""

    def __init__(self, language: str, random: Random) -> None:
        self.random = random
        self.words = VOCABULARY[language]
        self.annex = ANNEX[language]

    def phrase(self, fewest: int, most: int, without: str = "") -> str:
        """Write words that are not in another text."""
        choice = sorted(set(self.words) - set(WORD.findall(without.lower())))
        return " ".join(self.random.choices(choice, k=self.random.randint(fewest, most)))

    def sentence(self) -> list[Element]:
        """Write a sentence."""
        return text_inlines(f"{self.phrase(5, 14).capitalize()}.")


def shown(blocks: list[Element], meta: Meta) -> list[Word]:
    """List the words that the Word document shows, in order, each with where it leads, if it is a link.

    A note's words stand where it is called. The head of the document, which no block makes, is left out.
    """
    return [word for inlines in Shown(blocks, meta).paragraphs() for word in words_of(inlines)]


def words_of(inlines: list[Element]) -> list[Word]:
    """List the words of inlines, each with where it leads."""
    joined: list[tuple[str, str]] = []
    for text, target in _texts(inlines, ""):
        if joined and joined[-1][1] == target:
            joined[-1] = (joined[-1][0] + text, target)
        else:
            joined.append((text, target))
    return [(word, target) for text, target in joined for word in WORD.findall(text)]


class Shown:
    """Lays blocks out in paragraphs as the Word writer does."""

    def __init__(self, blocks: list[Element], meta: Meta) -> None:
        self.words = meta.words
        self.blocks = set_fields(blocks, meta.words["colon"])
        self.captions: dict[str, list[list[Element]]] = {"figure": [], "table": []}

    def paragraphs(self) -> Iterator[list[Element]]:
        """Give the inlines of each paragraph."""
        yield from self._blocks(self.blocks)

    def _blocks(self, blocks: list[Element]) -> Iterator[list[Element]]:
        for block in blocks:
            content: Any = block.get("c")
            match block["t"]:
                case "Para" | "Plain":
                    yield content
                case "Header":
                    yield content[2]
                case "BulletList":
                    yield from self._every(content)
                case "OrderedList":
                    yield from self._every(content[1])
                case "Figure":
                    yield self._caption("figure", block, content[1])
                    # The words of a picture are heard, not shown.
                    yield from self._blocks([inner for inner in content[2] if inner["t"] == "Div"])
                case "Div":
                    yield from self._division(block)
                case other:
                    raise ValueError(f"a {other} in a brief")

    def _every(self, lists: list[list[Element]]) -> Iterator[list[Element]]:
        for blocks in lists:
            yield from self._blocks(blocks)

    def _division(self, division: Element) -> Iterator[list[Element]]:
        blocks = division["c"][1]
        if has_class(division, "table"):
            table, *rest = blocks
            yield self._caption("table", division, table["c"][1])
            for row in rows_of(table):
                yield from self._every([cell[4] for cell in row[1]])
            yield from self._blocks(rest)
        elif has_class(division, "quick-facts"):
            heading, facts = blocks
            yield heading["c"][2]
            yield from ([_str(self.words["fact"])], [_str(self.words["value"])])
            for name, values in facts["c"]:
                yield name
                yield from self._every(values)
        elif kind := next((LISTS[name] for name in classes(division) if name in LISTS), ""):
            if self.captions[kind]:
                yield blocks[0]["c"] if blocks else [_str(self.words[f"list_of_{kind}s"])]
            yield from self.captions[kind]
        else:
            yield from self._blocks(blocks)

    def _caption(self, kind: str, holder: Element, caption: list) -> list[Element]:
        """Write a caption with its number; what the list of captions repeats of it is plain text."""
        label = _str(f"{self.words[kind]}{NO_BREAK_SPACE}{attributes(holder)['number']}.")
        inlines = [inline for block in caption[1] for inline in block["c"]]
        self.captions[kind].append([label, {"t": "Space"}, _str(stringify(inlines))])
        return [label, {"t": "Space"}, *inlines]


def rows_of(table: Element) -> list[list]:
    """Give all rows of a table, those of head and foot too."""
    _, _, _, head, bodies, foot = table["c"]
    return [*head[1], *(row for body in bodies for row in body[3]), *foot[1]]


def refers(node: Node, target: str) -> bool:
    """Say whether an element is a cross-reference to this figure or table."""
    return has_class(node, "reference", "Link") and node["c"][2][0] == f"#{target}"


def place_of(block: Element) -> str:
    """Give the id of a block, if it is of a kind that has one."""
    return identifier(block) if block["t"] in ("Div", "Figure", "Header") else ""


def _texts(inlines: list[Element], target: str) -> Iterator[tuple[str, str]]:
    for inline in inlines:
        content: Any = inline.get("c")
        match inline["t"]:
            case "Note":
                yield " ", target
                yield from ((f"{text} ", "") for block in content for text, _ in _texts(block["c"], ""))
            case "Link":
                # Where a cross-reference leads is the affair of a field.
                leads = "" if has_class(inline, "reference", "Link") else content[2][0]
                yield from _texts(content[1], leads or target)
            case "Span":
                yield from _texts(content[1], target)
            case "Strong" | "Emph" | "Superscript" | "Subscript" | "SmallCaps":
                yield from _texts(content, target)
            case "Image":
                continue
            case _:
                yield stringify(inline), target


def _str(text: str) -> Element:
    return {"t": "Str", "c": text}
