"""Ratings, criteria and rating scale of the model -> the rating strip, its data and its words."""

from evalbrief.figures.ratings import draw_strip, rating_rows, rating_words
from evalbrief.figures.sheet import new_sheet
from evalbrief.files import read_rows, write_json
from evalbrief.tables.ratings import collect_ratings
from evalbrief.tables.rows import write_rows
from evalbrief.tables.wording import Wording


def draw_ratings(
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
    """Draw the rating of each criterion, and the strength of its evidence where it was rated."""
    wording = Wording(labels, vocabulary, countries, locale)
    given, criteria, rating_scale = map(read_rows, tables)
    ratings, scale = collect_ratings(given, criteria, rating_scale, wording)
    with new_sheet(style, fonts, colours, typography, svg, png) as sheet:
        draw_strip(sheet, ratings, scale, wording)
    write_rows(data, rating_rows(ratings, scale))
    write_json(words, rating_words(ratings, scale, wording))


if __name__ == "__main__":
    from evalbrief.figures.job import figure_job
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        draw_ratings(**figure_job(snakemake))
