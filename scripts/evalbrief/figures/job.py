"""What a figure's script is handed by its rule: the same for every figure."""


def figure_job(snakemake) -> dict:
    """Name the arguments of a draw function from the job that Snakemake started."""
    return {
        "tables": list(snakemake.input.tables),
        "style": snakemake.input.style,
        "fonts": list(snakemake.input.fonts),
        "labels": snakemake.params.labels,
        "vocabulary": snakemake.params.vocabulary,
        "typography": snakemake.params.typography,
        "colours": snakemake.params.colours,
        "countries": snakemake.params.countries,
        "locale": snakemake.params.locale,
        "settings": snakemake.params.settings,
        "svg": snakemake.output.svg,
        "png": snakemake.output.png,
        "data": snakemake.output.data,
        "words": snakemake.output.words,
    }
