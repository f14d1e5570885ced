"""What becomes of the edits and comments of a file that came back."""

from dataclasses import dataclass, field
from pathlib import Path

from evalbrief.review.incoming.comments import Comment

APPLIES, REFUSED, CONFLICT, UNPLACED = "applies", "refused", "conflict", "unplaced"


@dataclass(frozen=True)
class Proposal:
    """One edit: what becomes of it, in which file and where, the words before and after, who and when, and why not."""

    kind: str
    file: str
    place: str
    old: str
    new: str
    who: str = ""
    when: str = ""
    reason: str = ""


@dataclass
class ReadBack:
    """All edits and comments of a file, and the files of the project as they are with the edits that apply."""

    proposals: list[Proposal] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)


def place_in_project(name: str, evaluation: str) -> Path:
    """Name a file of a version as it stands in the project."""
    folder, _, rest = name.partition("/")
    return Path(folder, evaluation, rest)
