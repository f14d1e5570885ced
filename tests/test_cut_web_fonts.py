"""The fonts that every web page embeds."""

from pathlib import Path

from cut_fonts import cut_fonts
from cut_web_fonts import cut_web_fonts
from evalbrief.document.html.fonts import USUAL
from evalbrief.fonts import folders
from fontTools.ttLib import TTFont


def test_a_web_font_is_small_kerns_and_is_the_same_every_time(tmp_path: Path) -> None:
    fonts, web_fonts = [str(tmp_path / "NotoSans-Regular.ttf")], [str(tmp_path / "NotoSans-Regular.woff2")]
    cut_fonts(faces=[("Noto Sans", "Regular")], places=folders(None), fonts=fonts)
    cut_web_fonts(fonts=fonts, web_fonts=web_fonts)
    first = Path(web_fonts[0]).read_bytes()
    assert len(first) < 16_000
    with TTFont(fonts[0]) as whole, TTFont(web_fonts[0]) as font:
        assert font.flavor == "woff2"
        assert set(font.getBestCmap() or {}) == USUAL & set(whole.getBestCmap() or {})
        features = {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}  # type: ignore[attr-defined]
        assert "kern" in features
    cut_web_fonts(fonts=fonts, web_fonts=web_fonts)
    assert Path(web_fonts[0]).read_bytes() == first
