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
    assert "Priorité : haute (R2) et faible (R1)." in drawn.words["alt"]


def test_words_name_those_that_lack_a_field_or_have_it_when_few(tmp_path):
    rows = "".join(f"k{n},Texte,{'BIT' * (n != 3)},,{'low' * (n in (0, 6))},,,,,,\n" for n in range(7))
    words = draw(draw_recommendations, tmp_path, HEADER + rows).words["alt"]
    assert "Ce qui manque : Destinataire (R4)." in words
    assert "Ce que peu de recommandations précisent : Incidence (R1 et R7)." in words
    assert "Incidence : faible (R1 et R7)." in words
    assert "Priorité (" not in words and "Priorité :" not in words


def test_levels_have_the_same_tones_in_both_columns(tmp_path):
    rows = "a,Un,,high,high,,,,,,\nb,Deux,,low,low,,,,,,\n"
    drawn = draw(draw_recommendations, tmp_path, HEADER + rows)
    assert drawn.shapes_of("dark_blue") == 2
    assert drawn.svg.read_text(encoding="utf-8").count("fill: #c7cbef; stroke: #1e2dbe") == 2


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("S'appuyer sur les groupes nationaux de la de la de la de la de la de la de la", "S’appuyer … nationaux"),
        ("Relier les comités villageois, d'un, à d'un, à d'un, à d'un, à d'un, à d'un, à", "Relier … villageois"),
        ("Link the village committees to a of to a of to a of to a of to a of to a of to a of", "Link … committees"),
    ],
)
def test_a_text_is_not_cut_after_a_short_word(tmp_path, text, beginning):
    drawn = draw(draw_recommendations, tmp_path, HEADER + f'a,"{text}",,,,,,,,,\n')
    first, last = beginning.split(" … ")
    assert any(words.startswith(first) and words.endswith(f"{last}…") for words in drawn.texts)


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
