"""Criteria and the headings they share."""

from evalbrief.data.criteria import criterion_headings
from evalbrief.data.evaluation import OwnCriterion

WORDS = {"relevance": "Pertinence", "impact": "Impact", "sustainability": "Durabilité"}


def test_criteria_in_a_list_inside_share_a_heading() -> None:
    headings = criterion_headings(["relevance", ["impact", "sustainability"]], WORDS, "fr")
    assert [(heading.key, heading.label) for heading in headings] == [
        ("relevance", "Pertinence"),
        ("impact_sustainability", "Impact, durabilité"),
    ]
    assert headings[1].members == ("impact", "sustainability")


def test_an_evaluation_names_its_own_criterion() -> None:
    own = OwnCriterion.model_validate({"key": "partnership", "fr": "Partenariats"})
    heading = criterion_headings([own], WORDS, "fr")[0]
    assert (heading.key, heading.label) == ("partnership", "Partenariats")
    assert criterion_headings([own], WORDS, "es")[0].label == ""
