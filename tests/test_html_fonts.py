"""The fonts of a page."""

import base64
import re
from io import BytesIO
from pathlib import Path

import pytest
from evalbrief.document.html.fonts import USUAL, font_faces, font_stack
from fontTools.ttLib import TTFont
from html_sample import sample_fonts

FAMILIES = {"display": "Overpass", "text": "Noto Sans"}
Fonts = dict[str, list[str]]


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Fonts:
    """Cut the fonts once."""
    return sample_fonts(tmp_path_factory.mktemp("fonts"))


def faces(fonts: Fonts, text: str) -> str:
    """Write the rules of a page that shows a text."""
    return font_faces(fonts["web_fonts"], fonts["fonts"], FAMILIES, text)


def embedded(css: str) -> list[bytes]:
    """Read the fonts in a style sheet."""
    return [base64.b64decode(part) for part in re.findall(r"base64,([^\"]+)", css)]


def test_embeds_the_web_fonts_as_they_are(fonts: Fonts) -> None:
    css = faces(fonts, "dé")
    assert embedded(css) == [Path(font).read_bytes() for font in sorted(fonts["web_fonts"])]
    assert re.findall(r"font-family: (\"[^\"]+\"); font-style: (\w+); font-weight: (\d+)", css) == [
        ('"Noto Sans"', "normal", "700"),
        ('"Noto Sans"', "normal", "400"),
        ('"Overpass"', "normal", "700"),
        ('"Overpass"', "normal", "400"),
    ]


def test_cuts_fonts_to_the_characters_of_a_page_with_rarer_ones_and_their_capitals(fonts: Fonts) -> None:
    for font in map(TTFont, map(BytesIO, embedded(faces(fonts, "Łódź: λ")))):
        family = font["name"].getDebugName(1)
        greek = "λΛ" if family == "Noto Sans" else ""
        assert font.flavor == "woff2"
        assert set(font.getBestCmap() or {}) == {ord(letter) for letter in f" :ŁÓódDŹź{greek}"}


def test_the_languages_of_the_office_need_the_usual_characters_only() -> None:
    words = "« L’Œuvre, où ? » – “Why not?” — ¿Qué tal, señor? ¡Así! 5ᵉ, 2 400 € ≥ 12 % … Não, für Straße, è già"
    assert {ord(letter) for letter in words + words.upper()} <= USUAL


def test_same_bytes_in_any_order(fonts: Fonts) -> None:
    backwards = {name: paths[::-1] for name, paths in fonts.items()}
    assert faces(fonts, "abc") == faces(backwards, "cba")
    assert faces(fonts, "λμν") == faces(backwards, "νμλ")


def test_leaves_out_other_families(fonts: Fonts, tmp_path: Path) -> None:
    other = tmp_path / "Other-Regular.ttf"
    other.write_bytes(Path(fonts["fonts"][0]).read_bytes())
    assert font_faces([str(other)], [str(other)], FAMILIES, "abc") == ""


def test_names_the_readers_own_fonts_last() -> None:
    assert font_stack("Overpass", "Noto Sans").startswith('"Overpass", "Noto Sans", system-ui,')
