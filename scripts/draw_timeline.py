"""Milestones of the model -> the timeline, its data and its words."""

from evalbrief.figures.job import FigureFiles
from evalbrief.figures.sheet import Look, new_sheet
from evalbrief.figures.timeline import collect_milestones, draw_timeline_on, milestone_rows, timeline_words
from evalbrief.files import read_rows, write_json
from evalbrief.tables.rows import write_rows
from evalbrief.tables.wording import Wording


def draw_timeline(*, tables: list[str], wording: Wording, look: Look, settings: dict, files: FigureFiles) -> None:
    """Draw when the project and its evaluation did what."""
    milestones = collect_milestones(read_rows(tables[0]))
    with new_sheet(look, files.svg, files.png) as sheet:
        draw_timeline_on(sheet, milestones, wording)
    write_rows(files.data, milestone_rows(milestones))
    write_json(files.words, timeline_words(milestones, wording))


if __name__ == "__main__":
    from evalbrief.figures.job import figure_job
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        draw_timeline(**figure_job(snakemake))
