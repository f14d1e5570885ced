"""Read values.yaml: the values an evaluation works out for itself."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from evalbrief.data.cells import KEY
from evalbrief.data.evaluation import line_of
from evalbrief.data.problem import Problem
from evalbrief.data.schema import Table, ValueRule
from evalbrief.data.source import read_yaml

COLUMN_RULES = ("count", "sum", "distinct", "maximum", "minimum", "largest_total", "by_total", "attained", "by")
# What count takes besides a column, whose filled cells it counts.
ALL_ROWS = "rows"
FORMULA_RULES = ("count", "sum", "distinct", "maximum", "minimum", "largest_total", "attained")


def read_formulas(path: Path, file: str, schemas: Mapping[str, Table]) -> tuple[dict[str, dict], list[Problem]]:
    """Read and check values.yaml, as plain rules by name; an absent file holds none."""
    if not path.exists():
        return {}, []
    content, problems = read_yaml(path, file)
    rules = {}
    for name, entry in content.items():

        def problem(found: str, hint: str, name: object = name) -> Problem:
            return Problem(file, f"line {line_of(content, (name,))}, {name}", found, hint)

        if not KEY.fullmatch(str(name)):
            problems.append(problem("this is not a name.", "Use small letters, digits and _."))
            continue
        try:
            rule = ValueRule.model_validate(entry)
        except ValidationError as errors:
            error = errors.errors()[0]
            where = ".".join(map(str, error["loc"]))
            problems.append(problem(f"{where}: {error['msg']}.", "See the README on values.yaml."))
            continue
        problems += [problem(*fault) for fault in _faults(rule, schemas)]
        rules[name] = rule.model_dump(exclude_defaults=True)
    return rules, problems


def _faults(rule: ValueRule, schemas: Mapping[str, Table]) -> list[tuple[str, str]]:
    if rule.share or rule.months_between:
        return [] if rule.of or rule.months_between else [("share has no of.", "Write of: and the whole.")]
    if rule.table not in schemas:
        return [(f'the table "{rule.table}" is not known.', f"Allowed: {', '.join(schemas)}.")]
    if not any(getattr(rule, name) for name in FORMULA_RULES):
        return [("there is no formula.", f"Write one of {', '.join(FORMULA_RULES)}.")]
    columns = schemas[rule.table].columns
    named = [getattr(rule, name) for name in COLUMN_RULES if getattr(rule, name)] + list(rule.where)
    return [
        (f'{rule.table} has no column "{name}".', f"Allowed: {', '.join(columns)}.")
        for name in named
        if name not in columns and name != ALL_ROWS
    ]
