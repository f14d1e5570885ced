"""Find the evaluations in data/, their documents in build/, and what is wrong with what people wrote."""

import re
from collections.abc import Collection
from pathlib import Path

from evalbrief.catalogue import FIGURES, TABLES
from evalbrief.delivery import FORMATS, record_path
from evalbrief.settings import EVALUATION_NAME
from evalbrief.text.check import check_texts
from evalbrief.text.labels import read_labels

EVALUATION = "evaluation.yaml"
DATA, BUILD = Path("data"), Path("build")
SCHEMAS = DATA / "schemas"
LABELS = Path("templates/labels")


class Unknown(Exception):
    """Somebody asked for an evaluation or a language that is not there."""


def find_evaluations(only: Collection[str] = ()) -> list[str]:
    """Return the names of all evaluations, or those of `only`; raise Unknown when there is nothing to work on."""
    names = sorted(path.parent.name for path in DATA.glob(f"*/{EVALUATION}"))
    if not names:
        raise Unknown(f"There is no evaluation yet: an evaluation is a folder in data/ with a file {EVALUATION}.")
    unknown = sorted(set(only) - set(names))
    if unknown:
        raise Unknown(f"data/ has no evaluation named {', '.join(unknown)}; it has: {', '.join(names)}.")
    return [name for name in names if not only or name in only]


def find_languages(evaluation: str, only: Collection[str] = ()) -> list[str]:
    """Return the languages an evaluation has texts in, or those of `only` among them."""
    folders = sorted(path.name for path in (DATA / evaluation / "text").glob("*") if path.is_dir())
    return [name for name in folders if not only or name in only]


def find_documents(evaluations: Collection[str], languages: Collection[str] = ()) -> list[str]:
    """Return the paths of the documents to make, evaluation by evaluation."""
    documents = [
        f"{BUILD}/{evaluation}/brief.{language}.{suffix}"
        for evaluation in evaluations
        for language in find_languages(evaluation, languages)
        for suffix in FORMATS
    ]
    if evaluations and not documents:
        raise Unknown(f"No text is written in the language {', '.join(languages)}.")
    return documents


def find_records(documents: Collection[str]) -> list[str]:
    """Return the records of the deliveries that these documents belong to, which is what Snakemake is asked for."""
    briefs = [(Path(path).parent.name, Path(path).name.split(".")[1]) for path in documents]
    return list(dict.fromkeys(record_path(*brief) for brief in briefs))


def find_orphans() -> list[str]:
    """Return the names of folders in build/ whose evaluation is no longer in data/."""
    built = {path.parent.name for pattern in ("*/model", "*/brief.*") for path in BUILD.glob(pattern)}
    return sorted(name for name in built if not (DATA / name / EVALUATION).exists())


def find_stale_documents() -> list[str]:
    """Return the documents in languages that their evaluation no longer has a text in."""
    briefs = [path for suffix in FORMATS for path in BUILD.glob(f"*/brief.*.{suffix}") if path.name.count(".") == 2]
    return sorted(
        path.as_posix()
        for path in briefs
        if (DATA / path.parent.name / EVALUATION).exists()
        and path.name.split(".")[1] not in find_languages(path.parent.name)
    )


def find_problems(evaluation: str) -> list[str]:
    """Check the data and the texts of one evaluation in all its languages; return what is wrong, one sentence each."""
    folder = DATA / evaluation
    if not re.fullmatch(EVALUATION_NAME, evaluation):
        return [f'{folder}: name the folder with the letters a to z in lower case, digits, "_" and "-" only.']
    languages = find_languages(evaluation)
    if not languages:
        return [f"{folder}/text: no language has a folder here yet, such as text/fr."]
    return list(dict.fromkeys(message for language in languages for message in _problems_in(folder, language)))


def _problems_in(folder: Path, language: str) -> list[str]:
    labels = LABELS / f"{language}.yaml"
    if not labels.exists():
        known = ", ".join(sorted(path.stem for path in LABELS.glob("*.yaml")))
        return [f"{folder}/text/{language}: there is no label file {labels}. Languages with one: {known}."]
    return [problem.message for problem in check_texts(folder, SCHEMAS, read_labels(labels), FIGURES, TABLES)]
