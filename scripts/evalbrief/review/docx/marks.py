"""Word's marks of a change: who, when, and a number that no other mark has."""

from typing import Any

from evalbrief.document.docx.package import W, element
from evalbrief.review.difference import DELETE, INSERT

# The bookmarks of a document are numbered from below.
FIRST = 100_000
MOVED = {DELETE: "moveFrom", INSERT: "moveTo"}
CHANGED = {DELETE: "del", INSERT: "ins"}
CELLS = {DELETE: "cellDel", INSERT: "cellIns"}


class Marks:
    """Gives marks in the name of an author, dated with a moment in UTC ("2026-11-01T00:00:00Z")."""

    def __init__(self, author: str, date: str) -> None:
        self._author, self._date = author, date
        self._last = FIRST
        self._last_move = 0

    def mark(self, name: str, *inner: Any) -> Any:
        """Return a mark such as `ins` round what it holds."""
        self._last += 1
        made = element(name, id=str(self._last), author=self._author, date=self._date)
        made.extend(inner)
        return made

    def changed(self, kind: str, *inner: Any, moved: bool = False) -> Any:
        """Return the mark of what goes or comes, or has moved away or here."""
        return self.mark((MOVED if moved else CHANGED)[kind], *inner)

    def grid(self, *inner: Any) -> Any:
        """Return the mark of another grid of columns, which bears no author."""
        self._last += 1
        made = element("tblGridChange", id=str(self._last))
        made.extend(inner)
        return made

    def new_move(self) -> str:
        """Return a name for a move: that of both its ends."""
        self._last_move += 1
        return f"move{self._last_move}"

    def move_range(self, kind: str, name: str) -> tuple[Any, Any]:
        """Return the start and the end of what has moved away (DELETE) or here (INSERT)."""
        start = self.mark(f"{MOVED[kind]}RangeStart")
        start.set(f"{W}name", name)
        return start, element(f"{MOVED[kind]}RangeEnd", id=start.get(f"{W}id"))
