"""What the fonts of the brief can print."""

import pytest
from evalbrief.data.glyphs import unprintable


@pytest.mark.parametrize(
    "text", ["", "Évaluation « à 5 % » – n° 182 …", "Ελλάδα", "Москва", "Nguyễn", "œuvre ’\u202f!"]
)
def test_printed(text: str) -> None:
    assert unprintable(text) is None


@pytest.mark.parametrize(
    ("text", "name"), [("a 🙂", "smiling"), ("تدريب", "arabic"), ("中", "cjk"), ("a\x07b", "U+0007")]
)
def test_not_printed_and_named(text: str, name: str) -> None:
    found, hint = unprintable(text) or ("", "")
    assert name in found
    assert hint
