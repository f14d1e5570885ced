"""Give an evaluation as it is now, and refuse documents that are not as they would be made of it."""

from collections.abc import Collection

from evalbrief.commands.evaluations import find_languages
from evalbrief.commands.notes import find_notes
from evalbrief.commands.stamps import Stamps
from evalbrief.commands.words import in_a_row
from evalbrief.review.versions import Present
from evalbrief.trouble import Trouble


class Stale(Trouble):
    """Documents are not as they would be made of the data and texts of today."""


def present_of(evaluation: str, languages: Collection[str] = ()) -> Present:
    """Give what is in build/, with what there is to note about it, in some languages or all, and the program that it
    was made by."""
    findings = {language: find_notes(evaluation, language) for language in find_languages(evaluation, languages)}
    return Present(evaluation, findings, Stamps().take(evaluation).program)


def refuse_stale(evaluation: str, languages: Collection[str]) -> None:
    """Raise Stale, which names the languages, when one of them is not up to date."""
    fresh = Stamps().fresh(evaluation).languages
    stale = [language for language in languages if language not in fresh]
    if stale:
        which = in_a_row(stale, most=12)
        raise Stale(f"{evaluation} is not up to date in {which}: run python3 brief.py build --only {evaluation} first.")
