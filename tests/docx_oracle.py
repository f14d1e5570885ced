"""Judge a Word document with tracked changes: accepting all must give the new draft, rejecting all the old one.

Each finding is "rule: what"; RULES holds the rules by name. Nothing is taken from what writes such documents.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, zip_longest
from typing import Any

import lxml.etree as etree
from evalbrief.document.docx.package import (
    DOCUMENT,
    WP,
    Parts,
    R,
    W,
    content_type,
    relations_of,
    relations_part,
    target_part,
)

from tests.docx_levels import LEVELS, levels
from tests.docx_resolve import CHANGES, COMING, GOING, RUN_MARKS, accepted, rejected, stories

WORD = re.compile(r"\w+|[^\w\s]")
FOOTNOTES = "word/footnotes.xml"
# Where a mark stands for a thing and holds none: the end of a paragraph, a row, a cell, numbering.
PROPERTIES = tuple(f"{W}{name}" for name in ("rPr", "trPr", "tcPr", "numPr"))
CELL_MARKS = (f"{W}cellIns", f"{W}cellDel")
MARKS = (*RUN_MARKS, *CELL_MARKS, *CHANGES)
RANGE_STARTS = (f"{W}moveFromRangeStart", f"{W}moveToRangeStart")
# Kinds of changes that a brief has no use for, and that are not resolved here.
UNJUDGED = (
    *("cellMerge", "numberingChange", "customXmlInsRangeStart", "customXmlDelRangeStart"),
    *("customXmlMoveFromRangeStart", "customXmlMoveToRangeStart", "conflictIns", "conflictDel"),
)
# Deleted text has a name of its own. (Text that moved away has not.)
DELETED_NAMES = {f"{W}t": False, f"{W}instrText": False, f"{W}delText": True, f"{W}delInstrText": True}
FORMATTING = (f"{W}rPrChange", f"{W}pPrChange")
SHOWN = 60
BEFORE = 20


@dataclass(frozen=True)
class Marked:
    """How much is marked: words that come and go, groups of marks of one kind in a row, changes of looks.

    The end of a paragraph is a thing like a word: whole paragraphs in a row are one group, and so is a row of a table.
    """

    words: int
    groups: int
    formatting: int


class Redline:
    """A document with tracked changes, and the two it was made from."""

    def __init__(self, parts: Parts, old: Parts, new: Parts) -> None:
        self.parts = parts
        self.old = old
        self.new = new
        self.roots = stories(parts)

    @cached_property
    def accepted(self) -> Parts:
        """The document with all changes accepted."""
        return accepted(self.parts)

    @cached_property
    def rejected(self) -> Parts:
        """The document with all changes rejected."""
        return rejected(self.parts)

    def every(self, *names: str) -> Iterator[Any]:
        """Visit all elements of these names, story by story."""
        for root in self.roots.values():
            yield from root.iter(*names)


def findings(redline: Parts, old: Parts, new: Parts) -> list[str]:
    """List everything that any rule finds."""
    document = Redline(redline, old, new)
    return [f"{name}: {finding}" for name, rule in RULES.items() for finding in rule(document)]


def marked(redline: Parts) -> Marked:
    """Count what is marked; moved words are counted where they were and where they are."""
    roots = stories(redline)
    kinds = _note_kinds(roots[DOCUMENT])
    texts = [(root, None) for name, root in roots.items() if name != FOOTNOTES]
    texts += [(note, kinds.get(note.get(f"{W}id"))) for note in roots.get(FOOTNOTES, ())]
    groups = [
        "".join(words for _, words in things)
        for text, outer in texts
        for kind, things in groupby(_marked_things(text, outer), lambda thing: thing[0])
        if kind
    ]
    words = sum(len(WORD.findall(group)) for group in groups)
    return Marked(words, len(groups), sum(1 for root in roots.values() for _ in root.iter(*FORMATTING)))


# The rules ------------------------------------------------------------------------------------------------------------


def accepting(redline: Redline) -> Iterator[str]:
    """Accepting all changes gives the new draft."""
    return _differences(redline.accepted, redline.new)


def rejecting(redline: Redline) -> Iterator[str]:
    """Rejecting all changes gives the old draft."""
    return _differences(redline.rejected, redline.old)


def kinds(redline: Redline) -> Iterator[str]:
    """Every change is of a kind that is judged here."""
    for root in redline.roots.values():
        names = Counter(etree.QName(place).localname for place in root.iter() if isinstance(place.tag, str))
        yield from (f"{name} is not judged" for name in UNJUDGED if names[name])


def numbers(redline: Redline) -> Iterator[str]:
    """Every change has a number of its own."""
    counts = Counter(mark.get(f"{W}id") for mark in redline.every(*MARKS, *RANGE_STARTS))
    yield from (f"number {number} is there {count} times" for number, count in counts.items() if count > 1 and number)
    if counts[None]:
        yield f"{counts[None]} changes have no number"


def moves(redline: Redline) -> Iterator[str]:
    """What moves away arrives, by a name of its own; what is marked as moved stands between the ends of a move."""
    names = {tag: Counter(start.get(f"{W}name") for start in redline.every(tag)) for tag in RANGE_STARTS}
    away, arrived = names.values()
    yield from (f"{name} does not arrive" for name in away if name not in arrived)
    yield from (f"{name} comes from nowhere" for name in arrived if name not in away)
    yield from (f"{name} is there twice" for counts in (away, arrived) for name, count in counts.items() if count > 1)
    for root in redline.roots.values():
        yield from _faulty_ranges(root)


def relations(redline: Redline) -> Iterator[str]:
    """Every relation that is used exists; what one leads to exists and says what it is."""
    for part in sorted(["", *redline.parts]):
        found = {} if part.endswith(".rels") else {one.get("Id"): one for one in relations_of(redline.parts, part)}
        inside = [relation for relation in found.values() if relation.get("TargetMode") != "External"]
        for target in (target_part(part, relation) for relation in inside):
            if target not in redline.parts:
                yield f"{part} leads to {target}, which is not there"
            elif not content_type(redline.parts, target):
                yield f"{target} has no content type"
        lacking = sorted(_used(redline.parts[part]) - set(found)) if part.endswith(".xml") else []
        yield from (f"{part} uses {relation}, which is not there" for relation in lacking)
    sources = {relations_part(part) for part in ["", *redline.parts]}
    yield from (f"{part} is of no part" for part in redline.parts if part.endswith(".rels") and part not in sources)


def deleted_text(redline: Redline) -> Iterator[str]:
    """Text in a deletion is named so, other text is not."""
    for text in redline.every(*DELETED_NAMES):
        inside = any(place.tag == f"{W}del" for place in text.iterancestors())
        if inside != DELETED_NAMES[text.tag]:
            name = etree.QName(text).localname
            yield f"{name} {text.text!r} stands {'in' if inside else 'outside of'} a deletion"


def nesting(redline: Redline) -> Iterator[str]:
    """No mark stands in another."""
    for mark in redline.every(*RUN_MARKS):
        outer = next((place for place in mark.iterancestors() if place.tag in RUN_MARKS), None)
        if mark.getparent().tag not in PROPERTIES and outer is not None:
            yield f"{_name(mark)} stands in {_name(outer)}"


def links(redline: Redline) -> Iterator[str]:
    """No mark holds a link: links hold marks."""
    for link in redline.every(f"{W}hyperlink"):
        yield from (f"a link stands in {_name(place)}" for place in link.iterancestors() if place.tag in RUN_MARKS)


def ends(redline: Redline) -> Iterator[str]:
    """The last paragraph of a cell, a note or a story keeps its end, unless the whole row or cell comes or goes."""
    for paragraph in redline.every(f"{W}p"):
        after = [place for place in paragraph.itersiblings() if place.tag in (f"{W}p", f"{W}tbl", f"{W}sdt")]
        if not after and _paragraph_mark(paragraph) and not _cell_mark(paragraph):
            yield f"the end of the last paragraph {_excerpt(_words(paragraph), 0)!r} is marked"


def fields(redline: Redline) -> Iterator[str]:
    """Fields are whole, whether changes are accepted or rejected."""
    for manner, parts in (("accepting", redline.accepted), ("rejecting", redline.rejected)):
        for name, root in stories(parts).items():
            if not _whole(place.get(f"{W}fldCharType") for place in root.iter(f"{W}fldChar")):
                yield f"a field of {name} is not whole after {manner}"


def bookmarks(redline: Redline) -> Iterator[str]:
    """Bookmarks are unique and whole; when all is accepted, those of the new draft are there, and when all is rejected,
    those that the old one leads to."""
    starts = list(redline.every(f"{W}bookmarkStart"))
    for key in ("id", "name"):
        counts = Counter(start.get(f"{W}{key}", "").lower() for start in starts)
        yield from (f"{key} {value} is there {count} times" for value, count in counts.items() if count > 1)
    ended = Counter(end.get(f"{W}id") for end in redline.every(f"{W}bookmarkEnd"))
    if ended != Counter(start.get(f"{W}id") for start in starts):
        yield "starts and ends differ"
    kept = _whole_bookmarks(redline.accepted)
    yield from (f"{name} is lost" for name in sorted(_whole_bookmarks(redline.new) - kept))
    lost = (_targets(redline.old) & _whole_bookmarks(redline.old)) - _whole_bookmarks(redline.rejected)
    yield from (f"{name}, which the old draft leads to, is lost" for name in sorted(lost))


def pictures(redline: Redline) -> Iterator[str]:
    """Every picture has a number of its own."""
    counts = Counter(picture.get("id") for picture in redline.every(f"{WP}docPr"))
    yield from (f"number {number} is there {count} times" for number, count in counts.items() if count > 1)


RULES: dict[str, Callable[[Redline], Iterator[str]]] = {
    rule.__name__: rule
    for rule in (
        *(accepting, rejecting, kinds, numbers, moves, relations, deleted_text, nesting, links, ends),
        *(fields, bookmarks, pictures),
    )
}


# What the rules need --------------------------------------------------------------------------------------------------


def _differences(got: Parts, wanted: Parts) -> Iterator[str]:
    """Tell the first line that differs at each level."""
    found, expected = levels(got), levels(wanted)
    for level in LEVELS:
        for number, (line, right) in enumerate(zip_longest(found[level], expected[level], fillvalue=""), start=1):
            if line != right:
                place = next(at for at, pair in enumerate(zip_longest(line, right)) if pair[0] != pair[1])
                got_there, right_there = _excerpt(line, place), _excerpt(right, place)
                yield f"{level} differs in line {number}: {got_there!r} instead of {right_there!r}"
                break


def _excerpt(text: str, place: int) -> str:
    return text[max(0, place - BEFORE) : place + SHOWN]


def _faulty_ranges(root: Any) -> Iterator[str]:
    """Look for moves that do not end, and for words marked as moved outside of any."""
    for side in ("From", "To"):
        open_moves = set()
        for place in root.iter(f"{W}move{side}RangeStart", f"{W}move{side}RangeEnd", f"{W}move{side}"):
            if place.tag == f"{W}move{side}RangeStart":
                open_moves.add(place.get(f"{W}id"))
            elif place.tag == f"{W}move{side}RangeEnd":
                if place.get(f"{W}id") not in open_moves:
                    yield f"an end of move{side} has no start"
                open_moves.discard(place.get(f"{W}id"))
            elif not open_moves and place.getparent().tag not in PROPERTIES:
                yield f"move{side} {_excerpt(_words(place), 0)!r} is part of no move"
        yield from (f"a start of move{side} has no end" for _ in open_moves)


def _used(content: bytes) -> set[str]:
    """List the relations that a part uses."""
    root = etree.fromstring(content)
    return {value for place in root.iter() for key, value in place.attrib.items() if key.startswith(R)}


def _whole(signs: Iterator[str]) -> bool:
    """Say whether each field that begins ends, with its result, if it has one, in between."""
    opened: list[bool] = []
    for sign in signs:
        if sign == "begin":
            opened.append(False)
        elif not opened or (sign == "separate" and opened[-1]):
            return False
        elif sign == "separate":
            opened[-1] = True
        else:
            opened.pop()
    return not opened


def _whole_bookmarks(parts: Parts) -> set[str]:
    """Name the bookmarks that have a start and, after it, an end."""
    found, opened = set(), {}
    for root in stories(parts).values():
        for place in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
            if place.tag == f"{W}bookmarkStart":
                opened[place.get(f"{W}id")] = place.get(f"{W}name")
            elif place.get(f"{W}id") in opened:
                found.add(opened.pop(place.get(f"{W}id")))
    return found


def _targets(parts: Parts) -> set[str | None]:
    """Name the bookmarks that links and fields lead to."""
    found: set[str | None] = set()
    for root in stories(parts).values():
        found |= {link.get(f"{W}anchor") for link in root.iter(f"{W}hyperlink")}
        codes = (code.text or "" for code in root.iter(f"{W}instrText"))
        found |= {name for code in codes for name in re.findall(r"REF (\S+)", code)}
    return found


def _name(mark: Any) -> str:
    return f"{etree.QName(mark).localname} {_excerpt(_words(mark), 0)!r}"


def _words(place: Any) -> str:
    return "".join(text.text or "" for text in place.iter(f"{W}t", f"{W}delText"))


def _note_kinds(document: Any) -> dict[str, str]:
    """Say for each note whose sign is marked how: its words come and go with the sign."""
    signs = [(sign, _run_mark(sign)) for sign in document.iter(f"{W}footnoteReference")]
    return {sign.get(f"{W}id"): kind for sign, kind in signs if kind}


def _run_mark(place: Any) -> str | None:
    """Say how a thing is marked: by a mark round it, by its cell or its row."""
    outer = next((etree.QName(above).localname for above in place.iterancestors() if above.tag in RUN_MARKS), None)
    return outer or _cell_mark(place)


def _cell_mark(place: Any) -> str | None:
    """Say how the cell or the row that something stands in is marked."""
    for above in place.iterancestors(f"{W}tc", f"{W}tr"):
        if mark := _mark_in(above.find(f"{above.tag}Pr")):
            return mark
    return None


def _paragraph_mark(paragraph: Any) -> str | None:
    return _mark_in(paragraph.find(f"{W}pPr/{W}rPr"))


def _mark_in(properties: Any) -> str | None:
    """Name the mark among properties; cells are inserted and deleted like everything else."""
    names = [] if properties is None else [etree.QName(child).localname for child in properties]
    found = next((name for name in names if name in (*COMING, *GOING)), None)
    return {"cellIns": "ins", "cellDel": "del"}.get(found or "", found)


def _marked_things(place: Any, kind: str | None) -> Iterator[tuple[str | None, str]]:
    """Visit words, other things and the ends of paragraphs in order, with the kind of the mark on each, if any."""
    for child in place:
        if child.tag in RUN_MARKS:
            yield from _marked_things(child, etree.QName(child).localname)
        elif child.tag == f"{W}r":
            yield kind, _words(child)
        elif child.tag == f"{W}p":
            yield from _marked_things(child, kind)
            yield _paragraph_mark(child) or kind, "\n"
        elif child.tag in (f"{W}tr", f"{W}tc"):
            yield from _marked_things(child, _mark_in(child.find(f"{child.tag}Pr")) or kind)
        elif child.tag not in PROPERTIES:
            yield from _marked_things(child, kind)
