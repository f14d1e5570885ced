"""A document that was sent beside the one that came back: paragraphs and notes paired, with the same signs in both."""

from collections.abc import Sequence

from evalbrief.document.docx.package import Parts
from evalbrief.review.alignment import MOVED, likeness, pair
from evalbrief.review.incoming.cells import join_cells
from evalbrief.review.incoming.in_place import keep_in_place
from evalbrief.review.incoming.proposals import Proposal
from evalbrief.review.incoming.returned import Document, Paragraph, plain, read_document
from evalbrief.review.incoming.signs import FIRST_ADDRESS, Signs

# A paragraph is another one when no so large a share of its words is the same.
ALIKE = 0.3
BETWEEN = "\n\n"
WRITTEN_OUT = ("Series",)
HEADING = "Heading"
# The bookmark of the caption of a figure or table.
CAPTION = "Ref_"
Group = tuple[list[int], list[int]]


class Sides:
    """The paragraphs of both documents, and those of them that are one."""

    def __init__(self, sent: Parts, returned: Parts, author: str) -> None:
        """Read both; `author` is whom our own redlines name, whose marks are no edits."""
        before = read_document(sent)
        after = read_document(returned, author, before.references)
        self.before, self.after = before.paragraphs, after.paragraphs
        self.notes_before, self.notes_after = before.notes, after.notes
        self.notes = _same_notes(before, after)
        self.signs = _share_signs(before, after, self.notes)
        _drop_wrong_names(self.before, self.after)
        pairing = keep_in_place(pair(self.before, self.after), [not one.section for one in self.before])
        self.pairing = join_cells(pairing, self.before, self.after)

    def same(self, olds: list[int], news: list[int]) -> bool:
        """Say whether paragraphs are as they were, but for spaces and signs that the brief sets itself."""
        before, after = (
            [side[place] for place in places] for side, places in ((self.before, olds), (self.after, news))
        )
        # LibreOffice writes out looks that come from the styles of tables and of characters.
        looks = not any(paragraph.cell or paragraph.style in WRITTEN_OUT for paragraph in before)
        words = [[(one.marked if looks else plain(one.text)).split() for one in side] for side in (before, after)]
        return words[0] == words[1]

    def texts(self, olds: list[int], news: list[int]) -> tuple[str, str]:
        """Give the words before and after, with signs."""
        return (
            BETWEEN.join(self.before[place].marked for place in olds),
            BETWEEN.join(self.after[place].marked for place in news),
        )

    def where(self, paragraph: Paragraph) -> str:
        """Name where a paragraph stands as a reader finds it: by the caption of its figure or table, or the heading."""
        side = self.before if any(one is paragraph for one in self.before) else self.after
        named = [one for one in side if one.block == paragraph.block and not one.cell]
        if not (paragraph.block.startswith(CAPTION) and named):
            place = next((place for place, one in enumerate(side) if one is paragraph), -1)
            named = [one for one in reversed(side[: place + 1]) if one.style.startswith(HEADING)]
        return " ".join(named[0].text.split()) if named else ""

    def is_cell(self, olds: list[int], news: list[int]) -> bool:
        """Say whether any of these is the cell of a table."""
        return any(paragraph.cell for paragraph in self._all(olds, news))

    def table_gone(self, olds: list[int]) -> str:
        """Name the table of these cells when none of its cells is there any more."""
        if not olds or not self.before[olds[0]].cell:
            return ""
        table = self.before[olds[0]].block
        here = {place for place, cell in enumerate(self.before) if cell.cell and cell.block == table}
        gone = {place for olds, news in self.pairing.groups if not news for place in olds} - self.pairing.moves.keys()
        return table if here <= gone else ""

    def has_style(self, olds: list[int], news: list[int], style: str) -> bool:
        """Say whether any of these has a style."""
        return any(paragraph.style == style for paragraph in self._all(olds, news))

    def is_of_the_form(self, new: int) -> bool:
        """Say whether a paragraph has the style of a heading, a caption ..., which no paragraph of the text has."""
        return not self.is_text(self.after[new])

    def is_text(self, paragraph: Paragraph) -> bool:
        """Say whether a paragraph that came back may be one of a text file, by its style."""
        of_text = {known.style for known in self.before if known.section}
        return paragraph.style not in {known.style for known in self.before} - of_text

    def moved_from(self, news: list[int]) -> int | None:
        """Say where a paragraph stood that stands elsewhere now."""
        return next((old for old, new in self.pairing.moves.items() if [new] == news), None)

    def _all(self, olds: list[int], news: list[int]) -> list[Paragraph]:
        return [*(self.before[place] for place in olds), *(self.after[place] for place in news)]

    def proposal(
        self,
        kind: str,
        file: str,
        place: str,
        texts: tuple[str, str],
        paragraphs: Sequence[Paragraph],
        why: str = "",
    ) -> Proposal:
        """Tell of an edit, with who made it in these paragraphs and when."""
        authors = {name: when for paragraph in paragraphs for name, when in paragraph.authors.items()}
        who, when = ", ".join(authors), max(authors.values(), default="")
        old, new = self.signs.shown(*texts), self.signs.shown(*reversed(texts))
        return Proposal(kind, file, place, old.replace(BETWEEN, " / "), new.replace(BETWEEN, " / "), who, when, why)


def _same_notes(before: Document, after: Document) -> dict[int, int]:
    """Say which note of the second document is which of the first."""
    pairing = pair(before.notes, after.notes, ALIKE)
    same = {news[0]: olds[0] for olds, news in pairing.groups if olds and news}
    return same | {new: old for old, new in pairing.moves.items()}


def _share_signs(before: Document, after: Document, notes: dict[int, int]) -> Signs:
    """Let the second document use the signs of the first for the same notes and addresses; return what they mean."""
    signs = before.signs
    table = {}
    for number, note in enumerate(after.notes):
        known = before.notes[notes[number]].sign if number in notes else signs.note(plain(note.text))
        table[ord(note.sign)] = note.sign = known
    for number, address in enumerate(after.signs.addresses):
        table[FIRST_ADDRESS + number] = signs.address(address)
    for paragraph in after.paragraphs:
        paragraph.marked = paragraph.marked.translate(table)
    return signs


def _drop_wrong_names(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> None:
    """Take the name from a paragraph that is another one: a bookmark may stay behind when its paragraph moves."""
    sent = {paragraph.id: paragraph for paragraph in before if paragraph.id}
    for paragraph in after:
        known = sent.get(paragraph.id or "")
        share = likeness(known, paragraph) if known else 1.0
        if known and share < 1.0:
            others = max((likeness(known, other) for other in after if other is not paragraph), default=0.0)
            if share < ALIKE or others > max(share, MOVED):
                paragraph.id = None
