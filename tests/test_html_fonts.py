"""The fonts of a page."""

import base64
import re
from io import BytesIO
from pathlib import Path

import pytest
from evalbrief.document.html.fonts import font_faces, font_stack
from fontTools.ttLib import TTFont
from html_sample import cut_fonts

FAMILIES = {"display": "Overpass", "text": "Noto Sans"}


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Cut the fonts once."""
    return cut_fonts(tmp_path_factory.mktemp("fonts"))


def embedded(css: str) -> list[TTFont]:
    """Read the fonts in a style sheet."""
    return [TTFont(BytesIO(base64.b64decode(part))) for part in re.findall(r"base64,([^\"]+)", css)]


def test_holds_the_characters_of_the_page_and_their_capitals(fonts: list[str]) -> None:
    css = font_faces(fonts, FAMILIES, "dé")
    for font in embedded(css):
        assert font.flavor == "woff2" and set(font.getBestCmap() or {}) == {ord(letter) for letter in " déDÉ"}
    assert re.findall(r"font-family: (\"[^\"]+\"); font-style: (\w+); font-weight: (\d+)", css) == [
        ('"Noto Sans"', "normal", "700"),
        ('"Noto Sans"', "normal", "400"),
        ('"Overpass"', "normal", "700"),
        ('"Overpass"', "normal", "400"),
    ]


def test_same_bytes_in_any_order(fonts: list[str]) -> None:
    assert font_faces(fonts, FAMILIES, "abc") == font_faces(fonts[::-1], FAMILIES, "cba")


def test_leaves_out_other_families(fonts: list[str], tmp_path: Path) -> None:
    other = tmp_path / "Other-Regular.ttf"
    other.write_bytes(Path(fonts[0]).read_bytes())
    assert font_faces([str(other)], FAMILIES, "abc") == ""


def test_names_the_readers_own_fonts_last() -> None:
    assert font_stack("Overpass", "Noto Sans").startswith('"Overpass", "Noto Sans", system-ui,')
