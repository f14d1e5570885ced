"""What a table's script is handed by its rule: the same for every table."""

from evalbrief.tables.wording import Wording


def table_job(snakemake) -> dict:
    """Name the arguments of a lay-out function from the job that Snakemake started."""
    given = snakemake.params
    return {
        "tables": list(snakemake.input.tables),
        "wording": Wording(given.labels, given.vocabulary, given.countries, given.locale),
        "settings": given.settings,
        "layout": snakemake.output.layout,
        "data": snakemake.output.data,
    }
