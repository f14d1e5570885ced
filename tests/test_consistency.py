"""What no single cell can show."""

import pytest
from evalbrief.data.consistency import check_consistency
from evalbrief.data.evaluation import Evaluation
from evalbrief.data.table import Row, TypedTable

COLUMNS = {
    "milestones": ["key", "strand", "label", "start", "end"],
    "interviews": ["group", "label", "country", "interviews", "people", "women", "men"],
    "survey": ["question", "label", "level", "respondents"],
    "survey_scale": ["level", "label"],
    "ratings": ["criterion", "rating", "evidence_strength"],
    "budget": ["outcome", "year", "currency"],
}
SCALE = {"lowest": 1, "highest": 6}


def problems(scale: dict | None = None, **rows: list[list]) -> list[str]:
    tables = {
        name: TypedTable(
            f"{name}.csv",
            [Row(i, dict(zip(columns, row, strict=True))) for i, row in enumerate(rows.get(name, []), start=2)],
            {column: column for column in columns},
        )
        for name, columns in COLUMNS.items()
    }
    evaluation = Evaluation.model_validate({"title": "T", "criteria": ["impact"], "rating_scale": scale})
    return [problem.found for problem in check_consistency(tables, evaluation)]


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("2022-01", "2021-12", True),
        ("2022-01-15", "2022-01-14", True),
        ("2022-01-15", "2022-01", False),
        ("2022-03", "2022", False),
        ("2022", "2022-01", False),
        ("2022-01", None, False),
    ],
)
def test_an_end_is_not_before_its_start(start: str, end: str | None, wrong: bool) -> None:
    assert bool(problems(milestones=[["a", "project", "A", start, end]])) is wrong


def test_people_add_up_where_all_three_are_given() -> None:
    assert problems(interviews=[["a", "A", "CI", 1, 5, 3, 2], ["b", "B", "CI", 1, None, 3, 2]]) == []
    assert problems(interviews=[["a", "A", "CI", 1, 5, 3, None]]) == []
    assert problems(interviews=[["a", "A", "CI", 1, 4, 3, 2]]) == ["3 women and 2 men are more than 4 people."]


def test_a_group_has_one_label() -> None:
    assert problems(interviews=[["a", "A", "CI", 1, 1, 1, 0], ["a", "A", "TG", 1, 1, 1, 0]]) == []
    assert problems(interviews=[["a", "A", "CI", 1, 1, 1, 0], ["a", "Ä", "TG", 1, 1, 1, 0]]) == [
        '"Ä" differs from "A" in row 2.'
    ]


def test_a_question_has_every_level() -> None:
    scale = [[1, "non"], [2, "oui"]]
    assert problems(survey_scale=scale, survey=[["q", "Q", "1", 3], ["q", "Q", "2", 0]]) == []
    assert problems(survey_scale=scale, survey=[["q", "Q", "1", 3]]) == ["no row for level 2."]


def test_ratings_lie_on_the_scale() -> None:
    assert problems(SCALE, ratings=[["impact", 1, 6], ["relevance", 3.5, None]]) == []
    assert problems(SCALE, ratings=[["impact", 0, 7]]) == ['"0" is not on the scale.', '"7" is not on the scale.']
    assert len(problems(ratings=[["impact", 1, 6]])) == 1
    assert problems() == []


def test_one_currency() -> None:
    assert problems(budget=[["a", 2024, "EUR"], ["b", 2024, "EUR"]]) == []
    assert problems(budget=[["a", 2024, "EUR"], ["b", 2024, "USD"]]) == ['"USD" differs from "EUR" in row 2.']
