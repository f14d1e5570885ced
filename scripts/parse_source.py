"""The brief's source text and the layouts of its tables -> pandoc's tree, the one input of all writers."""

import json
from pathlib import Path

from evalbrief.document.parse import parse
from evalbrief.files import read_by_name, read_json

# The profile of evaluation.yaml that marks every page.
DRAFT = "draft"


def parse_source(*, source: str, tables: list[str], context: str, labels: dict, theme: dict, tree: str) -> None:
    """Write the tree as JSON; raise SourceError for what a brief must not hold.

    `tables` are layouts named {table}.{language}.json; the theme gives the office's names in the brief's language.
    """
    layouts = read_by_name(tables)
    document = _document(read_json(context)["facts"], labels, theme)
    parsed = parse(Path(source).read_text(encoding="utf-8"), layouts, document, labels)
    Path(tree).write_text(json.dumps(parsed, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def _document(facts: dict, labels: dict, theme: dict) -> dict:
    language, words = labels["language"], labels["document"]
    return {
        "title": facts["title"],
        "notice": facts["notice"] or "",
        "draft": words["draft"] if facts["profile"] == DRAFT else "",
        "lang": f"{language}-{labels['region']}",
        "date": facts["date_completed"] or facts["date_approved"] or "",
        "keywords": facts["keywords"],
        "organisation": theme["organisation"],
        "unit_mark": theme["unit_mark"],
        "unit": theme["unit"],
        "series": theme["series"],
        "author": theme["author"],
        "labels": {**words, **labels["form"], "gap": labels["gap"], "colon": labels["colon"]},
    }


if __name__ == "__main__":
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        parse_source(
            source=snakemake.input.source,
            tables=list(snakemake.input.tables),
            context=snakemake.input.context,
            labels=snakemake.params.labels,
            theme=snakemake.params.theme,
            tree=snakemake.output.tree,
        )
