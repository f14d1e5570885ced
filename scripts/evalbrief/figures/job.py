"""What a figure's script is handed by its rule: the same for every figure."""

from dataclasses import dataclass

from evalbrief.figures.sheet import Look
from evalbrief.tables.wording import Wording


@dataclass(frozen=True)
class FigureFiles:
    """The files that a figure is written to: the picture twice, its data (CSV) and its words (JSON)."""

    svg: str
    png: str
    data: str
    words: str


def figure_job(snakemake) -> dict:
    """Name the arguments of a draw function from the job that Snakemake started."""
    given = snakemake.params
    return {
        "tables": list(snakemake.input.tables),
        "wording": Wording(given.labels, given.vocabulary, given.countries, given.locale),
        "look": Look(snakemake.input.style, list(snakemake.input.fonts), given.colours, given.typography),
        "settings": given.settings,
        "files": FigureFiles(**dict(snakemake.output.items())),
    }
