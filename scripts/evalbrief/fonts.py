"""Where the families of a theme's fonts are, and which faces of them the brief is set in.

The rules read this file: little is imported until a font is looked for.
"""

from collections.abc import Mapping
from pathlib import Path

import fontpkg_noto_sans
import fontpkg_overpass

PACKAGED = [str(Path(package.__path__[0]) / "files") for package in (fontpkg_noto_sans, fontpkg_overpass)]
# What a text is set in, and a display: titles and headings.
TEXT_STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
DISPLAY_STYLES = ("Regular", "Bold")
# Figures are drawn with these.
FIGURE_STYLES = ("Regular", "Bold")
WEIGHTS = {"Regular": 400, "Bold": 700, "Italic": 400, "BoldItalic": 700}


class FontError(ValueError):
    """A family that is nowhere to be found."""


def face(family: str, style: str) -> str:
    """Name a face of a family: NotoSans-BoldItalic."""
    return f"{family.replace(' ', '')}-{style}"


def faces(fonts: Mapping) -> dict[str, tuple[str, str]]:
    """Give the faces of a theme's fonts by name, each with its family and style."""
    wanted = [(fonts["text"], TEXT_STYLES), (fonts["display"], DISPLAY_STYLES)]
    return {face(family, style): (family, style) for family, styles in wanted for style in styles}


def folders(own_folder: str | None) -> list[str]:
    """List the folders that hold the fonts of a theme: its own, then those of the packages."""
    return [*([own_folder] if own_folder else []), *PACKAGED]


def own_fonts(own_folder: str | None) -> list[str]:
    """List the font files that the theme itself brings."""
    return [path.as_posix() for path in _font_files(own_folder)] if own_folder else []


def find_font(family: str, style: str, places: list[str]) -> Path:
    """Find the TrueType file, variable or not, that a face is cut from; raise FontError when there is none."""
    from fontTools.ttLib import TTFont

    fitting = []
    for path in (path for place in places for path in _font_files(place)):
        with TTFont(path, lazy=True) as font:
            names = {font["name"].getBestFamilyName(), font["name"].getDebugName(1)}
            slanted = bool(font["post"].italicAngle) or "Italic" in path.stem  # type: ignore[attr-defined]
            weight = WEIGHTS[style] if "fvar" in font else font["OS/2"].usWeightClass  # type: ignore[attr-defined]
        if family in names and slanted == ("Italic" in style):
            fitting.append((abs(weight - WEIGHTS[style]), path))
    if not fitting:
        raise FontError(
            f'there is no font "{family}" in {style}. Put its file into font_folder, or name another family.'
        )
    return min(fitting, key=lambda found: found[0])[1]


def _font_files(place: str) -> list[Path]:
    return sorted(Path(place).glob("*.[ot]tf"))
