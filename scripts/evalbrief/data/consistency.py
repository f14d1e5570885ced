"""Check what no single cell can show: ranges, totals and texts that must agree. Nothing is repaired."""

from collections.abc import Mapping
from decimal import Decimal

from evalbrief.data.evaluation import Evaluation
from evalbrief.data.problem import Problem, cell_place
from evalbrief.data.table import TypedTable


def check_consistency(tables: Mapping[str, TypedTable], evaluation: Evaluation) -> list[Problem]:
    """Find every contradiction within and between the tables of one evaluation."""
    return [
        *_milestones_end_after_start(tables["milestones"]),
        *_people_add_up(tables["interviews"]),
        *_same_label(tables["interviews"], "group"),
        *_same_label(tables["survey"], "question"),
        *_survey_answers_complete(tables["survey"], tables["survey_scale"]),
        *_ratings_on_scale(tables["ratings"], evaluation),
        *_one_currency(tables["budget"]),
    ]


def _milestones_end_after_start(milestones: TypedTable) -> list[Problem]:
    problems = []
    for row in milestones.rows:
        start, end = row.values["start"], row.values["end"]
        # Dates of different precision compare by what both have: 2024 does not end before 2024-03 begins.
        if start and end and str(end) < str(start)[: len(str(end))]:
            found = f'"{end}" lies before the start, {start}.'
            problems.append(Problem(milestones.file, cell_place(row.number, "end"), found, "Correct one of the two."))
    return problems


def _people_add_up(interviews: TypedTable) -> list[Problem]:
    problems = []
    for row in interviews.rows:
        people, women, men = (row.values[name] for name in ("people", "women", "men"))
        if people is None or women is None or men is None:
            continue
        if women + men > people:  # type: ignore[operator]
            found = f"{women} women and {men} men are more than {people} people."
            problems.append(
                Problem(interviews.file, cell_place(row.number, "people"), found, "Correct one of the three.")
            )
    return problems


def _same_label(table: TypedTable, key: str) -> list[Problem]:
    problems = []
    first: dict[object, tuple[object, int]] = {}
    for row in table.rows:
        label, number = first.setdefault(row.values[key], (row.values["label"], row.number))
        if row.values[key] is not None and row.values["label"] != label:
            found = f'"{row.values["label"]}" differs from "{label}" in row {number}.'
            hint = f"Every row of {row.values[key]} needs the same label."
            problems.append(Problem(table.file, cell_place(row.number, table.headers["label"]), found, hint))
    return problems


def _survey_answers_complete(survey: TypedTable, scale: TypedTable) -> list[Problem]:
    levels = {str(level) for level in scale.column("level")}
    answered: dict[object, set[str]] = {}
    for row in survey.rows:
        answered.setdefault(row.values["question"], set()).add(str(row.values["level"]))
    return [
        Problem(
            survey.file,
            f'question "{question}"',
            f"no row for level {', '.join(sorted(levels - given))}.",
            "Add a row for every level of the scale, with 0 when nobody chose it.",
        )
        for question, given in answered.items()
        if levels - given
    ]


def _ratings_on_scale(ratings: TypedTable, evaluation: Evaluation) -> list[Problem]:
    scale = evaluation.rating_scale
    if ratings.rows and scale is None:
        hint = "Add rating_scale: {lowest: 1, highest: 6} to evaluation.yaml."
        return [Problem(ratings.file, "", "there are ratings, but evaluation.yaml has no rating_scale.", hint)]
    problems = []
    for row in ratings.rows:
        for name in ("rating", "evidence_strength"):
            value = row.values[name]
            if scale and value is not None and not scale.lowest <= Decimal(str(value)) <= scale.highest:
                hint = f"The scale of evaluation.yaml goes from {scale.lowest} to {scale.highest}."
                place = cell_place(row.number, name)
                problems.append(Problem(ratings.file, place, f'"{value}" is not on the scale.', hint))
    return problems


def _one_currency(budget: TypedTable) -> list[Problem]:
    if not budget.rows:
        return []
    first = budget.rows[0].values["currency"]
    return [
        Problem(
            budget.file,
            cell_place(row.number, "currency"),
            f'"{row.values["currency"]}" differs from "{first}" in row {budget.rows[0].number}.',
            "Amounts of different currencies are never added up: convert them first.",
        )
        for row in budget.rows
        if row.values["currency"] not in (first, None)
    ]
