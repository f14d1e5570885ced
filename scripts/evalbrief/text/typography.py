"""Set the signs and spaces of a language in plain text: in pictures, alternative texts, summaries."""

import re
from collections.abc import Mapping

from evalbrief.text.locale import NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE

# A quotation opens at the start, after a space or an opening bracket or dash; elsewhere it closes.
OPENING = re.compile(r'(?:^|(?<=[\s(\[—–/\u00a0\u202f]))"')


def curl(text: str, rules: Mapping, *, goes_on: bool = False) -> str:
    """Write the apostrophes and quotation marks the language prints, with the spaces inside them.

    `goes_on` says that the text follows other text without a space.
    """
    if "apostrophe" in rules:
        text = text.replace("'", rules["apostrophe"])
    if '"' in text and "quotes" in rules:
        opening, closing = _quotes(rules)
        text = closing + text[1:] if goes_on and text.startswith('"') else text
        text = OPENING.sub(opening, text).replace('"', closing)
    return text


def set_text(text: str, rules: Mapping) -> str:
    """Set the signs and spaces of a plain text, such as an alternative text or a table cell."""
    text = curl(text, rules)
    for sign in rules.get("narrow_space_before", []):
        text = text.replace(f" {sign}", NARROW_NO_BREAK_SPACE + sign)
    for sign in rules.get("space_before", []):
        text = text.replace(f" {sign}", NO_BREAK_SPACE + sign)
    for sign in rules.get("narrow_space_after", []):
        text = text.replace(f"{sign} ", sign + NARROW_NO_BREAK_SPACE)
    return text


def _quotes(rules: Mapping) -> tuple[str, str]:
    opening, closing = rules["quotes"]
    after = NARROW_NO_BREAK_SPACE if opening in rules.get("narrow_space_after", []) else ""
    before = NARROW_NO_BREAK_SPACE if closing in rules.get("narrow_space_before", []) else ""
    return opening + after, before + closing
