"""The rows of the status page: what is known of each evaluation."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from evalbrief.commands.evaluations import BUILD, Brief, find_documents, find_languages
from evalbrief.publish.facts import facts_of
from evalbrief.publish.memory import Memory
from evalbrief.publish.sets import PublishedSets
from evalbrief.publish.status import Row, read_status


def rows_of(
    evaluations: Sequence[str], memory: Memory, notes: Mapping[Brief, list[str]], sets: PublishedSets
) -> list[Row]:
    """Gather the rows; what no run has looked at this time keeps the findings that were known of it."""
    known = {row["name"]: row["findings"] for row in read_status().get("evaluations", [])}
    published = sets.evaluations(sets.ledger.reading)
    rows = []
    for name in evaluations:
        languages = find_languages(name)
        briefs = [(name, language) for language in languages]
        documents = [Path(path) for path in find_documents(briefs)]
        asked = any(brief in notes for brief in briefs) or name in memory.held
        findings = [note for brief in briefs for note in notes.get(brief, [])] if asked else known.get(name, [])
        facts = facts_of(name, memory)
        rows.append(
            Row(
                name=name,
                title=facts.title,
                state="held" if name in memory.held else _state(name, documents, sets, final=facts.final),
                languages=languages,
                published=published.get(name, {}).get("moment", ""),
                reasons=memory.held.get(name, []),
                sources=memory.kept.get(name, []),
                findings=list(dict.fromkeys(findings)),
                documents=[path.relative_to(BUILD).as_posix() for path in documents if path.exists()],
                last_change=published.get(name, {}).get("changes", []),
            )
        )
    return rows


def _state(name: str, documents: list[Path], sets: PublishedSets, *, final: bool) -> str:
    if name in sets.ledger.withdrawn:
        return "withdrawn"
    if documents and sets.holds(sets.ledger.reading, name, documents):
        return "published"
    return "changed" if final else "draft"
