"""Set the spaces and apostrophes of a language in plain text: in pictures, alternative texts, summaries."""

from collections.abc import Mapping

from evalbrief.text.locale import NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE


def curl(text: str, rules: Mapping) -> str:
    """Write the apostrophe the language prints."""
    return text.replace("'", rules["apostrophe"]) if "apostrophe" in rules else text


def set_text(text: str, rules: Mapping) -> str:
    """Set the spaces and apostrophes of a plain text, such as an alternative text or a table cell."""
    text = curl(text, rules)
    for sign in rules.get("narrow_space_before", []):
        text = text.replace(f" {sign}", NARROW_NO_BREAK_SPACE + sign)
    for sign in rules.get("space_before", []):
        text = text.replace(f" {sign}", NO_BREAK_SPACE + sign)
    for sign in rules.get("narrow_space_after", []):
        text = text.replace(f"{sign} ", sign + NARROW_NO_BREAK_SPACE)
    return text
