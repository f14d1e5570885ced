"""Geography and kinds of involvement of the model -> the matrix of countries, its data and its words."""

from evalbrief.figures.geography import collect_matrix, draw_matrix, matrix_rows, matrix_words
from evalbrief.figures.job import FigureFiles
from evalbrief.figures.sheet import Look, new_sheet
from evalbrief.files import read_rows, write_json
from evalbrief.tables.rows import write_rows
from evalbrief.tables.wording import Wording


def draw_geography(*, tables: list[str], wording: Wording, look: Look, settings: dict, files: FigureFiles) -> None:
    """Draw which country is involved in which way."""
    geography, involvement = map(read_rows, tables)
    matrix = collect_matrix(geography, involvement, wording)
    with new_sheet(look, files.svg, files.png) as sheet:
        draw_matrix(sheet, matrix, wording)
    write_rows(files.data, matrix_rows(matrix))
    write_json(files.words, matrix_words(matrix, wording))


if __name__ == "__main__":
    from evalbrief.figures.job import figure_job
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        draw_geography(**figure_job(snakemake))
