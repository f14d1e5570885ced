"""Ratings, criteria and rating scale of the model -> the rating strip, its data and its words."""

from evalbrief.figures.job import FigureFiles
from evalbrief.figures.ratings import draw_strip, rating_rows, rating_words
from evalbrief.figures.sheet import Look, new_sheet
from evalbrief.files import read_rows, write_json
from evalbrief.tables.ratings import collect_ratings
from evalbrief.tables.rows import write_rows
from evalbrief.tables.wording import Wording


def draw_ratings(*, tables: list[str], wording: Wording, look: Look, settings: dict, files: FigureFiles) -> None:
    """Draw the rating of each criterion, and the strength of its evidence where it was rated."""
    given, criteria, rating_scale = map(read_rows, tables)
    ratings, scale = collect_ratings(given, criteria, rating_scale, wording)
    with new_sheet(look, files.svg, files.png) as sheet:
        draw_strip(sheet, ratings, scale, wording)
    write_rows(files.data, rating_rows(ratings, scale))
    write_json(files.words, rating_words(ratings, scale, wording))


if __name__ == "__main__":
    from evalbrief.figures.job import figure_job
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        draw_ratings(**figure_job(snakemake))
