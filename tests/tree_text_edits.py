"""Edits of the text of a brief: words, sentences, paragraphs, headings, lists.

Each changes a draft and says what it changed, or says nothing where the draft has nothing left for it.
"""

import re
from collections.abc import Callable
from itertools import pairwise

from evalbrief.text.locale import NO_BREAK_SPACE
from evalbrief.tree import Element, attr, elements, has_class, plain, stringify, text_inlines

from tests.tree_draft import SPACE, Draft, Edit, count_words, inlines_of, is_plain_word, string
from tests.tree_words import place_of

SENTENCE_END = re.compile(r".{2}[.!?…][»”)\s]*$")
ADDRESS = "https://www.example.org/{}"
FEWEST_ITEMS = 3

# Words and sentences --------------------------------------------------------------------------------------------------


def change_word(draft: Draft) -> Edit | None:
    """Replace a word, write one after it, or take it out."""
    chosen = draft.choose_word()
    if chosen is None:
        return None
    block, inlines, at = chosen
    manner = draft.random.choice(("replace", "insert", "delete"))
    if manner == "replace":
        inlines[at] = string(draft.vocabulary.phrase(1, 1, without=inlines[at]["c"]))
    elif manner == "insert":
        inlines[at + 1 : at + 1] = [SPACE, string(draft.vocabulary.phrase(1, 1))]
    else:
        del inlines[at : at + 2]
    return draft.done(place_of(block), inserted=int(manner != "delete"), deleted=int(manner != "insert"))


def change_number(draft: Draft) -> Edit | None:
    """Let a number of the text be another one."""
    options = []
    for block, inlines in draft.texts():
        values = [inline["c"][1] for inline in inlines if has_class(inline, "value", "Span")]
        options += [
            (block, place, at)
            for place in [inlines, *values]
            for at, inline in enumerate(place)
            if inline["t"] == "Str" and inline["c"].isdecimal()
        ]
    chosen = draft.choose(options)
    if chosen is None:
        return None
    block, place, at = chosen
    place[at] = string(draft.number(without=place[at]["c"]))
    return draft.done(place_of(block), inserted=1, deleted=1)


def insert_sentence(draft: Draft) -> Edit | None:
    """Write a sentence into a paragraph, at its start, between two others, or at its end."""
    block = draft.choose(draft.paragraphs())
    if block is None:
        return None
    parts = _sentences(inlines_of(block))
    new = draft.vocabulary.sentence()
    # After the last one only where it ends: a list may follow.
    parts.insert(draft.random.randrange(len(parts) + int(_ends(parts[-1]))), new)
    _set_sentences(block, parts)
    return draft.done(place_of(block), inserted=count_words(new))


def delete_sentence(draft: Draft) -> Edit | None:
    """Take a sentence out of a paragraph."""
    block = draft.choose([block for block in draft.paragraphs() if len(_sentences(inlines_of(block))) > 1])
    if block is None:
        return None
    parts = _sentences(inlines_of(block))
    old = parts.pop(draft.random.randrange(len(parts)))
    _set_sentences(block, parts)
    return draft.done(place_of(block), deleted=count_words(old))


def move_sentence(draft: Draft) -> Edit | None:
    """Move a sentence within its paragraph; the fewer words moved, it or those it passes."""
    block = draft.choose([block for block in draft.paragraphs() if len(_sentences(inlines_of(block))) > 2])
    if block is None:
        return None
    parts = _sentences(inlines_of(block))
    before, after = draft.random.sample(range(len(parts)), 2)
    passed = parts[after:before] or parts[before + 1 : after + 1]
    moved = parts.pop(before)
    parts.insert(after, moved)
    _set_sentences(block, parts)
    words = min(count_words(moved), sum(map(count_words, passed)))
    return draft.done(place_of(block), inserted=words, deleted=words)


def make_bold(draft: Draft) -> Edit | None:
    """Make a word bold."""
    chosen = draft.choose_word()
    if chosen is None:
        return None
    block, inlines, at = chosen
    inlines[at] = {"t": "Strong", "c": [inlines[at]]}
    return draft.done(place_of(block), formatting=1)


