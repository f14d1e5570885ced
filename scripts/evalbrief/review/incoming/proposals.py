"""What a file that came back asks for: changes of texts and quick facts, what is refused and why, and comments."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evalbrief.catalogue import TABLES
from evalbrief.document.docx.package import Parts, read_parts
from evalbrief.folder import FACTS
from evalbrief.review.alignment import likeness, pair
from evalbrief.review.incoming.comments import Comment, read_comments
from evalbrief.review.incoming.facts import changed_facts, with_fact
from evalbrief.review.incoming.returned import Paragraph, plain, read_returned
from evalbrief.review.incoming.source import BETWEEN, Passage, passages, patched, prints
from evalbrief.review.incoming.three_way import merge3
from evalbrief.review.versions import Version
from evalbrief.text.markdown import escape

APPLIES, REFUSED, CONFLICT, UNPLACED = "applies", "refused", "conflict", "unplaced"
FACT_STYLE = "QuickFactValue"
NO_FACT = "It is not known which quick fact this is."
MOVED = "It stands elsewhere now: move the passage in its file."
# A passage was printed as a paragraph when so large a share of their words is the same; values are none of them.
ALIKE = 0.3
# Rows that are named one by one; characters and words below which a likeness is chance.
MOST_ROWS, SHORTEST, FEWEST_WORDS = 3, 3, 2
Group = tuple[list[int], list[int]]


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


@dataclass(frozen=True)
class Change:
    """A change of a text file as it was sent: from, to, what stands there then; its place and the printed words."""

    start: int
    end: int
    text: str
    place: str
    old: str
    new: str
    news: tuple[int, ...]


@dataclass
class ReadBack:
    """All edits and comments of a file, and the files of the project as they are with the edits that apply."""

    proposals: list[Proposal] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)


def read_back(
    returned: Parts, sent: Version, language: str, labels: Mapping[str, Any], files: Mapping[str, str], author: str
) -> ReadBack:
    """Read a Word file that was made from `sent`, a version of the brief.

    `files` are the texts and evaluation.yaml as they are now, by the names of the version; `author` is whom our own
    redlines name, whose marks are no edits.
    """
    return _Desk(returned, sent, language, labels, files, author).read_back()


class _Desk:
    """Sorts the edits of one file: into the texts, into the quick facts, or back to the reviewer with a reason."""

    def __init__(
        self,
        returned: Parts,
        sent: Version,
        language: str,
        labels: Mapping[str, Any],
        files: Mapping[str, str],
        author: str,
    ) -> None:
        self._returned, self._sent, self._language, self._labels = returned, sent, language, labels
        self._document = read_parts(io.BytesIO(sent.read(f"build/brief.{language}.docx")))
        self._before = read_returned(self._document)
        self._after = read_returned(returned, author)
        _drop_wrong_names(self._before, self._after)
        self._pairing = pair(self._before, self._after)
        self._files = dict(files)
        self._result = ReadBack()
        self._values = json.loads(sent.read(f"build/context.{language}.json"))["values"]

    def read_back(self) -> ReadBack:
        facts, all_there = changed_facts(self._document, self._returned)
        edited: dict[str, list[Group]] = {}
        last = ""
        for olds, news in self._pairing.groups:
            section = self._before[olds[0]].section if olds else last
            last = section
            if self._same(olds, news):
                continue
            if self._is_fact(olds, news):
                if not all_there:
                    self._propose(UNPLACED, f"data/{FACTS}", "", *self._texts(olds, news), news, NO_FACT)
            elif self._has_moved(olds, news):
                if olds:  # told once, where it stood
                    self._propose(UNPLACED, "", section, *self._texts(olds, news), news, MOVED)
            elif section and not self._is_cell(olds, news):
                edited.setdefault(section, []).append((olds, news))
            else:
                self._refuse(olds, news)
        for section, groups in edited.items():
            self._prose(section, groups)
        self._facts(facts)
        self._comments()
        return self._result

    def _has_moved(self, olds: list[int], news: list[int]) -> bool:
        moves = self._pairing.moves
        return bool((not news and olds[0] in moves) or (not olds and news[0] in moves.values()))

    def _same(self, olds: list[int], news: list[int]) -> bool:
        before = [plain(self._before[place].text).split() for place in olds]
        return before == [plain(self._after[place].text).split() for place in news]

    def _texts(self, olds: list[int], news: list[int], between: str = " / ") -> tuple[str, str]:
        return (
            between.join(plain(self._before[place].text) for place in olds),
            between.join(plain(self._after[place].text) for place in news),
        )

    def _is_fact(self, olds: list[int], news: list[int]) -> bool:
        paragraphs = [*(self._before[place] for place in olds), *(self._after[place] for place in news)]
        return any(paragraph.style == FACT_STYLE for paragraph in paragraphs)

    def _is_cell(self, olds: list[int], news: list[int]) -> bool:
        return any(self._before[place].cell for place in olds) or any(self._after[place].cell for place in news)

    def _propose(
        self, kind: str, file: str, place: str, old: str, new: str, news: Sequence[int], why: str = ""
    ) -> None:
        authors = {name: when for number in news for name, when in self._after[number].authors.items()}
        who, when = ", ".join(authors), max(authors.values(), default="")
        self._result.proposals.append(Proposal(kind, file, place, old, new, who, when, why))

    # Prose -----------------------------------------------------------------------------------------------------------

    def _prose(self, section: str, groups: list[Group]) -> None:
        """Carry the edits of a section into its text file, beside what others have changed there since."""
        name = f"data/text/{self._language}/{section}.md"
        if name not in self._sent.names():
            for olds, news in groups:
                self._refuse(olds, news)
            return
        base = self._sent.read(name).decode()
        parts = passages(base)
        origins = self._origins(section, parts)
        asked = [self._asked(name, base, parts, origins, group) for group in groups]
        taken = [change for change in asked if change and self._agrees(name, base, change)]
        theirs = base
        # From behind, so that places stay right; of two at one place, the second is put there first.
        for change in sorted(taken, key=lambda change: change.start)[::-1]:
            theirs = theirs[: change.start] + change.text + theirs[change.end :]
        if not taken:
            return
        merged, _ = merge3(base, self._files[name], theirs)
        self._files[name] = self._result.files[name] = merged
        for change in taken:
            self._propose(APPLIES, name, change.place, change.old, change.new, change.news)

    def _agrees(self, name: str, base: str, change: Change) -> bool:
        """Say whether a change touches nothing that somebody else has changed since; else it is a conflict."""
        why = "This section is not there any more."
        if name in self._files:
            theirs = base[: change.start] + change.text + base[change.end :]
            _, conflicts = merge3(base, self._files[name], theirs)
            if not conflicts:
                return True
            why = "Since then it says: " + " … ".join(conflict.ours.strip() or "nothing" for conflict in conflicts)
        self._propose(CONFLICT, name, change.place, change.old, change.new, change.news, why)
        return False

    def _origins(self, section: str, parts: list[Passage]) -> dict[int, int]:
        """Say of each paragraph that was sent from which passage of the text file it was printed."""
        printed = [place for place, paragraph in enumerate(self._before) if paragraph.section == section]
        pairing = pair([part.block() for part in parts], [self._before[place] for place in printed], alike=ALIKE)
        return {
            printed[after]: before
            for befores, afters in pairing.groups
            for before, after in zip(befores, afters, strict=False)
        }

    def _asked(
        self, name: str, base: str, parts: list[Passage], origins: dict[int, int], group: Group
    ) -> Change | None:
        """Return the change of the text file that an edit asks for; none when it is refused or has no place."""
        olds, news = group
        old, new = self._texts(olds, news, BETWEEN)
        if not olds:
            return self._inserted(name, base, parts, origins, news, new)
        if any(place not in origins for place in olds):
            self._propose(UNPLACED, name, "", old, new, news, "The file has no passage that was printed like this.")
            return None
        first, last = parts[origins[olds[0]]], parts[origins[olds[-1]]]
        place = f"paragraph {origins[olds[0]] + 1}"
        if not news:
            return Change(*_without(base, first), place, old, "", ())
        return self._patched(name, place, base[first.start : last.end], (first.start, last.end), (old, new), news)

    def _patched(
        self, name: str, place: str, source: str, span: tuple[int, int], texts: tuple[str, str], news: list[int]
    ) -> Change | None:
        """Carry an edit into its passage, and refuse what is worked out from the data."""
        patch = patched(source, *texts)
        for refused in patch.refused:
            why = f"It is worked out from the data: {self._cell_of(refused.expression)}."
            self._propose(REFUSED, name, place, refused.old, refused.new, news, why)
        if patch.text == source:
            if not patch.refused:
                self._propose(UNPLACED, name, place, *texts, news, "Only signs or spaces that the brief sets itself.")
            return None
        if not prints(patch.text, patch.printed, patch.values):
            self._propose(UNPLACED, name, place, *texts, news, "The words stand in marks that they would break.")
            return None
        return Change(*span, patch.text, place, texts[0], patch.printed, tuple(news))

    def _inserted(
        self, name: str, base: str, parts: list[Passage], origins: dict[int, int], news: list[int], new: str
    ) -> Change | None:
        """Put a new paragraph after the one it follows; a list is not parted by one."""
        groups = self._pairing.groups
        before = [place for olds, others in groups if others and others[0] < news[0] for place in olds]
        known = [origins[place] for place in before if place in origins]
        if not known:
            self._propose(UNPLACED, name, "", "", new, news, "Nothing that stands before it is in the file.")
            return None
        place, listed = known[-1], self._after[news[0]].listed
        if listed and not parts[place].listed:
            self._propose(UNPLACED, name, "", "", new, news, "A list that begins with it would have to be written.")
            return None
        while not listed and parts[place].listed and parts[place + 1 : place + 2] and parts[place + 1].listed:
            place += 1
        part = parts[place]
        sign = base[base.rfind("\n", 0, part.start) + 1 : part.start]
        text = (f"\n{sign}" if listed else BETWEEN) + escape(new)
        return Change(part.end, part.end, text, f"after paragraph {place + 1}", "", new, tuple(news))

    def _cell_of(self, expression: str) -> str:
        """Name the file and the rows that a value comes from."""
        key = expression.split("|")[0].strip()
        origin = self._values.get(key, {}).get("origin")
        if not origin:
            return f"the value {key}"
        rows = ", ".join(f"row {number} ({name})" for name, number in origin["rows"].items())
        few = rows if len(origin["rows"]) <= MOST_ROWS else ""
        parts = [f"correct {origin['file']}", few, f"column {origin['column']}"]
        return ", ".join(filter(None, parts)) + f"; formula {origin['formula']}"

    # What is no prose ------------------------------------------------------------------------------------------------

    def _refuse(self, olds: list[int], news: list[int]) -> None:
        old, new = self._texts(olds, news)
        paragraph = self._before[olds[0]] if olds else self._after[news[0]]
        if paragraph.cell:
            table = paragraph.block.removeprefix("Ref_").removeprefix("table_")
            files = [f"data/{self._sent.evaluation}/{name}.csv" for name in TABLES.get(table, [])[:1]]
            why = f"Tables come from the data: correct {files[0]}." if files else "It is set by the program."
            place = f"table {table}, row {self._row_name(paragraph)}, column {paragraph.cell[1] + 1}"
            self._propose(REFUSED, "", place, old, new, news, why)
        else:
            self._propose(REFUSED if olds else UNPLACED, "", paragraph.block, old, new, news, self._why_not(old))

    def _row_name(self, cell: Paragraph) -> str:
        """Name the row of a cell by what stands first in it."""
        row = (cell.block, cell.cell and cell.cell[0])
        side = self._before if any(other is cell for other in self._before) else self._after
        first = next(other for other in side if other.cell and (other.block, other.cell[0]) == row)
        return f'"{first.text}"'

    def _why_not(self, old: str) -> str:
        """Say where words come from that stand in no text file: a cell of a table, or the form."""
        for value in self._values.values():
            said, origin = value["value"], value["origin"]
            if said and origin["formula"] == "cell" and len(said) > SHORTEST and plain(said) in old:
                (row, number), *_ = origin["rows"].items()
                place = f"{origin['file']}, row {number} ({row}), column {origin['column']}"
                return f"It comes from the data: correct {place}."
        return "It belongs to the form, or is set by the program."

    def _facts(self, changed: Mapping[str, tuple[str, str]]) -> None:
        name = f"data/{FACTS}"
        for key, (old, new) in changed.items():
            content = with_fact(self._files.get(name, ""), key, old, new, self._labels)
            if content is None:
                why = f"It says something else by now, or cannot be read back for sure: correct {name}, {key}."
                self._result.proposals.append(Proposal(REFUSED, name, key, old, new, reason=why))
            else:
                self._files[name] = self._result.files[name] = content
                self._result.proposals.append(Proposal(APPLIES, name, key, old, new))

    def _comments(self) -> None:
        """Take in the comments, each with the block of the brief it stands in."""
        sent = {after: self._before[olds[0]].block for olds, news in self._pairing.groups if olds for after in news}
        places = {paragraph.number: place for place, paragraph in enumerate(self._after)}
        for number, comment in read_comments(self._returned):
            place = places.get(number)
            where = "" if place is None else sent.get(place, self._after[place].block)
            comment.version, comment.language, comment.where = self._sent.label, self._language, where
            self._result.comments.append(comment)


def _drop_wrong_names(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> None:
    """Take the name from a paragraph that is another one: a bookmark may stay behind when its paragraph moves."""
    sent = {paragraph.id: paragraph for paragraph in before}
    for paragraph in after:
        known = sent.get(paragraph.id) if paragraph.id else None
        if known and likeness(known, paragraph) < ALIKE:
            paragraph.id = None


def _without(base: str, part: Passage) -> tuple[int, int, str]:
    """Take a passage away: an item with its line, a paragraph with the empty lines after it."""
    start = base.rfind("\n", 0, part.start) + 1
    end = part.end
    while end < len(base) and base[end] == "\n" and not (part.listed and end > part.end):
        end += 1
    return start, end, ""


def closeness(sent: Sequence[Paragraph], returned: Sequence[Paragraph]) -> float:
    """Return the share of paragraphs of a returned file that stand in a version word by word, from 0 to 1."""
    known = {plain(paragraph.text) for paragraph in sent}
    long = [paragraph for paragraph in returned if paragraph.size > FEWEST_WORDS]
    return sum(plain(paragraph.text) in known for paragraph in long) / max(len(long), 1)


def place_in_project(name: str, evaluation: str) -> Path:
    """Name a file of a version as it stands in the project."""
    folder, _, rest = name.partition("/")
    return Path(folder, evaluation, rest)
