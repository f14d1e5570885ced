"""Read values.yaml: the values an evaluation works out for itself."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from evalbrief.data.cells import KEY
from evalbrief.data.evaluation import place_of
from evalbrief.data.problem import Problem, meant_or_allowed
from evalbrief.data.schema import Table, ValueRule
from evalbrief.data.source import read_yaml

COLUMN_RULES = ("count", "sum", "distinct", "maximum", "minimum", "largest_total", "by_total", "attained", "by")
# What count takes besides a column, whose filled cells it counts.
ALL_ROWS = "rows"
FORMULA_RULES = ("count", "sum", "distinct", "maximum", "minimum", "largest_total", "attained")
NUMBER_RULES = ("sum", "maximum", "minimum", "largest_total")
# The columns that attained reads.
ATTAINABLE = {"year", "target", "actual"}
EXAMPLES = "{table: interviews, sum: people}, {share: ..., of: ...} or {months_between: [..., ...]}"


def read_formulas(path: Path, file: str, schemas: Mapping[str, Table]) -> tuple[dict[str, dict], list[Problem]]:
    """Read and check values.yaml, as plain rules by name; an absent file holds none."""
    if not path.exists():
        return {}, []
    content, problems = read_yaml(path, file)
    rules = {}
    for name, entry in content.items():
        place = place_of(content, (name,))
        if not KEY.fullmatch(str(name)):
            hint = "Use small letters, digits and _, and begin with a letter."
            problems.append(Problem(file, place, f'"{name}" is not a name.', hint))
            continue
        try:
            rule = ValueRule.model_validate(entry)
        except ValidationError as errors:
            problems += [Problem(file, place, *_misread(error)) for error in errors.errors()[:1]]
            continue
        problems += [Problem(file, place, *fault) for fault in _faults(rule, schemas)]
        rules[name] = rule.model_dump(exclude_defaults=True)
    return rules, problems


def _misread(error: Mapping) -> tuple[str, str]:
    if error["type"] == "extra_forbidden":
        name = str(error["loc"][-1])
        return f'"{name}" is not known here.', meant_or_allowed(name, list(ValueRule.model_fields))
    where = f"{error['loc'][0]} cannot be read" if error["loc"] else "this is not a formula"
    return f"{where}.", f"Write it as in {EXAMPLES}."


def _faults(rule: ValueRule, schemas: Mapping[str, Table]) -> list[tuple[str, str]]:
    if rule.share or rule.months_between:
        return [] if rule.of or rule.months_between else [("share has no of.", "Write of: and the whole.")]
    if rule.table not in schemas:
        found = f'the table "{rule.table}" is not known.' if rule.table else "no table is named."
        return [(found, meant_or_allowed(rule.table, list(schemas)))]
    if not any(getattr(rule, name) for name in FORMULA_RULES):
        return [("there is no formula.", f"Write one of {', '.join(FORMULA_RULES)}.")]
    columns = schemas[rule.table].columns
    if rule.largest_total and not rule.by_total:
        return [("largest_total has no by_total.", f"Write by_total: and one of {', '.join(columns)}.")]
    if rule.attained and not ATTAINABLE <= set(columns):
        return [(f"attained does not work with {rule.table}.", "It compares actual with target in achievements.")]
    named = [getattr(rule, name) for name in COLUMN_RULES if getattr(rule, name)] + list(rule.where)
    numeric = [name for name, column in columns.items() if column.type in {"integer", "number"}]
    return [
        (f'{rule.table} has no column "{name}".', f"Allowed: {', '.join(columns)}.")
        for name in named
        if name not in columns and name != ALL_ROWS
    ] + [
        (f'the column "{column}" does not hold numbers.', f"Allowed: {', '.join(numeric) or 'none'}.")
        for column in (getattr(rule, name) for name in NUMBER_RULES)
        if column in columns and column not in numeric
    ]
