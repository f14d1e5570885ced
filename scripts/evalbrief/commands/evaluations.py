"""Find the evaluations in data/, their documents in build/, and what is wrong with what people wrote."""

import re
from collections.abc import Collection
from pathlib import Path

from evalbrief import folder
from evalbrief.catalogue import FIGURES, TABLES
from evalbrief.commands.office import label_faults, office, theme_file
from evalbrief.data.evaluation import read_evaluation
from evalbrief.delivery import FORMATS, record_path
from evalbrief.folder import DATA, EVALUATION_NAME, FACTS, SCHEMAS
from evalbrief.text.check import check_texts
from evalbrief.text.labels import LABELS, label_file, read_labels
from evalbrief.theme import as_office_says

BUILD = Path("build")
# An evaluation in one of its languages.
Brief = tuple[str, str]


class Unknown(Exception):
    """Somebody asked for an evaluation or a language that is not there."""


def find_evaluations(only: Collection[str] = ()) -> list[str]:
    """Return the names of all evaluations, or those of `only`; raise Unknown when there is nothing to work on."""
    names = folder.evaluations()
    if not names:
        raise Unknown(f"There is no evaluation yet: an evaluation is a folder in data/ with a file {FACTS}.")
    unknown = sorted(set(only) - set(names))
    if unknown:
        raise Unknown(f"data/ has no evaluation named {', '.join(unknown)}; it has: {', '.join(names)}.")
    return [name for name in names if not only or name in only]


def find_languages(evaluation: str, only: Collection[str] = ()) -> list[str]:
    """Return the languages an evaluation has texts in, or those of `only` among them."""
    return [name for name in folder.languages(evaluation) if not only or name in only]


def original_language(evaluation: str) -> str:
    """Return the language an evaluation's text was written in: as it says, or its only one; else nothing."""
    facts, _ = read_evaluation(DATA / evaluation / FACTS, FACTS)
    languages = find_languages(evaluation)
    named = facts.original if facts else None
    return named or (languages[0] if len(languages) == 1 else "")


def find_documents(briefs: Collection[Brief]) -> list[str]:
    """Return the paths of the documents to make, brief by brief."""
    return [f"{BUILD}/{evaluation}/brief.{language}.{suffix}" for evaluation, language in briefs for suffix in FORMATS]


def find_records(documents: Collection[str]) -> list[str]:
    """Return the records of the deliveries that these documents belong to, which is what Snakemake is asked for."""
    return list(dict.fromkeys(record_path(*brief_of(path)) for path in documents))


def brief_of(document: str) -> Brief:
    """Tell which brief a document is of."""
    return Path(document).parent.name, Path(document).name.split(".")[1]


def find_orphans() -> list[str]:
    """Return the names of folders in build/ whose evaluation is no longer in data/."""
    built = {path.parent.name for pattern in ("*/model", "*/brief.*") for path in BUILD.glob(pattern)}
    return sorted(name for name in built if not (DATA / name / FACTS).exists())


def find_stale_documents() -> list[str]:
    """Return the documents in languages that their evaluation no longer has a text in."""
    briefs = [path for suffix in FORMATS for path in BUILD.glob(f"*/brief.*.{suffix}") if path.name.count(".") == 2]
    return sorted(
        path.as_posix()
        for path in briefs
        if (DATA / path.parent.name / FACTS).exists()
        and brief_of(path.as_posix())[1] not in find_languages(path.parent.name)
    )


def find_problems(evaluation: str, languages: Collection[str] = ()) -> dict[str, list[str]]:
    """Check the data and the texts of one evaluation; return what is wrong in each language, one sentence each.

    What is wrong with the evaluation as a whole has the language "".
    """
    place = DATA / evaluation
    if not re.fullmatch(EVALUATION_NAME, evaluation):
        return {"": [f'{place}: name the folder with the letters a to z in lower case, digits, "_" and "-" only.']}
    if not find_languages(evaluation):
        return {"": [f"{place}/text: no language has a folder here yet, such as text/fr."]}
    return {language: _problems_in(place, language) for language in find_languages(evaluation, languages)}


def find_all_problems(evaluations: Collection[str], languages: Collection[str] = ()) -> dict[str, dict[str, list[str]]]:
    """Check several evaluations; raise Unknown when none of them has a text in the languages asked for."""
    written = {language for evaluation in evaluations for language in find_languages(evaluation)}
    unknown = [language for language in languages if language not in written]
    if unknown:
        raise Unknown(f"No text is written in the language {', '.join(unknown)}.")
    return {evaluation: find_problems(evaluation, languages) for evaluation in evaluations}


def each_once(problems: dict[str, list[str]]) -> list[str]:
    """List the problems of all languages of an evaluation, those they have in common once."""
    return list(dict.fromkeys(fault for faults in problems.values() for fault in faults))


def _problems_in(place: Path, language: str) -> list[str]:
    labels = label_file(language)
    if not labels.exists():
        known = ", ".join(sorted(path.stem for path in LABELS.glob("*.yaml")))
        return [f"{place}/text/{language}: there is no label file {labels}. Languages with one: {known}."]
    faults = label_faults(language)
    if faults:
        return faults
    words = as_office_says(read_labels(labels), office())
    nameless = [key for key, name in words["vocabulary"]["criterion"].items() if not name]
    if nameless:
        return [f"{theme_file()}, criteria: there is no word in {language} for {', '.join(nameless)}."]
    return [problem.message for problem in check_texts(place, SCHEMAS, words, FIGURES, TABLES)]
