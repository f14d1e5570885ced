"""Survey and its scale of the model -> bars of the answers, their data and their words."""

from evalbrief.figures.sheet import new_sheet
from evalbrief.figures.survey import collect_questions, draw_likert, survey_rows, survey_words
from evalbrief.files import read_rows, write_json
from evalbrief.tables.rows import write_rows
from evalbrief.tables.wording import Wording


def draw_survey(
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
    """Draw how people answered each question; questions answered by too few people are named without numbers."""
    wording = Wording(labels, vocabulary, countries, locale)
    survey, scale = map(read_rows, tables)
    questions, levels = collect_questions(survey, scale)
    minimum = settings["minimum_cell"]
    with new_sheet(style, fonts, colours, typography, svg, png) as sheet:
        draw_likert(sheet, questions, levels, minimum, wording)
    write_rows(data, survey_rows(questions, levels, minimum))
    write_json(words, survey_words(questions, levels, minimum, wording))


if __name__ == "__main__":
    from evalbrief.figures.job import figure_job
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        draw_survey(**figure_job(snakemake))
