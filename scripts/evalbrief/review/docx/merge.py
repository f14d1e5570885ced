"""Merge two drafts of a story: the body, a cell, a header or a note."""

from collections import deque
from typing import Any, NamedTuple

from evalbrief.document.docx.package import W, element
from evalbrief.review.alignment import REWRITTEN, Block, Pairing, likeness, pair
from evalbrief.review.difference import DELETE, EQUAL, INSERT, difference
from evalbrief.review.docx.carried import Carrier
from evalbrief.review.docx.marks import CELLS, CHANGED, Marks
from evalbrief.review.docx.numbering import CarriedLists
from evalbrief.review.docx.paragraph import Item, ParagraphWriter
from evalbrief.review.docx.properties import described
from evalbrief.review.docx.story import END, FIGURE, TABLE, Story, StoryBlock
from evalbrief.review.grid import Columns, pair_columns, pair_rows, row_block

Element = Any


class Piece(NamedTuple):
    """Merged blocks, and the block of the new draft that they stand for, if any."""

    place: Element
    elements: list[Element]


class Merger:
    """Merges stories of one part; for `libreoffice`, a table whose columns changed goes and comes as a whole."""

    def __init__(
        self,
        old: Story,
        new: Story,
        carrier: Carrier,
        writer: ParagraphWriter,
        marks: Marks,
        lists: CarriedLists,
        *,
        libreoffice: bool,
    ) -> None:
        self._old, self._new = old, new
        self._carrier, self._writer, self._marks, self._lists = carrier, writer, marks, lists
        self._libreoffice = libreoffice

    def merge(self, old_parent: Element, new_parent: Element) -> None:
        """Put the merged story in the place of the new one."""
        old, new = self._old.blocks(old_parent), self._new.blocks(new_parent)
        pairing = pair(old, new)
        _keep_last_end(pairing, old, new)
        for olds, news in pairing.groups:
            for before, after in zip(olds, news, strict=False):
                self._lists.learn(old[before].element, new[after].element)
        pieces = deque(self._pieces(old, new, pairing))
        children = list(new_parent)
        for child in children:
            new_parent.remove(child)
        for child in children:
            if child.tag in (f"{W}p", f"{W}tbl", f"{W}sectPr"):
                new_parent.extend(_taken_up_to(pieces, child))
            if child.tag not in (f"{W}p", f"{W}tbl"):
                new_parent.append(child)
            else:
                new_parent.extend(_taken_up_to(pieces, None))
        new_parent.extend(_taken_up_to(pieces, None))
        assert not pieces

    def whole(self, story: Story, source: Element, kind: str, *, moved: bool = False, last: bool = False) -> Element:
        """Copy a paragraph, table, row or cell, all of it marked as gone or come, but for the end of a `last` one."""
        copy = self._carrier.copy(source, old=story.old)
        paragraphs = list(zip(list(source.iter(f"{W}p")), list(copy.iter(f"{W}p")), strict=True))
        for original, copied in paragraphs:
            read = story.read(original)
            end = Item(EQUAL if last else kind, read[-1])
            merged = self._writer.write([Item(kind, token) for token in read[:-1]], end, moved=moved)
            if copied is copy:
                return merged
            copied.getparent().replace(copied, merged)
        for row in copy.iter(f"{W}tr"):
            _properties(row, "trPr").append(self._marks.mark(CHANGED[kind]))
        return copy

    def _pieces(self, old: list[StoryBlock], new: list[StoryBlock], pairing: Pairing) -> list[Piece]:
        pieces = []
        names = {place: self._marks.new_move() for place in pairing.moves}
        origins = {new_place: old_place for old_place, new_place in pairing.moves.items()}
        for olds, news in pairing.groups:
            if not news:
                made = [Piece(None, self._one_sided(self._old, old[olds[0]], DELETE, names.get(olds[0])))]
            elif not olds:
                name = names.get(origins.get(news[0], -1))
                made = [Piece(new[news[0]].element, self._one_sided(self._new, new[news[0]], INSERT, name))]
            else:
                made = self._paired([old[place] for place in olds], [new[place] for place in news])
            for place in olds:
                starts, ends = self._carrier.targets_before(old[place].element)
                made[0] = made[0]._replace(elements=[*starts, *made[0].elements, *ends])
            pieces += made
        return pieces

    def _one_sided(self, story: Story, block: StoryBlock, kind: str, move: str | None) -> list[Element]:
        """Mark a block that went or came whole, or moved; a table moves as one that goes and one that comes."""
        if not move or block.kind == TABLE:
            return [self.whole(story, block.element, kind)]
        start, end = self._marks.move_range(kind, move)
        return [start, self.whole(story, block.element, kind, moved=True), end]

    def _paired(self, olds: list[StoryBlock], news: list[StoryBlock]) -> list[Piece]:
        before, after = olds[0], news[0]
        if after.kind == TABLE:
            return [Piece(after.element, self._table(before.element, after.element))]
        if after.kind == FIGURE and len(olds) == len(news) == 1 and _keys(before) != _keys(after):
            # Swapped inside one paragraph, LibreOffice 7.4 joins the picture and its caption.
            return [
                Piece(None, [self._gone(before)]),
                Piece(after.element, [self.whole(self._new, after.element, INSERT)]),
            ]
        if self._libreoffice and any(map(_has_note, [*olds[:-1], *news[:-1]])):
            return self._one_by_one(olds, news)
        return self._stream(olds, news)

    def _one_by_one(self, olds: list[StoryBlock], news: list[StoryBlock]) -> list[Piece]:
        """Merge the paragraph that holds a note, mark the others of a group as gone or come.

        LibreOffice 7.4 overlooks that the end of a paragraph goes or comes when a note stands in the paragraph.
        """
        before, after = (next(filter(_has_note, blocks), blocks[0]) for blocks in (olds, news))
        pieces = []
        for block in olds:
            pieces += self._stream([before], [after]) if block is before else [Piece(None, [self._gone(block)])]
        for block in news:
            if block is not after:
                pieces.insert(news.index(block), Piece(block.element, [self.whole(self._new, block.element, INSERT)]))
        return pieces

    def _gone(self, block: StoryBlock) -> Element:
        return self.whole(self._old, block.element, DELETE)

    def _stream(self, olds: list[StoryBlock], news: list[StoryBlock]) -> list[Piece]:
        """Merge paragraphs as one sequence, in which the end of a paragraph is a token like any other."""
        old = [token for block in olds for token in block.read]
        new = [token for block in news for token in block.read]
        old_keys, new_keys = [token.key for token in old], [token.key for token in new]
        if len(olds) == len(news) == 1 and likeness(olds[0], news[0]) < REWRITTEN:
            items = [Item(DELETE, token) for token in old[:-1]] + [Item(INSERT, token) for token in new[:-1]]
            items.append(Item(EQUAL, new[-1], old[-1]))
        else:
            items = []
            for step in difference(old_keys, new_keys, last_stays=True):
                if step.kind == EQUAL:
                    pairs = zip(step.old, step.new, strict=True)
                    items += [Item(EQUAL, new[after], old[before]) for before, after in pairs]
                items += [Item(DELETE, old[place]) for place in step.old if step.kind == DELETE]
                items += [Item(INSERT, new[place]) for place in step.new if step.kind == INSERT]
        pieces, waiting = [], []
        for item in items:
            if item.token.key == END:
                place = None if item.kind == DELETE else item.token.paragraph
                pieces.append(Piece(place, [self._writer.write(waiting, item)]))
                waiting = []
            else:
                waiting.append(item)
        return pieces

    def _table(self, old: Element, new: Element) -> list[Element]:
        """Merge two tables row by row and column by column."""
        old_rows, new_rows = old.findall(f"{W}tr"), new.findall(f"{W}tr")
        columns = _paired_columns(old_rows, new_rows)
        changed = columns is None or any(not olds or not news for olds, news in columns)
        if columns is None or (changed and self._libreoffice):
            return [self.whole(self._old, old, DELETE), self.whole(self._new, new, INSERT)]
        merged = self._carrier.copy(new, old=False)
        for row in merged.findall(f"{W}tr"):
            merged.remove(row)
        if changed:
            grid = element("tblGrid")
            grid.extend([self._carrier.copy(column, old=True) for column in old.find(f"{W}tblGrid")])
            merged.find(f"{W}tblGrid").append(self._marks.grid(grid))
        self._mark_properties(old, merged)
        pairing = pair_rows([_row_block(row) for row in old_rows], [_row_block(row) for row in new_rows])
        for olds, news in pairing.groups:
            if not news:
                merged.append(self.whole(self._old, old_rows[olds[0]], DELETE))
            elif not olds:
                merged.append(self.whole(self._new, new_rows[news[0]], INSERT))
            else:
                merged.append(self._row(old_rows[olds[0]], new_rows[news[0]], columns))
        return [merged]

    def _mark_properties(self, old: Element, merged: Element) -> None:
        """Keep what a table was described as, if that changed."""
        before, after = old.find(f"{W}tblPr"), merged.find(f"{W}tblPr")
        if described(before) != described(after):
            after.append(self._marks.mark("tblPrChange", self._carrier.copy(before, old=True)))

    def _row(self, old: Element, new: Element, columns: Columns) -> Element:
        merged = self._carrier.copy(new, old=False)
        for cell in merged.findall(f"{W}tc"):
            merged.remove(cell)
        old_cells, new_cells = old.findall(f"{W}tc"), new.findall(f"{W}tc")
        for olds, news in columns:
            if not news:
                merged.append(self._one_sided_cell(self._old, old_cells[olds[0]], DELETE))
            elif not olds:
                merged.append(self._one_sided_cell(self._new, new_cells[news[0]], INSERT))
            else:
                self.merge(old_cells[olds[0]], new_cells[news[0]])
                merged.append(new_cells[news[0]])
        return merged

    def _one_sided_cell(self, story: Story, cell: Element, kind: str) -> Element:
        copy = self.whole(story, cell, kind)
        _properties(copy, "tcPr").append(self._marks.mark(CELLS[kind]))
        return copy


