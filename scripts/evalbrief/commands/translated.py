"""Record that translations are right: made from the originals as they are now."""

import sys
from collections.abc import Collection

from evalbrief.commands.evaluations import Unknown, find_evaluations, find_languages
from evalbrief.commands.notes import original_language
from evalbrief.commands.office import schemas
from evalbrief.commands.words import counted
from evalbrief.data.problem import DataProblems
from evalbrief.folder import DATA
from evalbrief.text.translation import accept


def translated(evaluation: str, language: str, names: Collection[str] = ()) -> int:
    """Write into translations.yaml what the texts of a language were made from: all, or those named; return 0, or 1
    when the record cannot be read."""
    find_evaluations([evaluation])
    original = original_language(evaluation)
    others = [code for code in find_languages(evaluation) if code != original]
    if not original or language not in others:
        has = f"it has: {', '.join(others)}" if original and others else "evaluation.yaml names no original with others"
        raise Unknown(f"{evaluation} has no translation in {language}; {has}.")
    try:
        accepted = accept(DATA / evaluation, schemas(), original, language, names)
    except DataProblems as found:
        print(*(problem.message for problem in found.problems), sep="\n", file=sys.stderr)
        return 1
    if names and not accepted:
        raise Unknown(f"{evaluation} has no text named {', '.join(names)}, such as logic or recommendations.csv.")
    print(f"{counted(len(accepted), 'text')} of {evaluation} in {language} recorded as made from today's {original}.")
    return 0
