"""Achievements and indicators of the model -> results against targets, their data and their words."""

from evalbrief.figures.sheet import new_sheet
from evalbrief.figures.targets import draw_dumbbells, target_rows, target_words
from evalbrief.files import read_rows, write_json
from evalbrief.tables.indicators import collect_indicators
from evalbrief.tables.rows import write_rows
from evalbrief.tables.wording import Wording


def draw_targets(
    *,
    tables: list[str],
    style: str,
    fonts: list[str],
    labels: dict,
    vocabulary: dict,
    typography: dict,
    colours: dict,
    countries: dict,
    locale: str,
    settings: dict,
    svg: str,
    png: str,
    data: str,
    words: str,
) -> None:
    """Draw what each indicator reached of its target in its last year."""
    wording = Wording(labels, vocabulary, countries, locale)
    achievements, definitions = map(read_rows, tables)
    indicators = collect_indicators(achievements, definitions, wording)
    with new_sheet(style, fonts, colours, typography, svg, png) as sheet:
        draw_dumbbells(sheet, indicators, wording)
    write_rows(data, target_rows(indicators))
    write_json(words, target_words(indicators, wording))


if __name__ == "__main__":
    from evalbrief.figures.job import figure_job
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        draw_targets(**figure_job(snakemake))
