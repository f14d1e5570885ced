"""The geography matrix: a row for each country, a column for each kind of involvement, a tile where both meet."""

from dataclasses import dataclass
from string import ascii_uppercase

from evalbrief.figures.sheet import SMALL, WIDTH, Sheet
from evalbrief.tables.rows import Row, Value
from evalbrief.tables.wording import Wording, alphabetical

WIDEST_NAMES = 58.0
ROW = 5.2
GAP = 0.8


@dataclass(frozen=True)
class Matrix:
    """Countries by kind of involvement; `kinds` maps keys to labels, `countries` maps names to keys of kinds."""

    kinds: dict[str, str]
    countries: dict[str, set[str]]

    def members(self, kind: str) -> list[str]:
        """Name the countries with this kind of involvement."""
        return [name for name, kinds in self.countries.items() if kind in kinds]


def collect_matrix(geography: list[Row], involvement: list[Row], wording: Wording) -> Matrix:
    """Order the countries by the kinds from left to right, so that tiles form blocks, then by name."""
    kinds = {row["key"]: row["label"] for row in involvement}
    countries: dict[str, set[str]] = {}
    for row in geography:
        countries.setdefault(wording.country(row["country"]), set()).add(row["involvement"])
    names = sorted(countries, key=lambda name: ([kind not in countries[name] for kind in kinds], alphabetical(name)))
    return Matrix(kinds, {name: countries[name] for name in names})


def matrix_rows(matrix: Matrix) -> list[dict[str, Value]]:
    """Give the data as drawn: 1 where a country is involved in that way, 0 where not."""
    return [
        {"country": name, **{label: int(kind in kinds) for kind, label in matrix.kinds.items()}}
        for name, kinds in matrix.countries.items()
    ]


def matrix_words(matrix: Matrix, wording: Wording) -> dict[str, str]:
    """Say in words which countries are involved in which way."""
    sentences = [wording.say("alt", count=len(matrix.countries))]
    for kind, label in matrix.kinds.items():
        members = sorted(matrix.members(kind), key=alphabetical)
        if members:
            names = wording.enumeration(members)
            sentences.append(wording.say("alt_kind", kind=label, count=len(members), countries=names))
    return {"caption": wording.say("caption"), "source": wording.say("source"), "alt": " ".join(sentences)}


def draw_matrix(sheet: Sheet, matrix: Matrix, wording: Wording) -> None:
    """Draw the tiles under their headings, the number of countries below each column."""
    names = {name: sheet.wrap(name, WIDEST_NAMES) for name in matrix.countries}
    total = wording.say("total")
    widths = [sheet.width_of(line) for lines in names.values() for line in lines]
    first = max(*widths, sheet.width_of(total, SMALL, bold=True)) + 4
    step = (WIDTH - first) / len(matrix.kinds)
    start, labels = _short_heads(sheet, list(matrix.kinds.values()), step - 2)
    heads = [sheet.wrap(label, step - 2, SMALL, bold=True) for label in labels]
    top = start + max(len(lines) for lines in heads) * sheet.line_height(SMALL) + 2
    for column, lines in enumerate(heads):
        middle = top - 1 - len(lines) * sheet.line_height(SMALL) / 2
        sheet.text(
            first + (column + 0.5) * step, middle, lines, size=SMALL, bold=True, colour="dark_blue", align="center"
        )
    y = top
    for name, lines in names.items():
        height = max(ROW, len(lines) * sheet.line_height() + 1)
        sheet.text(0, y + height / 2, lines)
        for column, kind in enumerate(matrix.kinds):
            colour = "blue" if kind in matrix.countries[name] else "light_blue"
            sheet.bar(first + column * step + GAP / 2, y + GAP / 2, step - GAP, height - GAP, colour)
        y += height
    y += 0.6
    sheet.text(0, y + 2.8, total, size=SMALL, bold=True)
    for column, kind in enumerate(matrix.kinds):
        count = wording.number(len(matrix.members(kind)))
        sheet.text(first + (column + 0.5) * step, y + 2.8, count, size=SMALL, bold=True, align="center")
    sheet.height = y + 5.4


def _short_heads(sheet: Sheet, labels: list[str], width: float) -> tuple[float, list[str]]:
    """Keep the labels as headings, or list them above by letters if a word is too long; say where the matrix begins."""
    if all(sheet.width_of(word, SMALL, bold=True) <= width for label in labels for word in label.split(" ")):
        return 0.0, labels
    y, half = 0.6, WIDTH / 2
    for first in range(0, len(labels), 2):
        pair = [sheet.wrap(label, half - 9, SMALL) for label in labels[first : first + 2]]
        for column, lines in enumerate(pair):
            middle = y + len(lines) * sheet.line_height(SMALL) / 2
            letter = ascii_uppercase[first + column]
            sheet.text(
                column * half, y + sheet.line_height(SMALL) / 2, letter, size=SMALL, bold=True, colour="dark_blue"
            )
            sheet.text(column * half + 5, middle, lines, size=SMALL)
        y += max(len(lines) for lines in pair) * sheet.line_height(SMALL) + 0.6
    return y + 1.4, list(ascii_uppercase[: len(labels)])
