"""Check the words of evaluation.yaml: its vocabularies, and its texts in the language asked for."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from evalbrief.data.criteria import criterion_label
from evalbrief.data.evaluation import Evaluation, OwnCriterion, Words, place_of
from evalbrief.data.glyphs import unprintable
from evalbrief.data.problem import Problem, meant
from evalbrief.data.source import read_yaml

VOCABULARIES = ("type", "timing", "nature")


def check_words(
    facts: Evaluation, path: Path, file: str, vocabulary: Mapping[str, Mapping[str, str]], language: str
) -> list[Problem]:
    """Find entries outside the vocabularies and texts that are missing in `language` or cannot be printed."""
    content, _ = read_yaml(path, file)

    def problem(location: tuple, found: str, hint: str) -> Problem:
        return Problem(file, place_of(content, location), found, hint)

    problems = []
    for name in VOCABULARIES:
        value = getattr(facts, name)
        if value is not None and value not in vocabulary[name]:
            hint = f"{meant(value, vocabulary[name])} Allowed: {', '.join(vocabulary[name])}.".lstrip()
            problems.append(problem((name,), f'"{value}" is not known here.', hint))
    seen: set[str] = set()
    for location, criterion in _criteria(facts):
        key = criterion.key if isinstance(criterion, OwnCriterion) else criterion
        if key in seen:
            problems.append(problem(location, f'"{key}" is named a second time.', "Remove one of the two."))
        seen.add(key)
        if not criterion_label(criterion, vocabulary["criterion"], language):
            problems.append(problem(location, *_unknown_criterion(criterion, vocabulary["criterion"], language)))
    if facts.original and not (path.parent / "text" / facts.original).is_dir():
        hint = f"Name a language that has a folder in {Path(file).parent.as_posix()}/text, such as fr."
        problems.append(problem(("original",), f'there is no text in "{facts.original}".', hint))
    for location, words in _texts(facts):
        if not _words_in(words, language).strip():
            problems.append(problem(location, f"there is no text in {language}.", f"Add {language}: ..."))
        elif fault := unprintable(_words_in(words, language)):
            problems.append(problem(location, *fault))
    return problems


def _unknown_criterion(criterion: str | OwnCriterion, known: Mapping[str, str], language: str) -> tuple[str, str]:
    if isinstance(criterion, OwnCriterion):
        return f"there is no name in {language}.", f"Add {language}: ... to the criterion."
    own = f"{{key: ..., {language}: ...}}"
    hint = f"{meant(criterion, known)} Allowed: {', '.join(known)}; or a criterion of your own: {own}.".lstrip()
    return f'"{criterion}" is not known here.', hint


def _words_in(words: Words, language: str) -> str:
    return words if isinstance(words, str) else words.get(language) or ""


def _criteria(facts: Evaluation) -> Iterator[tuple[tuple, str | OwnCriterion]]:
    for index, entry in enumerate(facts.criteria):
        if isinstance(entry, list):
            for inner, criterion in enumerate(entry):
                yield ("criteria", index, inner), criterion
        else:
            yield ("criteria", index), entry


def _texts(facts: Evaluation) -> Iterator[tuple[tuple, Words]]:
    for name in ("title", "notice", "country_groups", "admin_office"):
        if words := getattr(facts, name):
            yield (name,), words
    for name in ("tech_offices", "managers", "evaluators", "codes"):
        for index, words in enumerate(getattr(facts, name)):
            yield (name, index), words
    for index, donor in enumerate(facts.donors):
        yield ("donors", index, "name"), donor.name
    for language, keywords in facts.keywords.items():
        for index, keyword in enumerate(keywords):
            yield ("keywords", language, index), keyword
