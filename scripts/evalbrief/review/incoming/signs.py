"""Bold, emphasis, links and calls of notes as single signs among the words, so that they are compared as words are."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from evalbrief.document.docx.package import Parts, R, W, from_outside, relations_part
from evalbrief.review.incoming.runs import pieces
from evalbrief.text.markdown import MARKS, PUNCTUATION

Element = Any
# A mark is the sign where it starts and the sign where it ends; these are of Unicode's private use.
Mark = tuple[str, str]
BOLD, EMPHASIS = ("\ue000", "\ue001"), ("\ue002", "\ue003")
LINK = "\ue010"
# From here on, one sign for each note, and one for each address that a link leads to, where the link ends.
FIRST_NOTE, FIRST_ADDRESS, LAST = 0xE100, 0xE800, 0xEFFF
NOTE_SIGN = re.compile(f"[{chr(FIRST_NOTE)}-{chr(FIRST_ADDRESS - 1)}]")
ADDRESS_SIGN = re.compile(f"[{chr(FIRST_ADDRESS)}-{chr(LAST)}]")
SIGN = re.compile(f"[{BOLD[0]}-{chr(LAST)}]")
WRITTEN = {**dict.fromkeys(BOLD, "**"), **dict.fromkeys(EMPHASIS, "*"), LINK: "["}
# The styles of characters that are bold or emphasis, as Word names them in English and in French.
LOOKING = {"b": ("Strong", "lev", "Textoennegrita"), "i": ("Emphasis", "Accentuation", "nfasis")}
# Web pages are all that a text may lead to; what means something in Markdown or in a template is written as a code.
WEB = re.compile("https?://", re.IGNORECASE)
UNCHANGED = "%/:?#@!$&'*+,;=-._~"
# What begins a list, a definition or a division where a passage begins with it.
HEAD = re.compile(r"\A(?:[-+*=:%]+|\(?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+|#)[.)])(?=\s|\Z)")
Char = tuple[str, Sequence[Mark]]


@dataclass
class Signs:
    """What the signs stand for: the words of each note, and each address."""

    notes: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def note(self, words: str) -> str:
        """Return a sign for a note that is not known yet."""
        self.notes.append(words)
        return chr(FIRST_NOTE + len(self.notes) - 1)

    def address(self, address: str) -> str:
        """Return the sign of an address; nothing for one that leads to no web page."""
        known = web_address(address)
        if not known:
            return ""
        if known not in self.addresses:
            self.addresses.append(known)
        return chr(FIRST_ADDRESS + self.addresses.index(known))

    def words(self, note: str) -> str:
        """Give the words of a note by its sign."""
        return self.notes[ord(note) - FIRST_NOTE]

    def written(self, words: str) -> str:
        """Write typed words so that the text file reads them as words, and signs as what they stand for."""
        return SIGN.sub(self._written, MARKS.sub(lambda sign: "\\" + sign[0], words))

    def _written(self, sign: re.Match) -> str:
        if NOTE_SIGN.match(sign[0]):
            return f"^[{self.written(self.words(sign[0]))}]"
        if ADDRESS_SIGN.match(sign[0]):
            return f"]({self.addresses[ord(sign[0]) - FIRST_ADDRESS]})"
        return WRITTEN[sign[0]]

    def shown(self, text: str, other: str) -> str:
        """Write for people those signs that stand in the other text more or less often, and leave out the rest."""
        return SIGN.sub(lambda sign: self._written(sign) if text.count(sign[0]) != other.count(sign[0]) else "", text)


def web_address(address: str) -> str:
    """Write an address so that a text file can hold it; nothing for one that leads to no web page."""
    address = address.strip()
    return quote(address, safe=UNCHANGED).removesuffix("/") if WEB.match(address) else ""


def without_signs(text: str) -> str:
    """Leave the words."""
    return SIGN.sub("", text)


def with_plain_head(text: str) -> str:
    """Escape what would make a list, a definition or a division of a passage that begins with it."""
    return HEAD.sub(lambda head: PUNCTUATION.sub(lambda sign: "\\" + sign[0], head[0]), text)


def in_order(marks: Iterable[Mark]) -> list[Mark]:
    """Put marks in one order, the outer ones first."""
    return sorted(set(marks), key=lambda mark: (mark[0] != LINK, mark))


def with_signs(chars: Iterable[Char]) -> str:
    """Write characters with signs for their marks; what stands at the border of a mark and is no word is outside."""
    known = list(chars)
    while known and known[0][0].isspace():
        known.pop(0)
    while known and known[-1][0].isspace():
        known.pop()
    written: list[str] = []
    still: list[Mark] = []
    for char, marks in [*_tightened(known), ("", ())]:
        written += [mark[1] for mark in reversed(still) if mark not in marks]
        still = [mark for mark in still if mark in marks]
        written += [mark[0] for mark in marks if mark not in still]
        still += [mark for mark in marks if mark not in still]
        written.append(char)
    return "".join(written)


def _tightened(chars: Sequence[Char]) -> list[Char]:
    """Leave a space and the call of a note a mark only where it goes on behind it."""
    after: list[Sequence[Mark]] = []
    following: Sequence[Mark] = ()
    for char, marks in reversed(chars):
        following = following if _is_loose(char) else marks
        after.append(following)
    found: list[Char] = []
    before: Sequence[Mark] = ()
    for (char, marks), following in zip(chars, reversed(after), strict=True):
        if _is_loose(char):
            found.append((char, [mark for mark in before if mark in following]))
        else:
            before = marks
            found.append((char, marks))
    return found


def _is_loose(char: str) -> bool:
    return char.isspace() or bool(NOTE_SIGN.match(char))


def chars_of(
    paragraph: Element, calls: Mapping[str, str], addresses: Mapping[str, str], signs: Signs | None = None
) -> Iterable[Char]:
    """Yield what a paragraph of a Word document shows; `calls` are the signs of notes, `addresses` of relations.

    With `signs`, fields that are links are read, too.
    """
    for piece in pieces(paragraph):
        field = signs.address(piece.address) if signs else ""
        marks = _marks(piece.run, addresses, field)
        if piece.call is not None:
            yield calls.get(piece.call.get(f"{W}id"), ""), marks
        yield from ((char, marks) for char in piece.text)


def _marks(run: Element, addresses: Mapping[str, str], field: str) -> list[Mark]:
    link = next(run.iterancestors(f"{W}hyperlink"), None)
    end = addresses.get(link.get(f"{R}id", "")) if link is not None else field
    looks = [mark for name, mark in (("b", BOLD), ("i", EMPHASIS)) if _has_look(run, name)]
    return in_order([*looks, (LINK, end)] if end else looks)


def _has_look(run: Element, name: str) -> bool:
    """Say whether a run is bold or emphasised, by itself or by a style for that."""
    look = run.find(f"{W}rPr/{W}{name}")
    if look is not None:
        return look.get(f"{W}val", "1") not in ("0", "false", "off")
    style = run.find(f"{W}rPr/{W}rStyle")
    return style is not None and style.get(f"{W}val") in LOOKING[name]


def external_targets(parts: Parts, source: str) -> dict[str, str]:
    """Give the addresses outside the package that a part leads to, by the ids of its relations."""
    name = relations_part(source)
    relations = from_outside(parts[name]) if name in parts else []
    return {str(one.get("Id")): one.get("Target", "") for one in relations if one.get("TargetMode") == "External"}
