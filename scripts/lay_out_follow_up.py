"""Recommendations of the model -> the table of their follow-up."""

from evalbrief.files import read_rows
from evalbrief.tables.layout import heading, write_table
from evalbrief.tables.rows import Row, Value
from evalbrief.tables.wording import Wording


def lay_out_follow_up(
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
    """Lay out who is to do what by when, what management answered and how far it is; what is not given is a gap."""
    wording = Wording(labels, vocabulary, countries, locale)
    rows = read_rows(tables[0])
    columns = [
        heading(wording, "number", "center"),
        heading(wording, "addressee"),
        heading(wording, "priority"),
        heading(wording, "time_frame"),
        heading(wording, "response"),
        heading(wording, "progress"),
    ]
    write_table(
        layout,
        data,
        columns=columns,
        cells=[_cells(number, row, wording) for number, row in enumerate(rows, start=1)],
        values=[_values(number, row) for number, row in enumerate(rows, start=1)],
        caption=wording.say("caption"),
        source=wording.say("source"),
        summary=wording.say("summary", count=len(rows)),
    )


def _cells(number: int, row: Row, wording: Wording) -> dict[str, str | None]:
    terms = {"priority": "level", "response": "response", "progress": "progress"}
    written = {key: wording.term(vocabulary, row[key]) if row[key] else None for key, vocabulary in terms.items()}
    texts = {key: row[key] or None for key in ("addressee", "time_frame")}
    return {"number": wording.say("number", number=number), **written, **texts}


def _values(number: int, row: Row) -> dict[str, Value]:
    keys = ("key", "addressee", "priority", "time_frame", "response", "progress")
    return {"number": number, **{key: row[key] for key in keys}}


if __name__ == "__main__":
    from evalbrief.job import logged
    from evalbrief.tables.job import table_job

    with logged(snakemake.log[0]):
        lay_out_follow_up(**table_job(snakemake))
