"""Write the data dictionary: every file of an evaluation in plain words, from what checks the data."""

from collections.abc import Iterable, Mapping

from pydantic import BaseModel

from evalbrief.data.addresses import Source
from evalbrief.data.evaluation import Donor, Evaluation, OwnCriterion, RatingScale
from evalbrief.data.schema import Column, Table, ValueRule

HEAD = """# Data dictionary

What the folder of an evaluation, `data/{evaluation}/`, can hold. This page is written by the builder from the rules
that check the data; do not edit it.

| File | Holds |
| --- | --- |
| `evaluation.yaml` | the quick facts; the one file that must be there |
| `{table}.csv` | one of the tables below; a table the evaluation lacks is simply not there |
| `values.yaml` | values of your own for the text |
| `text/{language}/{section}.md` | the text, one file per section, such as `text/fr/logic.md` |
| `translations.yaml` | which text each translation was made from; written by `python3 brief.py translated` |
| `fetched.json` | which files came from elsewhere, and when; written by `python3 brief.py fetch` |

In all tables the first row holds the names of the columns, and commas or semicolons separate the cells. An empty cell
means "not given" and shows as a gap in the brief. A column whose name ends with a language, such as `label_fr`, is
written once per language. Where a cell can hold several keys, semicolons separate them.
"""
FACTS = """## evaluation.yaml

What is left out shows as a gap in the brief. A text is the same in all languages, as in `title: ...`, or given for
each, as in `title: {fr: ..., en: ...}`.
"""
SOURCES = """Tables, `values.yaml` and texts can have a source, which is an address or a group of the entries above:

```yaml
sources:
  survey.csv: /mnt/share/evaluation/survey.csv
  results.csv: {address: https://cloud.example.org/results.csv, user: evaluation, secret: CLOUD_PASSWORD}
  text/fr/logic.md: {address: s3://bucket/logic.md, endpoint: https://s3.example.org, user: KEY_ID, secret: S3_KEY}
```
"""
VALUES = """## Values for the text

A text names a value as in `{{ interviews.people }}`, with a filter where it is to be written in another way, as in
`{{ geography.countries | words }}`.

- Every quick fact is a value: `facts.title`, `facts.donors[0].amount` (the first of a list has the number 0).
- Every cell is a value in the tables whose rows are named by one key: `evidence.documents.count`.
- The values named below each table are worked out from it. A total is a gap when one of its cells is empty.
- Own values are written in `values.yaml` and begin with `values.`:

```yaml
villagers: {table: interviews, sum: people, where: {group: communities}}
women_share: {share: interviews.women, of: interviews.people}
project_months: {months_between: [milestones.project.start, milestones.project.end]}
```
"""
GROUPS = {"A donor": Donor, "A criterion of your own": OwnCriterion, "The scale": RatingScale, "A source": Source}
TYPES = {
    "key": "a key: small letters, digits and _",
    "text": "text",
    "integer": "a whole number",
    "number": "a number",
    "date": "a date: 2023, 2023-10 or 2023-10-31",
    "country": "a country: two letters of ISO 3166-1",
    "currency": "a currency: three letters of ISO 4217",
    "flag": "yes or empty",
    "criterion": "a criterion of evaluation.yaml",
}
FORMULAS = {
    "count": "how many rows",
    "sum": "the total of {}",
    "distinct": "how many different entries in {}",
    "maximum": "the largest {}",
    "minimum": "the smallest {}",
    "largest_total": "the largest total of {}",
    "attained": "how many of {} reach their target in the latest year that has both",
    "share": "{} in per cent of {of}",
}


def data_dictionary(schemas: Mapping[str, Table], vocabulary: Mapping[str, Mapping[str, str]]) -> str:
    """Write the dictionary in Markdown; `vocabulary` is that of a label file."""
    parts = [HEAD, FACTS, _entries(Evaluation, vocabulary)]
    parts += [f"{name}:\n\n{_entries(group, vocabulary)}" for name, group in GROUPS.items()]
    parts.append(SOURCES)
    parts.append(f"Criteria of the office: {_keys(vocabulary['criterion'])}.\n")
    parts.append(VALUES)
    parts += [_table(schema, vocabulary) for schema in schemas.values()]
    return "\n".join(parts)


def _entries(model: type[BaseModel], vocabulary: Mapping[str, Mapping[str, str]]) -> str:
    rows = [
        (
            name,
            _keys(vocabulary[name]) if name in vocabulary else field.title or "",
            "yes" if field.is_required() else "",
            field.description or "",
        )
        for name, field in model.model_fields.items()
    ]
    if model is OwnCriterion:
        rows.append(("fr", "text", "yes", "Its name; so for every language."))
    return _grid("Entry", rows)


def _table(schema: Table, vocabulary: Mapping[str, Mapping[str, str]]) -> str:
    rows = [
        (
            f"{name}_fr" if column.translated else name,
            _holds(column, vocabulary),
            "yes" if column.required else "",
            column.why,
        )
        for name, column in schema.columns.items()
    ]
    values = "".join(
        f"- `{schema.table}.{name}{f'.{{{rule.by}}}' if rule.by else ''}`: {_worked_out(rule)}\n"
        for name, rule in schema.values.items()
    )
    names = " and ".join(f"`{name}`" for name in schema.key)
    head = f"## {schema.table}.csv\n\n**{schema.title}.** {schema.why} No two rows have the same {names}.\n"
    return f"{head}\n{_grid('Column', rows)}\nValues:\n\n{values}" if values else f"{head}\n{_grid('Column', rows)}"


def _holds(column: Column, vocabulary: Mapping[str, Mapping[str, str]]) -> str:
    if column.vocabulary:
        words = _keys(vocabulary[column.vocabulary])
    elif column.reference:
        table, _, key = column.reference.partition(".")
        words = f"a {key} of {table}.csv"
    else:
        words = TYPES[column.type]
    if column.maximum is not None:
        words += f", {column.minimum:g} to {column.maximum:g}"
    elif column.minimum is not None:
        words += f", {column.minimum:g} or more"
    return f"{words}; several allowed" if column.many else words


def _worked_out(rule: ValueRule) -> str:
    formula, column = next((name, value) for name in FORMULAS if (value := getattr(rule, name)))
    words = FORMULAS[formula].format(column, of=rule.of)
    by = rule.by or rule.by_total
    return f"{words}, for each {by}" if by else words


def _keys(words: Mapping[str, str]) -> str:
    return ", ".join(f"`{key}`" for key in words)


def _grid(first: str, rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {first} | Holds | Required | Why |", "| --- | --- | --- | --- |"]
    lines += [f"| `{name}` | {holds} | {required} | {why} |" for name, holds, required, why in rows]
    return "\n".join(lines) + "\n"
