"""Interviews of the model -> bars of the people met, their data and their words."""

from evalbrief.figures.interviews import draw_people, people_rows, people_words
from evalbrief.figures.sheet import new_sheet
from evalbrief.files import read_rows, write_json
from evalbrief.tables.interviews import safe_people
from evalbrief.tables.rows import write_rows
from evalbrief.tables.wording import Wording


def draw_interviews(
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
    """Draw who was met, by group and sex, with nobody to be recognised."""
    wording = Wording(labels, vocabulary, countries, locale)
    minimum = settings["minimum_cell"]
    people = safe_people(read_rows(tables[0]), minimum, wording)
    with new_sheet(style, fonts, colours, typography, svg, png) as sheet:
        draw_people(sheet, people, minimum, wording)
    write_rows(data, people_rows(people))
    write_json(words, people_words(people, minimum, wording))


if __name__ == "__main__":
    from evalbrief.figures.job import figure_job
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        draw_interviews(**figure_job(snakemake))
