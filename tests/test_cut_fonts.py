"""The static cuts of the fonts."""

from cut_fonts import cut_fonts
from evalbrief.fonts import folders
from fontTools.ttLib import TTFont


def test_a_cut_is_static_named_for_its_style_and_the_same_every_time(tmp_path):
    path = tmp_path / "NotoSans-Bold.ttf"
    cut_fonts(faces=[("Noto Sans", "Bold")], places=folders(None), fonts=[str(path)])
    first = path.read_bytes()
    with TTFont(path) as font:
        assert "fvar" not in font
        assert (font["name"].getDebugName(1), font["name"].getDebugName(2)) == ("Noto Sans", "Bold")
        assert font["OS/2"].usWeightClass == 700  # type: ignore[attr-defined]
        assert {ord(character) for character in "éœŁ€–…’«\u202f"} <= set(font.getBestCmap() or {})
    cut_fonts(faces=[("Noto Sans", "Bold")], places=folders(None), fonts=[str(path)])
    assert path.read_bytes() == first
