"""Invent the tables of an evaluation: the numbers by chance, the words from the phrases."""

from collections.abc import Callable
from random import Random
from typing import Any

from phrases import Phrase, read_phrases

# A row by column; a Phrase becomes one column for each language.
Row = dict[str, Any]
Tables = dict[str, list[Row]]

LEVELS = ("high", "medium", "low")
# How often an evaluation has the tables that not every one has.
SHARES = {"geography": 0.85, "interviews": 0.85, "results": 0.85, "budget": 0.65, "ratings": 0.65, "achievements": 0.6}
SURVEY_SHARE = 0.5


def invent_tables(rng: Random, countries: list[str], criteria: list[str], start: int) -> Tables:
    """Invent all tables of an evaluation whose project starts in the year `start`."""
    rows = read_phrases("rows")
    outcomes = _some(rng, rows["outcomes"], 2, 4)
    tables: Tables = {"outcomes": [{"key": key, "label": label} for key, label in outcomes.items()]}
    tables["milestones"] = _milestones(rng, rows, start)
    tables["evidence"] = _evidence(rng, rows)
    tables["findings"] = _findings(rng, criteria)
    tables |= _advice(rng, criteria, [row["key"] for row in tables["findings"]])
    invented: dict[str, Callable[[], Tables]] = {
        "geography": lambda: _geography(rng, rows, countries),
        "interviews": lambda: {"interviews": _interviews(rng, rows, countries)},
        "results": lambda: {"results": _results(rng, rows)},
        "budget": lambda: {"budget": _budget(rng, list(outcomes), start)},
        "ratings": lambda: {"ratings": _ratings(rng, rows, criteria)},
        "achievements": lambda: _achievements(rng, rows, list(outcomes), countries, start),
    }
    for name, share in SHARES.items():
        if rng.random() < share:
            tables |= invented[name]()
    if rng.random() < SURVEY_SHARE:
        tables |= _survey(rng, rows)
    return tables


def _some(rng: Random, phrases: dict[str, Any], fewest: int, most: int) -> dict[str, Any]:
    """Choose some phrases by chance, in their order."""
    chosen = set(rng.sample(list(phrases), rng.randint(fewest, min(most, len(phrases)))))
    return {key: phrase for key, phrase in phrases.items() if key in chosen}


def _milestones(rng: Random, rows: dict[str, Any], start: int) -> list[Row]:
    end, turn = start + rng.randint(3, 5), start + 2
    visits, day = rng.randint(1, 6), rng.randint(1, 12)
    dates = {
        "project": (f"{start}-01", f"{end}-12"),
        "inception": (f"{start}-01", f"{start}-{rng.randint(4, 9):02}"),
        "pilots": (f"{start}-{rng.randint(9, 12):02}", f"{turn}-{rng.randint(1, 6):02}"),
        "scaling": (f"{turn}-07", f"{end}-{rng.randint(6, 11):02}"),
        "desk_review": (f"{turn}-08-{day:02}", f"{turn}-11-{day:02}"),
        "field_visits": (f"{turn}-11-{day + 5:02}", f"{turn}-12-{day + 3:02}"),
        "workshop": (f"{turn + 1}-{visits:02}-{day:02}", None),
        "report": (f"{turn + 1}-{visits + 2:02}-{day + 10:02}", None),
    }
    strands = {"project": "project", "inception": "project", "pilots": "project", "scaling": "project"}
    return [
        {"key": key, "strand": strands.get(key, "evaluation"), "label": rows["milestones"][key], "start": a, "end": b}
        for key, (a, b) in dates.items()
    ]


def _evidence(rng: Random, rows: dict[str, Any]) -> list[Row]:
    others = _some(rng, {key: label for key, label in rows["evidence"].items() if key != "documents"}, 1, 4)
    return [
        {
            "key": key,
            "label": label,
            "count": rng.randint(3, 120),
            "approximate": "yes" if rng.random() < 0.2 else None,
            "note": rows["evidence_notes"][key],
        }
        for key, label in ({"documents": rows["evidence"]["documents"]} | others).items()
    ]


def _findings(rng: Random, criteria: list[str]) -> list[Row]:
    fitting = {
        key: found for key, found in read_phrases("advice")["findings"].items() if found["criterion"] in criteria
    }
    return [
        {"key": key, "criterion": found["criterion"], "text": _words(found)}
        for key, found in _some(rng, fitting, 3, 8).items()
    ]


def _words(phrase: dict[str, str]) -> Phrase:
    """Take only the texts by language of an entry that also says something else."""
    return {language: text for language, text in phrase.items() if len(language) == 2}


