"""Read a label file: every word of the brief in one language that is not somebody's text."""

from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML

LABELS = Path("templates/labels")


def label_file(language: str) -> Path:
    """Name the label file of a language."""
    return LABELS / f"{language}.yaml"


def read_labels(path: str | Path) -> dict:
    """Read a label file as plain dictionaries, lists and strings."""
    return YAML(typ="safe").load(Path(path).read_text(encoding="utf-8"))


def locale_of(labels: Mapping) -> str:
    """Give the locale of Unicode CLDR that a label file writes numbers and dates in, such as en_GB."""
    return f"{labels['language']}_{labels['region']}"
