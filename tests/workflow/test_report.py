"""Snakemake's own report: of each evaluation its documents, figures and tables by language, in words for an office."""

import json
import re
from typing import Any

import pytest
from workflow.project import Project

FORMATS = {"pdf": "PDF", "docx": "Word", "html": "Web page"}


@pytest.fixture(scope="module")
def project_of_office(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The built project in a folder with a space and an accent in its name."""
    return built.copy(tmp_path_factory.mktemp("report") / "projet d'été")


@pytest.fixture(scope="module")
def report(project_of_office: Project) -> str:
    """The report, made without a network: a proxy that is not there."""
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    run = project_of_office.build("--report", "build/report.html", **nowhere)
    assert run.returncode == 0, run.stderr
    return project_of_office.path("build/report.html").read_text(encoding="utf-8")


def read_variable(report: str, name: str) -> Any:
    """Read what a page of a report keeps in a variable, as JSON."""
    found = re.search(rf"^\s*var {name} = (?={{)", report, re.MULTILINE)
    assert found, name
    return json.JSONDecoder().raw_decode(report, found.end())[0]


def test_each_evaluation_has_its_documents_figures_and_tables(report: str, project_of_office: Project) -> None:
    categories = read_variable(report, "categories")
    build = project_of_office.path("build/tiny")
    assert list(categories) == ["tiny"]
    assert {name: set(paths) for name, paths in categories["tiny"].items()} == {
        "Documents (fr)": {f"build/tiny/rendered/brief.fr.{ending}" for ending in FORMATS},
        "Figures (fr)": {f"build/tiny/figures/{path.name}" for path in build.glob("figures/*.png")},
        "Tables (fr)": {f"build/tiny/tables/{path.name}" for path in build.glob("tables/*.csv")},
    }


def test_each_is_shown_with_its_caption(report: str, project_of_office: Project) -> None:
    for path, result in read_variable(report, "results").items():
        file = project_of_office.path(path)
        words = file.with_suffix(".json")
        if words.exists():
            assert result["labels"] == {"Caption": json.loads(words.read_text(encoding="utf-8"))["caption"]}
        else:
            assert result["labels"] == {"Format": FORMATS[file.suffix[1:]]}
        caption = re.sub(r"<[^>]+>", "", result["caption"])
        assert "tiny" in caption and "{" not in caption, path


def test_it_opens_with_a_description(report: str) -> None:
    assert "Each evaluation in the menu has its brief" in report


def test_it_makes_nothing_anew(report: str, project_of_office: Project) -> None:
    assert report
    run = project_of_office.build("--dry-run")
    assert "Nothing to be done" in run.stdout + run.stderr
