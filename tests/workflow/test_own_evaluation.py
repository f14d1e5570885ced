"""An evaluation of one's own, made as README says from a copy of the demo: data and text only, no code."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from ruamel.yaml import YAML
from workflow.project import ROOT, Project

Row = dict[str, str]
CRITERIA = ["relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability", "human_rights_gender"]


def edit(path: Path, change: Callable[[list[Row]], list[Row]]) -> None:
    """Change the rows of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = change(list(csv.DictReader(file)))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def in_per_cent(rows: list[Row]) -> list[Row]:
    """Put ratings from 1 to 6 on a scale in per cent."""
    return [
        row | {name: str(int(row[name]) * 15) for name in ("rating", "evidence_strength") if row[name]} for row in rows
    ]


def twenty(rows: list[Row]) -> list[Row]:
    """Make twenty recommendations of a few."""
    return [rows[number % len(rows)] | {"key": f"recommendation_{number + 1}"} for number in range(20)]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with an evaluation of nine criteria, ratings in per cent, two donors and codes, and no lessons."""
    folder = tmp_path_factory.mktemp("own") / "project"
    project = Project.create(folder, my_evaluation=ROOT / "data" / "demo")
    data = project.path("data/my_evaluation")
    yaml = YAML()
    facts = yaml.load(data / "evaluation.yaml")
    facts["criteria"] = [*CRITERIA, "conflict_sensitivity", {"key": "own_1", "fr": "Partenariats nouveaux"}]
    facts["rating_scale"] = {"lowest": 0, "highest": 100, "unit": "percent"}
    facts["donors"].append({"name": {"fr": "Second donateur"}, "amount": 250000, "currency": "USD"})
    facts["codes"] = ["RAF/00/00/XXX", "GLO/00/01/YYY"]
    yaml.dump(facts, data / "evaluation.yaml")
    edit(data / "ratings.csv", in_per_cent)
    edit(data / "recommendations.csv", twenty)
    (data / "lessons.csv").unlink()
    for section, text in {
        "conflict_sensitivity": "Rien n'a aggravé les tensions.",
        "own_1": "Des partenariats sont nés.",
        "lessons": "Seules de bonnes pratiques sont retenues.",
    }.items():
        (data / "text" / "fr" / f"{section}.md").write_text(text + "\n", encoding="utf-8")
    for language in ("en", "es"):
        shutil.rmtree(data / "text" / language)
    run = project.build()
    assert run.returncode == 0, run.stderr
    return project


def test_own_evaluation_is_built(own: Project) -> None:
    reader = PdfReader(own.path("build/my_evaluation/brief.fr.pdf"))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for words in (
        "Recommandation 20.",
        "Partenariats nouveaux",
        "Sensibilité aux conflits",
        "Second donateur, USD 250 000".replace(" 250 000", "\u00a0250\u202f000"),
        "GLO/00/01/YYY",
    ):
        assert words in text or words.replace("\u202f", " ").replace("\u00a0", " ") in text, words
    assert "Leçon apprise 1" not in text


def test_ratings_in_per_cent_are_drawn_so(own: Project) -> None:
    with own.path("build/my_evaluation/figures/ratings.fr.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["rating"] == "75"
    assert "75" in own.path("build/my_evaluation/figures/ratings.fr.svg").read_text(encoding="utf-8")
