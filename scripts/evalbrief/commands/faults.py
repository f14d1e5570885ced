"""Find what is wrong with what people wrote, one evaluation at a time."""

import re
from collections.abc import Collection
from pathlib import Path

from evalbrief.catalogue import FIGURES, TABLES
from evalbrief.commands.evaluations import find_languages, say_without_facts
from evalbrief.commands.office import label_faults, schemas, theme_file, words_of
from evalbrief.commands.words import counted
from evalbrief.folder import DATA, EVALUATION_NAME, FACTS
from evalbrief.text.check import check_texts
from evalbrief.text.labels import LABELS, label_file


def find_faults(evaluation: str, languages: Collection[str]) -> dict[str, list[str]]:
    """Check the data and the texts of one evaluation; return what is wrong in each of the languages, in sentences.

    What is wrong with the evaluation as a whole has the language "".
    """
    place = DATA / evaluation
    if not re.fullmatch(EVALUATION_NAME, evaluation):
        return {"": [f'{place}: name the folder with the letters a to z in lower case, digits, "_" and "-" only.']}
    if not (place / FACTS).exists():
        return {"": [say_without_facts(evaluation)]}
    if not find_languages(evaluation):
        return {"": [f"{place}/text: no language has a folder here yet, such as text/fr."]}
    return {language: _faults_in(place, language) for language in languages}


def each_once(problems: dict[str, list[str]]) -> list[str]:
    """List the problems of all languages of an evaluation, those they have in common once."""
    return list(dict.fromkeys(fault for faults in problems.values() for fault in faults))


def say_faults(evaluation: str, problems: dict[str, list[str]]) -> list[str]:
    """Return what is wrong with an evaluation, and what that leaves out, in sentences; nothing when all is right."""
    faults = each_once(problems)
    if not faults:
        return []
    faulty = [language for language, found in problems.items() if found]
    which = (
        evaluation if "" in faulty or faulty == find_languages(evaluation) else f"{evaluation} in {', '.join(faulty)}"
    )
    count = counted(len(faults), "fault")
    return [*faults, f"{which} is left out until its data is corrected ({count}); its last documents stay as they are."]


def _faults_in(place: Path, language: str) -> list[str]:
    labels = label_file(language)
    if not labels.exists():
        known = ", ".join(sorted(path.stem for path in LABELS.glob("*.yaml")))
        return [f"{place}/text/{language}: there is no label file {labels}. Languages with one: {known}."]
    faults = label_faults(language)
    if faults:
        return faults
    words = words_of(language)
    nameless = [key for key, name in words["vocabulary"]["criterion"].items() if not name]
    if nameless:
        return [f"{theme_file()}, criteria: there is no word in {language} for {', '.join(nameless)}."]
    return [problem.message for problem in check_texts(place, schemas(), words, FIGURES, TABLES)]