def _has_note(block: StoryBlock) -> bool:
    return next(block.element.iter(f"{W}footnoteReference"), None) is not None


def _keys(block: StoryBlock) -> list:
    return [token.key for token in block.read]


def _taken_up_to(pieces: deque[Piece], place: Element) -> list[Element]:
    """Take the next pieces: up to the one that stands for a block, or those that stand for none."""
    taken: list[Element] = []
    while pieces and (place is not None or pieces[0].place is None):
        piece = pieces.popleft()
        taken += piece.elements
        if piece.place is place and place is not None:
            break
    return taken


def _keep_last_end(pairing: Pairing, old: list[StoryBlock], new: list[StoryBlock]) -> None:
    """Let the last paragraphs of both be one, whatever they say: a body, cell or note cannot lose its last end."""
    if not old or not new or (pairing.groups[-1][0] and pairing.groups[-1][1]):
        return
    start = len(pairing.groups) - 1
    while start > 0 and not all(pairing.groups[start]):
        start -= 1
    olds = [place for group in pairing.groups[start:] for place in group[0]]
    news = [place for group in pairing.groups[start:] for place in group[1]]
    if olds and news and all(block.kind != TABLE for block in [old[i] for i in olds] + [new[j] for j in news]):
        pairing.groups[start:] = [(olds, news)]
        for place, target in list(pairing.moves.items()):
            if place in olds or target in news:
                del pairing.moves[place]


def _properties(parent: Element, name: str) -> Element:
    """Return the properties of a row or cell, added where there are none."""
    properties = parent.find(f"{W}{name}")
    if properties is None:
        properties = element(name)
        parent.insert(0, properties)
    return properties


def _paired_columns(old: list[Element], new: list[Element]) -> Columns | None:
    """Pair the columns of two tables by their headings; none where rows have different numbers of cells."""
    counts = [{len(row.findall(f"{W}tc")) for row in rows} for rows in (old, new)]
    if any(len(count) != 1 for count in counts) or any(_spans(row) for row in [*old, *new]):
        return None
    old_headings, new_headings = ([_words(cell) for cell in rows[0].findall(f"{W}tc")] for rows in (old, new))
    return pair_columns(old_headings, new_headings)


def _spans(row: Element) -> bool:
    return any(next(row.iter(f"{W}{name}"), None) is not None for name in ("gridSpan", "vMerge"))


def _row_block(row: Element) -> Block:
    header = row.find(f"{W}trPr/{W}tblHeader") is not None
    return row_block([_words(cell) for cell in row.findall(f"{W}tc")], "header" if header else "row")


def _words(cell: Element) -> str:
    return "".join(cell.itertext(f"{W}t"))
