"""Two trees -> the new one with marks of what changed, and the list of the changes.

What went stands where it stood; so the tree can be written by the writers of the brief.
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from evalbrief.review.alignment import REWRITTEN, likeness, pair
from evalbrief.review.difference import DELETE, EQUAL, INSERT
from evalbrief.review.tree.changes import (
    CELLS,
    COME,
    GONE,
    JOINED,
    MOVED,
    PICTURE,
    SPLIT,
    TITLE,
    Change,
    Renumbering,
    count_words,
    kind_of,
    numbers_in_sentence,
    said,
    typed_numbers,
)
from evalbrief.review.tree.compared import compared
from evalbrief.review.tree.inlines import REFORMATTED, RENUMBERED, Item, Token, marked_whole, write_inlines
from evalbrief.review.tree.parts import fitting, largest_parts, rename_ids
from evalbrief.review.tree.tables import cells_of, mark_cell, merge_tables
from evalbrief.review.tree.units import FIGURE, HEADING, TABLE, Reader, Unit
from evalbrief.tree import Element, attr, attributes, stringify

END = ("end of paragraph",)
# What stands round the text, on the first page and at the head of every page.
FRAME = ("title", "draft", "notice")


@dataclass
class Merged:
    """The new tree with marks, the changes in the order of the text, what has another number, and words by section."""

    tree: Element
    changes: list[Change]
    renumbered: list[Renumbering]
    words: dict[str, tuple[int, int]]


def merge(old: Element, new: Element, old_pictures: dict[str, str], new_pictures: dict[str, str]) -> Merged:
    """Merge two trees; the pictures are digests by path."""
    return _Merger(old, deepcopy(new), old_pictures, new_pictures).merged()


class _Merger:
    def __init__(self, old: Element, new: Element, old_pictures: dict[str, str], new_pictures: dict[str, str]) -> None:
        self._before, self._tree = old, new
        self._old = Reader(old_pictures).read(old["blocks"])
        self._new = Reader(new_pictures).read(new["blocks"])
        self._changes: list[Change] = []
        self._renumbered: dict[str, Renumbering] = {}
        self._words: dict[str, list[int]] = {}
        # What to set after the entries of the new tree's lists, by list and place.
        self._after: dict[tuple[int, int], list] = {}

    def merged(self) -> Merged:
        self._frame()
        pairing = pair(self._old, self._new)
        origins = {after: before for before, after in pairing.moves.items()}
        partners = {before: news[0] for olds, news in pairing.groups if news for before in olds}
        new_ones = {
            news[0] for olds, news in pairing.groups if not olds and not self._stands_elsewhere(news[0], origins)
        }
        together = largest_parts(self._new, new_ones)
        for olds, news in pairing.groups:
            if olds and news:
                self._paired([self._old[place] for place in olds], [self._new[place] for place in news])
            elif news and news[0] in together:
                self._come([self._new[place] for place in together[news[0]].units])
            elif news and news[0] not in new_ones:
                self._moved(self._old[origins[news[0]]], self._new[news[0]])
        self._put_back(pairing.groups, partners, pairing.moves)
        self._insert()
        self._renumber_figures(partners)
        words = {section: (counts[0], counts[1]) for section, counts in self._words.items()}
        return Merged(self._tree, self._changes, list(self._renumbered.values()), words)

    def _frame(self) -> None:
        """Note what changed of what stands round the text: the title, the mark of a draft, the notice."""
        for name in FRAME:
            old, new = (_meta_words(tree, name) for tree in (self._before, self._tree))
            if old != new:
                self._changes.append(Change(len(self._changes) + 1, TITLE, "", name, old, new))

    def _stands_elsewhere(self, place: int, origins: dict[int, int]) -> bool:
        """Say whether a unit moved here; a table, and a figure, counts as gone and come."""
        return place in origins and self._new[place].kind not in (TABLE, FIGURE)

    # Units that are in both ------------------------------------------------------------------------------------------

    def _paired(self, olds: list[Unit], news: list[Unit]) -> None:
        before, after = olds[0], news[0]
        if after.kind == TABLE:
            self._table(before, after)
            return
        if after.kind == FIGURE and before.picture != after.picture:
            self._add(PICTURE, after, "", "")
            _classify(after.element, "changed", self._changes[-1].number)
        if len(olds) == len(news) == 1:
            items = compared(before.read, after.read, rewritten=likeness(before, after) < REWRITTEN)
            self._write(after, self._numbered(items, after, TITLE if after.kind == HEADING else ""))
        else:
            self._split_or_joined(olds, news)

    def _split_or_joined(self, olds: list[Unit], news: list[Unit]) -> None:
        """Merge paragraphs as one text; where one ends, or ended, stands a sign."""
        ends = [Token(END, "")]
        old = [token for unit in olds for token in [*unit.read, *ends]][:-1]
        new = [token for unit in news for token in [*unit.read, *ends]][:-1]
        items = compared(old, new)
        items = self._numbered(items, news[0], SPLIT if len(news) > len(olds) else JOINED)
        parts: list[list[Item]] = [[]]
        for item in items:
            if item.token.key == END:
                sign = Token("¶", "¶")
                if item.kind != EQUAL:
                    parts[-1].append(Item(item.kind, sign, item.change))
                if item.kind != DELETE:
                    parts.append([])
            else:
                parts[-1].append(item)
        for unit, part in zip(news, parts, strict=True):
            self._write(unit, part)

    def _numbered(self, items: list[Item], unit: Unit, kind: str) -> list[Item]:
        """Make one change of all marks of a unit, or several of single words; note what has another number."""
        for item in items:
            if item.kind == RENUMBERED and item.before:
                what = str(item.token.key[1])  # type: ignore[index]
                self._renumbered[what] = Renumbering(what, item.before.text, item.token.text)
        marked = [item for item in items if item.kind in (DELETE, INSERT, REFORMATTED)]
        if not marked:
            return items
        old, new = said(items, DELETE), said(items, INSERT)
        self._add(kind or kind_of(marked), unit, old, new)
        change = self._changes[-1]
        change.values = list(dict.fromkeys(item.token.value for item in marked if item.token.value))
        change.typed = typed_numbers(items)
        change.numbers = numbers_in_sentence(items)
        self._count(unit, new, old)
        return [item._replace(change=change.number) if item in marked else item for item in items]

    def _add(self, kind: str, unit: Unit, old: str, new: str) -> None:
        self._changes.append(Change(len(self._changes) + 1, kind, unit.section, unit.block, old, new))

    def _count(self, unit: Unit, new: str, old: str) -> None:
        counts = self._words.setdefault(unit.section, [0, 0])
        counts[0] += count_words(new)
        counts[1] += count_words(old)

    def _write(self, unit: Unit, items: list[Item]) -> None:
        if any(item.kind != EQUAL for item in items):
            _inlines_of(unit)[:] = write_inlines(items)

    # Units that came or went ----------------------------------------------------------------------------------------

    def _moved(self, before: Unit, after: Unit) -> None:
        """Mark a text that stands elsewhere now, and what changed in it; a table counts as new."""
        items = compared(before.read, after.read)
        self._add(MOVED, after, before_words(before), before_words(after))
        number = self._changes[-1].number
        self._changes[-1].origin = before.section
        self._write(after, self._numbered(items, after, ""))
        _mark_block(after, "moved", number)

    def _come(self, units: Sequence[Unit]) -> None:
        """Mark what is new: a paragraph, or all of a record, as one change."""
        words = " ".join(filter(None, map(before_words, units)))
        self._add(COME, units[0], "", words)
        self._changes[-1].values = list(
            dict.fromkeys(token.value for unit in units for token in unit.read if token.value)
        )
        self._count(units[0], words, "")
        for unit in units:
            self._mark_whole(unit, INSERT)

    def _mark_whole(self, unit: Unit, kind: str) -> None:
        number = self._changes[-1].number
        if unit.kind in (TABLE, FIGURE):
            _classify(unit.element, "inserted" if kind == INSERT else "deleted", number)
        if unit.kind == TABLE:
            for cell in cells_of(unit.element):
                mark_cell(cell, kind, number)
        _inlines_of(unit)[:] = marked_whole(unit.read, kind, number)

    def _put_back(
        self, groups: list[tuple[list[int], list[int]]], partners: dict[int, int], moves: dict[int, int]
    ) -> None:
        """Set what went where it stood: the largest part of the old tree of which nothing is left, as one."""
        gone = {
            olds[0]
            for olds, news in groups
            if not news and (olds[0] not in moves or self._old[olds[0]].kind in (TABLE, FIGURE))
        }
        for number, (depth, together) in largest_parts(self._old, gone).items():
            unit = self._old[number]
            holder, place = unit.places[depth]
            words = " ".join(filter(None, (before_words(self._old[other]) for other in together)))
            self._add(GONE, unit, words, "")
            self._count(unit, "", words)
            for other in together:
                self._mark_whole(self._old[other], DELETE)
            rename_ids(holder[place])
            self._after.setdefault(self._where(number, depth, partners), []).append((holder[place], depth, unit))

    def _where(self, number: int, depth: int, partners: dict[int, int]) -> tuple[int, int]:
        """Find the place in the new tree after which an entry of the old one stood: a list, by its id, and a place."""
        holder = self._old[number].places[depth][0]
        for other in range(number - 1, -1, -1):
            if other not in partners:
                continue
            partner, before = self._new[partners[other]], self._old[other]
            siblings = len(before.places) > depth and before.places[depth][0] is holder
            if siblings and len(partner.places) > depth:
                new_holder, new_place = partner.places[depth]
                return id(new_holder), new_place
            if depth == 0 or not siblings:
                new_holder, new_place = partner.places[0]
                return id(new_holder), new_place
        return id(self._tree["blocks"]), -1

    def _insert(self) -> None:
        """Insert what was put back, from behind, so that the places before it stay right."""
        lists: dict[int, list] = {id(self._tree["blocks"]): self._tree["blocks"]}
        for unit in self._new:
            lists.update({id(holder): holder for holder, _ in unit.places})
        for (holder, place), entries in sorted(self._after.items(), key=lambda entry: -entry[0][1]):
            target = lists[holder]
            for number, (entry, depth, unit) in enumerate(entries, start=1):
                target.insert(place + number, fitting(entry, target, depth, unit))

    # Tables --------------------------------------------------------------------------------------------------------

    def _table(self, before: Unit, after: Unit) -> None:
        """Merge two tables: title, rows, columns, cells."""
        self._write(after, self._numbered(compared(before.read, after.read), after, ""))
        change = Change(len(self._changes) + 1, CELLS, after.section, after.block, "", "")
        merge_tables(before.element["c"], after.element["c"], change)
        if change.rows:
            self._changes.append(change)
            self._count(after, change.new, change.old)
            _classify(after.element, "changed", change.number)

    # Numbers by order ------------------------------------------------------------------------------------------------

    def _renumber_figures(self, partners: dict[int, int]) -> None:
        """Note the figures and tables that have another number than before."""
        for before, after in partners.items():
            numbers = [_number_of(unit) for unit in (self._old[before], self._new[after])]
            if self._new[after].kind in (FIGURE, TABLE) and all(numbers) and numbers[0] != numbers[1]:
                what = f"#{self._new[after].block}"
                self._renumbered.setdefault(what, Renumbering(what, numbers[0], numbers[1]))


def _meta_words(tree: Element, name: str) -> str:
    content = tree["meta"].get(name, {}).get("c", "")
    return content if isinstance(content, str) else stringify(content)


def before_words(unit: Unit) -> str:
    """Give the words of a unit as plain text."""
    return "".join(token.text for token in unit.read).strip()


def _inlines_of(unit: Unit) -> list:
    """Give the list in the tree that holds the words of a unit."""
    element = unit.element
    match element["t"]:
        case "Header":
            return element["c"][2]
        case "Figure" | "Table":
            return element["c"][1][1][0]["c"] if element["c"][1][1] else []
        case "DefinitionList":
            holder, place = unit.places[-1]
            return holder[place][0]
        case _:
            return element["c"]


def _classify(element: Element, name: str, change: int) -> None:
    """Give a figure or table a class and the number of its change."""
    element["c"][0] = attr(
        element["c"][0][0], [*element["c"][0][1], name], attributes(element) | {"change": str(change)}
    )


def _mark_block(unit: Unit, name: str, change: int) -> None:
    """Show in front of a text that it moved here."""
    inlines = _inlines_of(unit)
    inlines[:] = [{"t": "Span", "c": [attr("", [name], {"change": str(change)}), list(inlines)]}]


def _number_of(unit: Unit) -> str:
    """Give the number that a figure or table has by its order."""
    for holder, place in reversed(unit.places):
        element = holder[place]
        if isinstance(element, dict) and element["t"] in ("Figure", "Div"):
            number = attributes(element).get("number", "")
            if number:
                return number
    return ""
