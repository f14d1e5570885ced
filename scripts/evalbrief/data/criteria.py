"""The criteria of an evaluation and the headings they stand under."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalbrief.data.evaluation import OwnCriterion


@dataclass(frozen=True)
class Heading:
    """A heading of the findings: its key (also the name of its text file), its criteria and their names."""

    key: str
    members: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        """Join the names of the criteria as one heading does."""
        first, *others = self.names
        return ", ".join([first, *(name[:1].lower() + name[1:] for name in others)])


def criterion_headings(
    criteria: Sequence[str | OwnCriterion | list[str | OwnCriterion]], words: Mapping[str, str], language: str
) -> list[Heading]:
    """Give each entry of `criteria` its heading; criteria in a list inside share one."""
    headings = []
    for entry in criteria:
        members = entry if isinstance(entry, list) else [entry]
        keys = tuple(member.key if isinstance(member, OwnCriterion) else member for member in members)
        names = tuple(criterion_label(member, words, language) for member in members)
        headings.append(Heading("_".join(keys), keys, names))
    return headings


def criterion_label(criterion: str | OwnCriterion, words: Mapping[str, str], language: str) -> str:
    """Name a criterion; a name of the evaluation's own goes before the office's vocabulary, a missing one is empty."""
    if isinstance(criterion, OwnCriterion):
        return str((criterion.model_extra or {}).get(language, ""))
    return words.get(criterion, "")
