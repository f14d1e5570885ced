"""Budget and outcomes of the model -> bars of the expenditure, their data and their words."""

from evalbrief.figures.budget import budget_rows, budget_words, draw_panels
from evalbrief.figures.sheet import new_sheet
from evalbrief.files import read_rows, write_json
from evalbrief.tables.budget import collect_budget, years_of
from evalbrief.tables.rows import write_rows
from evalbrief.tables.wording import Wording


def draw_budget(
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
    """Draw what each outcome was given and spent, all years together."""
    wording = Wording(labels, vocabulary, countries, locale)
    budget, outcomes = map(read_rows, tables)
    panels = collect_budget(budget, outcomes)
    with new_sheet(style, fonts, colours, typography, svg, png) as sheet:
        draw_panels(sheet, panels, wording)
    write_rows(data, budget_rows(panels))
    write_json(words, budget_words(panels, years_of(budget), wording))


if __name__ == "__main__":
    from evalbrief.figures.job import figure_job
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        draw_budget(**figure_job(snakemake))
