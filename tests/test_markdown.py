"""Plain text comes through pandoc as it was, wherever it stands."""

import json
import unicodedata

import pypandoc
import pytest
from evalbrief.document.parse import MARKDOWN
from evalbrief.text.markdown import Markdown, attribute, escape, span
from evalbrief.tree import attributes, elements, stringify
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

HOSTILE = st.text(alphabet="ab1 \\`*_{}[]<>()#+-.!|~^&;:$@%=\"'/,é«»…\u00a0\u202f", max_size=25)
PRINTABLE = st.text(
    alphabet=st.characters(exclude_categories=("C", "Zl", "Zp", "Zs"), include_characters=" \u00a0\u202f"), max_size=25
)
TEXTS = st.lists(HOSTILE | PRINTABLE, min_size=1, max_size=40)
QUICK = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(markdown: str) -> list[dict]:
    return json.loads(pypandoc.convert_text(markdown, "json", format=MARKDOWN, extra_args=["--sandbox"]))["blocks"]


def plain(text: str) -> str:
    return " ".join(part for part in text.split(" ") if part)


@QUICK
@given(TEXTS)
def test_in_paragraphs(texts: list[str]) -> None:
    blocks = read("\n\n".join(f"{escape(text)}\n\n---x" for text in texts))
    found = [stringify(block) for block in blocks if stringify(block) != "---x"]
    assert found == [plain(text) for text in texts if plain(text)]


@QUICK
@given(TEXTS)
def test_in_values_and_definitions(texts: list[str]) -> None:
    items = "\n\n".join(f"terme\n:   {span(escape(text), 'value', 'a.b')} fin" for text in texts)
    spans = [element for element in elements(read(items)) if element["t"] == "Span"]
    assert [plain(stringify(element["c"][1])) for element in spans] == [plain(text) for text in texts]


@QUICK
@given(TEXTS)
def test_in_attributes(texts: list[str]) -> None:
    texts = [f"Carte {text}" for text in texts]
    divs = read("\n\n".join(f"::: {{.x words={attribute(text)}}}\nmot\n:::" for text in texts))
    assert [plain(attributes(element)["words"]) for element in divs] == [plain(text) for text in texts]


@pytest.mark.parametrize("text", ["R&amp;D", "a &lt; b", "&#233;", '"mot"', "a\\", "{.x}", "«\u202fmot\u202f»"])
def test_an_attribute_keeps_what_looks_like_code(text: str) -> None:
    assert attributes(read(f"::: {{.x words={attribute(text)}}}\nmot\n:::")[0])["words"] == text


@pytest.mark.parametrize("text", ["1. Un", "- un", "# Un", "(a) un", "A. Exemple", ": un", "% un", "+ un", "=", "a\\"])
def test_no_text_begins_a_block(text: str) -> None:
    assert [block["t"] for block in read(escape(text))] == ["Para"]


def test_markdown_is_a_string_and_lines_are_joined() -> None:
    assert isinstance(escape("a"), Markdown)
    assert escape("a\n  b\tc") == "a b c"
    assert unicodedata.normalize("NFC", escape("é")) == "é"
