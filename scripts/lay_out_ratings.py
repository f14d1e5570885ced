"""Ratings, criteria and rating scale of the model -> the table of ratings with their reasons."""

from evalbrief.files import read_rows
from evalbrief.tables.layout import heading, write_table
from evalbrief.tables.ratings import Rating, Scale, collect_ratings
from evalbrief.tables.wording import Wording


def lay_out_ratings(
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
    """Lay out the rating of each criterion, the strength of its evidence and the reason."""
    wording = Wording(labels, vocabulary, countries, locale)
    given, criteria, rating_scale = map(read_rows, tables)
    ratings, scale = collect_ratings(given, criteria, rating_scale, wording)
    columns = [
        heading(wording, "label"),
        heading(wording, "rating", "right"),
        heading(wording, "evidence_strength", "right", optional=True),
        heading(wording, "justification", optional=True),
    ]
    values = [
        {
            "criterion": r.criterion,
            "label": r.label,
            "rating": r.rating,
            "evidence_strength": r.evidence_strength,
            "justification": r.justification,
        }
        for r in ratings
    ]
    write_table(
        layout,
        data,
        columns=columns,
        cells=[_cells(rating, scale, wording) for rating in ratings],
        values=values,
        caption=wording.say("caption"),
        source=wording.say("source"),
        summary=wording.say("summary", count=len(ratings)),
    )


def _cells(rating: Rating, scale: Scale, wording: Wording) -> dict[str, str | None]:
    marks = {"rating": rating.rating, "evidence_strength": rating.evidence_strength}
    written = {key: None if mark is None else scale.write(mark, wording) for key, mark in marks.items()}
    return {"label": rating.label, **written, "justification": rating.justification or None}


if __name__ == "__main__":
    from evalbrief.job import logged
    from evalbrief.tables.job import table_job

    with logged(snakemake.log[0]):
        lay_out_ratings(**table_job(snakemake))
