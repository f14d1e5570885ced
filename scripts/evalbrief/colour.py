"""Colours as six hexadecimal digits: how well one is read on another (WCAG 2)."""


def contrast(first: str, second: str) -> float:
    """Give the contrast of two colours, from 1 to 21."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour."""
    shares = (part / 255 for part in channels(colour))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def channels(colour: str) -> list[int]:
    """Give red, green and blue, each from 0 to 255."""
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
