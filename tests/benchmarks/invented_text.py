"""Invent the text of an evaluation: sentences of the phrases, with values, figures and tables of its data in them."""

from random import Random
from string import Template
from typing import Any

from evalbrief import catalogue
from invented_tables import Tables
from phrases import LANGUAGES, Phrase, read_phrases

# Where an invented text puts the tables that the form places nowhere by itself.
TABLE_PLACES = {
    "interviews": "method",
    "indicators": "effectiveness",
    "ratings": "findings",
    "budget": "efficiency",
    "follow_up": "recommendations",
}
PLACED = 0.7
NOTE = "[^free]"


def invent_sections(rng: Random, tables: Tables, criteria: list[str], aim: Phrase) -> dict[str, Phrase]:
    """Invent all sections, each in the languages of `aim`; the same sentences, figures and tables in all of them.

    `criteria` are the keys of the headings of the criteria.
    """
    said = read_phrases("sections")
    frame = [name for name in said if name != "note"]
    sections = {}
    for name in dict.fromkeys([*frame, *criteria]):
        paragraphs = [_paragraph(rng, fitting) for fitting in _fitting(said.get(name, []), tables)]
        paragraphs += [_filling(rng) for _ in range(_number_of_fillings(rng, name))]
        paragraphs += [dict.fromkeys(LANGUAGES, place) for place in _places(rng, name, tables)]
        if any(NOTE in paragraph[LANGUAGES[0]] for paragraph in paragraphs):
            paragraphs.append(said["note"])
        sections[name] = {
            language: Template("\n\n".join(part[language] for part in paragraphs) + "\n").substitute(aim=aim[language])
            for language in aim
        }
    return sections


def _fitting(sentences: list[Phrase], tables: Tables) -> list[Phrase]:
    """Keep the sentences that speak of tables which are there."""
    return [sentence for sentence in sentences if sentence.get("needs", "milestones") in tables]


def _number_of_fillings(rng: Random, section: str) -> int:
    """Say how many paragraphs without values a section gets; introductions are short."""
    return 0 if section in ("findings", "recommendations", "lessons") else rng.randint(1, 2)


def _paragraph(rng: Random, sentence: Phrase) -> Phrase:
    return _joined([sentence, *[_sentence(rng) for _ in range(rng.randint(0, 2))]])


def _filling(rng: Random) -> Phrase:
    return _joined([_sentence(rng) for _ in range(rng.randint(2, 4))])


def _joined(sentences: list[Phrase]) -> Phrase:
    return {language: " ".join(sentence[language] for sentence in sentences) for language in LANGUAGES}


def _sentence(rng: Random) -> Phrase:
    """Say who does what and by what we know it."""
    parts: dict[str, Any] = read_phrases("sentences")
    who, does, known = (rng.choice(parts[name]) for name in ("who", "does", "known"))
    return {language: f"{who[language]} {does[language]} {known[language]}." for language in LANGUAGES}


def _places(rng: Random, section: str, tables: Tables) -> list[str]:
    """Place the figures and tables that belong to a section; the form places the others itself."""

    def rows(table: str) -> int:
        return len(tables.get(table, []))

    figures = catalogue.held(catalogue.FIGURES, catalogue.FEWEST_FIGURE_ROWS, rows)
    found = catalogue.held(catalogue.TABLES, catalogue.FEWEST_TABLE_ROWS, rows)
    figures = [name for name in figures if catalogue.FIGURE_SECTIONS[name] == section]
    found = [name for name in found if TABLE_PLACES.get(name) == section]
    return [
        f'{{{{ {kind}("{name}{suffix}") }}}}'
        for kind, suffix, names in (("figure", "", figures), ("table", "_table", found))
        for name in names
        if rng.random() < PLACED
    ]
