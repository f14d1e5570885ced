"""The tables: cells, values, what is left out and what is a gap."""

import pytest
from figure_sample import lay_out
from lay_out_budget import lay_out_budget
from lay_out_evidence import lay_out_evidence
from lay_out_follow_up import lay_out_follow_up
from lay_out_indicators import lay_out_indicators
from lay_out_interviews import lay_out_interviews
from lay_out_ratings import lay_out_ratings
from lay_out_results import lay_out_results

NBSP = "\u00a0"


def keys(layout: dict) -> list[str]:
    return [column["key"] for column in layout["columns"]]


def test_results_write_numbers_and_units(tmp_path):
    rows = (
        "key,label,value,approximate,unit,criterion,period\na,Pays,16600000,,enfants,,\nb,Entreprises,39,yes,unités,,\n"
    )
    layout, values = lay_out(lay_out_results, tmp_path, rows, "key,members,names,label")
    assert keys(layout) == ["label", "value", "unit"]
    assert layout["rows"] == [
        ["Pays", "16\u202f600\u202f000", "enfants"],
        ["Entreprises", f"environ{NBSP}39", "unités"],
    ]
    assert values[0]["value"] == "16600000"


def test_evidence_without_notes_has_two_columns(tmp_path):
    layout, _ = lay_out(lay_out_evidence, tmp_path, "key,label,count,approximate,note\na,Documents,60,yes,\n")
    assert layout["rows"] == [["Documents", f"environ{NBSP}60"]]
    assert layout["row_header"] is True


@pytest.mark.parametrize("note", ["", "Une précision " * 20, "x" * 10_000, "anticonstitutionnellement " * 3])
def test_columns_hold_their_words(tmp_path, note):
    rows = f"key,label,count,approximate,note\na,Documents,60,yes,{note}\nb,Entretiens collectifs,5,,Court\n"
    layout, _ = lay_out(lay_out_evidence, tmp_path, rows)
    widths = {column["key"]: column["width"] for column in layout["columns"]}
    assert sum(widths.values()) == pytest.approx(1, abs=0.001)
    assert widths["label"] * 98 >= len("Entretiens") + 3
    assert widths["count"] * 98 >= len("environ 60") + 3


def test_interviews_hide_what_the_figure_hides(tmp_path):
    header = "group,label,country,interviews,people,women,men\n"
    rows = "a,A,,,20,2,18\nb,B,,,30,15,15\nc,C,,,12,6,6\nd,D,,,3,1,2\n"
    layout, values = lay_out(lay_out_interviews, tmp_path, header + rows)
    assert layout["rows"][0] == ["B", "30", "15", "15"]
    assert layout["rows"][-1] == ["Total", "65", "–", "–"]
    assert "D" not in {row["group"] for row in values}
    assert "moins de 5 personnes" in layout["source"]


def test_indicators_show_few_countries(tmp_path):
    indicators = "key,outcome,label,unit,baseline\na,,Comités,unités,\n"
    rows = "indicator,country,year,target,actual\na,BJ,2024,40,38\na,CI,2024,40,45\n"
    layout, values = lay_out(lay_out_indicators, tmp_path, rows, indicators)
    assert keys(layout) == ["label", "year", "target", "actual", "rate", "reached", "BJ", "CI"]
    assert layout["rows"] == [["Comités (unités)", "2024", "80", "83", f"104{NBSP}%", "Oui", "38 / 40", "45 / 40"]]
    assert values[0]["actual_CI"] == "45"


def test_ratings_leave_a_gap(tmp_path):
    criteria = "key,members,names,label\nrelevance,relevance,Pertinence,Pertinence\nimpact,impact,Impact,Impact\n"
    rows = "criterion,rating,evidence_strength,justification\nrelevance,4.5,,Bien.\n"
    layout, _ = lay_out(lay_out_ratings, tmp_path, rows, criteria, "lowest,highest,unit\n1,6,points\n")
    assert layout["rows"] == [["Pertinence", "4,5 / 6", "Bien."], ["Impact", None, None]]


def test_budget_ends_with_a_total_for_each_currency(tmp_path):
    rows = "outcome,year,currency,budget,expenditure\no1,2020,EUR,100,90\no1,2020,USD,40,\n"
    layout, _ = lay_out(lay_out_budget, tmp_path, rows, "key,label\no1,Estimations\n")
    assert layout["rows"] == [
        ["Estimations", f"EUR{NBSP}100", f"EUR{NBSP}90", f"90{NBSP}%"],
        ["Total", f"EUR{NBSP}100", f"EUR{NBSP}90", f"90{NBSP}%"],
        ["Estimations", f"USD{NBSP}40", None, None],
        ["Total", f"USD{NBSP}40", None, None],
    ]


def test_follow_up_keeps_its_columns_and_shows_gaps(tmp_path):
    header = "key,text,addressee,priority,resources,time_frame,criteria,findings,response,progress,action_plan\n"
    layout, _ = lay_out(lay_out_follow_up, tmp_path, header + "a,Un,,high,,,,,accepted,,\n")
    assert keys(layout) == ["number", "addressee", "priority", "time_frame", "response", "progress"]
    assert layout["rows"] == [["R1", None, "Haute", None, "Acceptée", None]]
