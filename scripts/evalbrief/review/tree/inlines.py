"""Inlines of a tree as tokens, and tokens with marks as inlines."""

import json
from collections.abc import Hashable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from evalbrief.review.difference import DELETE, EQUAL, INSERT
from evalbrief.review.tokens import Held, is_number, tokens
from evalbrief.tree import Element, attr, attributes, classes, elements, has_class, stringify

# Elements that hold inlines, by where these stand in their content.
LOOKS = ("Emph", "Strong", "Superscript", "Subscript", "Underline", "SmallCaps", "Strikeout")
SPACES = ("Space", "SoftBreak", "LineBreak")
# A token that stays but says another number, or looks otherwise.
RENUMBERED, REFORMATTED = "renumbered", "reformatted"
MARKS = {INSERT: "insertion", DELETE: "deletion", RENUMBERED: RENUMBERED, REFORMATTED: REFORMATTED}
Holder = Element


@dataclass(frozen=True)
class Token:
    """A word, number, space or sign, or a note, in the elements that hold it; `value` is the key of a bound value.

    The text of a note is its words in brackets; the words of a note that changed are held by it.
    """

    key: Hashable
    text: str
    holders: tuple[Holder, ...] = ()
    value: str = ""
    note: Element | None = None

    @property
    def look(self) -> tuple:
        """Say how it is set: bold, emphasised, in another language, as a gap."""
        return tuple(sign for holder in self.holders for sign in _look(holder))


class Item(NamedTuple):
    """A token of a merged text: what became of it, the number of the change, and of one that stays the old token."""

    kind: str
    token: Token
    change: int = 0
    before: Token | None = None


def read_inlines(inlines: Sequence[Element], numbered: str = "") -> list[Token]:
    """Read inlines; `numbered` names what they are the numbered heading of: its number is the same whatever it says."""
    return list(_read(inlines, (), "", numbered))


def read_note(note: Token, into: Token) -> list[Token]:
    """Read the words of a note as tokens that another one holds; none of a note that is more than one paragraph."""
    texts = _note_texts(note.note or {})
    return list(_read(texts[0], (*into.holders, into.note or {}), into.value, "")) if len(texts) == 1 else []


def _note_texts(note: Element) -> list[list]:
    """Give the lists of inlines in a note, as they are in the tree."""
    return [element["c"] for element in elements(note.get("c", [])) if element["t"] in ("Para", "Plain")]


def _read(inlines: Sequence[Element], holders: tuple[Holder, ...], value: str, numbered: str) -> Iterator[Token]:
    for inline in inlines:
        kind, content = inline["t"], inline.get("c", [])
        if kind in SPACES:
            yield Token(_key(" ", holders, numbered), " ", holders, value)
        elif kind == "Note":
            words = stringify(content).strip()
            yield Token(("note", words), f" ({words})", holders, value, inline)
        elif kind in LOOKS:
            yield from _read(content, (*holders, inline), value, numbered)
        elif kind == "Quoted":
            yield from _read(content[1], (*holders, inline), value, numbered)
        elif kind == "Span":
            key = attributes(inline).get("key", "") if {"value", "fact"} & set(classes(inline)) else ""
            yield from _read(content[1], (*holders, inline), key or value, numbered)
        elif kind == "Link":
            target = content[2][0]
            yield from _read(content[1], (*holders, inline), value, target if target.startswith("#") else "")
        else:
            text = str(content if kind == "Str" else content[1] if kind == "Code" else "")
            for word in tokens(text) if text else [json.dumps(inline)]:
                yield Token(_key(word, holders, numbered), word if text else "", holders, value)


def _key(word: str, holders: tuple[Holder, ...], numbered: str) -> Hashable:
    """Give a word in a link the link's address as well; a number that a place has by its order is any number."""
    if numbered and is_number(word):
        return ("number of", numbered)
    addresses = [holder["c"][2][0] for holder in holders if holder["t"] == "Link"]
    return Held(tuple(addresses), word) if addresses else word


