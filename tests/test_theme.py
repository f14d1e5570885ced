"""The theme of an office: its faults are told with their lines, its words found in any language, its text read."""

from pathlib import Path

import pytest
from evalbrief.theme import COLOURS, WORDS, ThemeError, as_office_says, in_language, read_theme, word

ROOT = Path(__file__).parents[1]
THEMES = sorted((ROOT / "templates/themes").glob("*.yaml"))
ENOUGH = 4.5
WHITE = "#FFFFFF"
# What is printed in which colour on which ground.
INKS_ON_WHITE = ("blue", "dark_blue", "dark_red", "accessible_grey", "black", "purple")
PRINTED = [
    *((ink, "white") for ink in INKS_ON_WHITE),
    *(("white", ground) for ground in ("blue", "dark_blue")),
    *((ink, "light_blue") for ink in ("black", "blue", "accessible_grey")),
    # The notice in the masthead or under it, and the numbers of lessons and practices.
    ("yellow", "blue"),
    ("dark_blue", "yellow"),
    ("dark_blue", "green"),
    ("dark_blue", "turquoise"),
]
GOOD = """\
organisation: {fr: Bureau, es: Oficina}
unit_mark:
unit: {fr: Unité, en: Unit}
series: Brief
author: Unit
disclaimer:
logo:
font_folder:
fonts: {display: Noto Sans, text: Noto Sans}
colours:
  blue: "#000010"
  dark_blue: "#000020"
  red: "#000030"
  dark_red: "#000040"
  yellow: "#FFFF50"
  green: "#F0FF60"
  turquoise: "#F0FF70"
  purple: "#000080"
  light_blue: "#F0FFFF"
  grey: "#0000a0"
  accessible_grey: "#0000B0"
  black: "#0000C0"
criteria:
  - impact
  - {key: own, fr: Le nôtre, en: Ours}
  - relevance
limits:
  pages: 8
  recommendations: 12
"""


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Stand in a folder with nothing in it: paths of a theme are relative to the project's."""
    monkeypatch.chdir(tmp_path)


def read(text: str) -> dict:
    """Read a theme given as text."""
    Path("theme.yaml").write_text(text, encoding="utf-8")
    return read_theme("theme.yaml")


def faults(text: str) -> list[str]:
    """Read a theme that must be refused, and list what was said about it."""
    with pytest.raises(ThemeError) as refused:
        read(text)
    return str(refused.value).splitlines()


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours after WCAG 2."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour after WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def types(node: object) -> set[type]:
    """List the types in a theme."""
    inner = [*node.keys(), *node.values()] if isinstance(node, dict) else node if isinstance(node, list) else []
    return {type(node)}.union(*map(types, inner))


