"""What the folder of an evaluation, data/{evaluation}/, holds by which name.

The rules read this file: standard library only.
"""

import re
from pathlib import Path

DATA = Path("data")
SCHEMAS = DATA / "schemas"
# An evaluation is named by its folder, and every path of what is made of it holds that name.
EVALUATION_NAME = "[a-z0-9][a-z0-9_-]*"
# A language is named by its code, such as fr.
LANGUAGE = "[A-Za-z_-]+"
FACTS = "evaluation.yaml"
# What a file is called that was to be evaluation.yaml: Windows hides the last ending of a name.
LIKE_FACTS = re.compile(r"evaluation.*\.ya?ml(\.\w+)?|evaluation\.txt", re.IGNORECASE)
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


def without_facts() -> dict[str, list[str]]:
    """Tell which folders are meant as an evaluation but have no evaluation.yaml, and which files of each may be it.

    A folder without any such file, tables or texts is none.
    """
    tables = {f"{path.stem}.csv" for path in SCHEMAS.glob("*.yaml")}
    found = {}
    for place in sorted(DATA.glob("*")):
        if place == SCHEMAS or not place.is_dir() or (place / FACTS).exists():
            continue
        names = sorted(path.name for path in place.iterdir())
        like = [name for name in names if LIKE_FACTS.fullmatch(name)]
        if like or "text" in names or tables.intersection(names):
            found[place.name] = like
    return found


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
