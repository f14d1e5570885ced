"""Budget and expenditure."""

import pytest
from draw_budget import draw_budget
from figure_sample import draw

OUTCOMES = "key,label\no1,Estimations\no2,Capacités"
HEADER = "outcome,year,currency,budget,expenditure\n"


def test_years_are_added_up(tmp_path):
    rows = "o1,2020,EUR,100,90\no1,2021,EUR,100,60.5\no2,2020,EUR,50,\n"
    drawn = draw(draw_budget, tmp_path, HEADER + rows, OUTCOMES)
    assert [(row["budget"], row["expenditure"], row["rate"]) for row in drawn.rows] == [
        ("200", "150.5", "75.3"),
        ("50", "", ""),
    ]
    assert drawn.words["caption"].endswith("2020-2021")


def test_currencies_are_never_added(tmp_path):
    drawn = draw(draw_budget, tmp_path, HEADER + "o1,2020,EUR,100,90\no1,2020,USD,40,10\n", OUTCOMES)
    assert [(row["currency"], row["budget"]) for row in drawn.rows] == [("EUR", "100"), ("USD", "40")]
    assert "Budget (EUR)" in drawn.texts and "Budget (USD)" in drawn.texts
    assert "Total" not in drawn.texts


def test_overspending_is_marked(tmp_path):
    drawn = draw(draw_budget, tmp_path, HEADER + "o1,2020,EUR,100,120\n", OUTCOMES)
    assert "Dépassement" in drawn.texts
    assert "120\u00a0%" in drawn.texts


@pytest.mark.parametrize("language", ["fr", "en", "es"])
def test_headings_keep_a_gap(tmp_path, language):
    drawn = draw(draw_budget, tmp_path, HEADER + "o1,2020,EUR,100,120\n", OUTCOMES, language=language)
    heads = {"fr": ["Dépenses", "Exécution"], "en": ["Expenditure", "Delivery"], "es": ["Gastos", "Ejecución"]}[
        language
    ]
    assert drawn.extents[heads[1]][0] - drawn.extents[heads[0]][1] >= 4.8


def test_expenditure_alone(tmp_path):
    drawn = draw(draw_budget, tmp_path, HEADER + "o1,2020,EUR,0,120\n", OUTCOMES)
    assert drawn.rows[0]["rate"] == ""
