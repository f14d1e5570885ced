"""Results against targets."""

from decimal import Decimal

from draw_targets import draw_targets
from figure_sample import draw

INDICATORS = """
key,outcome,label,unit,baseline
a,,Comités de vigilance,comités,12
b,,Taux de travail des enfants,%,40
"""
HEADER = "indicator,country,year,target,actual\n"


def test_last_year_with_a_value_is_added_over_countries(tmp_path):
    drawn = draw(
        draw_targets, tmp_path, HEADER + "a,BJ,2023,9,9\na,BJ,2024,40,38\na,CI,2024,40,30\na,BJ,2025,99,\n", INDICATORS
    )
    row = drawn.rows[0]
    assert [row[name] for name in ("year", "baseline", "actual", "target", "rate")] == [
        "2024",
        "12",
        "68",
        "80",
        "85.0",
    ]
    assert "68" in drawn.texts
    assert "cible 80, soit 85\u00a0% de la cible." in drawn.words["alt"]


def test_words_name_the_targets_reached(tmp_path):
    drawn = draw(draw_targets, tmp_path, HEADER + "a,BJ,2024,40,30\nb,BJ,2024,20,18\nb,CI,2024,20,30\n", INDICATORS)
    assert "Cibles atteintes : Taux de travail des enfants (Côte d’Ivoire)." in drawn.words["alt"]


def test_headings_keep_a_gap(tmp_path):
    extents = draw(draw_targets, tmp_path, HEADER + "a,,2024,10,900\n", INDICATORS, language="es").extents
    assert extents["Logrado"][0] - extents["Línea de base"][1] >= 4.8


def test_shares_are_not_added(tmp_path):
    drawn = draw(draw_targets, tmp_path, HEADER + "b,BJ,2024,20,24\nb,CI,2024,20,18\n", INDICATORS)
    assert [(row["country"], row["actual"]) for row in drawn.rows[1:]] == [("Bénin", "24"), ("Côte d’Ivoire", "18")]


def test_less_is_better_below_the_baseline(tmp_path):
    drawn = draw(draw_targets, tmp_path, HEADER + "b,,2024,20,18\n", INDICATORS)
    assert "1 cible atteinte sur 1." in drawn.words["alt"]


def test_a_missing_target_or_value_is_said_not_drawn(tmp_path):
    drawn = draw(draw_targets, tmp_path, HEADER + "a,,2024,,30\nb,,2024,20,\n", INDICATORS)
    assert "sans cible" in drawn.texts
    assert "valeur non communiquée" in drawn.texts
    assert drawn.rows[0]["rate"] == ""


def test_one_country_without_target_leaves_the_sum_without(tmp_path):
    drawn = draw(draw_targets, tmp_path, HEADER + "a,BJ,2024,40,38\na,CI,2024,,30\n", INDICATORS)
    assert (drawn.rows[0]["actual"], drawn.rows[0]["target"]) == ("68", "")


def test_far_beyond_the_target_stays_on_the_page(tmp_path):
    drawn = draw(draw_targets, tmp_path, HEADER + "a,,2024,10,900\n", INDICATORS)
    assert Decimal(drawn.rows[0]["rate"]) == 9000
