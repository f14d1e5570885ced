"""Changes of the text files: what belongs together is made together, or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from evalbrief.review.difference import DELETE, INSERT, difference
from evalbrief.review.incoming.proposals import APPLIES, CONFLICT, UNPLACED
from evalbrief.review.incoming.returned import Paragraph
from evalbrief.review.incoming.signs import NOTE_SIGN
from evalbrief.review.incoming.three_way import Edit
from evalbrief.review.tokens import tokens

TOGETHER = "It belongs to another edit, which is not made: {}"
# So many words that went here and came there were moved; of a shorter stretch, all of them.
MOVED_WORDS, FEWEST_WORDS = 6, 4
SHOWN = 60
Wording = tuple[str, str]
Runs = set[tuple[str, ...]]


@dataclass(eq=False)
class Change:
    """An edit: of which file, where, the printed words before and after, whose, and what stands in place of what.

    `kind` and `why` are what becomes of it. One of two that are `tied` is not made without the other; only one of them
    is told.
    """

    file: str
    place: str
    texts: Wording
    who: Sequence[Paragraph] = ()
    pieces: Sequence[Edit] = ()
    kind: str = APPLIES
    why: str = ""
    told: bool = True
    tied: "list[Change]" = field(default_factory=list)


def settle(changes: Sequence[Change], rivals: Callable[[Change], str]) -> None:
    """Say of each change what becomes of it; `rivals` tells what others have written since where it is to be made."""
    _tie(changes)
    for change in changes:
        if change.kind == APPLIES and (why := rivals(change)):
            change.kind, change.why = CONFLICT, why
    left = [change for change in changes if change.kind != APPLIES]
    while left:
        failed = left.pop()
        for other in failed.tied:
            if other.kind == APPLIES:
                other.kind = CONFLICT if failed.kind == CONFLICT else UNPLACED
                other.why = failed.why if not failed.told else TOGETHER.format(_short(failed))
                left.append(other)


def _tie(changes: Sequence[Change]) -> None:
    """Tie where words, or the call of a note, went to where they came."""
    moves = [_went_and_came(change) for change in changes]
    for place, (gone, _) in enumerate(moves):
        for other, (_, come) in enumerate(moves):
            if place != other and gone.meet(come):
                changes[place].tied.append(changes[other])
                changes[other].tied.append(changes[place])


@dataclass
class _Words:
    """Stretches of words that went or came: each as a whole or in runs that overlap, and all that it holds."""

    whole: Runs = field(default_factory=set)
    parts: Runs = field(default_factory=set)

    def add(self, stretch: Sequence[str]) -> None:
        signs = {(sign,) for sign in stretch if NOTE_SIGN.match(sign)}
        words = [word.casefold() for word in stretch if word[:1].isalnum()]
        self.parts |= signs
        runs: Runs = set()
        for size in range(FEWEST_WORDS, min(MOVED_WORDS, len(words)) + 1):
            runs = {tuple(words[start : start + size]) for start in range(len(words) - size + 1)}
            self.parts |= runs
        self.whole |= signs | runs

    def meet(self, other: "_Words") -> bool:
        return bool(self.whole & other.parts or self.parts & other.whole)


def _went_and_came(change: Change) -> tuple[_Words, _Words]:
    olds, news = (tokens(text) for text in change.texts)
    gone, come = _Words(), _Words()
    for step in difference(olds, news):
        if step.kind == DELETE:
            gone.add([olds[place] for place in step.old])
        elif step.kind == INSERT:
            come.add([news[place] for place in step.new])
    return gone, come


def _short(change: Change) -> str:
    words = " ".join((change.texts[1] or change.texts[0]).split())
    words = "".join(sign for sign in words if not "\ue000" <= sign <= "\uf8ff")
    return words if len(words) <= SHOWN else f"{words[:SHOWN]} …"
