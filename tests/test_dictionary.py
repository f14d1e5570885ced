"""The data dictionary says what the rules check today."""

from pathlib import Path

from evalbrief.data.dictionary import data_dictionary
from evalbrief.data.evaluation import Evaluation
from evalbrief.data.schema import read_schemas

ROOT = Path(__file__).parents[1]


def test_the_dictionary_is_fresh(labels: dict, golden) -> None:
    golden(ROOT / "data/dictionary.md", data_dictionary(read_schemas(ROOT / "data/schemas"), labels["vocabulary"]))


def test_everything_has_its_reason(labels: dict) -> None:
    text = data_dictionary(read_schemas(ROOT / "data/schemas"), labels["vocabulary"])
    assert not [line for line in text.splitlines() if line.startswith("| `") and line.endswith("|  |")]
    assert all(f"| `{name}` |" in text for name in Evaluation.model_fields)
    assert "None" not in text
