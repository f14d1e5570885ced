"""Check everything people wrote about one evaluation in one language: data, formulas and text sections."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from evalbrief.catalogue import FEWEST_FIGURE_ROWS, FEWEST_TABLE_ROWS, held
from evalbrief.data.check import CheckedEvaluation, check_evaluation
from evalbrief.data.model import write_model
from evalbrief.data.problem import DataProblems, Problem
from evalbrief.data.schema import Table
from evalbrief.text.checked_sections import checked_sections
from evalbrief.text.context import context
from evalbrief.text.faults import Known
from evalbrief.text.placing import TABLE_SUFFIX
from evalbrief.text.sections import FRAME, SECTIONS


def check_texts(
    folder: str | Path,
    schemas: dict[str, Table],
    labels: Mapping,
    figures: Mapping[str, list[str]],
    tables: Mapping[str, list[str]],
) -> list[Problem]:
    """Find all there is to correct in the folder data/{evaluation}, in the language of the label file `labels`.

    `figures` and `tables` are the catalogues: what a brief can have, by the tables of the model each needs. Nothing is
    written. While the data is wrong, the texts are checked for what needs no data.
    """
    folder = Path(folder)
    texts = folder / "text" / labels["language"]
    try:
        checked = check_evaluation(folder, schemas, labels["vocabulary"], labels["language"])
        content = _context_of(checked, schemas, labels, folder.name)
    except DataProblems as found:
        return DataProblems([*found.problems, *checked_sections(texts, None, labels, None)[1]]).problems

    def count_rows(table: str) -> int:
        return len(content["rows"][table])

    placed_tables = [f"{name}{TABLE_SUFFIX}" for name in held(tables, FEWEST_TABLE_ROWS, count_rows)]
    known = Known(content["values"], held(figures, FEWEST_FIGURE_ROWS, count_rows), placed_tables)
    keys = [heading["key"] for heading in content["headings"]]
    file, hint = f"data/{folder.name}/evaluation.yaml", "Choose another key."
    taken = [key for key in keys if key in SECTIONS or key in FRAME]
    problems = [Problem(file, "criteria", f'"{key}" is the name of a section.', hint) for key in taken]
    return DataProblems([*problems, *checked_sections(texts, keys, labels, known)[1]]).problems


def _context_of(checked: CheckedEvaluation, schemas: dict[str, Table], labels: Mapping, evaluation: str) -> dict:
    vocabulary = {name: list(words) for name, words in labels["vocabulary"].items()}
    with TemporaryDirectory() as model:
        write_model(checked, schemas, labels["language"], model)
        return context(model, schemas, evaluation, vocabulary)
