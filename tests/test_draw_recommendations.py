"""The matrix of recommendations."""

import pytest
from draw_recommendations import draw_recommendations
from figure_sample import draw

HEADER = "key,text,addressee,priority,resources,time_frame,criteria,findings,response,progress,action_plan\n"


def test_urgent_ones_come_first_with_their_own_numbers(tmp_path):
    rows = "a,Un,,low,,,,,,,\nb,Deux,BIT,high,,,,,,,\nc,Trois,,,,,,,,,\n"
    drawn = draw(draw_recommendations, tmp_path, HEADER + rows)
    assert [row["number"] for row in drawn.rows] == ["2", "1", "3"]
    assert drawn.texts.index("R2") < drawn.texts.index("R1") < drawn.texts.index("R3")
    assert "2 sur 3" in drawn.texts
    assert "Priorité haute : recommandations 2." in drawn.words["alt"]


def test_nothing_given_is_drawn_empty(tmp_path):
    drawn = draw(draw_recommendations, tmp_path, HEADER + "".join(f"k{n},Texte,,,,,,,,,\n" for n in range(11)))
    assert drawn.texts.count("0 sur 11") == 5
    assert drawn.shapes_of("blue") == 1  # the key


@pytest.mark.parametrize("count", [8, 11, 20])
def test_height_follows_the_number(tmp_path, count):
    text = "Poursuivre l'assistance technique aux gouvernements sur les lois contre le travail des enfants"
    drawn = draw(draw_recommendations, tmp_path, HEADER + "".join(f"k{n},{text},,,,,,,,,\n" for n in range(count)))
    assert drawn.height == pytest.approx(13 + 5.6 * count, abs=2)
    assert all(len(words) < 60 for words in drawn.texts)
    assert any(words.endswith("…") for words in drawn.texts)
