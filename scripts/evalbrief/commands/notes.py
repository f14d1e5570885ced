"""Say what keeps nobody from building, but somebody should know."""

from pathlib import Path

import pikepdf

from evalbrief import folder
from evalbrief.commands.evaluations import find_documents, find_languages
from evalbrief.commands.office import office, schemas
from evalbrief.data.criteria import criterion_headings
from evalbrief.data.evaluation import read_evaluation
from evalbrief.data.source import read_csv
from evalbrief.folder import DATA, FACTS
from evalbrief.text.sections import INTRODUCTIONS, SECTIONS
from evalbrief.text.translation_notes import notes


def find_notes(evaluation: str, language: str) -> list[str]:
    """Say of a brief what keeps nobody from building it: what its translation lacks, limits of the form, final gaps."""
    if not (DATA / evaluation / FACTS).exists():
        return []
    place, original, found = DATA / evaluation, original_language(evaluation), []
    if not original and len(find_languages(evaluation)) > 1:
        found.append(f"{place.as_posix()}/{FACTS}: say in which language the text was written, as in original: fr.")
    found += _beyond_the_form(place) + _unwritten(evaluation, language)
    found += notes(place, schemas(), original, language) if original not in ("", language) else []
    return found


def find_overlong(evaluation: str, language: str) -> list[str]:
    """Say that the PDF of a brief has more pages than the form allows."""
    most = office()["limits"]["pages"]
    pdf = next(path for path in find_documents([(evaluation, language)]) if path.endswith(".pdf"))
    if not Path(pdf).exists():
        return []
    with pikepdf.open(pdf) as document:
        count = len(document.pages)
    return [f"{pdf} has {count} pages; the form allows {most}."] if count > most else []


def original_language(evaluation: str) -> str:
    """Return the language an evaluation's text was written in: as it says, or its only one; else nothing."""
    facts, _ = read_evaluation(DATA / evaluation / FACTS, FACTS)
    languages = find_languages(evaluation)
    named = facts.original if facts else None
    return named or (languages[0] if len(languages) == 1 else "")


def _beyond_the_form(place: Path) -> list[str]:
    path, most = place / "recommendations.csv", office()["limits"]["recommendations"]
    count = len(read_csv(path, path.name)[0].rows) if path.exists() else 0
    return [f"{path.as_posix()} has {count} recommendations; the form allows {most}."] if count > most else []


def _unwritten(evaluation: str, language: str) -> list[str]:
    """Say that a final brief lacks sections of the form."""
    facts, _ = read_evaluation(DATA / evaluation / FACTS, FACTS)
    if facts is None or facts.profile != "final":
        return []
    written = {Path(path).stem for path in folder.text_files(evaluation, language)}
    missing = [name for name in SECTIONS if name not in INTRODUCTIONS and name not in written]
    missing += [
        heading.key for heading in criterion_headings(facts.criteria, {}, language) if heading.key not in written
    ]
    return [f"{evaluation} is final, but has no text in {language} for: {', '.join(missing)}."] if missing else []
