"""What is told of a publication: no number of people that the brief itself may hide."""

from evalbrief.publish.digest import discreet
from evalbrief.review.rows import CHANGED, RowChange


def test_numbers_of_people_stay_in_the_office() -> None:
    cells = {"women": ("2", "1"), "group": ("buyers", "traders")}
    met = RowChange("interviews", "data/demo/interviews.csv", "buyers", CHANGED, (3, 3), cells)
    assert discreet(met).cells == {"women": ("…", "…"), "group": ("buyers", "traders")}
    assert (discreet(met).lines, discreet(met).file) == (met.lines, met.file)
    spent = RowChange("budget", "data/demo/budget.csv", "staff", CHANGED, (2, 2), {"planned": ("2", "1")})
    assert discreet(spent) == spent
