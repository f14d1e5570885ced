"""Fixtures of all tests: the tiny evaluation, the way from its data to its tree, and the golden files."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from build_context import build_context
from check_data import check_data
from evalbrief import catalogue
from evalbrief.text.labels import read_labels
from evalbrief.theme import as_office_says, in_language, read_theme, word
from parse_source import parse_source
from render_source import render_source

ROOT = Path(__file__).parents[1]
THEME = "templates/themes/ilo.yaml"
FIGURE_WORDS = {"caption": "Figure « {} »", "source": "données fictives.", "alt": "Image de {} : 1 < 2 & 3."}
TABLE_WORDS = {
    "caption": "Tableau {}",
    "source": None,
    "summary": "Résumé de {} : deux colonnes.",
    "columns": [
        {"key": "label", "label": "Libellé", "align": "left", "width": 0.6},
        {"key": "value", "label": "Valeur", "align": "right", "width": 0.4},
    ],
    "rows": [["L'école | *nouvelle*", "2"], [None, "3 %"]],
    "numbers": [[None, "2"], [None, "3"]],
    "total": False,
    "sortable": True,
    "row_header": True,
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that accepts what the project makes today as right."""
    parser.addoption("--update", action="store_true", help="rewrite the golden files and data/dictionary.md")


@pytest.fixture(scope="session")
def labels() -> dict:
    """The French label file, as the first office uses it."""
    return as_office_says(read_labels(ROOT / "templates/labels/fr.yaml"), read_theme(ROOT / THEME))


@pytest.fixture(scope="session")
def theme() -> dict:
    """The office's theme, in French."""
    return in_language(read_theme(ROOT / THEME), "fr")


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the tiny evaluation, as data/tiny of an otherwise empty project."""
    return Path(shutil.copytree(ROOT / "tests/data/tiny", tmp_path / "data/tiny"))


@pytest.fixture(scope="session")
def chain(labels: dict, theme: dict) -> Callable[[Path, Path], Path]:
    """A function that takes an evaluation's folder through all steps to its tree; figures and tables are stand-ins."""

    def run(evaluation: Path, output: Path) -> Path:
        model, vocabulary = output / "model", labels["vocabulary"]
        schemas = str(ROOT / "data/schemas")
        check_data(folder=str(evaluation), schemas=schemas, vocabulary=vocabulary, language="fr", model=str(model))
        context = output / "context.json"
        build_context(
            model=str(model), schemas=schemas, evaluation=evaluation.name, vocabulary=vocabulary, output=str(context)
        )
        rows = json.loads(context.read_text(encoding="utf-8"))["rows"]

        def held(kind: dict, fewest: int) -> list[str]:
            return catalogue.held(kind, fewest, lambda table: len(rows[table]))

        figures = _stand_ins(output / "figures", held(catalogue.FIGURES, catalogue.FEWEST_FIGURE_ROWS), FIGURE_WORDS)
        tables = _stand_ins(output / "tables", held(catalogue.TABLES, catalogue.FEWEST_TABLE_ROWS), TABLE_WORDS)
        render_source(
            context=str(context),
            texts=str(evaluation / "text/fr"),
            templates=str(ROOT / "templates"),
            figures=figures,
            tables=tables,
            figure_sections=catalogue.FIGURE_SECTIONS,
            table_sections=catalogue.TABLE_SECTIONS,
            disclaimer=word(theme, "disclaimer", "fr"),
            labels=labels,
            source=str(output / "brief.md"),
        )
        parse_source(
            source=str(output / "brief.md"),
            tables=tables,
            context=str(context),
            labels=labels,
            theme=theme,
            tree=str(output / "brief.json"),
        )
        return output

    return run


def _stand_ins(folder: Path, names: list[str], words: dict) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.fr.json" for name in names]
    for path in paths:
        name = path.name.partition(".")[0]
        filled = {key: text.format(name) if isinstance(text, str) else text for key, text in words.items()}
        path.write_text(json.dumps(filled), encoding="utf-8")
    return [str(path) for path in paths]


@pytest.fixture(scope="session")
def built(chain: Callable, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with all that is made of the tiny evaluation: context.json, brief.md, brief.json. Read only."""
    return chain(ROOT / "tests/data/tiny", tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="session")
def tree(built: Path) -> dict:
    """The tree of the tiny evaluation. Read only."""
    return json.loads((built / "brief.json").read_text(encoding="utf-8"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """A function that compares a text with a file kept in the project, or with --update keeps it there."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        kept = path.read_text(encoding="utf-8") if path.exists() else ""
        assert text == kept, f"{path.relative_to(ROOT)} is not what is made today; accept it with pytest --update"

    return compare
