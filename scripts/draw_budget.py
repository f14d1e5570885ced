"""Budget and outcomes of the model -> bars of the expenditure, their data and their words."""

from evalbrief.figures.budget import budget_rows, budget_words, draw_panels
from evalbrief.figures.job import FigureFiles
from evalbrief.figures.sheet import Look, new_sheet
from evalbrief.files import read_rows, write_json
from evalbrief.tables.budget import collect_budget, years_of
from evalbrief.tables.rows import write_rows
from evalbrief.tables.wording import Wording


def draw_budget(*, tables: list[str], wording: Wording, look: Look, settings: dict, files: FigureFiles) -> None:
    """Draw what each outcome was given and spent, all years together."""
    budget, outcomes = map(read_rows, tables)
    panels = collect_budget(budget, outcomes)
    with new_sheet(look, files.svg, files.png) as sheet:
        draw_panels(sheet, panels, wording)
    write_rows(files.data, budget_rows(panels))
    write_json(files.words, budget_words(panels, years_of(budget), wording))


if __name__ == "__main__":
    from evalbrief.figures.job import figure_job
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        draw_budget(**figure_job(snakemake))
