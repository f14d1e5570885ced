"""Work out the values of values.yaml, or say of each formula why it cannot be worked out."""

from collections.abc import Mapping

from evalbrief.data.problem import Problem, meant_value
from evalbrief.data.schema import ValueRule
from evalbrief.text.values import Calculator

NUMBERS = ("integer", "number", "money", "percent")
# A row is chosen by one of the keys that its column can hold; elsewhere nothing says what else there could be.
LISTED = ("key", "choice", "reference")


def add_own_values(calculator: Calculator, rules: Mapping[str, dict], file: str) -> list[Problem]:
    """Add the values of an evaluation's own formulas, in their order, after those of the schemas."""
    problems = []
    for name, content in rules.items():
        rule = ValueRule.model_validate(content)
        faults = [*_path_faults(rule, calculator), *_where_faults(rule, calculator)]
        problems += [Problem(file, f'entry "{name}"', *fault) for fault in faults]
        if not faults:
            calculator.add(f"values.{name}", rule, rule.table)
    return problems


def _path_faults(rule: ValueRule, calculator: Calculator) -> list[tuple[str, str]]:
    kinds = ("date",) if rule.months_between else NUMBERS
    faults = []
    for path in (*(rule.months_between or ()), rule.share, rule.of):
        if path and path not in calculator.values:
            hint = meant_value(path, calculator.values.keys()) or "A formula can use only values that stand above it."
            faults.append((f'there is no value "{path}".', hint))
        elif path and calculator.values[path].kind not in kinds:
            hint = "Months lie between two dates." if rule.months_between else "A share is made of two numbers."
            faults.append((f'"{path}" is not a {"date" if rule.months_between else "number"}.', hint))
    return faults


def _where_faults(rule: ValueRule, calculator: Calculator) -> list[tuple[str, str]]:
    faults = []
    for column, wanted in rule.where.items():
        if calculator.tables[rule.table].schema.columns[column].type not in LISTED:
            continue
        contents = calculator.contents(rule.table, column)
        for unknown in [key for key in wanted if key not in contents]:
            allowed = f"Allowed: {', '.join(contents)}." if contents else "The table has no rows."
            faults.append((f'no {column} of {rule.table} is "{unknown}".', allowed))
    return faults
