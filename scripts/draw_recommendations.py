"""Recommendations of the model -> the matrix of what each gives and lacks, its data and its words."""

from evalbrief.figures.job import FigureFiles
from evalbrief.figures.recommendations import (
    collect_recommendations,
    draw_recommendations_on,
    recommendation_rows,
    recommendation_words,
)
from evalbrief.figures.sheet import Look, new_sheet
from evalbrief.files import read_rows, write_json
from evalbrief.tables.rows import write_rows
from evalbrief.tables.wording import Wording


def draw_recommendations(
    *, tables: list[str], wording: Wording, look: Look, settings: dict, files: FigureFiles
) -> None:
    """Draw which recommendations are urgent and what each still lacks."""
    found = collect_recommendations(read_rows(tables[0]))
    with new_sheet(look, files.svg, files.png) as sheet:
        draw_recommendations_on(sheet, found, wording)
    write_rows(files.data, recommendation_rows(found))
    write_json(files.words, recommendation_words(found, wording))


if __name__ == "__main__":
    from evalbrief.figures.job import figure_job
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        draw_recommendations(**figure_job(snakemake))
