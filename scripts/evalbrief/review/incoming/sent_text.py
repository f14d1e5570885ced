"""A text file as it was sent: its passages, and which paragraph and note of the document each of them printed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evalbrief.review.alignment import pair
from evalbrief.review.incoming.markup import Printed
from evalbrief.review.incoming.mentions import Mention, mentions_in
from evalbrief.review.incoming.returned import Paragraph, plain
from evalbrief.review.incoming.sides import ALIKE, Sides
from evalbrief.review.incoming.source import passages
from evalbrief.review.tokens import is_number, tokens
from evalbrief.review.versions import Version
from evalbrief.tree import attributes, elements, has_class, stringify

# The kinds of values that are numbers, and those of which a part is one, too.
NUMBERS, PARTED = ("number", "integer", "percent", "money", "date"), ("number", "integer", "percent", "money")


class SentText:
    """The text file of one section, as it was sent."""

    def __init__(self, sides: Sides, section: str, file: str, base: str) -> None:
        self.section, self.file, self.base, self._sides = section, file, base, sides
        self.parts = passages(base)
        self.origins = self._printed_from(sides.before)
        self.notes = self._printed_from(sides.notes_before)

    def mentions(self) -> Iterator[Mention]:
        """Find the values, numbers and calls of notes in it."""
        names = {part.note: part.text for part in self.parts if part.note}
        for origins, side in ((self.origins, self._sides.before), (self.notes, self._sides.notes_before)):
            for place, number in origins.items():
                source = self.parts[number].text
                yield from mentions_in(Printed(source, side[place].marked), source, self.section, names)

    def _printed_from(self, paragraphs: Sequence[Paragraph]) -> dict[int, int]:
        """Say of each paragraph or note that was sent from which passage of the text file it was printed."""
        printed = [place for place, paragraph in enumerate(paragraphs) if paragraph.section == self.section]
        pairing = pair([part.block() for part in self.parts], [paragraphs[place] for place in printed], alike=ALIKE)
        return {
            printed[after]: before
            for befores, afters in pairing.groups
            for before, after in zip(befores, afters, strict=False)
        }


def numbers_of(sent: Version, language: str) -> set[str]:
    """List what the brief prints of the data as a number, in digits or in words: numbers, shares, amounts, dates."""
    values: Mapping[str, Any] = json.loads(sent.read(f"build/context.{language}.json"))["values"]
    tree = json.loads(sent.read(f"build/brief.{language}.json"))
    found = set()
    for span in elements(tree["blocks"]):
        if not has_class(span, "value", "Span"):
            continue
        kind = values.get(attributes(span).get("key", ""), {}).get("kind")
        words = plain(stringify(span))
        if kind in NUMBERS:
            found.add(words)
        if kind in PARTED:
            found |= set(filter(is_number, tokens(words)))
    return found
