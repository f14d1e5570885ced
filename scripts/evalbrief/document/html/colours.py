"""Derive the colours of a page from those of the office, in light and in dark, all of them readable."""

from collections.abc import Iterable, Mapping

from evalbrief.colour import channels, contrast

WHITE, NIGHT = "#ffffff", "#101014"
# Contrast after WCAG 2: of text (AA), and of text that is read at length (AAA).
TEXT, BODY = 4.5, 7.0
STEP = 0.05


def page_colours(office: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Give the colours of the page by their part in it, for "light" and for "dark"."""
    bars = {
        "bar": readable(office["blue"], [WHITE], TEXT, NIGHT),
        "rule": office["red"],
        "strip": office["yellow"],
        "on-strip": readable(office["dark_blue"], [office["yellow"]], BODY, NIGHT),
        "finding-edge": office["yellow"],
        "recommendation": readable(office["blue"], [WHITE], TEXT, NIGHT),
        "lesson": office["green"],
        "on-lesson": readable(office["dark_blue"], [office["green"]], TEXT, NIGHT),
        "practice": office["turquoise"],
        "on-practice": readable(office["dark_blue"], [office["turquoise"]], TEXT, NIGHT),
    }
    return {"light": bars | _light(office), "dark": bars | _dark(office)}


def _light(office: Mapping[str, str]) -> dict[str, str]:
    papers = {
        "paper": WHITE,
        "tint": office["light_blue"],
        "card": WHITE,
        "finding": mixed(office["yellow"], WHITE, 0.16),
        "target": mixed(office["yellow"], WHITE, 0.4),
    }
    grounds = [papers["paper"], papers["tint"], papers["finding"]]
    return papers | {
        "ink": readable(office["black"], grounds, BODY, NIGHT),
        "quiet": readable(office["accessible_grey"], grounds, TEXT, NIGHT),
        "accent": readable(office["blue"], grounds, TEXT, NIGHT),
        "deep": readable(office["dark_blue"], grounds, BODY, NIGHT),
        "warning": readable(office["dark_red"], grounds, TEXT, NIGHT),
        "line": office["grey"],
    }


def _dark(office: Mapping[str, str]) -> dict[str, str]:
    paper = mixed(office["dark_blue"], NIGHT, 0.14)
    papers = {
        "paper": paper,
        "tint": mixed(office["blue"], paper, 0.2),
        "card": mixed(WHITE, paper, 0.05),
        "finding": mixed(office["yellow"], paper, 0.14),
        "target": mixed(office["yellow"], paper, 0.28),
    }
    grounds = list(papers.values())[:4]
    return papers | {
        "ink": readable(mixed(WHITE, paper, 0.88), grounds, BODY, WHITE),
        "quiet": readable(office["accessible_grey"], grounds, TEXT, WHITE),
        "accent": readable(office["blue"], grounds, TEXT + 1, WHITE),
        "deep": readable(mixed(office["dark_blue"], WHITE, 0.2), grounds, BODY, WHITE),
        "warning": readable(office["dark_red"], grounds, TEXT, WHITE),
        "line": mixed(office["grey"], paper, 0.4),
    }


def readable(colour: str, grounds: Iterable[str], ratio: float, towards: str) -> str:
    """Move a colour towards another, no further than it takes to be read on every ground."""
    grounds, share = list(grounds), 0.0
    while share < 1 and min(contrast(mixed(towards, colour, share), ground) for ground in grounds) < ratio:
        share += STEP
    return mixed(towards, colour, min(share, 1.0))


def mixed(colour: str, ground: str, share: float) -> str:
    """Mix a share of a colour into another."""
    parts = zip(channels(colour), channels(ground), strict=True)
    return "#" + "".join(f"{round(share * over + (1 - share) * under):02x}" for over, under in parts)
