"""Write the source text of a brief: the frame of the form around the sections people wrote, in Markdown."""

from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evalbrief.data.problem import DataProblems
from evalbrief.text.bound import Language, Values, branches
from evalbrief.text.checked_sections import checked_sections
from evalbrief.text.faults import Known
from evalbrief.text.markdown import Markdown, escape
from evalbrief.text.placing import Placing
from evalbrief.text.sections import INTRODUCTIONS, environment, fill, finalizer

FRAME = "brief.md.j2"
# Where a figure goes whose criterion this evaluation does not have: the head of the findings.
CRITERIA_HOMES = ("relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability")


def source_text(
    *,
    context: Mapping,
    texts: Path,
    templates: Path,
    labels: Mapping,
    disclaimer: tuple[str, str],
    placing: Placing,
    homes: Mapping[str, str | None],
) -> str:
    """Fill the frame; raise DataProblems with everything that is wrong in the sections.

    `texts` is the folder of one language's sections, data/{evaluation}/text/{language}; `homes` says in which section
    a figure or table stands that no text has placed.
    """
    language = Language(_with_own_criteria(labels, context["headings"]))
    values = branches(context["values"])
    sections = _filled_sections(context, values, language, texts, placing)
    _place_the_rest(sections, context["headings"], placing, homes, language)
    env = Environment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="{##",
        comment_end_string="##}",
        finalize=finalizer(language),
    )
    env.filters.update(language.filters(), as_is=Markdown)
    text = env.get_template(FRAME).render(
        **values,
        labels=labels,
        form=labels["form"],
        disclaimer=_in_its_language(*disclaimer, labels["language"]),
        headings=context["headings"],
        sections=sections,
        gap=language.gap,
        entries=_entries(values),
        records=_records(context["rows"], values),
    )
    return text.rstrip("\n") + "\n"


def _in_its_language(text: str, written_in: str, language: str) -> Markdown:
    """Mark an office's words that are in another language than the brief."""
    foreign = written_in not in ("", language)
    return Markdown(f"[{escape(text)}]{{lang={written_in}}}") if foreign else escape(text)


def _with_own_criteria(labels: Mapping, headings: list[dict]) -> Mapping:
    """Add the criteria an evaluation has named itself to the vocabulary."""
    names = {key: name for heading in headings for key, name in heading["members"].items()}
    return {**labels, "vocabulary": {**labels["vocabulary"], "criterion": names}}


def _filled_sections(
    context: Mapping, values: Mapping, language: Language, texts: Path, placing: Placing
) -> dict[str, Markdown]:
    keys = [heading["key"] for heading in context["headings"]]
    known = Known(context["values"], placing.figure_names, placing.table_names)
    sections, problems = checked_sections(texts, keys, language.labels, known)
    if problems:
        raise DataProblems(problems)
    env = environment(language)
    variables = {**values, "figure": placing.figure, "table": placing.table, "ref": placing.ref}
    return {key: fill(section, env, variables) for key, section in sections.items()}


def _place_the_rest(
    sections: dict[str, Markdown],
    headings: list[dict],
    placing: Placing,
    homes: Mapping[str, str | None],
    language: Language,
) -> None:
    """Put each figure and table that no text has placed at the end of its section; a criterion may share its own.

    A section that nobody wrote is a gap also when a figure stands in it.
    """
    heading_of = {member: heading["key"] for heading in headings for member in heading["members"]}
    criteria = {heading["key"] for heading in headings}
    for name in [*placing.figure_names, *placing.table_names]:
        home = homes.get(name)
        if name in placing.placed or home is None:
            continue
        home = heading_of.get(home, home)
        if home not in criteria and home in CRITERIA_HOMES:
            home = "findings"
        text = sections.get(home) or ("" if home in INTRODUCTIONS else language.gap(f"text.{home}"))
        sections[home] = Markdown(f"{text}\n\n{placing.place(name)}".strip("\n"))


def _entries(values: Mapping) -> Callable[[str], list]:
    """Give templates the items of a list among the quick facts; an empty list when none is given."""

    def entries(name: str) -> list:
        found = getattr(values["facts"], name, None)
        return list(found) if isinstance(found, Values) else []

    return entries


def _records(rows: Mapping[str, list], values: Mapping) -> Callable[[str], list[dict]]:
    """Give templates the records of a table: key, number from 1, cells as values, and the row as it is."""

    def records(table: str) -> list[dict]:
        return [
            {"key": Markdown(row["key"]), "number": number, "cells": getattr(values[table], row["key"]), "row": row}
            for number, row in enumerate(rows[table], start=1)
        ]

    return records
