"""A corrected quick fact changes its own value in evaluation.yaml, and no other sign."""

import pytest
from evalbrief.review.incoming.facts import with_fact
from evalbrief.text.labels import label_file, read_labels

CONTENT = """\
# What people wrote here stays.
title:
  fr: "Mains libres : un exemple"
  en: 'Free Hands'
admin_office: CO-EXEMPLE   # the office
tech_offices:
  - DWT-EXEMPLE
  - DWT-AUTRE
evaluators: [B. Modèle, C. Fictive]
managers: [A. Exemple]
donors:
  - name: {fr: Donateur, en: Donor}
    amount: 3600000
timing: mid_term
date_completed: 2025-03-14
"""


@pytest.fixture(scope="module")
def labels() -> dict:
    return read_labels(label_file("fr"))


@pytest.mark.parametrize(
    ("key", "old", "new", "was", "becomes"),
    [
        ("admin_office", "CO-EXEMPLE", "CO-AUTRE", "office: CO-EXEMPLE", "office: CO-AUTRE"),
        ("admin_office", "CO-EXEMPLE", "CO: x # y", "office: CO-EXEMPLE", 'office: "CO: x # y"'),
        ("admin_office", "CO-EXEMPLE", "2024", "office: CO-EXEMPLE", 'office: "2024"'),
        ("title", "Mains libres : un exemple", 'Mains "libres"', ": un exemple", '"'),
        ("evaluators", "B. Modèle, C. Fictive", "B. Modèle, D. Fictive", "C. Fictive", "D. Fictive"),
        ("evaluators", "B. Modèle, C. Fictive", "C. Fictive", "[B. Modèle, C. Fictive]", "[C. Fictive]"),
        ("tech_offices", "DWT-EXEMPLE, DWT-AUTRE", "DWT-AUTRE", "  - DWT-EXEMPLE\n", ""),
        ("tech_offices", "DWT-EXEMPLE, DWT-AUTRE", "DWT-EXEMPLE, DWT-X", "  - DWT-AUTRE\n", "  - DWT-X\n"),
        ("timing", "Mi-parcours", "Finale", "mid_term", "final"),
        ("date_completed", "14 mars 2025", "15 avril 2025", "2025-03-14", "2025-04-15"),
    ],
)
def test_nothing_but_the_value_is_written(key: str, old: str, new: str, was: str, becomes: str, labels: dict) -> None:
    expected = CONTENT.replace(was, becomes)
    if key == "title":
        expected = CONTENT.replace("Mains libres : un exemple", 'Mains \\"libres\\"')
    assert with_fact(CONTENT, key, old, new, labels) == expected


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("managers", "A. Exemple", "A. Exemple, PhD"),
        ("evaluators", "B. Modèle, C. Fictive", "B. Modèle, PhD"),
        ("evaluators", "B. Modèle, C. Fictive", "C. Fictive, B. Modèle, D. Autre"),
        ("admin_office", "CO-ANCIEN", "CO-AUTRE"),
    ],
)
def test_what_may_mean_something_else_is_left(key: str, old: str, new: str, labels: dict) -> None:
    assert with_fact(CONTENT, key, old, new, labels) is None
