"""People met; nobody is to be recognised."""

from draw_interviews import draw_interviews
from figure_sample import draw

HEADER = "group,label,country,interviews,people,women,men\n"


def by_group(drawn) -> dict[str, tuple[str, str, str]]:
    return {row["group"]: (row["people"], row["women"], row["men"]) for row in drawn.rows}


def test_countries_are_added_up(tmp_path):
    drawn = draw(draw_interviews, tmp_path, HEADER + "gov,Gouvernements,BJ,5,12,5,7\ngov,Gouvernements,CI,4,9,3,6\n")
    assert by_group(drawn) == {"Gouvernements": ("21", "8", "13")}


def test_small_groups_are_merged(tmp_path):
    rows = "gov,Gouvernements,,,20,10,10\nilo,BIT,,,2,1,1\nun,ONU,,,4,2,2\n"
    drawn = draw(draw_interviews, tmp_path, HEADER + rows)
    assert set(by_group(drawn)) == {"Gouvernements", "Autres groupes"}
    assert by_group(drawn)["Autres groupes"] == ("6", "", "")
    assert "Autres groupes" in drawn.words["source"]


def test_one_small_group_takes_the_next_with_it(tmp_path):
    drawn = draw(draw_interviews, tmp_path, HEADER + "gov,Gouvernements,,,20,,\nilo,BIT,,,6,,\nun,ONU,,,3,,\n")
    assert by_group(drawn) == {"Gouvernements": ("20", "", ""), "Autres groupes": ("9", "", "")}


def test_a_small_number_of_either_sex_hides_the_split(tmp_path):
    rows = "a,A,,,20,2,18\nb,B,,,30,15,15\nc,C,,,12,6,6\n"
    drawn = draw(draw_interviews, tmp_path, HEADER + rows)
    assert by_group(drawn)["A"] == ("20", "", "")
    assert by_group(drawn)["C"] == ("12", "", "")  # else A could be worked out from a total
    assert by_group(drawn)["B"] == ("30", "15", "15")
    assert "A 20 (répartition non montrée)" in drawn.words["alt"]
    assert "2" not in drawn.texts and "18" not in drawn.texts
    assert "répartition par sexe" in drawn.words["source"]


def test_nobody_is_shown_when_all_are_few(tmp_path):
    drawn = draw(draw_interviews, tmp_path, HEADER + "a,A,,,2,1,1\nb,B,,,1,1,0\n")
    assert by_group(drawn) == {"Ensemble des groupes": ("", "", "")}
    assert "Moins de 5 personnes" in drawn.words["alt"]
    assert not any(character in drawn.words["alt"] for character in "1234")


def test_no_split_means_plain_bars(tmp_path):
    drawn = draw(draw_interviews, tmp_path, HEADER + "a,A,,,20,,\nb,B,,,8,,\n")
    assert "Femmes" not in drawn.texts
    assert "répartition" not in drawn.words["alt"]
    assert drawn.shapes_of("blue") == 2


def test_interviews_are_counted_when_people_are_not(tmp_path):
    drawn = draw(draw_interviews, tmp_path, HEADER + "a,A,,19,,,\n")
    assert drawn.rows[0]["interviews"] == "19"
    assert drawn.words["caption"] == "Entretiens menés, par groupe"
