"""Edits of the text: each is carried into the passage of the text file that was printed there."""

from collections.abc import Sequence

from evalbrief.review.incoming.changes import Change, Wording
from evalbrief.review.incoming.computed import Computed
from evalbrief.review.incoming.markup import CALL
from evalbrief.review.incoming.mentions import Mentions
from evalbrief.review.incoming.merging import Merging
from evalbrief.review.incoming.patch import Patch, patched
from evalbrief.review.incoming.places import anchor_of, inserted, line_start, removed
from evalbrief.review.incoming.proposals import REFUSED, UNPLACED
from evalbrief.review.incoming.returned import Paragraph
from evalbrief.review.incoming.sent_text import SentText
from evalbrief.review.incoming.sides import BETWEEN, Group, Sides
from evalbrief.review.incoming.signs import without_signs
from evalbrief.review.incoming.source import Passage, prints
from evalbrief.review.incoming.three_way import Edit, edits

NOT_PRINTED = "The file has no passage that was printed like this."
ONLY_SIGNS = "Only signs or spaces that the brief sets itself."
BROKEN = "The words stand in marks that they would break."
LOOKS = "Bold, emphasis, a link or a note cannot be set here for sure: change it in the file."
NO_PLACE = "It stands beside nothing that is in the file, or begins a list, which would have to be written."
MOVED = "It stands elsewhere now: move the passage in its file."
TYPED = "To be looked at, as a number that somebody typed: {}."
REWORDED = "Without it, the rest of the rewording says something else: change the passage in its file."


