"""The context, people's sections, the words of figures and tables -> the brief's source text in Markdown."""

from pathlib import Path

from evalbrief.files import read_by_name, read_json
from evalbrief.text.placing import TABLE_SUFFIX, Placing
from evalbrief.text.source import source_text


def render_source(
    *,
    context: str,
    texts: str,
    templates: str,
    figures: list[str],
    tables: list[str],
    figure_sections: dict[str, str],
    table_sections: dict[str, str | None],
    disclaimer: tuple[str, str],
    labels: dict,
    source: str,
) -> None:
    """Write the source text; raise DataProblems with everything wrong in the sections of the folder `texts`.

    `figures` are the files with the figures' words, `tables` the tables' layouts, both named {name}.{language}.json;
    the sections say where each stands that no text places; `disclaimer` is the office's, and the language it is in.
    """
    placing = Placing(read_by_name(figures), read_by_name(tables), labels["language"])
    homes = figure_sections | {f"{name}{TABLE_SUFFIX}": home for name, home in table_sections.items()}
    text = source_text(
        context=read_json(context),
        texts=Path(texts),
        templates=Path(templates),
        labels=labels,
        disclaimer=disclaimer,
        placing=placing,
        homes=homes,
    )
    Path(source).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        render_source(
            context=snakemake.input.context,
            texts=snakemake.params.texts,
            templates="templates",
            figures=list(snakemake.input.figures),
            tables=list(snakemake.input.tables),
            figure_sections=snakemake.params.figure_sections,
            table_sections=snakemake.params.table_sections,
            disclaimer=snakemake.params.disclaimer,
            labels=snakemake.params.labels,
            source=snakemake.output.source,
        )