def _look(holder: Holder) -> list:
    if holder["t"] in LOOKS:
        return [holder["t"]]
    if holder["t"] == "Span":
        language = attributes(holder).get("lang")
        return [*(["gap"] if has_class(holder, "gap", "Span") else []), *([language] if language else [])]
    return []


def write_inlines(items: Sequence[Item], depth: int = 0) -> list[Element]:
    """Write a merged text as inlines: what changed stands in spans of a class of MARKS, with the change's number."""
    written: list[Element] = []
    for _, group in groupby(items, key=lambda item: _held_by(item.token, depth)):
        together = list(group)
        token = together[0].token
        if len(token.holders) > depth and _leads_nowhere(together, depth):
            written += write_inlines(together, depth + 1)
        elif len(token.holders) > depth:
            holder = next((item.token for item in together if item.kind != DELETE), token).holders[depth]
            written.append(_with_content(holder, write_inlines(together, depth + 1)))
        else:
            for (kind, change), marked in groupby(together, key=lambda item: (item.kind, item.change)):
                written += _marked(kind, change, list(marked))
    return written


def marked_whole(read: Sequence[Token], kind: str, change: int) -> list[Element]:
    """Write a text of which all went or came."""
    return write_inlines([Item(kind, token, change) for token in read])


def _leads_nowhere(items: Sequence[Item], depth: int) -> bool:
    """Say whether this is a link within the brief that went: what it led to may have gone, too."""
    holder = items[0].token.holders[depth]
    gone = all(item.kind == DELETE for item in items)
    return gone and holder["t"] == "Link" and holder["c"][2][0].startswith("#")


def _held_by(token: Token, depth: int) -> Hashable:
    """Tell apart what stands in different elements; the same element of both drafts counts as one.

    Two notes may stand side by side; the words of both drafts in one note are held by the same.
    """
    if len(token.holders) <= depth:
        return ""
    holder = token.holders[depth]
    if holder["t"] == "Note":
        return id(holder)
    outside = {"t": holder["t"], "c": holder["c"][0] if holder["t"] in ("Span", "Quoted") else None}
    return json.dumps([outside, holder["c"][2] if holder["t"] == "Link" else None], sort_keys=True)


def _with_content(holder: Holder, inlines: list[Element]) -> Element:
    if holder["t"] in LOOKS:
        return {"t": holder["t"], "c": inlines}
    if holder["t"] == "Note":
        return {"t": "Note", "c": [{"t": "Para", "c": inlines}]}
    return {"t": holder["t"], "c": [holder["c"][0], inlines, *holder["c"][2:]]}


def _marked(kind: str, change: int, items: list[Item]) -> list[Element]:
    inlines: list[Element] = []
    for item in items:
        token = item.token
        if token.note:
            inlines.append(_marked_note(token.note, kind, change))
        elif token.text == " ":
            inlines.append({"t": "Space"})
        elif inlines and inlines[-1]["t"] == "Str":
            inlines[-1] = {"t": "Str", "c": inlines[-1]["c"] + token.text}
        elif token.text:
            inlines.append({"t": "Str", "c": token.text})
        else:
            inlines.append(json.loads(str(token.key)))
    if kind == EQUAL:
        return inlines
    before = items[0].before
    given = {"change": str(change)} | ({"before": before.text} if kind == RENUMBERED and before else {})
    return [{"t": "Span", "c": [attr("", [MARKS[kind]], given), inlines]}]


def _marked_note(note: Element, kind: str, change: int) -> Element:
    """Mark the words of a note that went or came: they stand far from the number that is marked in the text."""
    if kind not in (DELETE, INSERT):
        return note
    note = deepcopy(note)
    for inlines in _note_texts(note):
        inlines[:] = marked_whole(read_inlines(inlines), kind, change)
    return note
