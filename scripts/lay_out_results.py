"""Results of the model -> the table of results in numbers."""

from evalbrief.tables.layout import heading, write_table
from evalbrief.tables.rows import Row, number_in, read_rows
from evalbrief.tables.wording import Wording


def lay_out_results(
    *,
    tables: list[str],
    labels: dict,
    vocabulary: dict,
    countries: dict,
    language: str,
    settings: dict,
    layout: str,
    data: str,
) -> None:
    """Lay out what was achieved: the number with its unit, the criterion and the period."""
    wording = Wording(labels, vocabulary, countries, language)
    rows = read_rows(tables[0])
    columns = [
        heading(wording, "label", width=3),
        heading(wording, "value", width=2),
        heading(wording, "criterion", width=1.2, optional=True),
        heading(wording, "period", width=1.2, optional=True),
    ]
    write_table(
        layout,
        data,
        columns=columns,
        cells=[_cells(row, wording) for row in rows],
        values=[row | {"value": number_in(row["value"])} for row in rows],
        caption=wording.say("caption"),
        source=wording.say("source"),
        summary=wording.say("summary", count=len(rows)),
    )


def _cells(row: Row, wording: Wording) -> dict[str, str | None]:
    value = wording.quantity(row["value"], row["approximate"])
    criterion = row["criterion"]
    return {
        "label": row["label"],
        "value": f"{value}\u00a0{row['unit']}".rstrip("\u00a0"),
        "criterion": wording.vocabulary["criterion"].get(criterion, criterion) or None,
        "period": row["period"] or None,
    }


if __name__ == "__main__":
    from evalbrief.job import logged
    from evalbrief.tables.job import table_job

    with logged(snakemake.log[0]):
        lay_out_results(**table_job(snakemake))
