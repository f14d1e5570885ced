"""What a file that came back asks for: changes of texts and quick facts, what is refused and why, and comments."""

import io
from collections.abc import Mapping
from typing import Any

from evalbrief.document.docx.package import Parts, read_parts
from evalbrief.folder import FACTS
from evalbrief.review.incoming.comments import Comment, read_comments
from evalbrief.review.incoming.computed import Computed
from evalbrief.review.incoming.facts import FACT_STYLE, changed_facts, facts_back
from evalbrief.review.incoming.places import anchor_of
from evalbrief.review.incoming.proposals import UNPLACED, Proposal, ReadBack
from evalbrief.review.incoming.prose import MOVED, Prose
from evalbrief.review.incoming.sides import Sides
from evalbrief.review.versions import Version

NO_NOTE = "No text file holds this note."
NO_FACT = "It is not known which quick fact this is."


def read_back(
    returned: Parts, sent: Version, language: str, labels: Mapping[str, Any], files: Mapping[str, str], author: str
) -> ReadBack:
    """Read a Word file that was made from `sent`, a version of the brief.

    `files` are the texts and evaluation.yaml as they are now, by the names of the version; `author` is whom our own
    redlines name, whose marks are no edits.
    """
    document = read_parts(io.BytesIO(sent.read(f"build/brief.{language}.docx")))
    sides = Sides(document, returned, author)
    computed = Computed(sides, sent, language)
    texts = _Texts(sides, computed, sent, language, files)
    facts, all_facts = changed_facts(document, returned)
    result = ReadBack()
    for olds, news in sides.pairing.groups:
        moved_from = sides.moved_from(news)
        if sides.same(olds, news) or (not news and olds[0] in sides.pairing.moves):
            continue
        prose = texts.of([moved_from] if moved_from is not None else olds, news)
        if sides.has_style(olds, news, FACT_STYLE):
            if not all_facts:
                result.proposals.append(_told(sides, olds, news, NO_FACT, f"data/{FACTS}"))
        elif moved_from is not None:
            target = texts.of([], news)
            if prose and target:
                prose.move(moved_from, news[0], target)
            else:
                result.proposals.append(_told(sides, [moved_from], news, MOVED))
        elif prose and not sides.is_cell(olds, news):
            prose.edit((olds, news))
        else:
            result.proposals.append(computed.refuse(olds, news))
    for new, old in sides.notes.items():
        before, after = sides.notes_before[old], sides.notes_after[new]
        if before.marked.split() != after.marked.split():
            prose = texts.named(before.section)
            if prose:
                prose.edit_note(old, new)
            else:
                told = before.marked, after.marked
                result.proposals.append(sides.proposal(UNPLACED, "", before.block, told, [after], NO_NOTE))
    texts.merge_into(result)
    facts_back(facts, files, labels, result)
    result.comments += _comments(returned, sides, sent.label, language)
    return result


class _Texts:
    """The text files of a version, each with the edits that go into it."""

    def __init__(
        self, sides: Sides, computed: Computed, sent: Version, language: str, files: Mapping[str, str]
    ) -> None:
        self._sides, self._computed, self._sent, self._files = sides, computed, sent, files
        self._folder, self._names = f"data/text/{language}", set(sent.names())
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
        name = f"{self._folder}/{section}.md"
        if name not in self._names:
            return None
        if section not in self._known:
            base = self._sent.read(name).decode()
            present = self._files.get(name)
            self._known[section] = Prose(self._sides, self._computed, section, name, base, present)
        return self._known[section]

    def merge_into(self, result: ReadBack) -> None:
        """Add to a result what becomes of the edits, and the files with those that apply."""
        for prose in self._known.values():
            merged = prose.merged()
            if merged is not None:
                result.files[prose.file] = merged
        for prose in self._known.values():
            result.proposals += prose.proposals


def _told(sides: Sides, olds: list[int], news: list[int], why: str, file: str = "") -> Proposal:
    place = "" if file or not olds else sides.before[olds[0]].block
    return sides.proposal(UNPLACED, file, place, sides.texts(olds, news), [sides.after[new] for new in news], why)


def _comments(returned: Parts, sides: Sides, version: str, language: str) -> list[Comment]:
    """Take in the comments, each with the block of the brief it stands in."""
    sent = {after: sides.before[olds[0]].block for olds, news in sides.pairing.groups if olds for after in news}
    places = {paragraph.number: place for place, paragraph in enumerate(sides.after)}
    found = []
    for number, comment in read_comments(returned):
        place = places.get(number)
        where = "" if place is None else sent.get(place, sides.after[place].block)
        comment.version, comment.language, comment.where = version, language, where
        found.append(comment)
    return found
