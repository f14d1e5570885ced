"""Every label file says the same things: the same keys, the same blanks to fill, every word there and typed plainly."""

import copy
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale
from evalbrief.text.labels import locale_of, read_labels
from evalbrief.theme import as_office_says, read_theme

ROOT = Path(__file__).parents[1]
LABELS = ROOT / "templates/labels"
# The language that the tests add as an office would.
PORTUGUESE = ROOT / "tests/data/labels/pt.yaml"
FILES = [*sorted(LABELS.glob("*.yaml")), PORTUGUESE]
THEMES = sorted((ROOT / "templates/themes").glob("*.yaml"))
# What a language has of its own: its grammar, its signs, the names of countries.
OWN = {"ordinals", "millions", "spelled", "typography", "countries"}
PLURALS = {"zero", "one", "two", "few", "many", "other"}
CURLY = re.compile("[‘’‚“”„]")


@pytest.fixture(scope="module")
def french() -> dict:
    """The label file that the others are held against."""
    return read_labels(LABELS / "fr.yaml")


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def words(request: pytest.FixtureRequest) -> dict:
    """A label file."""
    return read_labels(request.param)


def entries(labels: Mapping) -> dict[str, dict[str, str]]:
    """Give what all languages have, by its path, with its plural forms; what has none is the form "other"."""
    shared = {name: part for name, part in labels.items() if name not in OWN}
    return dict(_entries(shared, ""))


def _entries(node: object, path: str) -> Iterator[tuple[str, dict]]:
    if not isinstance(node, Mapping):
        yield path, {"other": node}
    elif "other" in node and PLURALS.issuperset(node):
        yield path, dict(node)
    else:
        for name, child in node.items():
            yield from _entries(child, f"{path}.{name}".lstrip("."))


def other_keys(labels: Mapping, french: Mapping) -> list[str]:
    """List the entries that only one of the two has."""
    return sorted(entries(labels).keys() ^ entries(french).keys())


def blanks(text: str | None) -> set[str]:
    """Name what a text leaves to be filled in."""
    return {name for _, name, _, _ in Formatter().parse(text or "") if name is not None}


def other_blanks(labels: Mapping, french: Mapping) -> list[str]:
    """List the texts that are filled in with other things than the French ones."""
    wanted = {path: blanks(forms["other"]) for path, forms in entries(french).items()}
    return [
        path
        for path, forms in entries(labels).items()
        if path in wanted and any(blanks(text) != wanted[path] for text in forms.values())
    ]


def empty(labels: Mapping) -> list[str]:
    """List the texts that say nothing."""
    return [
        path
        for path, forms in entries(labels).items()
        if not all(isinstance(text, str) and text.strip() for text in forms.values())
    ]


def curly(labels: Mapping) -> list[str]:
    """List the texts with quotation marks or apostrophes that the typography of the language is to set."""
    own_names = {f"countries.{code}": {"other": name} for code, name in labels["countries"].items()}
    return [
        path
        for path, forms in {**entries(labels), **own_names}.items()
        if any(CURLY.search(text or "") for text in forms.values())
    ]


def nameless(labels: Mapping, theme: Mapping) -> list[str]:
    """List the criteria of an office that have no name in a language."""
    return [key for key, name in as_office_says(labels, theme)["vocabulary"]["criterion"].items() if not name]


def test_there_is_a_file_of_each_language() -> None:
    assert {"en", "es", "fr", "pt"} <= {path.stem for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_named_by_its_language(path: Path) -> None:
    labels = read_labels(path)
    assert labels["language"] == path.stem
    assert str(Locale.parse(locale_of(labels))) == locale_of(labels)


def test_every_language_has_the_same_keys(words: dict, french: dict) -> None:
    assert other_keys(words, french) == []
    assert OWN <= words.keys()


def test_every_language_fills_in_the_same(words: dict, french: dict) -> None:
    assert other_blanks(words, french) == []


def test_no_label_is_empty(words: dict) -> None:
    assert empty(words) == []


def test_signs_are_typed_plainly(words: dict) -> None:
    assert curly(words) == []


def test_plural_forms_are_those_of_the_language(words: dict) -> None:
    locale = Locale.parse(locale_of(words))
    known = {"other", *locale.plural_form.tags}
    forms = {**entries(words), "millions": words["millions"]}
    assert [path for path in forms if not known.issuperset(forms[path])] == []
    ranks = words["ordinals"]
    assert set(ranks) <= {"other", *locale.ordinal_form.tags}
    assert all(blanks(text) == {""} for text in ranks.values())


@pytest.mark.parametrize("theme", THEMES, ids=lambda path: path.stem)
def test_every_criterion_has_a_name(words: dict, theme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    office = read_theme(theme)
    assert office["criteria"]
    assert nameless(words, office) == []


def test_faults_are_found(french: dict) -> None:
    """The comparisons above would say so if a file had a fault."""
    planted = copy.deepcopy(french)
    del planted["figures"]["survey"]["count"]
    planted["form"]["keyword"] = planted["form"].pop("keywords")
    planted["figures"]["timeline"]["alt_strand"] = "{strand} : {milestone}."
    planted["tables"]["results"]["summary"]["one"] = "Tableau d'un résultat chiffré."
    planted["document"]["sort_by"] = "Trier"
    planted["gap"] = " "
    planted["document"]["page"] = None
    planted["form"]["type"] = "Type d’évaluation"
    planted["countries"]["CI"] = "Côte d’Ivoire"
    planted["vocabulary"]["criterion"].pop("impact")
    assert other_keys(planted, french) == [
        "figures.survey.count",
        "form.keyword",
        "form.keywords",
        "vocabulary.criterion.impact",
    ]
    assert other_blanks(planted, french) == [
        "document.sort_by",
        "figures.timeline.alt_strand",
        "tables.results.summary",
    ]
    assert empty(planted) == ["gap", "document.page"]
    assert curly(planted) == ["form.type", "countries.CI"]
    assert nameless(planted, {"criteria": ["relevance", "impact", {"key": "own", "en": "Own"}]}) == ["impact"]
