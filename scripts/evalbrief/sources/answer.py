"""What a server or a folder answers when it is asked for a file."""

from dataclasses import dataclass

from evalbrief.trouble import Trouble


class Refused(Trouble):
    """The file cannot be had, or not like this; trying again at once does not help.

    The server is `away` when it has been tried often enough, and could not be reached.
    """

    def __init__(self, sentence: str, *, away: bool = False) -> None:
        super().__init__(sentence)
        self.away = away


class Passing(Trouble):
    """The file cannot be had just now, or the server is `away`.

    `after` are the seconds that the server asks to wait, if it does.
    """

    def __init__(self, sentence: str, after: float | None = None, *, away: bool = False) -> None:
        super().__init__(sentence)
        self.after, self.away = after, away


@dataclass(frozen=True)
class Known:
    """What was noted about the content that is there, so as to ask for another only; empty for whatever there is."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True)
class Content:
    """The whole content of a file, and what its server says to know it again by."""

    data: bytes
    etag: str = ""
    modified: str = ""


class Unchanged:
    """The content is the one that is known."""


Answer = Content | Unchanged
