"""The matrix of countries."""

import pytest
from draw_geography import draw_geography
from figure_sample import draw

INVOLVEMENT = "key,label\nuemoa,État membre de l'UEMOA\noffice,Bureau de pays associé"
HEADER = "country,involvement\n"


def test_countries_form_blocks_then_follow_the_alphabet(tmp_path):
    drawn = draw(draw_geography, tmp_path, HEADER + "IN,office\nTG,uemoa\nBJ,uemoa\nCI,uemoa\nCI,office", INVOLVEMENT)
    assert [row["country"] for row in drawn.rows] == ["Côte d’Ivoire", "Bénin", "Togo", "Inde"]
    assert drawn.shapes_of("blue") == 5
    assert drawn.texts[-2:] == ["3", "2"]


def test_names_of_the_office_go_before_others(tmp_path):
    drawn = draw(draw_geography, tmp_path, HEADER + "CD,office", INVOLVEMENT)
    assert drawn.rows[0]["country"] == "République démocratique du Congo"


def test_the_matrix_is_as_wide_as_the_page(tmp_path):
    drawn = draw(draw_geography, tmp_path, HEADER + "TG,uemoa\nTG,office\nML,office", INVOLVEMENT, language="en")
    left, right = drawn.extents["1"], drawn.extents["2"]
    middle = sum(right) / 2
    step = middle - sum(left) / 2
    assert middle + step / 2 == pytest.approx(170, abs=0.5)
    assert drawn.extents["Number of countries"][1] < middle - 1.5 * step


def test_one_country(tmp_path):
    drawn = draw(draw_geography, tmp_path, HEADER + "MG,office", INVOLVEMENT)
    assert drawn.words["alt"] == (
        "Matrice montrant comment 1 pays participe au projet. Bureau de pays associé (1) : Madagascar."
    )


def test_sixteen_countries_fit_half_a_page(tmp_path):
    codes = ["BJ", "BF", "CI", "GW", "ML", "NE", "SN", "TG", "IN", "MG", "MY", "MA", "MX", "NG", "CD", "FR"]
    drawn = draw(draw_geography, tmp_path, HEADER + "\n".join(f"{code},office" for code in codes), INVOLVEMENT)
    assert len(drawn.rows) == 16
    assert drawn.height < 110
