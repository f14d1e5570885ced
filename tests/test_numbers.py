"""No number of a brief is typed: in the sections and in the tree every number is a bound value or a listed name."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from evalbrief.tree import attributes, has_class, identifier

ROOT = Path(__file__).parents[1]
SECTIONS = sorted(path for path in (ROOT / "data").glob("*/text/**/*.md"))
EVALUATIONS = sorted({path.parents[2] for path in SECTIONS})

# A year is a date and no data; a figure of the brief prints its own.
YEARS = r"(?:19|20)\d\d(?:[-–](?:19|20)\d\d)?"
NAMES = {
    r"[Cc]ible 8\.7|[Tt]arget 8\.7|[Mm]eta 8\.7": "a target of the sustainable development goals",
    r"Alliance 8\.7|Alianza 8\.7": "the name of a partnership",
    r"\(ODD\) 8|\(SDG\) 8|\(ODS\) 8": "the number of a sustainable development goal",
    r"COVID-19": "the name of a disease",
    r"(?:résultats|outcomes|resultados) 1, 4 (?:et|and|y) 7": "the numbers of outcomes in a document of the office",
}
# Numerals in words that say no data, by language.
PHRASES = {
    "fr": {
        r"un|une": "the article",
        r"[Ll]e premier consiste.{0,120}le second consiste": "counts off in a sentence what it names",
        r"[Ll]a première de ces dates": "points back at what was named",
        r"pour la première recommandation": "points at a recommendation by its rank",
        r"cinquième Conférence mondiale": "the name of a conference",
        r"ce premier cercle": "points back at what was named",
        r"millions": "a unit, after a bound number",
        r"à mi-parcours|mi-parcours": "the name of a moment",
    },
    "en": {
        r"[Tt]he first is.{0,120}the second is": "counts off in a sentence what it names",
        r"[Tt]he first of these dates": "points back at what was named",
        r"for the first recommendation": "points at a recommendation by its rank",
        r"Fifth Global Conference": "the name of a conference",
        r"this first circle": "points back at what was named",
    },
    "es": {
        r"[Ee]l primero.{0,160}el segundo": "counts off in a sentence what it names",
        r"[Ll]a primera de estas fechas": "points back at what was named",
        r"para la primera recomendación": "points at a recommendation by its rank",
        r"Quinta Conferencia Mundial": "the name of a conference",
        r"este primer círculo": "points back at what was named",
        r"a mitad de|la mitad del": "the name of a moment",
    },
}
NUMERALS = {
    "fr": "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|"
    "cinquante|soixante|cents?|mille|millions?|milliards?|douzaines?|dizaines?|vingtaines?|trentaines?|centaines?|"
    "milliers?|moitié|tiers|quarts?|double|triple|premi(?:er|ère)s?|seconde?s?|\\w+ièmes?",
    "en": "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\w+teen|"
    "(?:twen|thir|for|fif|six|seven|eigh|nine)ty|cent|hundreds?|thousands?|millions?|billions?|dozens?|half|quarters?|double|triple|first|second|third|fourth|fifth|"
    "sixth|seventh|eighth|ninth|tenth",
    "es": "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci\\w+|veinte|veinti\\w+|"
    "treinta|cuarenta|cincuenta|sesenta|ciento?s?|mil|millon(?:es)?|millón|docenas?|decenas?|centenas?|miles|mitad|"
    "tercio|cuartos?|doble|triple|primer[oa]?s?|segund[oa]s?|tercer[oa]?s?|cuart[oa]s?|quint[oa]s?|sext[oa]s?",
}
DIGIT = re.compile(r"\d[\d.,\u202f\u00a0 ]*\d|\d")


def without(text: str, allowed: Iterator[str] | list[str] | dict[str, str]) -> str:
    """Take the allowed passages out of a text."""
    for pattern in allowed:
        text = re.sub(pattern, "…", text, flags=re.DOTALL)
    return text


def typed_numbers(prose: str, language: str) -> list[str]:
    """Find the numbers of a text that are neither bound nor allowed."""
    # Markers of lists and of notes are Markdown, not text.
    prose = re.sub(r"^\s*\d+[.)]\s|\[\^[^]]+\]:?", "", prose, flags=re.MULTILINE)
    # A unit belongs to the bound number before it.
    prose = re.sub(r"\{\{[^{}]*\}\}(\s(?:millions?|milliards?|millones|pour cent|per cent|por ciento)\b)?", "…", prose)
    left = without(prose, [*NAMES, rf"\b{YEARS}\b", *PHRASES[language]])
    return [*DIGIT.findall(left), *re.findall(rf"\b(?:{NUMERALS[language]})\b", left, re.IGNORECASE)]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda path: "/".join(path.parts[-4:]))
def test_no_number_is_typed_in_a_section(section: Path) -> None:
    assert typed_numbers(section.read_text(encoding="utf-8"), section.parent.name) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Il aide 12 écoles.", ["12"]),
        ("Il aide douze écoles.", ["douze"]),
        ("Il coûte 2,4 millions.", ["2,4"]),
        ("Près de 30 % en 2023.", ["30"]),
        ("Le quatrième pays.", ["quatrième"]),
        ("Une centaine de villages.", ["centaine"]),
        ("En 2023, la cible 8.7 et la COVID-19 ; {{ results.a.value | n }} millions.", []),
        ("1. un\n2. deux", ["deux"]),
    ],
)
def test_the_search_finds_what_is_typed(text: str, found: list[str]) -> None:
    assert [number for number in typed_numbers(text, "fr") if number != "millions"] == found


def test_every_allowed_name_is_in_use() -> None:
    for language, phrases in PHRASES.items():
        texts = [path.read_text(encoding="utf-8") for path in SECTIONS if path.parent.name == language]
        unused = [pattern for pattern in [*NAMES, *phrases] if not re.search(pattern, "\n".join(texts), re.DOTALL)]
        assert unused == []


def unbound_words(node: object) -> Iterator[str]:
    """Read what a tree prints outside bound values, references, headings, captions, tables and labels of fields."""
    if isinstance(node, list):
        for child in node:
            yield from unbound_words(child)
    elif isinstance(node, dict):
        if node.get("t") in {"Header", "Figure", "Table", "DefinitionList"} or has_class(node, "reference", "Link"):
            return
        if node.get("t") == "Link" and node["c"][2][0].startswith("#finding-"):
            return
        if node.get("t") == "Span" and "key" in attributes(node):
            yield "…"
        elif node.get("t") == "OrderedList":
            yield from unbound_words(node["c"][1])
        elif node.get("t") == "Str":
            yield node["c"]
        elif node.get("t") in {"Space", "SoftBreak"}:
            yield " "
        else:
            content = node.get("c", [])
            yield from unbound_words(content[1:2] if node["t"] in {"Div", "Span", "Link"} else content)


@pytest.mark.parametrize("evaluation", EVALUATIONS, ids=lambda path: path.name)
def test_no_number_of_the_tree_is_unbound(evaluation: Path, chain, tmp_path: Path) -> None:
    tree = json.loads((chain(evaluation, tmp_path) / "brief.json").read_text(encoding="utf-8"))
    blocks = [block for block in tree["blocks"] if not identifier(block).startswith(("quick_facts", "keywords"))]
    # Of a key finding only the label holds a number: its rank.
    text = (
        "".join(unbound_words([block for block in blocks if not has_class(block, "finding")]))
        .replace("’", "'")
        .replace("\u00a0", " ")
    )
    left = without(text, [*NAMES, rf"\b{YEARS}\b"])
    assert DIGIT.findall(left) == []
    assert text.count("…") > 50
