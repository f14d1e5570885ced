"""What the watched briefs are like: being built or not, and what is wrong with them. Threads share it."""

import threading
from collections.abc import Collection, Mapping

# What is wrong with no evaluation in particular.
ALL = ""


class State:
    """Whether a build is going on, and the trouble with each evaluation; whoever waits hears of each change."""

    def __init__(self) -> None:
        self.building = False
        # For another build in this folder.
        self.waiting = False
        self.ended = False
        self._trouble: dict[str, list[str]] = {}
        self._number = 0
        self._changed = threading.Condition()

    @property
    def faulty(self) -> set[str]:
        """The evaluations that something is wrong with."""
        return {name for name, sentences in self._trouble.items() if sentences}

    def trouble(self, evaluation: str = ALL) -> list[str]:
        """List what is wrong with an evaluation, or with all of them."""
        with self._changed:
            found = [
                sentence
                for name, sentences in self._trouble.items()
                if ALL in (evaluation, name) or name == evaluation
                for sentence in sentences
            ]
        return list(dict.fromkeys(found))

    def begin(self) -> None:
        """Take note that a build begins."""
        self._tell(building=True)

    def wait_for_another(self) -> None:
        """Take note that a build has to wait until another one is done."""
        self._tell(building=True, waiting=True)

    def forget_all_but(self, evaluations: Collection[str]) -> None:
        """Forget the trouble of evaluations that are not there any more; to be told with what comes next."""
        with self._changed:
            self._trouble = {name: found for name, found in self._trouble.items() if name in (*evaluations, ALL)}

    def finish(self, evaluations: Collection[str], trouble: Mapping[str, list[str]]) -> None:
        """Take note that a build of evaluations has ended, and what was wrong with them or with everything."""
        with self._changed:
            self._trouble = {name: found for name, found in self._trouble.items() if name not in (*evaluations, ALL)}
            self._trouble |= trouble
        self._tell(building=False)

    def end(self) -> None:
        """Take note that nobody watches any more."""
        self.ended = True
        self._tell(building=False)

    def wait(self, number: int, seconds: float) -> int:
        """Wait until something has changed since `number`, at most so long; return the present number."""
        with self._changed:
            self._changed.wait_for(lambda: self._number != number, seconds)
            return self._number

    def _tell(self, *, building: bool, waiting: bool = False) -> None:
        with self._changed:
            self.building, self.waiting = building, waiting
            self._number += 1
            self._changed.notify_all()
