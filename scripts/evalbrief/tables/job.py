"""What a table's script is handed by its rule: the same for every table."""


def table_job(snakemake) -> dict:
    """Name the arguments of a lay-out function from the job that Snakemake started."""
    return {
        "tables": list(snakemake.input.tables),
        "labels": snakemake.params.labels,
        "vocabulary": snakemake.params.vocabulary,
        "countries": snakemake.params.countries,
        "locale": snakemake.params.locale,
        "settings": snakemake.params.settings,
        "layout": snakemake.output.layout,
        "data": snakemake.output.data,
    }
