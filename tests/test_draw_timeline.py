"""The timeline."""

from datetime import date

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
    assert "Mise en œuvre, 2020\u00a0–\u00a02024" in drawn.texts
    assert "Évaluation achevée, 31\u00a0octobre\u00a02023" in drawn.texts
    assert [text for text in drawn.texts if text.isdigit()] == ["2020", "2021", "2022", "2023", "2024"]
    assert drawn.words["alt"].startswith("Frise chronologique, 2020 – 2024. Projet : Mise en œuvre (2020 – 2024).")


def test_a_short_time_has_months(tmp_path):
    drawn = draw(draw_timeline, tmp_path, HEADER + "a,evaluation,Entretiens,2024-01-08,2024-01-19\n")
    assert "janv." in drawn.texts
    assert "2024" in drawn.texts


def test_milestones_at_one_time_get_rows_of_their_own(tmp_path):
    one = draw(draw_timeline, tmp_path, HEADER + PROJECT).height
    rows = "".join(f"m{n},project,Étape {n} d'un projet,2022-06,\n" for n in range(6))
    assert draw(draw_timeline, tmp_path, HEADER + PROJECT + rows).height > one + 6 * 5


def test_long_labels_are_wrapped_within_the_page(tmp_path):
    label = "Conférence mondiale sur l'élimination du travail des enfants et du travail forcé dans les chaînes " * 2
    drawn = draw(draw_timeline, tmp_path, HEADER + PROJECT + f"c,project,{label.strip()},2022-06-01,2022-06-02\n")
    assert not any(len(text) > 90 for text in drawn.texts)
