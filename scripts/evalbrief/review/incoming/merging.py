"""A text file as it is now, with the changes that are made of it as it was sent."""

import re
from collections.abc import Sequence

from evalbrief.review.incoming.already import is_made
from evalbrief.review.incoming.changes import Change
from evalbrief.review.incoming.markup import CALL
from evalbrief.review.incoming.places import removed
from evalbrief.review.incoming.proposals import APPLIES
from evalbrief.review.incoming.source import BETWEEN, passages
from evalbrief.review.incoming.three_way import applied, merge

GONE = "This section is not there any more."
EMPTY_LINES = re.compile(r"\n{3,}")


class Merging:
    """Merges changes of a text into what others have made of it since."""

    def __init__(self, base: str, present: str | None) -> None:
        """`base` is the text as it was sent, `present` what it is now, if it is there."""
        self._base, self._present = base, present

    def rivals(self, change: Change) -> str:
        """Say what others have written since where a change is to be made, other than the same."""
        if self._present is None:
            return GONE
        if self._is_made(change):
            return ""
        _, conflicts = merge(self._base, self._present, change.pieces)
        words = " … ".join(conflict.ours.strip() or "nothing" for conflict in conflicts)
        return f"Since then it says: {words}" if conflicts else ""

    def merged(self, changes: Sequence[Change]) -> str | None:
        """Return the text as it is now with those changes that are made, if it is another one then."""
        made = [change for change in changes if change.kind == APPLIES]
        if self._present is None or not made:
            return None
        pieces = [piece for change in made if not self._is_made(change) for piece in change.pieces]
        text, _ = merge(self._base, self._present, sorted(pieces, key=lambda one: (one.start, one.end)))
        merged = EMPTY_LINES.sub(BETWEEN, self._without_uncalled_notes(text)).strip("\n") + "\n"
        return None if merged == self._present else merged

    def _is_made(self, change: Change) -> bool:
        return is_made(self._base, self._present or "", applied(self._base, change.pieces))

    def _without_uncalled_notes(self, text: str) -> str:
        """Take out the notes that were sent and that nothing calls any more, unless somebody has changed them since."""
        sent = {part.note: part.text for part in passages(self._base) if part.note}
        uncalled = _calls(self._present or "") - _calls(text)
        for part in reversed(passages(text)):
            if part.note and f"[^{part.note}]" in uncalled and sent.get(part.note) == part.text:
                text = applied(text, [removed(text, part)])
        return text


def _calls(text: str) -> set[str]:
    """List the calls of notes outside of notes."""
    return {call for part in passages(text) if not part.note for call in CALL.findall(part.text)}
