"""The rows of the status page: what is known of each evaluation."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from evalbrief.commands.evaluations import BUILD, Brief, find_documents, find_languages
from evalbrief.data.evaluation import read_evaluation
from evalbrief.folder import DATA, FACTS
from evalbrief.publish.sets import PublishedSets
from evalbrief.publish.status import Row, read_status


def rows_of(
    evaluations: Sequence[str],
    held: Mapping[str, list[str]],
    notes: Mapping[Brief, list[str]],
    sets: PublishedSets,
    changes: Mapping[str, list[str]],
) -> list[Row]:
    """Gather the rows; what no run has touched this time keeps what was known of it."""
    known = {row["name"]: row for row in read_status().get("evaluations", [])}
    published = sets.record(sets.current())["evaluations"]
    rows = []
    for name in evaluations:
        languages = find_languages(name)
        briefs = [(name, language) for language in languages]
        documents = [Path(path) for path in find_documents(briefs)]
        asked = any(brief in notes for brief in briefs) or name in held
        before = known.get(name, {})
        findings = [note for brief in briefs for note in notes.get(brief, [])] if asked else before.get("findings", [])
        title, final = _title(name)
        rows.append(
            Row(
                name=name,
                title=title,
                state=_state(name, documents, held, final, sets),
                languages=languages,
                published=published.get(name, {}).get("moment", ""),
                reasons=held.get(name, []),
                findings=list(dict.fromkeys(findings)),
                documents=[path.relative_to(BUILD).as_posix() for path in documents if path.exists()],
                last_change=changes.get(name) or before.get("last_change", []),
            )
        )
    return rows


def _state(name: str, documents: list[Path], held: Mapping[str, list[str]], final: bool, sets: PublishedSets) -> str:
    if name in held:
        return "held"
    if name in sets.withdrawn():
        return "withdrawn"
    if documents and sets.holds(sets.current(), name, documents):
        return "published"
    return "changed" if final else "draft"


def _title(name: str) -> tuple[str, bool]:
    """Give the title of an evaluation, in the language it was written in, and whether it is final."""
    facts, _ = read_evaluation(DATA / name / FACTS, FACTS)
    if facts is None:
        return name, False
    words = facts.title
    title = words if isinstance(words, str) else words.get(facts.original or "", next(iter(words.values()), name))
    return title, facts.profile == "final"
