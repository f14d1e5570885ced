"""How a time grows with the number of briefs: the fitted exponent, and the curve."""

import math
import statistics
from collections.abc import Mapping
from pathlib import Path

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure


def exponent(seconds: Mapping[int, float]) -> float | None:
    """Fit seconds = a · briefs^b and return b: 1 means twice the time for twice the briefs."""
    if len(seconds) < 2:
        return None
    sizes, times = zip(*((math.log(size), math.log(took)) for size, took in seconds.items()), strict=True)
    return statistics.linear_regression(sizes, times).slope


def draw_curve(path: Path, curves: Mapping[str, Mapping[int, float]]) -> None:
    """Draw seconds over briefs, both in powers of ten, a line for each measurement."""
    figure = Figure(figsize=(7, 4), layout="constrained")
    FigureCanvasSVG(figure)
    axes = figure.add_subplot()
    for name, seconds in curves.items():
        axes.plot(list(seconds), list(seconds.values()), marker="o", label=name)
    axes.set(xscale="log", yscale="log", xlabel="briefs", ylabel="seconds")
    axes.grid(which="both", alpha=0.3)
    axes.legend()
    with matplotlib.rc_context({"svg.hashsalt": "growth", "svg.fonttype": "none"}):
        figure.savefig(path, metadata={"Date": None})
