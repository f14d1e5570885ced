"""What a file that came back asks for: changes of texts and quick facts, what is refused and why, and comments."""

import io
from collections.abc import Mapping
from typing import Any

from evalbrief.document.docx.package import Parts, read_parts
from evalbrief.folder import FACTS
from evalbrief.review.incoming.comments import Comment, read_comments
from evalbrief.review.incoming.computed import Computed
from evalbrief.review.incoming.facts import FACT_STYLE, changed_facts, facts_back
from evalbrief.review.incoming.overlooked import overlooked
from evalbrief.review.incoming.proposals import UNPLACED, ReadBack
from evalbrief.review.incoming.prose import MOVED
from evalbrief.review.incoming.sides import Group, Sides
from evalbrief.review.incoming.texts import Texts
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
    facts, all_facts = changed_facts(document, returned)
    reading = _Reading(sides, sent, language, files, all_facts=all_facts)
    for group in sides.pairing.groups:
        reading.take(group)
    reading.take_notes()
    result = reading.result
    result.proposals += overlooked(document, returned, sides)
    reading.texts.merge_into(result)
    facts_back(facts, files, labels, result)
    result.comments += _comments(returned, sides, sent.label, language)
    return result


class _Reading:
    """Takes in what became of each paragraph, cell and note that was sent, and what came."""

    def __init__(
        self, sides: Sides, sent: Version, language: str, files: Mapping[str, str], *, all_facts: bool
    ) -> None:
        """`all_facts` says whether each quick fact is known by its name, so that it need not be told here."""
        self._sides, self._all_facts = sides, all_facts
        self._computed = Computed(sides, sent, language)
        self._tables_gone: set[str] = set()
        self.texts = Texts(sides, self._computed, sent, language, files)
        self.result = ReadBack()

    def take(self, group: Group) -> None:
        """Take in a group of paragraphs that are one, or a paragraph that went, came or moved."""
        olds, news = group
        moved_from = self._sides.moved_from(news)
        if self._sides.same(olds, news) or (not news and olds[0] in self._sides.pairing.moves):
            return
        if self._sides.has_style(olds, news, FACT_STYLE):
            if not self._all_facts:
                self._tell(group, NO_FACT, f"data/{FACTS}")
        elif moved_from is not None:
            self._take_move(moved_from, news)
        elif (prose := self.texts.of(olds, news)) and not self._sides.is_cell(olds, news):
            prose.edit(group)
        else:
            self._refuse(group)

    def take_notes(self) -> None:
        """Take in the words of notes."""
        for new, old in self._sides.notes.items():
            before, after = self._sides.notes_before[old], self._sides.notes_after[new]
            if before.marked.split() == after.marked.split():
                continue
            prose = self.texts.named(before.section)
            if prose:
                prose.edit_note(old, new)
            else:
                told = before.marked, after.marked
                proposal = self._sides.proposal(UNPLACED, "", self._sides.where(before), told, [after], NO_NOTE)
                self.result.proposals.append(proposal)

    def _take_move(self, old: int, news: list[int]) -> None:
        prose, target = self.texts.of([old], news), self.texts.of([], news)
        if prose and target:
            prose.move(old, news[0], target)
        else:
            self._tell(([old], news), MOVED)

    def _refuse(self, group: Group) -> None:
        """Refuse an edit of what no text file holds; a table that went is one edit."""
        olds, _ = group
        table = self._sides.table_gone(olds)
        if table not in self._tables_gone:
            self.result.proposals.append(self._computed.refuse_table(table) if table else self._computed.refuse(*group))
        self._tables_gone |= {table} if table else set()

    def _tell(self, group: Group, why: str, file: str = "") -> None:
        olds, news = group
        place = "" if file or not olds else self._sides.where(self._sides.before[olds[0]])
        who = [self._sides.after[new] for new in news]
        self.result.proposals.append(
            self._sides.proposal(UNPLACED, file, place, self._sides.texts(olds, news), who, why)
        )


def _comments(returned: Parts, sides: Sides, version: str, language: str) -> list[Comment]:
    """Take in the comments, each with where a reader finds it, and the block of the brief it stands in."""
    sent = {after: sides.before[olds[0]] for olds, news in sides.pairing.groups if olds for after in news}
    places = {paragraph.number: place for place, paragraph in enumerate(sides.after)}
    found = []
    for number, comment in read_comments(returned):
        place = places.get(number)
        if place is not None:
            paragraph = sent.get(place, sides.after[place])
            comment.where, comment.block = sides.where(paragraph), paragraph.block
        comment.version, comment.language = version, language
        found.append(comment)
    return found
