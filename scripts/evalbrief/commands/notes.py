"""Say what keeps nobody from building, but somebody should know."""

from collections.abc import Collection
from pathlib import Path

import pikepdf

from evalbrief import folder
from evalbrief.commands.evaluations import Brief, find_languages, original_language
from evalbrief.commands.office import office
from evalbrief.data.criteria import criterion_headings
from evalbrief.data.evaluation import read_evaluation
from evalbrief.data.schema import read_schemas
from evalbrief.data.source import read_csv
from evalbrief.folder import DATA, FACTS, SCHEMAS
from evalbrief.text.sections import INTRODUCTIONS, SECTIONS
from evalbrief.text.translation_notes import notes


def find_notes(briefs: Collection[Brief]) -> list[str]:
    """Say of briefs what keeps nobody from building them: what translations lack, limits of the form, final gaps."""
    schemas, found = read_schemas(SCHEMAS), []
    for evaluation in dict.fromkeys(evaluation for evaluation, _ in briefs):
        place, original = DATA / evaluation, original_language(evaluation)
        if not original and len(find_languages(evaluation)) > 1:
            found.append(f"{place.as_posix()}/{FACTS}: say in which language the text was written, as in original: fr.")
        found += _beyond_the_form(place)
        for language in (language for name, language in briefs if name == evaluation):
            found += _unwritten(evaluation, language)
            found += notes(place, schemas, original, language) if original not in ("", language) else []
    return found


def find_overlong(documents: Collection[str]) -> list[str]:
    """Say which PDFs have more pages than the form allows."""
    most = office()["limits"]["pages"]
    pages = {path: _count_pages(path) for path in documents if path.endswith(".pdf")}
    return [f"{path} has {count} pages; the form allows {most}." for path, count in pages.items() if count > most]


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


def _count_pages(pdf: str) -> int:
    with pikepdf.open(pdf) as document:
        return len(document.pages)
