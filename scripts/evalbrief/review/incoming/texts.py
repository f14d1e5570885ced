"""The text files of a version, each with the edits that go into it."""

from collections.abc import Mapping
from functools import cached_property

from evalbrief.review.incoming.changes import Change, settle
from evalbrief.review.incoming.computed import Computed
from evalbrief.review.incoming.mentions import Mentions
from evalbrief.review.incoming.places import anchor_of
from evalbrief.review.incoming.proposals import ReadBack
from evalbrief.review.incoming.prose import Prose
from evalbrief.review.incoming.sent_text import SentText, numbers_of
from evalbrief.review.incoming.sides import Sides
from evalbrief.review.incoming.source import decoded, with_plain_ends
from evalbrief.review.versions import Version


class Texts:
    """Gives the text file that a paragraph stands in, and in the end what becomes of the edits of all of them."""

    def __init__(
        self, sides: Sides, computed: Computed, sent: Version, language: str, files: Mapping[str, str]
    ) -> None:
        """`files` are the texts as they are now."""
        self._sides, self._computed, self._version, self._language = sides, computed, sent, language
        self._files = files
        self._known: dict[str, Prose] = {}

    def of(self, olds: list[int], news: list[int]) -> Prose | None:
        """Give the text file that paragraphs stand in; nothing for what no text file holds."""
        if olds:
            return self.named(self._sides.before[olds[0]].section)
        if self._sides.is_of_the_form(news[0]):
            return None
        anchor = anchor_of(self._sides, news[0])
        return self.named(anchor.section) if anchor else None

    def named(self, section: str) -> Prose | None:
        """Give the text file of a section, if it has one."""
        sent = self._sent.get(section)
        if sent and section not in self._known:
            present = self._files.get(sent.file)
            present = None if present is None else with_plain_ends(present)
            self._known[section] = Prose(self._sides, self._computed, sent, self._mentions, present)
        return self._known[section] if sent else None

    def merge_into(self, result: ReadBack) -> None:
        """Add to a result what becomes of the edits, and the files with those that apply."""
        proses = {prose.file: prose for prose in self._known.values()}
        changes = [change for prose in proses.values() for change in prose.changes]
        # What is not made may hold words that were cut from a text.
        others = [
            Change(told.file, told.place, (told.old, told.new), kind=told.kind, why=told.reason)
            for told in result.proposals
        ]
        settle([*changes, *others], lambda change: proses[change.file].rivals(change))
        for prose in proses.values():
            merged = prose.merged()
            if merged is not None:
                result.files[prose.file] = merged
        result.proposals += [
            self._sides.proposal(change.kind, change.file, change.place, change.texts, change.who, change.why)
            for change in changes
            if change.told
        ]

    @cached_property
    def _sent(self) -> dict[str, SentText]:
        """Read all text files as they were sent, by their sections."""
        folder = f"data/text/{self._language}/"
        names = [name for name in self._version.names() if name.startswith(folder) and name.endswith(".md")]
        texts = {name.removeprefix(folder).removesuffix(".md"): name for name in names}
        return {
            section: SentText(self._sides, section, name, decoded(self._version.read(name)))
            for section, name in texts.items()
        }

    @cached_property
    def _mentions(self) -> Mentions:
        mentions = [mention for text in self._sent.values() for mention in text.mentions()]
        return Mentions(mentions, numbers_of(self._version, self._language))
