"""What a rerun has to know of an evaluation's facts, read again only when the file is another one."""

from typing import NamedTuple

from evalbrief.delivery import file_digest
from evalbrief.folder import DATA, FACTS
from evalbrief.publish.memory import Memory


class Facts(NamedTuple):
    """The SHA-256 of the file, the title in the language it was written in, and whether the evaluation is final."""

    digest: str
    title: str
    final: bool


def facts_of(evaluation: str, memory: Memory) -> Facts:
    """Return the facts of an evaluation; those of a file that cannot be read are its name, and that it is not final."""
    digest = file_digest(DATA / evaluation / FACTS)
    known = memory.facts.get(evaluation)
    if known and known[0] == digest:
        return Facts(*known)
    found = Facts(digest, *_read(evaluation))
    memory.facts[evaluation] = list(found)
    return found


def _read(evaluation: str) -> tuple[str, bool]:
    from evalbrief.data.evaluation import read_evaluation

    facts, _ = read_evaluation(DATA / evaluation / FACTS, FACTS)
    if facts is None:
        return evaluation, False
    words = facts.title
    title = words if isinstance(words, str) else words.get(facts.original or "", next(iter(words.values()), evaluation))
    return title, facts.profile == "final"
