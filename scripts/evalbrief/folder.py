"""What the folder of an evaluation, data/{evaluation}/, holds by which name.

The rules read this file: standard library only.
"""

from pathlib import Path

DATA = Path("data")
SCHEMAS = DATA / "schemas"
# An evaluation is named by its folder, and every path of what is made of it holds that name.
EVALUATION_NAME = "[a-z0-9][a-z0-9_-]*"
# A language is named by its code, such as fr.
LANGUAGE = "[A-Za-z_-]+"
FACTS = "evaluation.yaml"
FORMULAS = "values.yaml"
# Which text each translation was made from; nothing is built from it.
TRANSLATIONS = "translations.yaml"
# What came from elsewhere, and when; nothing is built from it.
FETCHED = "fetched.json"
# The drafts that were issued, one file each; nothing is built from them.
DRAFTS = "drafts"
# What compares two drafts, in the folder of what was made.
REVIEW = "review"


def evaluations() -> list[str]:
    """List the evaluations there are, by name."""
    return sorted(path.parent.name for path in DATA.glob(f"*/{FACTS}"))


def languages(evaluation: str) -> list[str]:
    """List the languages an evaluation has a folder of texts in."""
    return sorted(path.name for path in (DATA / evaluation / "text").glob("*") if path.is_dir())


def data_files(evaluation: str) -> list[str]:
    """List what the model of an evaluation is made from: its facts, its formulas, its tables."""
    folder = DATA / evaluation
    named = [path for path in (folder / FACTS, folder / FORMULAS) if path.exists()]
    return [path.as_posix() for path in [*named, *sorted(folder.glob("*.csv"))]]


def text_files(evaluation: str, language: str) -> list[str]:
    """List the sections of an evaluation's text in a language."""
    return [path.as_posix() for path in sorted((DATA / evaluation / "text" / language).glob("*.md"))]
