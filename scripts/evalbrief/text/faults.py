"""Find what is wrong in one text section, line by line, without filling it in."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import is_currency
from jinja2 import Environment, TemplateSyntaxError, nodes

from evalbrief.data.glyphs import unprintable
from evalbrief.data.problem import Problem, meant_or_allowed, meant_value
from evalbrief.folder import FORMULAS
from evalbrief.text.sections import Section

Fault = tuple[str, str]

EXPRESSION = re.compile(r"\{\{[^{}]*\}\}")
PLACING = ("figure", "table", "ref")
# How a value begins that an evaluation works out for itself.
OWN = "values"
# In single braces a text stays as it is; one that begins like a value was meant as one.
SINGLE = re.compile(rf"(?<!\{{)\{{\s*(?:(\w+)[.\[]|(?:{'|'.join(PLACING)})\()[^{{}}]*\}}(?!\}})")
# How a value can begin whatever the data holds.
BEGINNINGS = ("facts", OWN)
# What would break out of a section or bring in something from outside, by the start of the line or anywhere in it.
FORBIDDEN = (
    (re.compile(r"\{%|\{##|##\}"), "a command", "Only values {{ }} can stand in a text."),
    (re.compile(r"\{\{"), "a value that is not closed in this line", "Close it with }}."),
    (re.compile(r"\}\}"), "the end of a value that is not opened in this line", "Open it with {{."),
    (re.compile(r"^\s{0,3}#{1,6}(\s|$)"), "a heading", "The headings come from the form; write a paragraph."),
    (re.compile(r"^\s*:{3,}"), "a block marked with :::", "Write a paragraph."),
    (re.compile(r"^\s{0,3}(```|~~~)"), "a code block", "Write a paragraph."),
    (re.compile(r"^\s{0,3}[:~]\s"), "a definition", "Write the sign at the end of the line before."),
    (re.compile(r"^\s{0,3}(=+|-+|([-*_]\s*){3,})\s*$"), "a rule or underline", "Leave an empty line instead."),
    (re.compile(r"!\["), "a picture", 'Only the figures of the brief can be shown: {{ figure("timeline") }}.'),
    (re.compile(r"\]\(\s*<?(?!https?://|#)"), "a link to a file", "Link to an https address, or leave the link out."),
    (re.compile(r"^\s{0,3}\[[^]^][^]]*\]:"), "the address of a link", "Write it at its text: [text](https://...)."),
    (re.compile(r"<(/?[a-zA-Z][^<>]*|!--.*)>"), "HTML", "Use **bold** and *emphasis*; put a space after a lone <."),
    (re.compile(r"\{=\w+\}"), "a raw passage", "Write plain text."),
)
# What changes how a value is read or printed, looked for before values are replaced.
BEFORE_VALUE = (
    (re.compile(r"!\{\{"), "a picture", "Put a space between ! and {{."),
    (re.compile(r"\\\{\{"), "a value behind a backslash", "Remove the backslash."),
    (re.compile(r"`[^`]*\{\{"), "a value in code", "Remove the `."),
)
ITEM = re.compile(r"\s*([-*+]|\(?\w{1,4}[.)]|\[\^[^]]+\]:)\s")
INDENTED = re.compile(r"( {4}|\t)\s*\S")

NUMBERS = frozenset({"integer", "number", "percent", "money"})
# The kinds of value that a filter can write; a filter that is not here writes any.
WRITES = {
    **dict.fromkeys(("n", "words", "ordinal", "percent", "money", "millions"), NUMBERS),
    "date": {"date"},
    "year": {"date"},
    "label": {"label"},
    "country": {"country"},
}
WHOLE = ("words", "ordinal")
# What a filter can be given in brackets, one thing at most: decimals, a gender, a currency.
ARGUMENTS = {"n": range(7), "percent": range(4), "millions": range(4), "words": ("m", "f")}


@dataclass(frozen=True)
class Known:
    """What a section may name: values by path, as the context holds them, figures and tables."""

    values: Mapping[str, Mapping]
    figures: Collection[str]
    tables: Collection[str]


def section_problems(section: Section, env: Environment, known: Known | None) -> list[Problem]:
    """Find every fault of one section; without `known`, only those that need no data."""
    return [
        Problem(section.file, f"line {number}", *fault)
        for faults in (
            _prose_faults(section),
            _single_braces(section, known),
            _expression_faults(section, env, known),
        )
        for number, fault in faults
    ]


def placements(section: Section) -> Iterator[tuple[int, str]]:
    """Find where a section places figures and tables: line and name."""
    for number, line in enumerate(section.text.splitlines(), start=1):
        for name in re.findall(r"""\{\{\s*(?:figure|table)\(\s*["'](\w+)["']\s*\)\s*\}\}""", line):
            yield number, name


def _prose_faults(section: Section) -> Iterator[tuple[int, Fault]]:
    listed = False
    before = ""
    for number, line in enumerate(section.text.splitlines(), start=1):
        # Inside {{ }} the quotation marks and brackets are a template's.
        prose = EXPRESSION.sub("x", line)
        for pattern, what, hint in FORBIDDEN:
            if found := pattern.search(prose):
                yield number, (f'"{found[0].strip()}" begins {what}.', hint)
                break
        listed = listed or bool(ITEM.match(line))
        if INDENTED.match(line) and not before.strip() and not listed:
            yield number, ("the line begins with spaces.", "Begin it at the margin.")
        before = line
        for pattern, what, hint in BEFORE_VALUE:
            if found := pattern.search(line):
                yield number, (f'"{found[0]}" begins {what}.', hint)
        if fault := unprintable(line):
            yield number, fault


def _single_braces(section: Section, known: Known | None) -> Iterator[tuple[int, Fault]]:
    beginnings = {*BEGINNINGS, *(_beginning(path) for path in (known.values if known else ()))}
    for number, line in enumerate(section.text.splitlines(), start=1):
        for found in SINGLE.finditer(EXPRESSION.sub("x", line)):
            if found[1] is None or found[1] in beginnings:
                hint = f"Write {{{{ {found[0][1:-1].strip()} }}}}."
                yield number, (f'"{found[0]}" stands in single braces, and would be printed as it is.', hint)


def _beginning(path: str) -> str:
    return path.partition(".")[0]


def _expression_faults(section: Section, env: Environment, known: Known | None) -> Iterator[tuple[int, Fault]]:
    lines = ["", *section.text.splitlines(), ""]
    for number, line in enumerate(lines[1:-1], start=1):
        for found in EXPRESSION.findall(line):
            try:
                output = next(env.parse(found).find_all(nodes.Output))
                expression = output.nodes[0]
            except (TemplateSyntaxError, StopIteration):
                hint = "Write {{ table.row.column }}, or with a filter {{ table.row.column | n }}."
                yield number, (f'"{found}" cannot be understood.', hint)
                continue
            if isinstance(expression, nodes.Call):
                alone = line.strip() == found and not lines[number - 1].strip() and not lines[number + 1].strip()
                yield from ((number, fault) for fault in _call_faults(found, expression, alone, known))
            else:
                yield from ((number, fault) for fault in _value_faults(found, expression, env, known))


def _call_faults(found: str, call: nodes.Call, alone: bool, known: Known | None) -> Iterator[Fault]:
    name = call.node.name if isinstance(call.node, nodes.Name) else ""
    arguments = [argument.value for argument in call.args if isinstance(argument, nodes.Const)]
    if name not in PLACING or len(arguments) != 1 or len(call.args) != 1 or call.kwargs:
        hint = 'Allowed: {{ figure("name") }}, {{ table("name_table") }} and {{ ref("name") }}.'
        yield f'"{found}" is not known.', hint
        return
    if name != "ref" and not alone:
        yield f'"{found}" does not stand alone.', "Put it in a line of its own, with an empty line before and after."
    if known is None:
        return
    allowed = {"figure": known.figures, "table": known.tables, "ref": [*known.figures, *known.tables]}[name]
    if arguments[0] not in allowed:
        kind = "figure or table" if name == "ref" else name
        hint = f"This evaluation has {', '.join(allowed) or 'none'}."
        yield f'there is no {kind} "{arguments[0]}".', hint


def _value_faults(found: str, node: nodes.Node, env: Environment, known: Known | None) -> Iterator[Fault]:
    filters = []
    while isinstance(node, nodes.Filter) and node.node is not None:
        filters.append(node)
        node = node.node
    path = _path(node)
    if path is None or len(filters) > 1:
        hint = "Write {{ table.row.column }} with one filter at most; what is worked out stands in values.yaml."
        yield f'"{found}" is not a value.', hint
        return
    if filters and filters[0].name not in env.filters:
        hint = meant_or_allowed(filters[0].name, list(env.filters))
        yield f'the filter "{filters[0].name}" is not known.', hint
        return
    if known is None:
        return
    if path not in known.values:
        yield _unknown_value(path, known.values)
    elif filters:
        yield from _filter_faults(filters[0], path, known.values[path])


def _unknown_value(path: str, values: Mapping[str, Mapping]) -> Fault:
    if near := meant_value(path, values.keys()):
        return f'there is no value "{path}".', near
    branch = _beginning(path)
    stem = path if any(name.startswith(f"{path}.") for name in values) else branch
    there = [name for name in values if name.startswith(f"{stem}.")]
    if branch == OWN != path:
        own = f"It defines {', '.join(there)}." if there else "It defines none yet."
        return f'there is no value "{path}".', f"Define {path.removeprefix(f'{OWN}.')} in {FORMULAS}. {own}"
    if there:
        return f'there is no value "{path}".', f"The values of {stem} go from {there[0]} to {there[-1]}."
    branches = sorted({_beginning(name) for name in values} - {OWN})
    hint = f"A value begins with one of {', '.join(branches)}, or with {OWN} when {FORMULAS} defines it."
    return f'there is no value "{path}".', hint


def _filter_faults(node: nodes.Filter, path: str, value: Mapping) -> Iterator[Fault]:
    name, given = node.name, value["value"]
    arguments = [argument.value if isinstance(argument, nodes.Const) else None for argument in node.args]
    if name in WRITES and value["kind"] not in WRITES[name]:
        fitting = [other for other, kinds in WRITES.items() if value["kind"] in kinds]
        hint = f"For this value write {' or '.join(fitting)}." if fitting else "Write the value without a filter."
        yield f'the filter "{name}" cannot write "{path}".', hint
    elif name in WHOLE and given is not None and Decimal(given) % 1:
        yield f'the filter "{name}" cannot write {given}: it is not a whole number.', "Use the filter n."
    elif node.kwargs or len(arguments) > 1 or not all(_fits(name, argument) for argument in arguments):
        yield f'the filter "{name}" cannot take what stands in its brackets.', _example(name)
    elif name == "money" and arguments and value["unit"] not in ("", arguments[0]):
        yield f'"{path}" is in {value["unit"]}, not in {arguments[0]}.', "Write money without brackets."
    elif name == "money" and not arguments and not value["unit"]:
        yield f'the currency of "{path}" is not known.', 'Name it, as in money("EUR").'


def _fits(name: str, argument: object) -> bool:
    if name == "money":
        return isinstance(argument, str) and is_currency(argument)
    return not isinstance(argument, bool) and argument in ARGUMENTS.get(name, ())


def _example(name: str) -> str:
    if name == "money":
        return 'Give a currency, as in money("EUR").'
    if name == "words":
        return 'Write words, or words("f") before a feminine noun.'
    if name in ARGUMENTS:
        return f"Give the number of decimals, as in {name}(1)."
    return f"Write {name} without brackets."


def _path(node: nodes.Node) -> str | None:
    """Write a chain such as facts.donors[0].amount; None for anything that is no plain chain."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        base = _path(node.node)
        return None if base is None else f"{base}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        base = _path(node.node)
        return None if base is None else f"{base}[{node.arg.value}]"
    return None
