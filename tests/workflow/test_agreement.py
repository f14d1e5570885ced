"""A number cannot differ between languages: the text, the figures and the tables of a brief, number for number."""

import csv
import json
import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from babel.numbers import parse_decimal
from evalbrief.text.labels import locale_of, read_labels
from evalbrief.tree import attributes, elements, has_class, identifier, stringify
from workflow.conftest import LANGUAGES
from workflow.project import ROOT, Brief, Project

NUMERIC = {"integer", "number", "percent", "money"}
DIGITS = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")


def in_each(briefs: Project, evaluation: str) -> list[Brief]:
    return [Brief(briefs, evaluation, language) for language in LANGUAGES]


def printed_numbers(brief: Brief) -> Iterator[tuple[str, str, Decimal | None]]:
    """Read each number that the text prints: its section, its key, and its value as a reader of the language reads it.

    A number in words has no value here.
    """
    locale = locale_of(read_labels(ROOT / f"templates/labels/{brief.language}.yaml"))
    values, section = brief.context["values"], ""
    for element in elements(brief.tree["blocks"]):
        if element["t"] == "Header":
            section = identifier(element)
        if has_class(element, "value", "Span"):
            key, text = attributes(element)["key"], stringify(element)
            if values[key]["kind"] in NUMERIC:
                found = DIGITS.search(text)
                yield section, key, parse_decimal(found[0], locale=locale) if found else None


def test_the_texts_print_the_same_numbers_section_by_section(briefs: Project, evaluation: str) -> None:
    printed = [sorted(printed_numbers(brief), key=str) for brief in in_each(briefs, evaluation)]
    assert len(printed[0]) > 20
    assert sum(number is not None for _, _, number in printed[0]) > 8
    assert printed[0] == printed[1] == printed[2]


def test_the_values_of_a_key_are_the_same(briefs: Project, evaluation: str) -> None:
    values = [
        {key: value["value"] for key, value in brief.context["values"].items() if value["kind"] in {*NUMERIC, "date"}}
        for brief in in_each(briefs, evaluation)
    ]
    assert len(values[0]) > 20
    assert values[0] == values[1] == values[2]


def numbers_of_cells(text: str) -> list[str]:
    """Read the cells of a CSV that are numbers or dates, row by row."""
    cells = [cell.replace("–", "-") for row in csv.reader(text.splitlines()) for cell in row]
    return [cell for cell in cells if re.fullmatch(r"-?[\d.-]+", cell)]


def test_figures_and_tables_hold_the_same_numbers(briefs: Project, evaluation: str) -> None:
    for kind in ("figures", "tables"):
        made = [brief.made(kind, "csv") for brief in in_each(briefs, evaluation)]
        assert made[0].keys() == made[1].keys() == made[2].keys()
        for name in made[0]:
            numbers = [sorted(numbers_of_cells(files[name].read_text(encoding="utf-8"))) for files in made]
            assert numbers[0] == numbers[1] == numbers[2], name


def test_tables_print_the_same_numbers(briefs: Project, evaluation: str) -> None:
    for name in in_each(briefs, evaluation)[0].made("tables", "json"):
        layouts = [
            json.loads(brief.made("tables", "json")[name].read_text(encoding="utf-8"))
            for brief in in_each(briefs, evaluation)
        ]
        numbers = [sorted(str(number) for row in layout["numbers"] for number in row) for layout in layouts]
        assert numbers[0] == numbers[1] == numbers[2], name


def test_alternative_texts_say_the_same_numbers(briefs: Project, evaluation: str) -> None:
    for name in in_each(briefs, evaluation)[0].made("figures", "json"):
        said = []
        for brief in in_each(briefs, evaluation):
            locale = locale_of(read_labels(ROOT / f"templates/labels/{brief.language}.yaml"))
            words = json.loads(brief.made("figures", "json")[name].read_text(encoding="utf-8"))
            said.append(sorted(parse_decimal(number, locale=locale) for number in DIGITS.findall(words["alt"])))
        assert said[0] == said[1] == said[2], name


def test_a_number_that_differs_is_found(briefs: Project, tmp_path: Path) -> None:
    brief = Brief(briefs, "demo", "en")
    copy = Brief(Project(tmp_path), "demo", "en")
    copy.path("json").parent.mkdir(parents=True)
    shutil.copy(brief.path("md").with_name("context.en.json"), copy.path("md").with_name("context.en.json"))
    text = brief.path("json").read_text(encoding="utf-8")
    assert '"1,340"' in text
    copy.path("json").write_text(text.replace('"1,340"', '"1,341"'), encoding="utf-8")
    assert sorted(printed_numbers(copy), key=str) != sorted(printed_numbers(brief), key=str)


def test_tables_keep_the_plain_numbers_they_print(briefs: Project) -> None:
    layout = json.loads(Brief(briefs, "demo", "en").made("tables", "json")["budget"].read_text(encoding="utf-8"))
    printed = [DIGITS.search(row[1]) for row in layout["rows"]]
    assert [number[1] for number in layout["numbers"]] == [found[0].replace(",", "") for found in printed if found]
