"""A picture measured in millimetres: as wide as the text of the page, as high as its content.

Drawn with matplotlib's object interface, in the fonts and colours it is given; nothing comes from the system.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import matplotlib
import matplotlib.style
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

from evalbrief.figures.colour import mixed
from evalbrief.text.typography import set_text

WIDTH = 170.0
MM_PER_INCH = 25.4
MM_PER_POINT = MM_PER_INCH / 72
LINE_SPACING = 1.3
CAP_HEIGHT = 0.714
SMALL = 7.5
EDGE = 0.3
KEY_MARK = 5.2
KEY_LINE = 4.4
KEY_GAP = 5.0
HEAD_LINE = 5.8


@dataclass(frozen=True)
class Look:
    """How figures look: matplotlib's style file, font files, the theme's colours, the language's typography."""

    style: str
    fonts: list[str]
    colours: dict[str, str]
    typography: dict


class Sheet:
    """Draw text and shapes at millimetres from the top left corner; `height` grows by what the caller sets."""

    def __init__(self, look: Look) -> None:
        """Take the first regular and the first bold of the font files, and the theme's colours by name."""
        self.height = 0.0
        self.figure = Figure()
        self._typography = look.typography
        self._colours = {"white": "#FFFFFF", **look.colours}
        self._millimetres = Affine2D()
        self._transform = self._millimetres + self.figure.dpi_scale_trans
        self._faces: dict[bool, FontProperties] = {}
        self._characters: dict[bool, set[int]] = {}
        for path in look.fonts:
            self._add_face(path)

    def width_of(self, words: str, size: float | None = None, bold: bool = False) -> float:
        """Measure a line of text in millimetres; `size` in points."""
        words = self._set(words, bold)
        width, _, _ = text_to_path.get_text_width_height_descent(words, self._face(size, bold), False)
        return width * MM_PER_POINT

    def line_height(self, size: float | None = None) -> float:
        """Give the distance of two lines of text in millimetres."""
        return (size or matplotlib.rcParams["font.size"]) * LINE_SPACING * MM_PER_POINT

    def wrap(self, words: str, width: float, size: float | None = None, bold: bool = False) -> list[str]:
        """Break text into lines of at most `width` millimetres, at spaces, or within a word that is too long itself."""
        lines: list[str] = []
        line = ""
        for word in set_text(words, self._typography).split(" "):
            joined = f"{line} {word}" if line else word
            if self.width_of(joined, size, bold) <= width:
                line = joined
                continue
            if line:
                lines.append(line)
            line = word
            while self.width_of(line, size, bold) > width and len(line) > 1:
                end = next(
                    n for n in range(len(line) - 1, 0, -1) if n == 1 or self.width_of(line[:n], size, bold) <= width
                )
                lines.append(line[:end])
                line = line[end:]
        return [*lines, line]

    def text(
        self,
        x: float,
        y: float,
        words: str | list[str],
        *,
        size: float | None = None,
        bold: bool = False,
        colour: str = "black",
        align: str = "left",
    ) -> None:
        """Write one line, or several, with the middle of the block at `y`."""
        lines = [words] if isinstance(words, str) else words
        x = min(x, WIDTH - EDGE) if align == "right" else x
        step = self.line_height(size)
        for number, line in enumerate(self._set(line, bold) for line in lines):
            baseline = y + (number - (len(lines) - 1) / 2) * step + CAP_HEIGHT / 2 * step / LINE_SPACING
            face, ink = self._face(size, bold), self.colour(colour)
            self._add(Text(x, baseline, line, va="baseline", ha=align, color=ink, fontproperties=face))

    def bar(
        self, x: float, y: float, width: float, height: float, colour: str, *, edge: str = "", hatch: str = "",
        rounding: float = 0,
    ) -> None:  # fmt: skip
        """Fill a rectangle; with `hatch` its lines take the colour of the edge."""
        look = {
            "facecolor": self.colour(colour),
            "edgecolor": self.colour(edge) if edge else "none",
            "linewidth": None if edge else 0,
            "hatch": hatch or None,
        }
        if rounding:
            shape = f"round,pad=0,rounding_size={rounding}"
            self._add(FancyBboxPatch((x, y), width, height, boxstyle=shape, **look))
        else:
            self._add(Rectangle((x, y), width, height, **look))

    def shape(self, points: list[tuple[float, float]], colour: str, edge: str = "") -> None:
        """Fill a polygon."""
        edge_colour = self.colour(edge) if edge else "none"
        self._add(Polygon(points, closed=True, facecolor=self.colour(colour), edgecolor=edge_colour))

    def diamond(self, x: float, y: float, radius: float, colour: str, edge: str = "white") -> None:
        """Fill a square standing on its corner."""
        self.shape([(x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius)], colour, edge)

    def disc(self, x: float, y: float, radius: float, colour: str, edge: str = "white", width: float = 0.6) -> None:
        """Fill a circle; `width` of its edge in points."""
        self._add(
            Line2D(
                [x], [y], marker="o", linestyle="none", markersize=2 * radius / MM_PER_POINT,
                markerfacecolor=self.colour(colour), markeredgecolor=self.colour(edge), markeredgewidth=width,
            )
        )  # fmt: skip

    def line(self, points: list[tuple[float, float]], colour: str = "black", width: float | None = None) -> None:
        """Draw a line through points; `width` in points of type."""
        xs, ys = zip(*points, strict=True)
        self._add(Line2D(xs, ys, color=self.colour(colour), linewidth=width))

    def key(
        self, left: float, y: float, entries: list[tuple[Callable[[float, float], None], str]]
    ) -> tuple[float, float]:
        """Write a key in as many lines as it needs; an entry draws its mark round (x, y) and is followed by its words.

        Return where the last line ends, and the middle of that line.
        """
        x = left
        for draw_mark, words in entries:
            width = KEY_MARK + self.width_of(words, SMALL)
            if x > left and x + width > WIDTH:
                x, y = left, y + KEY_LINE
            draw_mark(x + 2, y)
            self.text(x + KEY_MARK, y, words, size=SMALL)
            x += width + KEY_GAP
        return x - KEY_GAP, y

    def heads(self, end: float, y: float, heads: dict[str, float], bold: str) -> float:
        """Write headings of columns at their right edges, one of them bold: at `y`, or below what ends too far right.

        Return the middle of their line.
        """
        lefts = [right - self.width_of(words, SMALL, bold=words == bold) for words, right in heads.items()]
        y = y if end + KEY_GAP <= min(lefts) else y + HEAD_LINE
        for words, right in heads.items():
            self.text(right, y, words, size=SMALL, bold=words == bold, align="right")
        return y

    def columns(self, heads: dict[str, float], bold: str) -> dict[str, float]:
        """Give the right edges of columns, from their least widths; headings keep a gap between each other."""
        edges: dict[str, float] = {}
        right = WIDTH - EDGE
        for words, width in reversed(heads.items()):
            edges[words] = right
            right -= max(width, self.width_of(words, SMALL, bold=words == bold) + KEY_GAP)
        return {words: edges[words] for words in heads}

    def colour(self, name: str) -> str:
        """Give a theme colour; `blue*0.4` is four tenths of blue in white."""
        base, _, strength = name.partition("*")
        return mixed(self._colours[base], float(strength)) if strength else self._colours[base]

    def save(self, svg: str, png: str) -> None:
        """Write the picture, cut to its height, without date, machine or maker; what lies behind the SVG shows."""
        self.figure.set_size_inches(WIDTH / MM_PER_INCH, self.height / MM_PER_INCH)
        self._millimetres.clear().scale(1 / MM_PER_INCH, -1 / MM_PER_INCH).translate(0, self.height / MM_PER_INCH)
        nothing = dict.fromkeys(["Date", "Creator", "Format", "Type"])
        self.figure.savefig(svg, format="svg", metadata=nothing, facecolor="none")
        self.figure.savefig(png, format="png", metadata={"Software": None})

    def _add(self, artist: Artist) -> None:
        """Put an artist on top of all that came before."""
        artist.set_transform(self._transform)
        artist.set_zorder(len(self.figure.get_children()))
        self.figure.add_artist(artist)

    def _add_face(self, path: str) -> None:
        font = FT2Font(path)
        if "Italic" in font.style_name or "Oblique" in font.style_name:
            return
        bold = "Bold" in font.style_name
        weight = "bold" if bold else "normal"
        self._faces.setdefault(bold, FontProperties(fname=path, family=font.family_name, weight=weight))
        self._characters.setdefault(bold, set(font.get_charmap()))

    def _face(self, size: float | None, bold: bool) -> FontProperties:
        face = self._faces[bold].copy()
        face.set_size(size or matplotlib.rcParams["font.size"])
        return face

    def _set(self, words: str, bold: bool) -> str:
        """Apply the typography of the language; raise ValueError for a character the font does not have."""
        words = set_text(words, self._typography)
        for character in words:
            if ord(character) not in self._characters[bold]:
                raise ValueError(f'the font of the figures has no "{character}" (U+{ord(character):04X}), in "{words}"')
        return words


@contextmanager
def new_sheet(look: Look, svg: str, png: str) -> Iterator[Sheet]:
    """Open a sheet in the house style and save it when the block ends."""
    with matplotlib.style.context(look.style, after_reset=True):
        sheet = Sheet(look)
        yield sheet
        sheet.save(svg, png)
