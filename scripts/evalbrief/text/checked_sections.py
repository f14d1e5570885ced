"""Read a folder of text sections and find everything wrong in them, each by itself and all together."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from evalbrief.data.problem import Problem
from evalbrief.text.bound import Language
from evalbrief.text.faults import EXPRESSION, Known, placements, section_problems
from evalbrief.text.sections import Section, environment, read_sections
from evalbrief.text.structure import structure_problems

# The address of a link, which is no prose.
ADDRESS = re.compile(r"\]\([^)]*\)")
NOTE = re.compile(r"(?<!\\)\[\^([^]\s]+)\](:?)")


def checked_sections(
    texts: Path, headings: Collection[str] | None, labels: Mapping, known: Known | None
) -> tuple[dict[str, Section], list[Problem]]:
    """Read the sections of a language; without `known`, find only the faults that need no data.

    `headings` are the keys of the criteria's headings, None when they are not known.
    """
    env = environment(Language(labels))
    sections, problems = read_sections(texts, headings, labels["vocabulary"]["criterion"])
    sound = []
    for section in sections.values():
        found = section_problems(section, env, known)
        problems += found
        if not found:
            sound.append(replace(section, text=EXPRESSION.sub("x", section.text)))
    return sections, [
        *problems,
        *structure_problems(sound),
        *_unopened(sections.values(), labels["typography"]),
        *_placed_twice(sections.values()),
        *_note_problems(sections.values()),
    ]


def _unopened(sections: Iterable[Section], rules: Mapping) -> list[Problem]:
    """Find signs that end a sentence and need another one at its start, as ? and ! do in Spanish."""
    problems = []
    for section in sections:
        for line, text in enumerate(section.text.splitlines(), start=1):
            prose = ADDRESS.sub("]", EXPRESSION.sub("x", text))
            for closing, opening in rules.get("opened_by", {}).items():
                if prose.count(closing) > prose.count(opening):
                    hint = f"Write {opening} where the sentence begins."
                    problems.append(Problem(section.file, f"line {line}", f'"{closing}" has no "{opening}".', hint))
    return problems


def _placed_twice(sections: Iterable[Section]) -> list[Problem]:
    problems, first = [], {}
    for section in sections:
        for line, name in placements(section):
            if name in first:
                hint = f'Refer to it instead: {{{{ ref("{name}") }}}}.'
                problems.append(
                    Problem(section.file, f"line {line}", f'"{name}" already stands in {first[name]}.', hint)
                )
            first.setdefault(name, f"{section.file}, line {line}")
    return problems


def _note_problems(sections: Iterable[Section]) -> list[Problem]:
    """Match footnotes with their texts: pandoc mends or drops what does not match without a word."""
    problems: list[Problem] = []
    written: dict[str, str] = {}
    for section in sections:
        named: dict[str, int] = {}
        own: dict[str, int] = {}
        for number, line in enumerate(section.text.splitlines(), start=1):
            for found in NOTE.finditer(EXPRESSION.sub("", line)):
                if not found[2] or found.start() > 3:
                    named.setdefault(found[1], number)
                    continue
                if found[1] in written:
                    fault = f"the note [^{found[1]}] is already written in {written[found[1]]}."
                    problems.append(Problem(section.file, f"line {number}", fault, "Give it another name."))
                written.setdefault(found[1], f"{section.file}, line {number}")
                own.setdefault(found[1], number)
        for name in named.keys() - own.keys():
            hint = f"Begin a paragraph of this section with [^{name}]: and write it there."
            problems.append(Problem(section.file, f"line {named[name]}", f"the note [^{name}] is not written.", hint))
        for name in own.keys() - named.keys():
            hint = f"Put [^{name}] where it belongs, or delete the note."
            problems.append(Problem(section.file, f"line {own[name]}", f"nothing refers to the note [^{name}].", hint))
    return problems
