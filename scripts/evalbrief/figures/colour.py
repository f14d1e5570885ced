"""Colours: lighter ones, and which text can be read on them."""

from matplotlib.colors import to_hex, to_rgb


def mixed(colour: str, strength: float) -> str:
    """Mix a colour with white; strength 1 leaves it, 0 is white."""
    red, green, blue = (1 - strength * (1 - part) for part in to_rgb(colour))
    return to_hex((red, green, blue))


def ink_on(fill: str) -> str:
    """Name the theme colour of text that has more contrast with a fill: white or black."""
    lightness = _luminance(fill)
    return "white" if 1.05 / (lightness + 0.05) > (lightness + 0.05) / 0.076 else "black"


def _luminance(colour: str) -> float:
    """Relative luminance after WCAG 2."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