def keep_words_together(draft: Draft) -> Edit | None:
    """Let a space be one that does not break: no word changes."""
    chosen = draft.choose(
        [
            (block, inlines, at)
            for block, inlines in draft.texts()
            for at in range(1, len(inlines) - 1)
            if [inline["t"] for inline in inlines[at - 1 : at + 2]] == ["Str", "Space", "Str"]
        ]
    )
    if chosen is None:
        return None
    block, inlines, at = chosen
    inlines[at - 1 : at + 2] = [string(f"{inlines[at - 1]['c']}{NO_BREAK_SPACE}{inlines[at + 1]['c']}")]
    return draft.done(place_of(block))


def add_footnote(draft: Draft) -> Edit | None:
    """Add a note to the end of a sentence that has none."""
    options = []
    for block in draft.paragraphs():
        parts = _sentences(inlines_of(block))
        options += [(block, parts, part) for part in parts if _ends(part) and part[-1]["t"] != "Note"]
    chosen = draft.choose(options)
    if chosen is None:
        return None
    block, parts, part = chosen
    words = draft.vocabulary.sentence()
    part.append({"t": "Note", "c": [{"t": "Para", "c": words}]})
    _set_sentences(block, parts)
    return draft.done(place_of(block), inserted=count_words(words))


def add_link(draft: Draft) -> Edit | None:
    """Let a word lead to a page of the web."""
    chosen = draft.choose_word()
    if chosen is None:
        return None
    block, inlines, at = chosen
    inlines[at] = {"t": "Link", "c": [attr(), [inlines[at]], [_address(draft), ""]]}
    return draft.done(place_of(block), inserted=1, deleted=1)


def change_target(draft: Draft) -> Edit | None:
    """Let a link lead elsewhere: within the brief to another block of the same kind, else to another page."""
    links = [
        (block, link)
        for block in draft.blocks
        if draft.is_free(block)
        for link in elements(block)
        if link["t"] == "Link" and not has_class(link, "reference", "Link") and _other_targets(draft, link)
    ]
    chosen = draft.choose(links)
    if chosen is None:
        return None
    block, link = chosen
    link["c"][2] = [draft.random.choice(_other_targets(draft, link)), ""]
    words = count_words(link["c"][1])
    return draft.done(place_of(block), inserted=words, deleted=words)


# Paragraphs, headings, lists ------------------------------------------------------------------------------------------


def insert_paragraph(draft: Draft) -> Edit | None:
    """Write a paragraph after another one or a heading."""
    before = draft.choose([*draft.paragraphs(), *_headings(draft, level=2)])
    if before is None:
        return None
    sentences = [draft.vocabulary.sentence() for _ in range(draft.random.randint(2, 4))]
    new = draft.text_block(_joined(sentences))
    draft.blocks.insert(draft.blocks.index(before) + 1, new)
    return draft.done(place_of(before), inserted=draft.count(new))


def delete_paragraph(draft: Draft) -> Edit | None:
    """Take out a paragraph, its notes with it."""
    block = draft.choose(draft.paragraphs())
    if block is None:
        return None
    del draft.blocks[draft.blocks.index(block)]
    return draft.done(place_of(block), deleted=draft.count(block))


def move_paragraph(draft: Draft) -> Edit | None:
    """Move a paragraph behind another one, so far that it is shorter than what it passes."""
    block = draft.choose(draft.paragraphs())
    if block is None:
        return None
    start, words = draft.blocks.index(block), draft.count(block)
    options = []
    for before in draft.paragraphs():
        end = draft.blocks.index(before)
        passed = draft.blocks[start + 1 : end + 1] or draft.blocks[end + 1 : start]
        if before is not block and draft.count(*passed) > words:
            options.append(before)
    before = draft.choose(options)
    if before is None:
        return None
    del draft.blocks[start]
    draft.blocks.insert(draft.blocks.index(before) + 1, block)
    return draft.done(place_of(block), place_of(before), inserted=words, deleted=words)


def split_paragraph(draft: Draft) -> Edit | None:
    """Begin a new paragraph within another one."""
    block = draft.choose([block for block in draft.paragraphs() if len(_sentences(inlines_of(block))) > 1])
    if block is None:
        return None
    parts = _sentences(inlines_of(block))
    cut = draft.random.randrange(1, len(parts))
    _set_sentences(block, parts[:cut])
    draft.blocks.insert(draft.blocks.index(block) + 1, draft.text_block(_joined(parts[cut:])))
    return draft.done(place_of(block))


