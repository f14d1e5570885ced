"""What a document says and how it looks, in a form that can be compared: text, structure and formatting."""

from typing import Any

from evalbrief.document.docx.package import W
from evalbrief.review.docx.numbering import Lists
from evalbrief.review.docx.properties import described, look_of
from evalbrief.review.docx.story import NOTE, Story, canonical

Element = Any
Reading = list[tuple]


class Reader:
    """Reads stories of one part; what a note says stands where it is called, as `notes` gives it."""

    def __init__(self, story: Story, lists: Lists, notes: dict[str, Reading] | None = None) -> None:
        self._story, self._lists, self._notes = story, lists, notes or {}

    def read(self, parent: Element) -> Reading:
        """Read the paragraphs and tables of a body, cell, header or note."""
        found: Reading = []
        for child in parent:
            if child.tag == f"{W}p":
                found.append((look_of(child, self._lists), *self._stretches(child)))
            elif child.tag == f"{W}tbl":
                rows = [[self.read(cell) for cell in row.findall(f"{W}tc")] for row in child.findall(f"{W}tr")]
                found.append(("table", described(child.find(f"{W}tblPr")), rows))
        return found

    def _stretches(self, paragraph: Element) -> list[tuple]:
        """Read a paragraph as stretches of one look: text, or something that is no text."""
        found: list[tuple] = []
        for token in self._story.read(paragraph)[:-1]:
            look = canonical(token.look)
            place = tuple(container.key for container in token.containers)
            if not token.text:
                key = token.key[-1:] if token.key[-1:] == NOTE else token.key
                called = [
                    self._notes.get(reference.get(f"{W}id"))
                    for run in token.elements
                    for reference in run.iter(f"{W}footnoteReference")
                ]
                found.append((key, look, place, called))
            elif found and found[-1][1:] == (look, place):
                found[-1] = (found[-1][0] + token.text, look, place)
            else:
                found.append((token.text, look, place))
        return found