class Prose:
    """Carries the edits of one section into its text file, beside what others have changed there since."""

    def __init__(
        self, sides: Sides, computed: Computed, sent: SentText, mentions: Mentions, present: str | None
    ) -> None:
        """`sent` is the text file as it was sent, `present` what it is now, if it is there."""
        self._sides, self._computed, self._sent, self._mentions = sides, computed, sent, mentions
        self.file, self._merging = sent.file, Merging(sent.base, present)
        self.changes: list[Change] = []

    def edit(self, group: Group) -> None:
        """Take in what became of paragraphs: they were changed, split, joined, put in or taken away."""
        olds, news = group
        texts, who = self._sides.texts(olds, news), [self._sides.after[place] for place in news]
        if any(place not in self._sent.origins for place in olds):
            self._leave(UNPLACED, "", texts, who, NOT_PRINTED)
        elif not olds:
            self._insert(news[0], texts, who)
        elif not news:
            part = self._part(olds[0])
            self._change([removed(self._sent.base, part)], self._place(olds[0]), texts, who)
        else:
            self._rewrite(olds, texts, who)

    def edit_note(self, old: int, new: int) -> None:
        """Take in the words of a note."""
        before, after = self._sides.notes_before[old], self._sides.notes_after[new]
        texts = before.marked, after.marked
        if old not in self._sent.notes:
            self._leave(UNPLACED, "", texts, [after], NOT_PRINTED)
            return
        part = self._sent.parts[self._sent.notes[old]]
        place = f"note {part.note}"
        carried = self._carried(part.text, texts, place, [after])
        if carried:
            text, told, why = carried
            self._change(self._edits_between(part.start, part.end, text), place, told, [after], why)

    def move(self, old: int, new: int, target: "Prose") -> None:
        """Move a passage to a place in the same file or in another one, with what was changed in it."""
        texts, who = self._sides.texts([old], [new]), [self._sides.after[new]]
        if old not in self._sent.origins:
            self._leave(UNPLACED, "", texts, who, NOT_PRINTED)
            return
        text, why, part = self._part(old).text, "", self._part(old)
        if texts[0].split() != texts[1].split() and (carried := self._carried(text, texts, self._place(old), who)):
            text, texts, why = carried
        found = target.put(new, text)
        if found is None or (target is not self and CALL.search(text)):
            self._leave(UNPLACED, "", texts, who, MOVED)
        elif target is self:
            self._change([found[0], removed(self._sent.base, part)], found[1], texts, who, why)
        else:
            comes = target._change([found[0]], found[1], texts, who, why)
            leaves = self._change([removed(self._sent.base, part)], self._place(old), texts, who)
            leaves.told = False
            leaves.tied.append(comes)
            comes.tied.append(leaves)

    def put(self, new: int, text: str) -> tuple[Edit, str] | None:
        """Put a text where a paragraph of the returned document stands, and say where that is."""
        anchor = anchor_of(self._sides, new)
        if anchor is None:
            return None
        sent = self._sent
        return inserted(sent.base, sent.parts, sent.origins, anchor, self._sides.after[new], text)

    def rivals(self, change: Change) -> str:
        """Say what others have written since where a change is to be made."""
        return self._merging.rivals(change)

    def merged(self) -> str | None:
        """Return the file as it is now with the edits that are made, if it is another one then."""
        return self._merging.merged(self.changes)

    def _part(self, old: int) -> Passage:
        return self._sent.parts[self._sent.origins[old]]

    def _place(self, old: int) -> str:
        return f"paragraph {self._sent.origins[old] + 1}"

    def _leave(self, kind: str, place: str, texts: Wording, who: Sequence[Paragraph], why: str) -> None:
        self.changes.append(Change(self.file, place, texts, who, kind=kind, why=why))

    def _change(
        self, pieces: Sequence[Edit], place: str, texts: Wording, who: Sequence[Paragraph], why: str = ""
    ) -> Change:
        self.changes.append(Change(self.file, place, texts, who, pieces, why=why))
        return self.changes[-1]

    def _rewrite(self, olds: list[int], texts: Wording, who: Sequence[Paragraph]) -> None:
        """Change the words of paragraphs, which may be more or fewer then."""
        base, parts = self._sent.base, [self._part(place) for place in olds]
        first, last = parts[0], parts[-1]
        source = BETWEEN.join(part.text for part in parts) if first.listed else base[first.start : last.end]
        carried = self._carried(source, texts, self._place(olds[0]), who)
        if carried:
            text, told, why = carried
            if first.listed:
                text = text.replace(BETWEEN, f"\n{base[line_start(base, first) : first.start]}")
            self._change(self._edits_between(first.start, last.end, text), self._place(olds[0]), told, who, why)

    def _edits_between(self, start: int, end: int, text: str) -> list[Edit]:
        """Change no more of a stretch than differs, so that it is beside what others change there."""
        found = edits(self._sent.base[start:end], text)
        return [Edit(start + one.start, start + one.end, one.text) for one in found]

    def _insert(self, new: int, texts: Wording, who: Sequence[Paragraph]) -> None:
        """Put in a new paragraph."""
        carried = self._carried("", texts, "", who)
        if not carried:
            return
        text, told, why = carried
        found = self.put(new, text)
        if found:
            self._change([found[0]], found[1], told, who, why)
        else:
            self._leave(UNPLACED, "", texts, who, NO_PLACE)

    def _carried(
        self, source: str, texts: Wording, place: str, who: Sequence[Paragraph]
    ) -> tuple[str, Wording, str] | None:
        """Carry an edit into its source: say what is printed then, and what is to be looked at.

        Tell what is refused or cannot be carried.
        """
        patch = self._patched(source, texts)
        if not prints(patch.text, patch.printed, patch.values, self._sides.signs):
            words = without_signs(texts[0]), without_signs(texts[1])
            patch = self._patched(source, words)
            why = LOOKS if prints(patch.text, patch.printed, patch.values) else BROKEN
            self._leave(UNPLACED, place, texts, who, why)
            if why == BROKEN or words[0] == words[1]:
                return None
            texts = words
        self._refuse(patch, place, texts, who)
        if patch.text != source:
            return patch.text, (texts[0], patch.printed), TYPED.format(", ".join(patch.typed)) if patch.typed else ""
        if not patch.refused:
            self._leave(UNPLACED, place, texts, who, ONLY_SIGNS)
        return None

    def _patched(self, source: str, texts: Wording) -> Patch:
        return patched(source, *texts, self._sides.signs, self._mentions, self._sent.section)

    def _refuse(self, patch: Patch, place: str, texts: Wording, who: Sequence[Paragraph]) -> None:
        """Tell what is refused of an edit, or that all of it is."""
        whys = [refused.why or self._computed.why_not_value(refused.expression) for refused in patch.refused]
        if patch.whole:
            self._leave(REFUSED, place, texts, who, " ".join([*dict.fromkeys(whys), REWORDED]))
            return
        for refused, why in zip(patch.refused, whys, strict=True):
            self._leave(REFUSED, place, (refused.old, refused.new), who, why)
