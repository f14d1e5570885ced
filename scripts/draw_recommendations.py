"""Recommendations of the model -> the matrix of what each gives and lacks, its data and its words."""

from evalbrief.figures.recommendations import (
    collect_recommendations,
    draw_recommendations_on,
    recommendation_rows,
    recommendation_words,
)
from evalbrief.figures.sheet import new_sheet
from evalbrief.files import read_rows, write_json
from evalbrief.tables.rows import write_rows
from evalbrief.tables.wording import Wording


def draw_recommendations(
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
    """Draw which recommendations are urgent and what each still lacks."""
    wording = Wording(labels, vocabulary, countries, locale)
    found = collect_recommendations(read_rows(tables[0]))
    with new_sheet(style, fonts, colours, typography, svg, png) as sheet:
        draw_recommendations_on(sheet, found, wording)
    write_rows(data, recommendation_rows(found))
    write_json(words, recommendation_words(found, wording))


if __name__ == "__main__":
    from evalbrief.figures.job import figure_job
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        draw_recommendations(**figure_job(snakemake))