@pytest.mark.parametrize("path", THEMES, ids=lambda path: path.stem)
def test_the_themes_of_the_project_are_good(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    theme = read_theme(path)
    assert set(theme["colours"]) == set(COLOURS)
    # Snakemake takes nothing else as a parameter.
    assert types(theme) <= {dict, list, str, int, type(None)}


def test_there_is_more_than_one_office() -> None:
    assert {"ilo", "neutral"} <= {path.stem for path in THEMES}


def test_a_good_theme_is_read() -> None:
    theme = read(GOOD)
    assert theme["organisation"] == {"fr": "Bureau", "es": "Oficina"}
    assert theme["colours"]["blue"] == "#000010"
    assert theme["limits"] == {"pages": 8, "recommendations": 12}
    assert theme["criteria"] == ["impact", {"key": "own", "fr": "Le nôtre", "en": "Ours"}, "relevance"]


def test_a_logo_and_fonts_that_are_there_are_taken() -> None:
    Path("fonts").mkdir()
    Path("mark.SVG").write_text("<svg/>", encoding="utf-8")
    theme = read(GOOD.replace("logo:", "logo: mark.SVG").replace("font_folder:", "font_folder: fonts"))
    assert (theme["logo"], theme["font_folder"]) == ("mark.SVG", "fonts")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("series: Brief\n", "", ': "series" is missing.'),
        ("series: Brief", "series:", ', line 4: "series" is missing.'),
        ("series: Brief", "series: [a, b]", ', line 4: "series" must be a text, or a text for each language.'),
        ("series: Brief", "series: {en: 5}", ', line 4: "series" has no text in en.'),
        ("  - impact\n", "  - impact\n  - impact\n", ', line 25: "impact" is named a second time.'),
        ("series: Brief", "series: Brief\nserie: x", ', line 5: "serie" is not known. Allowed: organisation, unit'),
        ("logo:", "logo: nowhere.svg", ', line 7: "nowhere.svg" is not there. Name an SVG or PNG file, or leave it'),
        ("logo:", "logo: theme.yaml", ', line 7: "theme.yaml" is not there. Name an SVG or PNG file, or leave it'),
        ("font_folder:", "font_folder: nowhere", ', line 8: there is no folder "nowhere".'),
        ("font_folder:", "font_folder: theme.yaml", ', line 8: there is no folder "theme.yaml".'),
        ("text: Noto Sans", "text: ", ", line 9: fonts: text is missing. Name a family of fonts, such as Noto Sans."),
        ("text: Noto Sans", "text: Noto Sans, title: X", ', line 9: "title" is not known here.'),
        ("fonts: {display: Noto Sans, text: Noto Sans}", "", ': "fonts" is missing. It has the entries display, text.'),
        ('blue: "#000010"', "blue: navy", ', line 11: colours: blue is "navy". Write it as "#1E2DBE", in quotation'),
        ('blue: "#000010"', "blue: #000010", ', line 11: colours: blue is "None". Write it as "#1E2DBE", in quotation'),
        ('blue: "#000010"', 'blue: "#01a"', ', line 11: colours: blue is "#01a". Write it as "#1E2DBE", in quotation'),
        ('  red: "#000030"\n', "", ', line 10: colours: red is "None". Write it as "#1E2DBE", in quotation'),
        ('red: "#000030"', 'red: "#000030"\n  pink: "#000031"', ', line 14: "pink" is not known here.'),
        ("pages: 8", "pages: 0", ', line 28: limits: pages is "0". It must be a whole number, 1 or more.'),
        ("pages: 8", "pages: 7.5", ', line 28: limits: pages is "7.5". It must be a whole number, 1 or more.'),
        ("pages: 8", "pages: true", ', line 28: limits: pages is "True". It must be a whole number, 1 or more.'),
        ("  - impact\n", "  - 5\n", ", line 24: write a key, or {key: ..., en: ...} with the name in each language."),
        ("{key: own, fr: Le nôtre,", "{fr: Le nôtre,", ", line 25: write a key, or {key: ..., en: ...} with the name"),
        (", fr: Le nôtre, en: Ours", "", ", line 25: write a key, or {key: ..., en: ...} with the name in each"),
        ("series: Brief", "series: a: b", ", line 4: a colon or the indentation is out of place."),
        ("series: Brief", "series: a\nseries: b", ', line 5: the entry "series" stands here a second time.'),
    ],
)
def test_a_fault_names_its_line(old: str, new: str, message: str) -> None:
    assert GOOD.count(old) >= 1
    found = faults(GOOD.replace(old, new, 1))
    assert len(found) == 1
    assert found[0].startswith("theme.yaml" + message)


@pytest.mark.parametrize("criteria", ["", "[]", "impact", "{impact: Impact}"])
def test_criteria_are_a_list(criteria: str) -> None:
    before, _, after = GOOD.partition("criteria:\n")
    text = f"{before}criteria: {criteria}\n{after[after.index('limits:') :]}"
    assert faults(text) == ['theme.yaml, line 23: "criteria" must be a list of keys.']


def test_all_faults_are_told_at_once() -> None:
    text = GOOD.replace("logo:", "logo: nowhere.png").replace("pages: 8", "pages: many").replace("series: Brief\n", "")
    found = faults(text.replace('"#FFFF50"', "yellow").replace("author:", "writer:"))
    assert [fault.partition(": ")[0] for fault in found] == [
        "theme.yaml, line 4",
        "theme.yaml",
        "theme.yaml",
        "theme.yaml, line 14",
        "theme.yaml, line 27",
        "theme.yaml, line 6",
    ]


