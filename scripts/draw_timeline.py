"""Milestones of the model -> the timeline, its data and its words."""

from evalbrief.figures.sheet import new_sheet
from evalbrief.figures.timeline import collect_milestones, draw_timeline_on, milestone_rows, timeline_words
from evalbrief.files import read_rows, write_json
from evalbrief.tables.rows import write_rows
from evalbrief.tables.wording import Wording


def draw_timeline(
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
    """Draw when the project and its evaluation did what."""
    wording = Wording(labels, vocabulary, countries, locale)
    milestones = collect_milestones(read_rows(tables[0]))
    with new_sheet(style, fonts, colours, typography, svg, png) as sheet:
        draw_timeline_on(sheet, milestones, wording)
    write_rows(data, milestone_rows(milestones))
    write_json(words, timeline_words(milestones, wording))


if __name__ == "__main__":
    from evalbrief.figures.job import figure_job
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        draw_timeline(**figure_job(snakemake))
