"""The state that published documents were made from: kept with each set, to say what has changed in the next."""

from datetime import datetime
from pathlib import Path

from evalbrief.delivery import FORMATS
from evalbrief.review.drafts import Draft, pack_draft
from evalbrief.review.versions import Present


def pack_state(present: Present, moment: datetime) -> bytes:
    """Return the file of the present state of an evaluation; its documents, which the set holds, are left out."""
    names = [name for name in present.names() if not name.endswith(tuple(f".{ending}" for ending in FORMATS))]
    contents = {name: present.read(name) for name in names}
    return pack_draft(present, 1, contents, "", moment)


def read_state(evaluation: str, path: Path) -> Draft:
    """Read a state that pack_state has packed; raise Trouble when it is damaged."""
    return Draft(evaluation, 1, path)
