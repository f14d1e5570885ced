"""What may not be carried of a rewording: values of the data that would go, or become typed numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evalbrief.review.incoming.markup import Place, Printed
from evalbrief.review.incoming.mentions import A_VALUE, Writing
from evalbrief.review.tokens import is_number, is_space, is_telling

# A number that stands against a value would change what it says.
AGAINST_A_VALUE = "A typed number stands against a value of the data."
# What went, as tokens of the text before, and what came in its place, as tokens of the text after.
Step = tuple[range, range]


@dataclass(frozen=True)
class Refused:
    """An edit that is not made: the value that it touches, or why else; what was printed, what was typed."""

    expression: str
    old: str
    new: str
    why: str = ""


class Rewording:
    """The steps from one printed text to another: what of each is refused, and whether the rest makes sense then."""

    def __init__(
        self, printed: Printed, after: Sequence[str], steps: Sequence[Step], writings: Sequence[Writing]
    ) -> None:
        """`writings` are how what came by each step is written."""
        self._printed, self._after, self._steps, self._writings = printed, after, steps, writings
        self._came_again = [mention.written for writing in writings for mention in writing.values.values()]
        left = list(self._came_again)
        self.refusals = [list(self._refused(number, left)) for number in range(len(steps))]

    @property
    def is_torn(self) -> bool:
        """Say whether the rest would say something else without what is refused."""
        places = [number for number, refused in enumerate(self.refusals) if refused]
        return any(self._is_of_a_rewording(place) or self._moves_a_value(place) for place in places)

    def _refused(self, number: int, came_again: list[str]) -> Iterator[Refused]:
        """Find what is refused of a step; values that stand elsewhere again are taken from those that came again."""
        (gone, come), writing = self._steps[number], self._writings[number]
        went, typed = _words(self._printed.tokens, gone), _words(self._after, come)
        yield from (Refused("", went, typed, why) for _, why in writing.refused)
        gone_values = {words: value for words, value in self._gone_values() if words in writing.typed}
        yield from (Refused("", went, typed, A_VALUE.format(value.token)) for value in gone_values.values())
        if not writing.refused and self._stands_against_value(number):
            yield Refused("", went, typed, AGAINST_A_VALUE)
        for value in self._values(gone):
            if value.token in came_again:
                came_again.remove(value.token)
            elif typed or not self._tells(gone):
                yield Refused(value.expression, went, typed)

    def _is_of_a_rewording(self, number: int) -> bool:
        """Say whether words went with a step, or right beside it, where more than a number came."""
        gone, come = self._steps[number]
        if self._tells(gone):
            return True
        if gone and all(is_number(self._after[token]) or not is_telling(self._after[token]) for token in come):
            return False
        before, behind = self._steps[max(number - 1, 0) : number], self._steps[number + 1 : number + 2]
        gaps = [range(step[0].stop, gone.start) for step in before]
        gaps += [range(gone.stop, step[0].start) for step in behind]
        return any(all(is_space(self._printed.tokens[token]) for token in gap) for gap in gaps)

    def _moves_a_value(self, number: int) -> bool:
        """Say whether a value that went by a step came by another, or the other way round."""
        gone, _ = self._steps[number]
        if any(value.token in self._came_again for value in self._values(gone)):
            return True
        went = {
            self._printed.tokens[token] for gone, _ in self._steps for token in gone if self._printed.is_value(token)
        }
        return any(words in went for words, _ in self._writings[number].refused)

    def _stands_against_value(self, number: int) -> bool:
        """Say whether a number was put in right before or behind a value."""
        gone, come = self._steps[number]
        if not self._writings[number].typed:
            return False
        sides = ((gone.start - 1, -1, come[0], 1), (gone.stop, 1, come[-1], -1))
        return any(self._is_value(old, back) and self._is_new_number(new, on, come) for old, back, new, on in sides)

    def _is_value(self, place: int, direction: int) -> bool:
        words = self._printed.tokens
        while 0 <= place < len(words) and is_space(words[place]):
            place += direction
        return 0 <= place < len(words) and self._printed.is_value(place) and words[place][-1:].isdigit()

    def _is_new_number(self, place: int, direction: int, come: range) -> bool:
        while place in come and is_space(self._after[place]):
            place += direction
        return place in come and is_number(self._after[place])

    def _gone_values(self) -> Iterator[tuple[str, Place]]:
        """Give what the values printed that went anywhere, and where they stood."""
        for token in (token for gone, _ in self._steps for token in gone):
            place = self._printed.place(token)
            if place and place.expression:
                yield self._printed.tokens[token], place

    def _values(self, places: range) -> list[Place]:
        found = map(self._printed.place, places)
        return [place for place in found if place and place.expression]

    def _tells(self, places: range) -> bool:
        """Say whether there are words among these, beside values, that are not everywhere."""
        return any(is_telling(self._printed.tokens[token]) for token in places if not self._printed.is_value(token))


def _words(words: Sequence[str], places: range) -> str:
    return "".join(words[place] for place in places).strip()
