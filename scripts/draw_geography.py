"""Geography and kinds of involvement of the model -> the matrix of countries, its data and its words."""

from evalbrief.figures.geography import collect_matrix, draw_matrix, matrix_rows, matrix_words
from evalbrief.figures.sheet import new_sheet
from evalbrief.files import read_rows, write_json
from evalbrief.tables.rows import write_rows
from evalbrief.tables.wording import Wording


def draw_geography(
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
    """Draw which country is involved in which way."""
    wording = Wording(labels, vocabulary, countries, locale)
    geography, involvement = map(read_rows, tables)
    matrix = collect_matrix(geography, involvement, wording)
    with new_sheet(style, fonts, colours, typography, svg, png) as sheet:
        draw_matrix(sheet, matrix, wording)
    write_rows(data, matrix_rows(matrix))
    write_json(words, matrix_words(matrix, wording))


if __name__ == "__main__":
    from evalbrief.figures.job import figure_job
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        draw_geography(**figure_job(snakemake))
