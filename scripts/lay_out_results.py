"""Results of the model -> the table of results in numbers."""

from evalbrief.files import read_rows
from evalbrief.tables.layout import heading, write_table
from evalbrief.tables.ratings import criterion_names
from evalbrief.tables.rows import Row, number_in
from evalbrief.tables.wording import Wording


def lay_out_results(
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
    """Lay out what was achieved: the number, its unit, the criterion and the period."""
    wording = Wording(labels, vocabulary, countries, locale)
    rows, criteria = map(read_rows, tables)
    names = criterion_names(criteria)
    columns = [
        heading(wording, "label"),
        heading(wording, "value", "right"),
        heading(wording, "unit", optional=True),
        heading(wording, "criterion", optional=True),
        heading(wording, "period", optional=True),
    ]
    write_table(
        layout,
        data,
        columns=columns,
        cells=[_cells(row, names, wording) for row in rows],
        values=[row | {"value": number_in(row["value"])} for row in rows],
        caption=wording.say("caption"),
        source=wording.say("source"),
        summary=wording.say("summary", count=len(rows)),
    )


def _cells(row: Row, names: dict[str, str], wording: Wording) -> dict[str, str | None]:
    return {
        "label": row["label"],
        "value": wording.quantity(row["value"], row["approximate"]),
        "unit": row["unit"] or None,
        "criterion": names.get(row["criterion"]),
        "period": row["period"] or None,
    }


if __name__ == "__main__":
    from evalbrief.job import logged
    from evalbrief.tables.job import table_job

    with logged(snakemake.log[0]):
        lay_out_results(**table_job(snakemake))
