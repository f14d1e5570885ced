"""Read the files that hold the office's words: one label file a language, one theme an office."""

from pathlib import Path

from ruamel.yaml import YAML


def read_labels(path: str | Path) -> dict:
    """Read a label file or theme as plain dictionaries, lists and strings."""
    return YAML(typ="safe").load(Path(path).read_text(encoding="utf-8"))
