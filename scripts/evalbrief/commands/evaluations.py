"""Find the evaluations in data/ and their documents in build/. Starts with every command: standard library only."""

import os
from collections.abc import Collection
from pathlib import Path

from evalbrief import folder
from evalbrief.commands.words import in_a_row
from evalbrief.delivery import FORMATS, targets
from evalbrief.folder import DATA, FACTS
from evalbrief.trouble import Trouble

BUILD = Path("build")
# An evaluation in one of its languages.
Brief = tuple[str, str]


class Unknown(Trouble):
    """Somebody asked for an evaluation or a language that is not there."""


def find_evaluations(only: Collection[str] = (), *, without_facts: bool = False) -> list[str]:
    """Return the names of all evaluations, or those of `only`; raise Unknown when there is nothing to work on.

    `without_facts`: also of folders that lack their evaluation.yaml, for who looks for their faults.
    """
    names, lacking = folder.evaluations(), folder.without_facts()
    if without_facts:
        names, lacking = sorted([*names, *lacking]), {}
    if not names:
        nothing = f"There is no evaluation yet: an evaluation is a folder in data/ with a file {FACTS}."
        raise Unknown("\n".join([nothing, *map(say_without_facts, lacking)]))
    if asked := sorted(set(only) & set(lacking)):
        raise Unknown("\n".join(map(say_without_facts, asked)))
    unknown = sorted(set(only) - set(names))
    if unknown:
        raise Unknown(f"data/ has no evaluation named {', '.join(unknown)}; it has: {in_a_row(names, most=12)}.")
    return [name for name in names if not only or name in only]


def say_without_facts(evaluation: str) -> str:
    """Say that the folder of an evaluation lacks its evaluation.yaml, and which file may be meant."""
    place, like = (DATA / evaluation).as_posix(), folder.without_facts().get(evaluation, [])
    if not like:
        return f"{place} has no {FACTS}. Write it as in data/demo, or move the folder out of data/."
    # Who is not shown the last ending sees the right name.
    hidden = (
        "" if like[0].lower().endswith((".yaml", ".yml")) else "; Windows shows it with View > File name extensions"
    )
    return f"{place} has no {FACTS}; is {like[0]} meant? Rename it to {FACTS}{hidden}."


def find_languages(evaluation: str, only: Collection[str] = ()) -> list[str]:
    """Return the languages an evaluation has texts in, or those of `only` among them."""
    return [name for name in folder.languages(evaluation) if not only or name in only]


def refuse_unwritten(evaluations: Collection[str], languages: Collection[str]) -> None:
    """Raise Unknown when none of the evaluations has a text in one of the languages."""
    written = {language for evaluation in evaluations for language in find_languages(evaluation)}
    unknown = [language for language in languages if language not in written]
    if unknown:
        raise Unknown(f"No text is written in the language {', '.join(unknown)}.")


def find_documents(briefs: Collection[Brief]) -> list[str]:
    """Return the paths of the documents to make, brief by brief."""
    return [f"{BUILD}/{evaluation}/brief.{language}.{suffix}" for evaluation, language in briefs for suffix in FORMATS]


def find_targets(documents: Collection[str]) -> list[str]:
    """Return what Snakemake is asked for to make these documents."""
    return list(dict.fromkeys(target for path in documents for target in targets(*brief_of(path))))


def brief_of(document: str) -> Brief:
    """Tell which brief a document is of."""
    return Path(document).parent.name, Path(document).name.split(".")[1]


def find_orphans() -> list[str]:
    """Return the names of folders in build/ whose evaluation is no longer in data/."""
    known = {*folder.evaluations(), *folder.without_facts()}
    return sorted(name for name, made in _built().items() if made and name not in known)


def find_stale_documents() -> list[str]:
    """Return the documents in languages that their evaluation no longer has a text in."""
    stale = []
    for name, made in _built().items():
        documents = [file for file in made if file.count(".") == 2 and file.endswith(FORMATS)]
        if documents and (DATA / name / FACTS).exists():
            written = find_languages(name)
            stale += [f"{BUILD}/{name}/{file}" for file in documents if file.split(".")[1] not in written]
    return sorted(stale)


def _built() -> dict[str, list[str]]:
    """List what of a brief stands in each folder of build/: the model and files named brief.*."""
    if not BUILD.is_dir():
        return {}
    names = [entry.name for entry in os.scandir(BUILD) if entry.is_dir()]
    return {name: [file for file in os.listdir(BUILD / name) if file.startswith(("brief.", "model"))] for name in names}
