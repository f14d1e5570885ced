"""Which figures and tables a brief can have, the tables of the model each reads, and the section it belongs to.

The rules read this file: standard library only.
"""

from collections.abc import Callable, Mapping, Sequence

FIGURES = {
    "timeline": ["milestones"],
    "geography": ["geography", "involvement"],
    "interviews": ["interviews"],
    "ratings": ["ratings", "criteria", "rating_scale"],
    "targets": ["achievements", "indicators"],
    "survey": ["survey", "survey_scale"],
    "budget": ["budget", "outcomes"],
    "recommendations": ["recommendations"],
}
TABLES = {
    "results": ["results", "criteria"],
    "evidence": ["evidence"],
    "interviews": ["interviews"],
    "indicators": ["achievements", "indicators"],
    "ratings": ["ratings", "criteria", "rating_scale"],
    "budget": ["budget", "outcomes"],
    "follow_up": ["recommendations"],
}

# Rows the first table must have: a figure compares, so a single row makes none.
FEWEST_FIGURE_ROWS = 2
FEWEST_TABLE_ROWS = 1

# Where a figure or table goes that the text does not place; None: only where the text asks, for a figure says the same.
FIGURE_SECTIONS = {
    "timeline": "purpose",
    "geography": "logic",
    "interviews": "method",
    "ratings": "findings",
    "targets": "effectiveness",
    "survey": "effectiveness",
    "budget": "efficiency",
    "recommendations": "recommendations",
}
TABLE_SECTIONS = {
    "results": "effectiveness",
    "evidence": "method",
    "interviews": None,
    "indicators": None,
    "ratings": None,
    "budget": None,
    "follow_up": None,
}

# Figures and tables that show numbers of people and so must hide small ones.
SMALL_NUMBERS = {"interviews", "survey"}
# What each says in words of the office's lists, and which name countries: a changed word draws no other anew.
VOCABULARIES = {
    "timeline": ["strand"],
    "recommendations": ["level"],
    "follow_up": ["level", "response", "progress"],
}
NAMING_COUNTRIES = {"geography", "targets", "indicators"}


def held(catalogue: Mapping[str, Sequence[str]], fewest_rows: int, count_rows: Callable[[str], int]) -> list[str]:
    """List what of a catalogue an evaluation has data for, by the rows of the first table that each reads."""
    return [name for name, tables in catalogue.items() if count_rows(tables[0]) >= fewest_rows]
