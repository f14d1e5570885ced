"""Whether a figure shows other data, or the same otherwise: data are compared first, then bytes, then pixels."""

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops

from evalbrief.review.versions import Version

DATA, WORDS, LOOK, SAME_PIXELS, ADDED, REMOVED = "data", "words", "look", "same_pixels", "added", "removed"
# Differences of a colour, of 255, that nobody sees.
UNSEEN = 24
DIFFERENT = (200, 0, 110)
# What becomes of each level of grey where nothing differs.
FAINT = [255 - (255 - level) * 3 // 10 for level in range(256)]


@dataclass(frozen=True)
class FigureChange:
    """What became of a figure: in its data, its words, or only its look; `share` is that of pixels that differ.

    `pictures` are PNG before, after, and of the difference, each empty where there is none.
    """

    name: str
    kind: str
    share: float
    pictures: tuple[bytes, bytes, bytes]


def figure_changes(old: Version, new: Version, language: str) -> list[FigureChange]:
    """Compare the figures of two versions in a language."""
    names = [_figures(version, language) for version in (old, new)]
    found = []
    for name in sorted(names[0] | names[1]):
        if name not in names[1] or name not in names[0]:
            kind, version = (REMOVED, old) if name in names[0] else (ADDED, new)
            picture = version.read(f"build/figures/{name}.{language}.png")
            pictures = (picture, b"", b"") if kind == REMOVED else (b"", picture, b"")
            found.append(FigureChange(name, kind, 1.0, pictures))
        elif change := _compared(name, *(_files(version, name, language) for version in (old, new))):
            found.append(change)
    return found


def _figures(version: Version, language: str) -> set[str]:
    ending = f".{language}.png"
    return {
        name.removeprefix("build/figures/").removesuffix(ending)
        for name in version.names()
        if name.startswith("build/figures/") and name.endswith(ending)
    }


def _files(version: Version, name: str, language: str) -> dict[str, bytes]:
    return {
        ending: version.read(f"build/figures/{name}.{language}.{ending}") for ending in ("csv", "json", "svg", "png")
    }


def _compared(name: str, old: dict[str, bytes], new: dict[str, bytes]) -> FigureChange | None:
    if old == new:
        return None
    share, picture = difference(old["png"], new["png"])
    if old["csv"] != new["csv"]:
        kind = DATA
    elif old["json"] != new["json"]:
        kind = WORDS
    else:
        kind = LOOK if share else SAME_PIXELS
    return FigureChange(name, kind, share, (old["png"], new["png"], picture))


def difference(old: bytes, new: bytes) -> tuple[float, bytes]:
    """Return the share of pixels that differ, and a faint picture (PNG) with these in one strong colour."""
    if old == new:
        return 0.0, b""
    pictures = [Image.open(io.BytesIO(content)).convert("RGB") for content in (old, new)]
    size = (max(picture.width for picture in pictures), max(picture.height for picture in pictures))
    before, after = (_on_white(picture, size) for picture in pictures)
    differs = np.asarray(ImageChops.difference(before, after)).max(axis=2) > UNSEEN
    faint = np.array(after.convert("L").point(FAINT).convert("RGB"))
    faint[differs] = DIFFERENT
    written = io.BytesIO()
    Image.fromarray(faint).save(written, "PNG", compress_level=1)  # a page shows it in a size and colours of its own
    return float(differs.mean()), written.getvalue()


def _on_white(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    sheet = Image.new("RGB", size, "white")
    sheet.paste(picture, (0, 0))
    return sheet
