"""Do edits to copies of a project, ask both what there is to do, and judge the stamps by Snakemake."""

import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from edited_copy import Copy
from evalbrief.commands import stamps
from evalbrief.files import read_json
from file_edits import ACCIDENTS, GROUPS, INNER_GROUPS, OPERATIONS, change_and_undo_with_date, members
from folder_edits import SEVERAL_TIMES, SPECIAL, languages
from two_answers import is_settled, snakemake_main, to_make, up_to_date

# Copies that a process edits in turn: while the others are asked about, the files of one grow old enough for a glance.
COPIES = 10


# An operation, and the group of files it is done to, or none for one that stands for itself.
Kind = tuple[str, str]


def kinds() -> list[Kind]:
    """List every kind of edit."""
    every = [(operation, group) for operation in OPERATIONS for group in GROUPS]
    every += [(operation, group) for operation in ACCIDENTS for group in INNER_GROUPS]
    return [*every, *((name, "") for name in SPECIAL), *[("two to four edits at once", "")] * SEVERAL_TIMES]


def kind_of(number: int, seed: int) -> Kind:
    """Choose the kind of an edit: all come about as often as each other, in a random order."""
    every = kinds()
    return Random(f"{seed}-{number // len(every)}").sample(every, len(every))[number % len(every)]


# How an edit is done: to a copy whose stamp is settled; right after the stamp, to a file that was written right before
# it; the same on a clock that ticks every two seconds.
SETTLED_STAMP, YOUNG, COARSE = "settled", "young", "coarse clock"
# Ways to make the stamps blind: what stands for which of their functions. Each must be caught, or this comparison would
# prove nothing.
BLIND: dict[str, tuple[str, Callable]] = {
    "every change": ("_looks_unchanged", lambda states, glance: True),
    "content": ("_still_holds", lambda stamp, evaluation, language, sources: True),
    "what was made": ("_still_holds", lambda stamp, evaluation, language, sources: sources == stamp.sources),
    "the program": ("_digest_of_group", lambda name, roots: read_json(stamps.FOLDER / f"{name}.json")["digest"]),
    "the time of change": ("_state", lambda path, status: (path, status.st_size, status.st_mtime_ns, 0)),
    "the tick of the clock": ("_looks_unchanged", lambda states, glance: stamps._digest(states) == glance["states"]),
}
FAULT, CAUTIOUS, SOMETHING, NOTHING = "fault", "cautious", "both something", "both nothing"


@dataclass(frozen=True)
class Answer:
    """What both said about an edit."""

    number: int
    kind: Kind
    how: str
    asked: frozenset[str]
    fresh: frozenset[str]
    to_make: frozenset[str]
    trouble: str
    computed: float

    @property
    def verdict(self) -> str:
        """Judge the stamps: wrong, more careful than Snakemake, or of one mind with it."""
        if self.trouble or self.fresh & self.to_make:
            return FAULT
        if self.asked - self.fresh - self.to_make:
            return CAUTIOUS
        return SOMETHING if self.to_make else NOTHING

    def __str__(self) -> str:
        said = self.trouble or f"nothing new in {sorted(self.fresh)}; Snakemake has to do in {sorted(self.to_make)}"
        return f"edit {self.number}, {': '.join(filter(None, self.kind))} ({self.how}): {said}"


def answer(copy: Copy, number: int, seed: int, kind: Kind) -> Answer | None:
    """Do an edit to a copy, ask both, and put the copy back; return nothing when there is no file to edit."""
    started = sum(os.times()[:4])
    random = Random(f"{seed}-{number}-{kind}")
    how = random.choices([SETTLED_STAMP, YOUNG, COARSE], [70, 10, 20])[0]
    os.chdir(copy.folder)
    operation, group = kind
    paths = members(group) if group else []
    if group and not paths:
        return None
    exact = stamps._state, stamps.now_on_disk
    try:
        if how == COARSE:
            stamps._state, stamps.now_on_disk = _coarse_state, lambda: _coarse(exact[1]())
        if how == SETTLED_STAMP:
            time.sleep(max(0.0, copy.settled_from - time.monotonic()))
        path = random.choice(paths) if paths else Path()
        if group and how != SETTLED_STAMP:
            change_and_undo_with_date(path, random)
        everything = frozenset(languages())
        if up_to_date() != everything or (how == SETTLED_STAMP and not is_settled()):
            raise AssertionError(f"{copy.folder} was not put back as it was before edit {number}")
        if group:
            OPERATIONS[operation](path, random)
        else:
            SPECIAL[operation](random)
        asked, trouble = frozenset(languages()), ""
        try:
            fresh = up_to_date()
        except Exception as error:  # whatever it is, the command would end with it
            fresh, trouble = frozenset(), repr(error)
        to_do = to_make(asked)
    finally:
        stamps._state, stamps.now_on_disk = exact
        copy.put_back()
    return Answer(number, kind, how, asked, fresh, to_do, trouble, sum(os.times()[:4]) - started)


def _coarse(nanoseconds: int) -> int:
    return nanoseconds - nanoseconds % stamps.TICK


def _coarse_state(path: str, status: os.stat_result) -> stamps.State:
    return path, status.st_size, _coarse(status.st_mtime_ns), _coarse(status.st_ctime_ns)


def answer_all(built: Path, numbers: Sequence[int], seed: int, blind: str, only: str) -> list[Answer]:
    """Answer for many edits in one process, on several copies in turn."""
    snakemake_main()
    here, answers = os.getcwd(), []
    with TemporaryDirectory(prefix="edits-", dir=built.parent) as place:
        copies = [Copy(built, Path(place, str(number))) for number in range(min(COPIES, len(numbers)))]
        chosen = [kind for kind in kinds() if re.search(only, ": ".join(kind))] if only else []
        for done, number in enumerate(numbers):
            kind = Random(f"{seed}-{number}").choice(chosen) if only else kind_of(number, seed)
            with blinded(blind):
                found = answer(copies[done % len(copies)], number, seed, kind)
            answers += [found] if found else []
        os.chdir(here)
    return answers


@contextmanager
def blinded(to: str) -> Iterator[None]:
    """Make the stamps blind to something for a while, or to nothing."""
    name, stand_in = BLIND.get(to, ("_state", stamps._state))
    seeing = getattr(stamps, name)
    setattr(stamps, name, stand_in)
    try:
        yield
    finally:
        setattr(stamps, name, seeing)


def compare(
    built: Path, edits: int, seed: int, processes: int, blind: str = "", only: str = ""
) -> tuple[list[Answer], float]:
    """Answer for many edits in several processes; return the answers, and the seconds it took."""
    started = time.monotonic()
    shares = [(built, range(first, edits, processes), seed, blind, only) for first in range(processes)]
    if processes == 1:
        answers = answer_all(*shares[0])
    else:
        with get_context("fork").Pool(processes) as pool:
            answers = [found for share in pool.starmap(answer_all, shares) for found in share]
    return sorted(answers, key=lambda found: found.number), time.monotonic() - started
