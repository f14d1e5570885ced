"""The rating strip."""

import pytest
from draw_ratings import draw_ratings
from figure_sample import draw
from matplotlib.image import imread

CRITERIA = """
key,members,names,label
relevance,relevance,Pertinence,Pertinence
impact_sustainability,impact;sustainability,Orientation vers l'impact;Durabilité,"Orientation vers l'impact, durabilité"
partnership,partnership,Partenariats,Partenariats
"""
POINTS = "lowest,highest,unit\n1,6,points"
HEADER = "criterion,rating,evidence_strength,justification\n"


def test_cells_are_filled_as_far_as_the_rating(tmp_path):
    drawn = draw(draw_ratings, tmp_path, HEADER + "relevance,4.5,,\npartnership,2,,", CRITERIA, POINTS)
    assert drawn.shapes_of("blue") == 5 + 2
    assert "4,5 / 6" in drawn.texts
    assert drawn.texts.count("–") == 2
    assert [row["criterion"] for row in drawn.rows] == ["relevance", "impact", "sustainability", "partnership"]


def test_percent_scale_is_one_bar(tmp_path):
    ratings = HEADER + "relevance,62.5,,\npartnership,40,,"
    drawn = draw(draw_ratings, tmp_path, ratings, CRITERIA, "lowest,highest,unit\n0,100,percent")
    assert drawn.shapes_of("blue") == 2
    assert "62,5\u00a0%" in drawn.texts


def test_evidence_is_drawn_where_given(tmp_path):
    drawn = draw(draw_ratings, tmp_path, HEADER + "relevance,4,3,\npartnership,2,,", CRITERIA, POINTS)
    assert drawn.shapes_of("purple") == 1 + 1  # key and bar
    assert "3 / 6" in drawn.texts
    assert "Solidité" in drawn.words["alt"]


def test_what_was_not_rated_and_what_has_no_evidence_look_alike(tmp_path):
    drawn = draw(draw_ratings, tmp_path, HEADER + "relevance,4,3,\npartnership,2,,", CRITERIA, POINTS)
    assert drawn.texts.count("–") == 2 * 2 + 1  # two criteria without both, one without evidence


def test_words_name_the_extremes_and_what_is_missing(tmp_path):
    drawn = draw(draw_ratings, tmp_path, HEADER + "relevance,5,,\npartnership,2,,", CRITERIA, POINTS)
    assert "plus haute va à : Pertinence ; la plus basse à : Partenariats" in drawn.words["alt"]
    assert "Sans note : Orientation vers l'impact et Durabilité." in drawn.words["alt"]
    assert drawn.words["alt"] != drawn.words["caption"]


def test_ratings_without_a_scale_are_refused(tmp_path):
    with pytest.raises(ValueError, match="no rating scale"):
        draw(draw_ratings, tmp_path, HEADER + "relevance,5,,", CRITERIA, "lowest,highest,unit")


def test_same_bytes_twice(tmp_path):
    tables = (HEADER + "relevance,4,3,", CRITERIA, POINTS)
    first = draw(draw_ratings, tmp_path, *tables)
    before = first.svg.read_bytes(), first.png.read_bytes()
    second = draw(draw_ratings, tmp_path, *tables)
    assert before == (second.svg.read_bytes(), second.png.read_bytes())
    assert b"date" not in before[0] and b"Software" not in before[1]


def test_what_lies_behind_shows_through_the_svg_only(tmp_path):
    drawn = draw(draw_ratings, tmp_path, HEADER + "relevance,4,3,", CRITERIA, POINTS)
    assert "fill: #ffffff" not in drawn.svg.read_text(encoding="utf-8")
    assert imread(drawn.png)[0, -1].tolist() == [1, 1, 1, 1]


def test_a_character_the_font_lacks_is_an_error(tmp_path):
    criteria = "key,members,names,label\nrelevance,relevance,\U000100a0,\U000100a0"
    with pytest.raises(ValueError, match=r"U\+100A0"):
        draw(draw_ratings, tmp_path, HEADER + "relevance,5,,", criteria, POINTS)
