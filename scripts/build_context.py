"""The model of one evaluation and language -> everything a template may say, each value with its origin."""

from evalbrief.data.schema import read_schemas
from evalbrief.files import write_json
from evalbrief.text.context import context


def build_context(*, model: str, schemas: str, evaluation: str, vocabulary: dict, output: str) -> None:
    """Write the context of the model in the folder `model` as JSON."""
    keys = {name: list(words) for name, words in vocabulary.items()}
    write_json(output, context(model, read_schemas(schemas), evaluation, keys))


if __name__ == "__main__":
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        build_context(
            model=snakemake.params.model,
            schemas="data/schemas",
            evaluation=snakemake.wildcards.evaluation,
            vocabulary=snakemake.params.vocabulary,
            output=snakemake.output.context,
        )