def test_an_empty_theme_is_refused() -> None:
    assert (
        faults("")
        == faults("- a\n")
        == ["theme.yaml, line 1: no entries found. Write one entry a line, as in title: ..."]
    )


@pytest.mark.parametrize(
    ("name", "language", "found"),
    [
        ("unit", "fr", ("Unité", "fr")),
        ("unit", "pt", ("Unit", "en")),
        ("organisation", "es", ("Oficina", "es")),
        ("organisation", "en", ("Bureau", "fr")),
        ("organisation", "pt", ("Bureau", "fr")),
        ("series", "pt", ("Brief", "")),
        ("disclaimer", "fr", ("", "")),
    ],
)
def test_a_word_that_is_missing_is_the_english_or_the_first(name: str, language: str, found: tuple[str, str]) -> None:
    assert word(read(GOOD), name, language) == found


def test_a_theme_in_one_language_keeps_all_else() -> None:
    theme = read(GOOD)
    spanish = in_language(theme, "es")
    assert {name: spanish[name] for name in WORDS} == {
        "organisation": "Oficina",
        "unit_mark": "",
        "unit": "Unit",
        "series": "Brief",
        "author": "Unit",
        "disclaimer": "",
    }
    assert {name: part for name, part in spanish.items() if name not in WORDS} == {
        name: part for name, part in theme.items() if name not in WORDS
    }


def test_criteria_are_those_of_the_office_in_its_order() -> None:
    labels = {
        "language": "fr",
        "gap": "-",
        "vocabulary": {"level": {}, "criterion": {"relevance": "Pertinence", "impact": "Impact", "other": "Autre"}},
    }
    chosen = as_office_says(labels, read(GOOD))
    assert list(chosen["vocabulary"]["criterion"].items()) == [
        ("impact", "Impact"),
        ("own", "Le nôtre"),
        ("relevance", "Pertinence"),
    ]
    assert (chosen["gap"], chosen["vocabulary"]["level"]) == ("-", {})
    assert list(labels["vocabulary"]["criterion"]) == ["relevance", "impact", "other"]
    assert as_office_says({**labels, "language": "pt"}, read(GOOD))["vocabulary"]["criterion"]["own"] == "Ours"


def test_an_own_name_goes_before_the_label_file() -> None:
    labels = {"language": "fr", "vocabulary": {"criterion": {"impact": "Orientation vers l'impact"}}}
    theme = read(GOOD.replace("  - impact", "  - {key: impact, fr: Effets}"))
    assert as_office_says(labels, theme)["vocabulary"]["criterion"]["impact"] == "Effets"


@pytest.mark.parametrize("path", THEMES, ids=lambda path: path.stem)
@pytest.mark.parametrize(("ink", "ground"), PRINTED, ids=lambda name: name)
def test_what_is_printed_can_be_read(path: Path, ink: str, ground: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    colours = {**read_theme(path)["colours"], "white": WHITE}
    assert contrast(colours[ink], colours[ground]) >= ENOUGH


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", WHITE) == contrast(WHITE, "#000000") == 21
    assert contrast("#777777", WHITE) < ENOUGH < contrast("#767676", WHITE)


def test_a_theme_whose_text_cannot_be_read_is_refused(tmp_path: Path) -> None:
    text = (ROOT / "templates/themes/ilo.yaml").read_text(encoding="utf-8")
    path = tmp_path / "pale.yaml"
    path.write_text(text.replace("#1E2DBE", "#7FB7BE"), encoding="utf-8")
    with pytest.raises(ThemeError, match=r"line \d+: blue has a contrast of 2\.2 with white; text needs 4\.5\."):
        read_theme(path)


def test_an_office_has_words_of_its_own() -> None:
    labels = {
        **{"language": "en", "form": {"date_approved": "Approved by the office", "type": "Type"}},
        **{"vocabulary": {"criterion": {"impact": "Impact"}, "level": {"high": "High"}}},
    }
    theme = {"words": {"en": {"form": {"date_approved": "Approved by EVAL"}}}, "criteria": ["impact"]}
    said = as_office_says(labels, theme)
    assert said["form"] == {"date_approved": "Approved by EVAL", "type": "Type"}
    assert as_office_says(labels, {"criteria": ["impact"]})["form"] == labels["form"]
