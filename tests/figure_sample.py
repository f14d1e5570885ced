"""Draw a figure, or lay out a table, from a few rows written in a test, and read back what came out."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from unittest.mock import patch
from xml.etree import ElementTree

import matplotlib
from evalbrief.figures.job import FigureFiles
from evalbrief.figures.sheet import Look, Sheet
from evalbrief.tables.wording import Wording
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
LABELS = ROOT / "templates" / "labels"
LOCALES = {"fr": "fr_FR", "en": "en_GB", "es": "es_ES"}
STYLE = ROOT / "templates" / "brief.mplstyle"
FONT_FOLDER = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
FONTS = [str(FONT_FOLDER / name) for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")]
SVG = "{http://www.w3.org/2000/svg}"


@dataclass
class Drawn:
    """A finished figure: the texts in it from back to front, its data, its words and its files.

    `extents` says where each text, the last of its words, begins and ends across, in millimetres.
    """

    texts: list[str]
    rows: list[dict[str, str]]
    words: dict[str, str]
    svg: Path
    png: Path
    extents: dict[str, tuple[float, float]]

    @property
    def height(self) -> float:
        """Give the height in millimetres."""
        return float(ElementTree.parse(self.svg).getroot().attrib["height"].removesuffix("pt")) * 25.4 / 72

    def shapes_of(self, colour: str) -> int:
        """Count the shapes filled with a colour of the theme, those of the key included."""
        fill = _yaml(ROOT / "templates" / "themes" / "ilo.yaml")["colours"][colour].lower()
        return sum(f"fill: {fill}" in path.get("style", "") for path in ElementTree.parse(self.svg).iter(SVG + "path"))


def draw(function: Callable[..., None], folder: Path, *tables: str, language: str = "fr") -> Drawn:
    """Draw a figure from tables written as CSV; no text in it may leave the page or meet another."""
    figure = function.__name__.removeprefix("draw_")
    svg, png, data, words = (folder / f"{figure}.{ending}" for ending in ("svg", "png", "csv", "json"))
    theme = _yaml(ROOT / "templates" / "themes" / "ilo.yaml")
    save = Sheet.save
    extents: dict[str, tuple[float, float]] = {}

    def save_and_check(sheet: Sheet, svg: str, png: str) -> None:
        save(sheet, svg, png)
        boxes = _boxes(sheet)
        _assert_legible(sheet, boxes)
        extents.update({words: (_millimetres(sheet, box.x0), _millimetres(sheet, box.x1)) for words, box in boxes})

    with patch.object(Sheet, "save", save_and_check):
        function(
            tables=_written(folder, tables),
            **_language("figures", figure, language),
            look=Look(str(STYLE), FONTS, theme["colours"], _yaml(LABELS / f"{language}.yaml")["typography"]),
            files=FigureFiles(str(svg), str(png), str(data), str(words)),
        )
    texts = ["".join(text.itertext()) for text in ElementTree.parse(svg).iter(SVG + "text")]
    return Drawn(texts, _rows(data), json.loads(words.read_text(encoding="utf-8")), svg, png, extents)


def lay_out(function: Callable[..., None], folder: Path, *tables: str) -> tuple[dict, list[dict[str, str]]]:
    """Lay out a table in French from tables written as CSV; give its layout and its values."""
    table = function.__name__.removeprefix("lay_out_")
    layout, data = folder / f"{table}.json", folder / f"{table}.csv"
    function(
        tables=_written(folder, tables),
        **_language("tables", table, "fr"),
        layout=str(layout),
        data=str(data),
    )
    return json.loads(layout.read_text(encoding="utf-8")), _rows(data)


def _boxes(sheet: Sheet) -> list[tuple[str, Bbox]]:
    renderer = RendererAgg(1000, 1000, sheet.figure.dpi)
    texts = [artist for artist in sheet.figure.get_children() if isinstance(artist, Text)]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in texts if text.get_text()]


def _millimetres(sheet: Sheet, dots: float) -> float:
    return dots / sheet.figure.dpi * 25.4


def _assert_legible(sheet: Sheet, boxes: list[tuple[str, Bbox]]) -> None:
    page = sheet.figure.bbox.padded(0.5)
    for words, box in boxes:
        assert page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1, f"cut off: {words}"
    for (words, box), (others, other) in combinations(boxes, 2):
        width = min(box.x1, other.x1) - max(box.x0, other.x0)
        height = min(box.y1, other.y1) - max(box.y0, other.y0)
        assert width < 1 or height < 2, f"{words} meets {others}"


def _language(section: str, name: str, language: str) -> dict:
    labels = _yaml(LABELS / f"{language}.yaml")
    wording = Wording(labels[section][name], labels["vocabulary"], labels["countries"], LOCALES[language])
    return {"wording": wording, "settings": {"minimum_cell": 5}}


def _written(folder: Path, tables: tuple[str, ...]) -> list[str]:
    paths = []
    for number, text in enumerate(tables):
        path = folder / f"table{number}.csv"
        path.write_text(text.strip() + "\n", encoding="utf-8")
        paths.append(str(path))
    return paths


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _yaml(path: Path) -> dict:
    return YAML(typ="safe").load(path)
