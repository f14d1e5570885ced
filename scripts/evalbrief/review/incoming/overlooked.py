"""What a reviewer did that no paragraph of a text can take in: each of it is told, so that somebody does it by hand."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from evalbrief.document.docx.package import DOCUMENT, WP, Parts, R, W, from_outside
from evalbrief.review.docx.revisions import accept
from evalbrief.review.incoming.proposals import UNPLACED, Proposal
from evalbrief.review.incoming.returned import plain
from evalbrief.review.incoming.runs import FALLBACK, words_of
from evalbrief.review.incoming.sides import Sides
from evalbrief.review.incoming.signs import external_targets, web_address

Element = Any
HEADING = ("Heading", "Title", "Titre", "Ttulo")
EDGES = re.compile(r"word/(?P<kind>header|footer)[^/]*\.xml")
ENDNOTES = "word/endnotes.xml"
NOTE_OF_FORM = "A note in a table, heading or caption: no text file holds it."
RESTYLED = "It was made a heading: headings are set by the form."
RELISTED = "It was made an item of a list, or is none any more: change it in the file."
STRUCK = "It is struck through: delete it in the file if it is to go."
ENDNOTE = "An endnote: write it in the file as a note."
BOXED = "Words in a text box: put them into the file."
NO_PAGE = "A link that leads to no web page is not taken."
PICTURE = "A picture was removed: figures come from the data."
EDGE = "Headers and footers are set by the program."
# The number of the page, which programs write anew.
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Seen:
    """A document with all changes accepted: its root and its parts."""

    root: Element
    parts: Parts


Found = Iterator[tuple[str, str]]


def overlooked(sent: Parts, returned: Parts, sides: Sides) -> list[Proposal]:
    """Tell of everything that was done outside the words of paragraphs, one line each."""
    before, after = _seen(sent), _seen(returned)
    told = [*_notes_of_the_form(sides), *_restyled(sides)]
    for find, why in LOOKS:
        new = Counter(find(after)) - Counter(find(before))
        told += [sides.proposal(UNPLACED, "", place, ("", words), [], why) for place, words in new]
    told += [
        sides.proposal(UNPLACED, "", "picture", (words, ""), [], PICTURE) for words in _pictures_gone(before, after)
    ]
    return told


def _seen(parts: Parts) -> Seen:
    root = from_outside(parts[DOCUMENT])
    accept(root)
    return Seen(root, parts)


def _notes_of_the_form(sides: Sides) -> Iterator[Proposal]:
    """Find new notes that are called where no text stands."""
    for number, note in enumerate(sides.notes_after):
        if number in sides.notes:
            continue
        caller = next((paragraph for paragraph in sides.after if note.sign in paragraph.marked), None)
        if caller is None or caller.cell or not sides.is_text(caller):
            place = caller.block if caller else "note"
            yield sides.proposal(UNPLACED, "", place, ("", note.marked), [note], NOTE_OF_FORM)


def _restyled(sides: Sides) -> Iterator[Proposal]:
    """Find paragraphs of the text that were made a heading, or an item of a list."""
    for olds, news in sides.pairing.groups:
        if len(olds) != 1 or len(news) != 1 or not sides.before[olds[0]].section:
            continue
        before, after = sides.before[olds[0]], sides.after[news[0]]
        heading = after.style.startswith(HEADING) and not before.style.startswith(HEADING)
        if heading or before.listed != after.listed:
            why = RESTYLED if heading else RELISTED
            yield sides.proposal(UNPLACED, "", before.block, (after.marked, after.marked), [after], why)


def _endnotes(seen: Seen) -> Found:
    if ENDNOTES not in seen.parts:
        return
    called = {call.get(f"{W}id") for call in seen.root.iter(f"{W}endnoteReference")}
    root = from_outside(seen.parts[ENDNOTES])
    accept(root)
    for note in root.iter(f"{W}endnote"):
        if note.get(f"{W}id") in called:
            yield "endnote", _words(note)


def _struck(seen: Seen) -> Found:
    for paragraph in seen.root.iter(f"{W}p"):
        runs = [run for run in paragraph.iter(f"{W}r") if any(_is_on(run, name) for name in ("strike", "dstrike"))]
        words = "".join("".join(run.itertext(f"{W}t")) for run in runs)
        if words.strip():
            yield "struck through", plain(" ".join(words.split()))


def _boxes(seen: Seen) -> Found:
    for box in seen.root.iter(f"{W}txbxContent"):
        if not any(ancestor.tag == FALLBACK for ancestor in box.iterancestors()):
            yield "text box", _words(box)


def _links(seen: Seen) -> Found:
    targets = external_targets(seen.parts, DOCUMENT)
    for link in seen.root.iter(f"{W}hyperlink"):
        target = targets.get(link.get(f"{R}id", ""), "")
        if target and not web_address(target):
            yield f"link {target}", plain("".join(link.itertext(f"{W}t")))


def _edges(seen: Seen) -> Found:
    """Read headers and footers; programs write them into other parts, and some of them twice."""
    found = set()
    for name in sorted(seen.parts):
        if edge := EDGES.fullmatch(name):
            root = from_outside(seen.parts[name])
            accept(root)
            words = (DIGITS.sub("", plain(words_of(paragraph))) for paragraph in root.iter(f"{W}p"))
            found |= {(edge["kind"], " ".join(text.split())) for text in words if text.strip()}
    yield from sorted(found)


def _pictures_gone(before: Seen, after: Seen) -> list[str]:
    """Name the pictures that went, by the words that are read out for them."""
    sides = [[picture.get("descr", "") for picture in seen.root.iter(f"{WP}docPr")] for seen in (before, after)]
    count = len(sides[0]) - len(sides[1])
    gone = list((Counter(sides[0]) - Counter(sides[1])).elements())
    return [plain(words) or "a picture" for words in gone[: max(count, 0)]]


def _is_on(run: Element, name: str) -> bool:
    look = run.find(f"{W}rPr/{W}{name}")
    return look is not None and look.get(f"{W}val", "1") not in ("0", "false", "off")


def _words(element: Element) -> str:
    return plain(" ".join(filter(None, map(words_of, element.iter(f"{W}p")))))


LOOKS: tuple[tuple[Callable[[Seen], Found], str], ...] = (
    (_endnotes, ENDNOTE),
    (_struck, STRUCK),
    (_boxes, BOXED),
    (_links, NO_PAGE),
    (_edges, EDGE),
)
