"""The colours of a page."""

from itertools import product
from pathlib import Path

import pytest
from evalbrief.colour import contrast
from evalbrief.document.html.colours import mixed, page_colours, readable
from ruamel.yaml import YAML

OFFICE = YAML(typ="safe").load(Path(__file__).parent.parent / "templates/themes/ilo.yaml")["colours"]
# An office whose colours are nearly all alike, and pale.
PALE = dict.fromkeys(OFFICE, "#f0e8d8")
GROUNDS = ("paper", "tint", "card", "finding")
INKS = ("ink", "quiet", "accent", "deep", "warning")
PAIRS = [*product(INKS, GROUNDS), ("on-strip", "strip"), ("on-lesson", "lesson"), ("on-practice", "practice")]


@pytest.mark.parametrize("office", [OFFICE, PALE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read(office: dict[str, str], scheme: str) -> None:
    colours = page_colours(office)[scheme]
    faint = [(ink, ground) for ink, ground in PAIRS if contrast(colours[ink], colours[ground]) < 4.5]
    assert faint == []
    assert min(contrast("#ffffff", colours[name]) for name in ("bar", "recommendation")) >= 4.5


def test_a_readable_colour_stays_as_it_is() -> None:
    assert page_colours(OFFICE)["light"]["bar"] == OFFICE["blue"].lower()
    assert readable("#000000", ["#ffffff"], 7, "#ffffff") == "#000000"


def test_mixes_and_measures() -> None:
    assert mixed("#ff0000", "#0000ff", 0.5) == "#800080"
    assert round(contrast("#ffffff", "#000000"), 6) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
