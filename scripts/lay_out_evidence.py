"""Evidence of the model -> the table of the evidence base."""

from evalbrief.files import read_rows
from evalbrief.tables.layout import heading, write_table
from evalbrief.tables.rows import number_in
from evalbrief.tables.wording import Wording


def lay_out_evidence(
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
    """Lay out what the evaluation rests on, and how much of it."""
    wording = Wording(labels, vocabulary, countries, locale)
    rows = read_rows(tables[0])
    columns = [
        heading(wording, "label"),
        heading(wording, "count", "right"),
        heading(wording, "note", optional=True),
    ]
    cells = [
        {
            "label": row["label"],
            "count": wording.quantity(row["count"], row["approximate"]),
            "note": row["note"] or None,
        }
        for row in rows
    ]
    write_table(
        layout,
        data,
        columns=columns,
        cells=cells,
        values=[row | {"count": number_in(row["count"])} for row in rows],
        caption=wording.say("caption"),
        source=wording.say("source"),
        summary=wording.say("summary", count=len(rows)),
    )


if __name__ == "__main__":
    from evalbrief.job import logged
    from evalbrief.tables.job import table_job

    with logged(snakemake.log[0]):
        lay_out_evidence(**table_job(snakemake))
