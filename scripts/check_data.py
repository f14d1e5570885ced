"""The folder of one evaluation -> its model in one language, or the list of everything that is wrong."""

from evalbrief.data.check import check_evaluation
from evalbrief.data.model import write_model
from evalbrief.data.schema import read_schemas


def check_data(*, folder: str, schemas: str, vocabulary: dict[str, dict[str, str]], language: str, model: str) -> None:
    """Check the evaluation in `folder` and write its model; raise DataProblems when anything is wrong."""
    tables = read_schemas(schemas)
    write_model(check_evaluation(folder, tables, vocabulary, language), tables, language, model)


if __name__ == "__main__":
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        check_data(
            folder=f"data/{snakemake.wildcards.evaluation}",
            schemas="data/schemas",
            vocabulary=snakemake.params.vocabulary,
            language=snakemake.wildcards.language,
            model=f"build/{snakemake.wildcards.evaluation}/model/{snakemake.wildcards.language}",
        )
