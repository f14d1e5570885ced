"""Read the words and sentences that invented evaluations are put together from; a phrase is a text by language."""

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent / "phrases"
LANGUAGES: tuple[str, ...] = ("fr", "en", "es")

Phrase = dict[str, str]


@cache
def read_phrases(name: str) -> dict[str, Any]:
    """Read one file of phrases by its name."""
    return YAML(typ="safe").load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
