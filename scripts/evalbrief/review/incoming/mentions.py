"""Values, numbers and calls of notes as the texts were sent, to be known again wherever they come back."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from evalbrief.review.incoming.markup import Printed
from evalbrief.review.incoming.runs import ODD
from evalbrief.review.incoming.signs import NOTE_SIGN, Signs
from evalbrief.review.tokens import is_number, is_telling, tokens

# So many words before and behind a number tell where it is from; they stand within so many tokens.
MOST_WORDS, NEAR = 4, 12
A_VALUE = "A typed number that is a value of the data: {}."
ODD_SIGN = "A sign that the fonts of the brief lack stands there."
Context = tuple[Sequence[str], Sequence[str]]


@dataclass(frozen=True)
class Mention:
    """A value, number or call of a note in a text: what it printed, how its file writes it, and the words about it.

    `elsewhere` is how another file writes it, `certain` that what it printed is nothing else.
    """

    printed: str
    written: str
    context: Context
    section: str = ""
    elsewhere: str = ""
    certain: bool = False

    @property
    def is_value(self) -> bool:
        """Say whether the data says it, and not the text file."""
        return self.written.startswith("{{")

    def written_in(self, section: str) -> str:
        """Write it in the file of a section."""
        return self.elsewhere if self.elsewhere and section != self.section else self.written


@dataclass
class Writing:
    """How words that came are written in a text file, by the place of each token, and what is to be told of them."""

    tokens: dict[int, str] = field(default_factory=dict)
    # Values that stand there again, by place; numbers that are new; what may not be written, and why.
    values: dict[int, Mention] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def mentions_in(printed: Printed, source: str, section: str, notes: dict[str, str]) -> Iterator[Mention]:
    """Find the values, numbers and calls of a passage; `notes` are the words of the notes that have a name."""
    for token, word in enumerate(printed.tokens):
        place = printed.place(token)
        if place is None:
            continue
        context = _context(printed.tokens, range(token, token + 1))
        if place.expression:
            certain = place.expression.startswith("ref(")
            yield Mention(word, place.token, context, section, certain=certain)
        elif NOTE_SIGN.match(word):
            call = source[place.start : place.end]
            words = notes.get(call.strip("[^]"), "") if call.startswith("[") else ""
            elsewhere = f"^[{' '.join(words.split())}]" if words else ""
            yield Mention(word, call, context, section, elsewhere, certain=True)
        elif is_number(word):
            yield Mention(word, word, context, section)


class Mentions:
    """Says how a text file writes words that came: a value, a number or a note that was sent stays what it is."""

    def __init__(self, mentions: Iterable[Mention] = (), values: Collection[str] = ()) -> None:
        """`values` are the numbers that the data says anywhere in the brief, in digits or in words."""
        self._mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            self._mentions[mention.printed].append(mention)
        self._values = {value for value in values if is_number(value) or is_telling(value)}
        self._longest = max((len(tokens(words)) for words in [*self._mentions, *self._values]), default=1)

    def writing(self, words: Sequence[str], came: Iterable[int], section: str, signs: Signs) -> Writing:
        """Say how the words that came are written; they may begin no paragraph."""
        writing, places = Writing(), sorted(came)
        while places:
            stretch = self._stretch(words, places)
            places = places[len(stretch) :]
            self._write("".join(words[stretch.start : stretch.stop]), words, stretch, section, signs, writing)
        return writing

    def _stretch(self, words: Sequence[str], places: Sequence[int]) -> range:
        """Give the longest stretch that is known, from the first place on; else that place."""
        start = places[0]
        for size in range(min(self._longest, len(places)), 1, -1):
            together = places[size - 1] == start + size - 1
            if together and self._is_known("".join(words[start : start + size])):
                return range(start, start + size)
        return range(start, start + 1)

    def _is_known(self, text: str) -> bool:
        return text in self._mentions or text in self._values

    def _write(
        self, text: str, words: Sequence[str], stretch: range, section: str, signs: Signs, writing: Writing
    ) -> None:
        mention, ambiguous = self._same(text, _context(words, stretch))
        writing.tokens |= dict.fromkeys(stretch, "")
        if mention:
            writing.tokens[stretch.start] = mention.written_in(section)
            if mention.is_value:
                writing.values[stretch.start] = mention
            return
        writing.tokens[stretch.start] = self._new(text, section, signs, writing)
        spelled = text in self._values and not any(map(str.isdigit, text))
        if ambiguous or (text in self._values and not spelled):
            options = sorted({one.written for one in self._mentions[text] if one.is_value})
            writing.refused.append((text, A_VALUE.format(" or ".join(options) or "it stands elsewhere in the brief")))
        elif is_number(text) or spelled:
            # A word such as "two" is often no number of the data: it is told only.
            writing.typed.append(text)
        elif text == ODD:
            writing.refused.append((text, ODD_SIGN))

    def _same(self, text: str, context: Context) -> tuple[Mention | None, bool]:
        """Find the mention that stood between the same words; say also whether values come into question otherwise."""
        known = self._mentions.get(text, ())
        scores = [(_agreement(mention.context, context), mention) for mention in known]
        best = max((score for score, _ in scores), default=0)
        fitting = [mention for score, mention in scores if (score == best and best) or mention.certain]
        if fitting and len({mention.written for mention in fitting}) == 1:
            return fitting[0], False
        values = any(mention.is_value and (is_number(text) or mention.certain) for mention in known)
        return None, bool(fitting) or values

    def _new(self, text: str, section: str, signs: Signs, writing: Writing) -> str:
        """Write words that are new, and of a note its words in its place."""
        if not NOTE_SIGN.match(text):
            return signs.written(text)
        words = tokens(signs.words(text))
        note = self.writing(words, range(len(words)), section, signs)
        writing.typed += note.typed
        writing.refused += note.refused
        return f"^[{''.join(note.tokens[place] for place in range(len(words)))}]"


def _context(words: Sequence[str], stretch: range) -> Context:
    """Give the words before a stretch, the nearest first, and those behind it."""
    before = tokens("".join(words[max(stretch.start - NEAR, 0) : stretch.start]))
    after = tokens("".join(words[stretch.stop : stretch.stop + NEAR]))
    return _words(reversed(before)), _words(after)


def _words(side: Iterable[str]) -> list[str]:
    return [word.casefold() for word in side if word[:1].isalnum()][:MOST_WORDS]


def _agreement(one: Context, other: Context) -> int:
    """Count the words that are the same on both sides, from the nearest on; none if none of them tells anything."""
    same = []
    for left, right in zip(one, other, strict=True):
        for word, its in zip(left, right, strict=False):
            if word != its:
                break
            same.append(word)
    return len(same) if any(map(is_telling, same)) else 0