def _advice(rng: Random, criteria: list[str], findings: list[str]) -> Tables:
    advice, rows = read_phrases("advice"), read_phrases("rows")
    recommendations = [
        {
            "key": key,
            "text": text,
            "addressee": rng.choice(list(rows["addressees"].values())),
            "priority": rng.choice(LEVELS),
            "resources": rng.choice(LEVELS),
            "time_frame": rng.choice(list(rows["time_frames"].values())),
            "criteria": ";".join(sorted(rng.sample(criteria, rng.randint(1, 2)), key=criteria.index)),
            "findings": rng.choice(findings),
            "response": rng.choice(("accepted", "accepted", "partially_accepted", "rejected")),
            "progress": rng.choice(("not_started", "in_progress", "completed")),
            "action_plan": rng.choice(list(advice["action_plans"].values())),
        }
        for key, text in _some(rng, advice["recommendations"], 4, 10).items()
    ]
    lessons = [{"key": key, **fields} for key, fields in _some(rng, advice["lessons"], 1, 3).items()]
    practices = [{"key": key, **fields} for key, fields in _some(rng, advice["practices"], 1, 2).items()]
    return {"recommendations": recommendations, "lessons": lessons, "practices": practices}


def _geography(rng: Random, rows: dict[str, Any], countries: list[str]) -> Tables:
    kinds = _some(rng, rows["involvement"], 2, 4)
    pairs = [(country, kind) for country in countries for kind in kinds]
    # Every kind and every country at least once, the rest by chance.
    kept = {*zip(countries, list(kinds) * len(countries), strict=False), *((countries[0], kind) for kind in kinds)}
    return {
        "involvement": [{"key": key, "label": label} for key, label in kinds.items()],
        "geography": [
            {"country": country, "involvement": kind}
            for country, kind in pairs
            if (country, kind) in kept or rng.random() < 0.4
        ],
    }


def _interviews(rng: Random, rows: dict[str, Any], countries: list[str]) -> list[Row]:
    met = []
    for group, label in _some(rng, rows["groups"], 3, 6).items():
        for country in countries:
            women, men = rng.randint(1, 14), rng.randint(1, 14)
            held = rng.randint(1, women + men)
            numbers = {"interviews": held, "people": women + men, "women": women, "men": men}
            met.append({"group": group, "label": label, "country": country, **numbers})
    return met


def _results(rng: Random, rows: dict[str, Any]) -> list[Row]:
    always = {key: rows["results"][key] for key in ("partners", "trained")}
    others = {key: label for key, label in rows["results"].items() if key not in always}
    criteria = ("relevance", "effectiveness", "efficiency")
    return [
        {
            "key": key,
            "label": label,
            "value": rng.choice((rng.randint(3, 90), rng.randint(100, 4000), rng.randint(10, 99) / 10)),
            "approximate": "yes" if rng.random() < 0.2 else None,
            "unit": rows["result_units"][key],
            "criterion": rng.choice(criteria),
            "period": rows["period"],
        }
        for key, label in (always | _some(rng, others, 1, 6)).items()
    ]


def _budget(rng: Random, outcomes: list[str], start: int) -> list[Row]:
    spent = []
    for outcome in outcomes:
        for year in range(start, start + rng.randint(2, 3)):
            budget = rng.randint(40, 400) * 1000
            row = {"outcome": outcome, "year": year, "currency": "EUR", "budget": budget}
            spent.append({**row, "expenditure": round(budget * rng.uniform(0.6, 1.08) / 100) * 100})
    return spent


def _ratings(rng: Random, rows: dict[str, Any], criteria: list[str]) -> list[Row]:
    rated = []
    for criterion in criteria:
        rating = rng.randint(2, 6)
        why = "low" if rating < 3 else "middle" if rating < 5 else "high"
        strength = rng.choice((None, rng.randint(2, 6)))
        row = {"criterion": criterion, "rating": rating, "evidence_strength": strength}
        rated.append({**row, "justification": rows["justifications"][why]})
    return rated


def _achievements(rng: Random, rows: dict[str, Any], outcomes: list[str], countries: list[str], start: int) -> Tables:
    indicators, values = [], []
    for key, label in _some(rng, rows["indicators"], 3, 8).items():
        indicator = {"key": key, "outcome": rng.choice(outcomes), "label": label, "unit": rows["units"][key]}
        indicators.append({**indicator, "baseline": rng.choice((None, 0, rng.randint(1, 30)))})
        for country in rng.choice(([None], countries)):
            target = rng.randint(10, 120)
            for year in range(start, start + 3):
                target += rng.randint(5, 60)
                actual = round(target * rng.uniform(0.5, 1.2))
                value = {"indicator": key, "country": country, "year": year}
                values.append({**value, "target": target, "actual": actual})
    return {"indicators": indicators, "achievements": values}


def _survey(rng: Random, rows: dict[str, Any]) -> Tables:
    others = {key: label for key, label in rows["questions"].items() if key != "needs"}
    questions = {"needs": rows["questions"]["needs"]} | _some(rng, others, 1, 5)
    return {
        "survey_scale": [{"level": level, "label": label} for level, label in rows["levels"].items()],
        "survey": [
            {"question": key, "label": label, "level": level, "respondents": rng.randint(2, 70)}
            for key, label in questions.items()
            for level in rows["levels"]
        ],
    }
