"""Budget and outcomes of the model -> the table of budget and expenditure."""

from evalbrief.files import read_rows
from evalbrief.tables.budget import Line, collect_budget, total_line, years_of
from evalbrief.tables.layout import heading, write_table
from evalbrief.tables.wording import Wording


def lay_out_budget(
    *,
    tables: list[str],
    labels: dict,
    vocabulary: dict,
    countries: dict,
    locale: str,
    settings: dict,
    layout: str,
    data: str,
) -> None:
    """Lay out what each outcome was given and spent, all years together, with a sum for each currency."""
    wording = Wording(labels, vocabulary, countries, locale)
    budget, outcomes = map(read_rows, tables)
    panels = collect_budget(budget, outcomes)
    lines = [line for panel in panels.values() for line in [*panel, total_line(panel, wording.say("total"))]]
    columns = [
        heading(wording, "label"),
        heading(wording, "budget", "right"),
        heading(wording, "expenditure", "right"),
        heading(wording, "rate", "right"),
    ]
    values = [
        {
            "outcome": line.outcome,
            "label": line.label,
            "currency": line.currency,
            "budget": line.budget,
            "expenditure": line.expenditure,
            "rate": line.rate,
        }
        for line in lines
    ]
    first, last = years_of(budget)
    period = first if first == last else wording.say("period", first=first, last=last)
    write_table(
        layout,
        data,
        columns=columns,
        cells=[_cells(line, wording) for line in lines],
        values=values,
        caption=wording.say("caption", period=period),
        source=wording.say("source"),
        summary=wording.say("summary", count=len(lines) - len(panels)),
        # With several currencies a sum stands below each of them.
        total=len(panels) == 1,
        sortable=len(panels) == 1,
    )


def _cells(line: Line, wording: Wording) -> dict[str, str | None]:
    amounts = {"budget": line.budget, "expenditure": line.expenditure}
    written = {key: None if value is None else wording.money(value, line.currency) for key, value in amounts.items()}
    return {"label": line.label, **written, "rate": None if line.rate is None else wording.percent(line.rate)}


if __name__ == "__main__":
    from evalbrief.job import logged
    from evalbrief.tables.job import table_job

    with logged(snakemake.log[0]):
        lay_out_budget(**table_job(snakemake))
