"""The answers to a survey."""

import pytest
from draw_survey import draw_survey
from evalbrief.figures.survey import level_colours
from figure_sample import draw

HEADER = "question,label,level,respondents\n"


def scale(count: int) -> str:
    return "level,label\n" + "\n".join(f"{level},Réponse {level}" for level in range(1, count + 1))


def answers(question: str, *counts: int) -> str:
    return "".join(f"{question},Question {question},{level},{n}\n" for level, n in enumerate(counts, start=1))


def test_shares_and_counts(tmp_path):
    drawn = draw(draw_survey, tmp_path, HEADER + answers("a", 2, 6, 22, 20) + answers("b", 10, 10, 10, 10), scale(4))
    assert "84\u00a0%" in drawn.texts
    assert [row["percent"] for row in drawn.rows[:4]] == ["4.0", "12.0", "44.0", "40.0"]
    assert (
        "L'avis le plus favorable porte sur : Question a ; le moins favorable sur : Question b." in drawn.words["alt"]
    )
    assert "de 40 à 50 réponses" in drawn.words["source"]


def test_a_share_is_printed_where_it_fits(tmp_path):
    drawn = draw(draw_survey, tmp_path, HEADER + answers("a", 1, 5, 45, 49), scale(4))
    assert "5" in drawn.texts and "1" not in drawn.texts


@pytest.mark.parametrize("count", [2, 3, 4, 5, 7])
def test_any_number_of_levels_parts_at_the_middle(tmp_path, count):
    colours = level_colours(count)
    assert len(colours) == count
    assert [c.partition("*")[0] for c in colours[: count // 2]] == ["dark_red"] * (count // 2)
    assert (colours[count // 2] == "white") == (count % 2 == 1)
    drawn = draw(draw_survey, tmp_path, HEADER + answers("a", *range(5, 5 + count)), scale(count))
    assert len(drawn.rows) == count


def test_too_few_answers_are_named_without_numbers(tmp_path):
    drawn = draw(draw_survey, tmp_path, HEADER + answers("a", 1, 1, 1, 0) + answers("b", 9, 9, 9, 9), scale(4))
    assert {row["respondents"] for row in drawn.rows[:4]} == {""}
    assert "moins de 5 réponses\u00a0: non montré" in drawn.texts
    assert "moins de 5 réponses" in drawn.words["source"]
