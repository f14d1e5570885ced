"""Colours: lighter ones, and which text can be read on them."""

from matplotlib.colors import to_hex, to_rgb

from evalbrief.colour import contrast


def mixed(colour: str, strength: float) -> str:
    """Mix a colour with white; strength 1 leaves it, 0 is white."""
    red, green, blue = (1 - strength * (1 - part) for part in to_rgb(colour))
    return to_hex((red, green, blue))


def ink_on(fill: str, black: str) -> str:
    """Name the theme colour of text that has more contrast with a fill: white or black."""
    return "white" if contrast("#FFFFFF", to_hex(fill)) > contrast(black, to_hex(fill)) else "black"
