"""A text file as passages, and what a passage prints."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evalbrief.pandoc import convert
from evalbrief.review.alignment import Block
from evalbrief.review.incoming.markup import CALL, MARK, VALUE
from evalbrief.review.incoming.returned import NOTE, plain
from evalbrief.review.incoming.signs import (
    BOLD,
    EMPHASIS,
    FIRST_NOTE,
    LINK,
    NOTE_SIGN,
    SIGN,
    Char,
    Mark,
    Signs,
    in_order,
    with_signs,
)
from evalbrief.review.tokens import is_space, tokens
from evalbrief.text.markdown import MARKDOWN, escape

ITEM = re.compile(r"(?:[-*+]|\d+[.)])\s+")
DEFINITION = re.compile(r"\[\^([^\]]*)\]:\s*")
BETWEEN = "\n\n"
# Elements that print what they hold: those that a text may hold.
PASSED_ON = ("Para", "Plain", "BulletList", "OrderedList", "BlockQuote", "Superscript", "Span")


@dataclass(frozen=True)
class Passage:
    """A paragraph, item or note of a text file: from `start` to before `end`, without the sign of a list or a note."""

    start: int
    end: int
    text: str
    listed: bool
    # The name of a note.
    note: str = ""

    def block(self) -> Block:
        """Give its words for pairing with what was printed; values are none of them."""
        words = plain(MARK.sub("", VALUE.sub(" ", self.text)))
        return Block(tokens(words), NOTE if self.note else "text", splits=not self.note)


def decoded(content: bytes) -> str:
    """Read a text file as the build does: in UTF-8, else in Windows-1252."""
    utf8 = is_utf8(content)
    return with_plain_ends(content.decode("utf-8-sig" if utf8 else "cp1252", errors="strict" if utf8 else "replace"))


def is_utf8(content: bytes) -> bool:
    """Say whether a text file is in UTF-8."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def with_plain_ends(text: str) -> str:
    """End lines as they are compared, whatever the editor was."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def passages(text: str) -> list[Passage]:
    """Split a text file into paragraphs, items and notes."""
    found = []
    for part in re.finditer(r"[^\n](?:.|\n(?!\s*(?:\n|\Z)))*", text):
        lines = list(re.finditer(r"[^\n]+", part[0]))
        starts = [line.start() for line in lines if ITEM.match(line[0])] if ITEM.match(part[0]) else []
        if not starts:
            defined = DEFINITION.match(part[0])
            begin = defined.end() if defined else 0
            name = defined[1] if defined else ""
            found.append(Passage(part.start() + begin, part.end(), part[0][begin:], False, name))
            continue
        for start, end in zip(starts, [*starts[1:], len(part[0]) + 1], strict=True):
            item = part[0][start : end - 1].rstrip()
            sign = ITEM.match(item)
            begin = sign.end() if sign else 0
            found.append(Passage(part.start() + start + begin, part.start() + start + len(item), item[begin:], True))
    return found


def prints(source: str, printed: str, values: dict[str, str], signs: Signs | None = None) -> bool:
    """Say whether a source prints a text, with these signs, or whatever its marks where `signs` are not given.

    `values` are what its values print.
    """
    filled = VALUE.sub(lambda value: escape(values.get(value[0].strip("{} "), "")), source)
    # A call without its note is no call.
    notes = "".join(f"\n\n{call}: note" for call in {call for call in CALL.findall(source) if call.startswith("[")})
    tree = json.loads(convert(filled + notes, MARKDOWN, "json", "--sandbox"))
    shown = BETWEEN.join(with_signs(_chars(block, (), signs or Signs())) for block in tree["blocks"])
    if signs is None:
        shown, printed = SIGN.sub("", shown), SIGN.sub("", printed)
    return _bare(shown) == _bare(printed)


def _chars(node: Any, marks: Sequence[Mark], signs: Signs) -> Iterator[Char]:
    """Yield what pandoc's elements print, as a Word document would show it; of what no text may hold, nothing."""
    if isinstance(node, list):
        for part in node:
            yield from _chars(part, marks, signs)
    if not isinstance(node, dict) or "t" not in node:
        return
    content: Any = node.get("c")
    match node["t"]:
        case "Str":
            yield from ((char, marks) for char in content)
        case "Space" | "SoftBreak" | "LineBreak":
            yield " ", marks
        case "Strong" | "Emph":
            mark = BOLD if node["t"] == "Strong" else EMPHASIS
            yield from _chars(content, in_order([*marks, mark]), signs)
        case "Link":
            address = signs.address(content[2][0])
            yield from _chars(content[1], in_order([*([(LINK, address)] if address else []), *marks]), signs)
        case "Note":
            yield chr(FIRST_NOTE), marks
        case kind if kind in PASSED_ON:
            yield from _chars(content, marks, signs)


def _bare(text: str) -> list[str]:
    """Leave out spaces, and which note it is."""
    found = [token for token in tokens(plain(text)) if not is_space(token)]
    return [chr(FIRST_NOTE) if NOTE_SIGN.match(token) else token for token in found]
