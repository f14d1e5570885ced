"""The timeline."""

from datetime import date

import pytest
from draw_timeline import draw_timeline
from evalbrief.figures.timeline import collect_milestones
from figure_sample import draw

HEADER = "key,strand,label,start,end\n"
PROJECT = "project,project,Mise en œuvre,2020,2024\n"


def test_dates_of_any_precision_are_whole_periods():
    rows = [{"key": "a", "strand": "project", "label": "A", "start": "2020", "end": "2023-12"}]
    (milestone,) = collect_milestones(rows)
    assert (milestone.first, milestone.after) == (date(2020, 1, 1), date(2024, 1, 1))


def test_labels_and_years(tmp_path):
    drawn = draw(draw_timeline, tmp_path, HEADER + PROJECT + "done,evaluation,Évaluation achevée,2023-10-31,")
    assert "Mise en œuvre, 2020-2024" in drawn.texts
    assert {"Évaluation achevée,", "31\u00a0octobre\u00a02023"} <= set(drawn.texts)
    assert [text for text in drawn.texts if text.isdigit()] == ["2020", "2021", "2022", "2023", "2024"]
    assert drawn.words["alt"].startswith("Frise chronologique, 2020-2024. Projet : Mise en œuvre (2020-2024).")


def test_a_short_time_has_months(tmp_path):
    drawn = draw(draw_timeline, tmp_path, HEADER + "a,evaluation,Entretiens,2024-01-08,2024-01-19\n")
    assert "janv." in drawn.texts
    assert "2024" in drawn.texts


@pytest.mark.parametrize(
    ("language", "start", "end", "written"),
    [
        ("fr", "2024-10-01", "2024-11-15", "1er oct. – 15 nov. 2024"),
        ("fr", "2024-10-11", "2024-11-01", "11 oct. – 1er nov. 2024"),
        ("en", "2024-10-01", "2024-11-15", "1 Oct – 15 Nov 2024"),
        ("es", "2024-10-01", "2024-11-15", "1 oct. – 15 nov. 2024"),
        ("es", "2024-05-02", "2024-05-15", "2–15 may. 2024"),
        ("es", "2024-05", "2025-05", "mayo de 2024 – mayo de 2025"),
        ("fr", "2024", "2025-05", "2024 – mai 2025"),
        ("fr", "2020", "2024", "2020-2024"),
        ("fr", "2024-10-01", "", "1er\u00a0octobre 2024"),
    ],
)
def test_periods_are_written_as_their_language_does(tmp_path, language, start, end, written):
    drawn = draw(draw_timeline, tmp_path, HEADER + f"a,evaluation,A,{start},{end}\n", language=language)
    assert f": A ({written})." in drawn.words["alt"].replace(" :", ":")


def test_shortened_months_of_a_band_end_in_a_point(tmp_path):
    drawn = draw(draw_timeline, tmp_path, HEADER + "a,evaluation,A,2024-03,2024-05\n", language="es")
    assert {"mar.", "abr.", "may."} <= set(drawn.texts)


def test_a_label_stands_at_the_right_even_in_two_lines(tmp_path):
    label = "Atelier de restitution à l'équipe"
    drawn = draw(draw_timeline, tmp_path, HEADER + PROJECT + f"a,project,{label},2023-02-04,\n")
    assert drawn.extents["4\u00a0février\u00a02023"][0] > 115
    assert "Atelier de restitution à l’équipe," in drawn.texts


def test_milestones_at_one_time_get_rows_of_their_own(tmp_path):
    one = draw(draw_timeline, tmp_path, HEADER + PROJECT).height
    rows = "".join(f"m{n},project,Étape {n} d'un projet,2022-06,\n" for n in range(6))
    assert draw(draw_timeline, tmp_path, HEADER + PROJECT + rows).height > one + 6 * 5


def test_long_labels_are_wrapped_within_the_page(tmp_path):
    label = "Conférence mondiale sur l'élimination du travail des enfants et du travail forcé dans les chaînes " * 2
    drawn = draw(draw_timeline, tmp_path, HEADER + PROJECT + f"c,project,{label.strip()},2022-06-01,2022-06-02\n")
    assert not any(len(text) > 90 for text in drawn.texts)
