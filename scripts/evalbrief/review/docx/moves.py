"""Mark as moved what went here and comes, word for word, elsewhere: a sentence that stands in another paragraph."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from evalbrief.document.docx.package import W
from evalbrief.review.difference import DELETE, INSERT
from evalbrief.review.docx.marks import MOVED, Marks
from evalbrief.review.tokens import tokens

Element = Any
# Fewer words than that are the same by chance.
FEWEST_WORDS = 6
KINDS = {f"{W}del": DELETE, f"{W}ins": INSERT}
TEXT = (f"{W}t", f"{W}delText")


def mark_moved_stretches(root: Element, marks: Marks) -> None:
    """Turn pairs of a deleted and an inserted stretch with the same words into moves."""
    arrived: dict[str, list[list[Element]]] = defaultdict(list)
    gone = []
    for kind, words, stretch in _stretches(root):
        if kind == INSERT:
            arrived[words].append(stretch)
        else:
            gone.append((words, stretch))
    for words, stretch in gone:
        if arrived[words]:
            name = marks.new_move()
            _turn(stretch, DELETE, name, marks)
            _turn(arrived[words].pop(0), INSERT, name, marks)


def _turn(stretch: list[Element], kind: str, name: str, marks: Marks) -> None:
    start, end = marks.move_range(kind, name)
    stretch[0].addprevious(start)
    stretch[-1].addnext(end)
    for mark in stretch:
        mark.tag = f"{W}{MOVED[kind]}"
        for text in mark.iter(f"{W}delText"):
            text.tag = f"{W}t"


def _stretches(root: Element) -> Iterator[tuple[str, str, list[Element]]]:
    """Yield what went or came in a stretch of a paragraph, if it is text alone and long enough."""
    for paragraph in root.iter(f"{W}p"):
        stretch: list[Element] = []
        for child in [*paragraph, None]:
            tag = child.tag if child is not None and child.tag in KINDS and _is_text(child) else ""
            if stretch and stretch[0].tag != tag:
                words = " ".join("".join(text.text or "" for mark in stretch for text in mark.iter(*TEXT)).split())
                if sum(1 for token in tokens(words) if token[:1].isalnum()) >= FEWEST_WORDS:
                    yield KINDS[stretch[0].tag], words, stretch
                stretch = []
            if tag:
                stretch.append(child)


def _is_text(mark: Element) -> bool:
    return all(part.tag in (*TEXT, f"{W}rPr") for run in mark for part in run)