def merge_paragraphs(draft: Draft) -> Edit | None:
    """Let a paragraph and the next be one."""
    found = draft.paragraphs()
    chosen = draft.choose([pair for pair in pairwise(draft.blocks) if all(block in found for block in pair)])
    if chosen is None:
        return None
    block, after = chosen
    _set_sentences(block, [inlines_of(block), inlines_of(after)])
    del draft.blocks[draft.blocks.index(after)]
    return draft.done(place_of(block), place_of(after))


def change_heading(draft: Draft) -> Edit | None:
    """Replace a word of a heading, or write one behind it."""
    heading = draft.choose(_headings(draft))
    if heading is None:
        return None
    inlines = heading["c"][2]
    at = draft.choose([at for at, inline in enumerate(inlines) if is_plain_word(inline)])
    if at is None:
        inlines += [SPACE, string(draft.vocabulary.phrase(1, 1))]
        return draft.done(place_of(heading), inserted=1)
    inlines[at] = string(draft.vocabulary.phrase(1, 1, without=inlines[at]["c"]))
    return draft.done(place_of(heading), inserted=1, deleted=1)


def insert_item(draft: Draft) -> Edit | None:
    """Write an item into a list."""
    chosen = draft.choose(draft.lists())
    if chosen is None:
        return None
    block, items = chosen
    words = text_inlines(f"{draft.vocabulary.phrase(5, 9)}.")
    items.insert(draft.random.randrange(len(items) + 1), [plain(words)])
    return draft.done(place_of(block), inserted=count_words(words))


def delete_item(draft: Draft) -> Edit | None:
    """Take an item out of a list."""
    chosen = draft.choose([(block, items) for block, items in draft.lists() if len(items) >= FEWEST_ITEMS])
    if chosen is None:
        return None
    block, items = chosen
    item = items.pop(draft.random.randrange(len(items)))
    return draft.done(place_of(block), deleted=draft.count(*item))


TEXT_EDITS: dict[str, Callable[[Draft], Edit | None]] = {
    "word": change_word,
    "number": change_number,
    "sentence inserted": insert_sentence,
    "sentence deleted": delete_sentence,
    "sentence moved": move_sentence,
    "bold": make_bold,
    "no-break space": keep_words_together,
    "footnote": add_footnote,
    "link added": add_link,
    "link target": change_target,
    "paragraph inserted": insert_paragraph,
    "paragraph deleted": delete_paragraph,
    "paragraph moved": move_paragraph,
    "paragraph split": split_paragraph,
    "paragraphs merged": merge_paragraphs,
    "heading": change_heading,
    "list item inserted": insert_item,
    "list item deleted": delete_item,
}


# What the edits need --------------------------------------------------------------------------------------------------


def _sentences(inlines: list[Element]) -> list[list[Element]]:
    """Part inlines after each sentence; the spaces between are left out."""
    parts: list[list[Element]] = [[]]
    for at, inline in enumerate(inlines):
        if inline == SPACE and _ends(parts[-1]) and at + 1 < len(inlines):
            parts.append([])
        else:
            parts[-1].append(inline)
    return parts


def _ends(part: list[Element]) -> bool:
    """Say whether a sentence ends here: an initial with a full stop is none."""
    return bool(SENTENCE_END.search(stringify(part).rpartition(" ")[2]))


def _joined(parts: list[list[Element]]) -> list[Element]:
    return [inline for part in parts for inline in [SPACE, *part]][1:]


def _set_sentences(block: Element, parts: list[list[Element]]) -> None:
    block["c"][1][0]["c"] = _joined(parts)


def _headings(draft: Draft, level: int | None = None) -> list[Element]:
    found = [block for block in draft.blocks if block["t"] == "Header" and draft.is_free(block)]
    return [heading for heading in found if level in (None, heading["c"][0])]


def _address(draft: Draft) -> str:
    return ADDRESS.format(draft.number())


def _other_targets(draft: Draft, link: Element) -> list[str]:
    """List where a link could lead instead."""
    target = link["c"][2][0]
    if not target.startswith("#"):
        return [_address(draft)]
    likes = f"{target.partition('-')[0]}-"
    names = [f"#{place_of(block)}" for block in draft.blocks]
    return [name for name in names if name.startswith(likes) and name != target]
