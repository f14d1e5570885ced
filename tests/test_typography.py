"""French spaces and apostrophes, through emphasis and spans, and never in another language."""

import json

import pypandoc
import pytest
from evalbrief.document.typography import set_typography
from evalbrief.text.markdown import MARKDOWN
from evalbrief.text.typography import set_text
from evalbrief.tree import stringify

NARROW, WIDE = "\u202f", "\u00a0"


def typeset(markdown: str, labels: dict) -> str:
    tree = json.loads(pypandoc.convert_text(markdown, "json", format=MARKDOWN, extra_args=["--sandbox"]))
    return stringify(set_typography(tree["blocks"], labels["typography"]))


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Oui : non ; quoi ? là !", f"Oui{WIDE}: non{NARROW}; quoi{NARROW}? là{NARROW}!"),
        ("« mot »", f"«{NARROW}mot{NARROW}»"),
        ("**Oui** : non", f"Oui{WIDE}: non"),
        ("**Oui :** non", f"Oui{WIDE}: non"),
        ("*« mot »*", f"«{NARROW}mot{NARROW}»"),
        ("« *mot* »", f"«{NARROW}mot{NARROW}»"),
        ('[« mot »]{.value key="a"} ; suite', f"«{NARROW}mot{NARROW}»{NARROW}; suite"),
        ("mot *; suite*", f"mot{NARROW}; suite"),
        ("[5]{.value} %", f"5{WIDE}%"),
        ("l'école d'[Abidjan]{.value}", "l’école d’Abidjan"),
        ("8:30 et https://a.b/c?d", "8:30 et https://a.b/c?d"),
        ("mot\nsuite : fin", f"mot suite{WIDE}: fin"),
    ],
)
def test_french(markdown: str, text: str, labels: dict) -> None:
    assert typeset(markdown, labels) == text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("[96]{.value} visits, [1234]{.value} visits", f"96{WIDE}visits, 1234 visits"),
        ("[96]{.value} *visits* of [96]{.value}. Visits", f"96{WIDE}visits of 96. Visits"),
        ("n° 182, núm. 182, No. [81]{.value}", f"n°{WIDE}182, núm.{WIDE}182, No.{WIDE}81"),
        ("target 8.7 of 2030", f"target{WIDE}8.7 of 2030"),
        ("in 2024, phase 2", "in 2024, phase 2"),
    ],
)
def test_numbers_stay_with_their_neighbours_in_every_language(markdown: str, text: str) -> None:
    assert typeset(markdown, {"typography": {}}) == text


def test_english_keeps_its_own_spaces(labels: dict) -> None:
    assert typeset("L'expression [it's due diligence : why ?]{lang=en} : oui", labels) == (
        f"L’expression it's due diligence : why ?{WIDE}: oui"
    )


ENGLISH = {"apostrophe": "’", "quotes": ["“", "”"]}


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ('He said "yes" and "no".', "He said “yes” and “no”."),
        ('("one" word)', "(“one” word)"),
        ('"*all of it*" is "**bold**", it\'s said', "“all of it” is “bold”, it’s said"),
        ('*"in italics"*', "“in italics”"),
        ('"[5]{.value}"', "“5”"),
    ],
)
def test_plain_quotation_marks_become_those_of_the_language(markdown: str, text: str, labels: dict) -> None:
    assert typeset(markdown, {"typography": ENGLISH}) == text
    french = text.replace("“", f"«{NARROW}").replace("”", f"{NARROW}»")
    assert typeset(markdown, labels) == french
    spanish = text.replace("“", "«").replace("”", "»")
    assert typeset(markdown, {"typography": {"apostrophe": "’", "quotes": ["«", "»"]}}) == spanish


def test_quotation_marks_of_plain_text() -> None:
    assert set_text('Data of "{a}", "b"', ENGLISH) == "Data of “{a}”, “b”"


def test_code_and_addresses_stay(labels: dict) -> None:
    assert typeset("`l'a : b`", labels) == "l'a : b"
    link = set_typography(
        {"t": "Link", "c": [["", [], []], [{"t": "Str", "c": "l'a"}], ["https://a/l'b", "l'c"]]}, labels["typography"]
    )
    assert link["c"][1:] == [[{"t": "Str", "c": "l’a"}], ["https://a/l'b", "l'c"]]  # type: ignore[index]


def test_plain_text_is_set_the_same_way(labels: dict) -> None:
    assert set_text("L'année : « 5 % » ; fin !", labels["typography"]) == (
        f"L’année{WIDE}: «{NARROW}5{WIDE}%{NARROW}»{NARROW}; fin{NARROW}!"
    )


def test_a_language_without_rules_is_left_alone() -> None:
    assert set_text("it's : so", {}) == "it's : so"
