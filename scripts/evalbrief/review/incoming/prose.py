"""Edits of the text: each is carried into the passage of the text file that was printed there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evalbrief.review.alignment import pair
from evalbrief.review.incoming.computed import Computed
from evalbrief.review.incoming.markup import CALL
from evalbrief.review.incoming.patch import patched
from evalbrief.review.incoming.places import anchor_of, inserted, line_start, removed
from evalbrief.review.incoming.proposals import APPLIES, CONFLICT, REFUSED, UNPLACED, Proposal
from evalbrief.review.incoming.returned import Paragraph
from evalbrief.review.incoming.sides import ALIKE, BETWEEN, Group, Sides
from evalbrief.review.incoming.signs import without_signs
from evalbrief.review.incoming.source import passages, prints
from evalbrief.review.incoming.three_way import Edit, edits, merge

NOT_PRINTED = "The file has no passage that was printed like this."
ONLY_SIGNS = "Only signs or spaces that the brief sets itself."
BROKEN = "The words stand in marks that they would break."
LOOKS = "Bold, emphasis, a link or a note cannot be set here for sure: change it in the file."
NO_PLACE = "It stands beside nothing that is in the file, or begins a list, which would have to be written."
MOVED = "It stands elsewhere now: move the passage in its file."
GONE = "This section is not there any more."
EMPTY_LINES = re.compile(r"\n{3,}")
Texts = tuple[str, str]


@dataclass
class Change:
    """A change of a text file as it was sent: what stands in place of what, where, the printed words, and whose."""

    pieces: Sequence[Edit]
    place: str
    texts: Texts
    who: Sequence[Paragraph]
    # What leaves another file or comes to it: either both are made, or none. The one that comes is told.
    other: "tuple[Prose, Change] | None" = None
    told: bool = True


class Prose:
    """Carries the edits of one section into its text file, beside what others have changed there since."""

    def __init__(
        self, sides: Sides, computed: Computed, section: str, file: str, base: str, present: str | None
    ) -> None:
        """`base` is the text of `file` as it was sent, `present` what it is now, if it is there."""
        self._sides, self._computed, self.file, self._base, self._present = sides, computed, file, base, present
        self._parts = passages(base)
        self._origins = self._printed_from(sides.before, section)
        self._notes = self._printed_from(sides.notes_before, section)
        self._changes: list[Change] = []
        self.proposals: list[Proposal] = []

    def edit(self, group: Group) -> None:
        """Take in what became of paragraphs: they were changed, split, joined, put in or taken away."""
        olds, news = group
        texts, who = self._sides.texts(olds, news), [self._sides.after[place] for place in news]
        if any(place not in self._origins for place in olds):
            self._tell(UNPLACED, "", texts, who, NOT_PRINTED)
        elif not olds:
            self._insert(news[0], texts, who)
        elif not news:
            part = self._parts[self._origins[olds[0]]]
            self._change([removed(self._base, part)], self._place(olds[0]), texts, who)
        else:
            self._rewrite(olds, texts, who)

    def edit_note(self, old: int, new: int) -> None:
        """Take in the words of a note."""
        before, after = self._sides.notes_before[old], self._sides.notes_after[new]
        texts = before.marked, after.marked
        if old not in self._notes:
            self._tell(UNPLACED, "", texts, [after], NOT_PRINTED)
            return
        part = self._parts[self._notes[old]]
        place = f"note {part.note}"
        carried = self._carried(part.text, texts, place, [after])
        if carried:
            self._change(self._edits_between(part.start, part.end, carried[0]), place, carried[1], [after])

    def move(self, old: int, new: int, target: "Prose") -> None:
        """Move a passage to a place in the same file or in another one, with what was changed in it."""
        texts, who = self._sides.texts([old], [new]), [self._sides.after[new]]
        if old not in self._origins:
            self._tell(UNPLACED, "", texts, who, NOT_PRINTED)
            return
        part = self._parts[self._origins[old]]
        text = part.text
        if texts[0].split() != texts[1].split() and (carried := self._carried(text, texts, self._place(old), who)):
            text, texts = carried
        found = target._put(new, text)
        if found is None or (target is not self and CALL.search(text)):
            self._tell(UNPLACED, "", texts, who, MOVED)
        elif target is self:
            self._change([found[0], removed(self._base, part)], found[1], texts, who)
        else:
            comes = Change([found[0]], found[1], texts, who)
            leaves = Change([removed(self._base, part)], self._place(old), texts, who, (target, comes), told=False)
            comes.other = self, leaves
            self._changes.append(leaves)
            target._changes.append(comes)

    def merged(self) -> str | None:
        """Return the file as it is now with the edits that touch nothing that others changed, if there are any."""
        taken = [change for change in self._changes if self._agrees(change)]
        if self._present is None or not taken:
            return None
        every = sorted((piece for change in taken for piece in change.pieces), key=lambda one: (one.start, one.end))
        text, _ = merge(self._base, self._present, every)
        return EMPTY_LINES.sub(BETWEEN, text).strip("\n") + "\n"

    def _agrees(self, change: Change) -> bool:
        """Say whether a change touches nothing that somebody else has changed since, and tell what comes of it."""
        why = self._rivals(change)
        if not why and change.other:
            other, its = change.other
            why = other._rivals(its)
        if change.told:
            self._tell(CONFLICT if why else APPLIES, change.place, change.texts, change.who, why)
        return not why

    def _rivals(self, change: Change) -> str:
        """Say what others have written since where a change is to be made."""
        if self._present is None:
            return GONE
        _, conflicts = merge(self._base, self._present, change.pieces)
        words = " … ".join(conflict.ours.strip() or "nothing" for conflict in conflicts)
        return f"Since then it says: {words}" if conflicts else ""

    def _printed_from(self, paragraphs: Sequence[Paragraph], section: str) -> dict[int, int]:
        """Say of each paragraph or note that was sent from which passage of the text file it was printed."""
        printed = [place for place, paragraph in enumerate(paragraphs) if paragraph.section == section]
        pairing = pair([part.block() for part in self._parts], [paragraphs[place] for place in printed], alike=ALIKE)
        return {
            printed[after]: before
            for befores, afters in pairing.groups
            for before, after in zip(befores, afters, strict=False)
        }

    def _place(self, old: int) -> str:
        return f"paragraph {self._origins[old] + 1}"

    def _tell(self, kind: str, place: str, texts: Texts, who: Sequence[Paragraph], why: str = "") -> None:
        self.proposals.append(self._sides.proposal(kind, self.file, place, texts, who, why))

    def _change(self, pieces: Sequence[Edit], place: str, texts: Texts, who: Sequence[Paragraph]) -> None:
        """Keep a change; notes that nothing calls any more go with it."""
        gone = {call for piece in pieces for call in CALL.findall(self._base[piece.start : piece.end])}
        left = {call for piece in pieces for call in CALL.findall(piece.text)}
        notes = [part for part in self._parts if part.note and f"[^{part.note}]" in gone - left]
        self._changes.append(Change([*pieces, *(removed(self._base, note) for note in notes)], place, texts, who))

    def _rewrite(self, olds: list[int], texts: Texts, who: Sequence[Paragraph]) -> None:
        """Change the words of paragraphs, which may be more or fewer then."""
        parts = [self._parts[self._origins[place]] for place in olds]
        first, last = parts[0], parts[-1]
        source = BETWEEN.join(part.text for part in parts) if first.listed else self._base[first.start : last.end]
        carried = self._carried(source, texts, self._place(olds[0]), who)
        if carried:
            text, told = carried
            if first.listed:
                text = text.replace(BETWEEN, f"\n{self._base[line_start(self._base, first) : first.start]}")
            self._change(self._edits_between(first.start, last.end, text), self._place(olds[0]), told, who)

    def _edits_between(self, start: int, end: int, text: str) -> list[Edit]:
        """Change no more of a stretch than differs, so that it is beside what others change there."""
        return [Edit(start + one.start, start + one.end, one.text) for one in edits(self._base[start:end], text)]

    def _carried(self, source: str, texts: Texts, place: str, who: Sequence[Paragraph]) -> tuple[str, Texts] | None:
        """Carry an edit into its source, and say what is printed then; tell what is refused or cannot be carried."""
        signs = self._sides.signs
        patch = patched(source, *texts, signs)
        if not prints(patch.text, patch.printed, patch.values, signs):
            words = without_signs(texts[0]), without_signs(texts[1])
            patch = patched(source, *words, signs)
            why = LOOKS if prints(patch.text, patch.printed, patch.values) else BROKEN
            self._tell(UNPLACED, place, texts, who, why)
            if why == BROKEN or words[0] == words[1]:
                return None
            texts = words
        for refused in patch.refused:
            told = refused.old, refused.new
            self._tell(REFUSED, place, told, who, self._computed.why_not_value(refused.expression))
        if patch.text != source:
            return patch.text, (texts[0], patch.printed)
        if not patch.refused:
            self._tell(UNPLACED, place, texts, who, ONLY_SIGNS)
        return None

    def _insert(self, new: int, texts: Texts, who: Sequence[Paragraph]) -> None:
        """Put in a new paragraph."""
        found = self._put(new, self._sides.signs.written(texts[1], begins=True))
        if found:
            self._change([found[0]], found[1], texts, who)
        else:
            self._tell(UNPLACED, "", texts, who, NO_PLACE)

    def _put(self, new: int, text: str) -> tuple[Edit, str] | None:
        """Put a text where a paragraph of the returned document stands, and say where that is."""
        anchor = anchor_of(self._sides, new)
        if anchor is None:
            return None
        return inserted(self._base, self._parts, self._origins, anchor, self._sides.after[new], text)
