"""Read the text sections people wrote and fill in their values; all that is wrong in them is said at once."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

from evalbrief.data.glyphs import unprintable
from evalbrief.data.problem import DataProblems, Problem
from evalbrief.data.source import decode
from evalbrief.text.bound import Bound, Language, Values
from evalbrief.text.markdown import Markdown, escape

# The sections of the form besides those of the criteria.
SECTIONS = (
    "logic",
    "situation",
    "purpose",
    "method",
    "findings",
    "conclusion",
    "recommendations",
    "lessons",
)
PLACING = ("figure", "table", "ref")
# What would break out of a section or bring in something from outside, by the start of the line or anywhere in it.
FORBIDDEN = (
    (re.compile(r"^\s{0,3}#{1,6}\s"), "a heading", "The headings come from the form; write a paragraph."),
    (re.compile(r"^\s*:{3,}"), "a block marked with :::", "Write a paragraph."),
    (re.compile(r"^\s{0,3}(```|~~~)"), "a code block", "Write a paragraph."),
    (re.compile(r"^\s{0,3}(=+|-{3,}|\*{3,})\s*$"), "a rule or underline", "Leave an empty line instead."),
    (re.compile(r"!\["), "a picture", 'Only the figures of the brief can be shown: {{ figure("timeline") }}.'),
    (re.compile(r"\]\(\s*<?(?!https?://|#)"), "a link to a file", "Link to an https address, or leave the link out."),
    (re.compile(r"<(/?[a-zA-Z][^<>]*|!--.*)>"), "HTML", "Use **bold** and *emphasis*; put a space after a lone <."),
    (re.compile(r"\{=\w+\}"), "a raw passage", "Write plain text."),
)


@dataclass(frozen=True)
class Section:
    """A text file of one section, as written."""

    key: str
    file: str
    text: str


@dataclass(frozen=True)
class Placeable:
    """The figures and tables a text may place or refer to, and how each is written."""

    figures: Collection[str]
    tables: Collection[str]


def read_sections(folder: Path, headings: Collection[str]) -> tuple[dict[str, Section], list[Problem]]:
    """Read the folder data/{evaluation}/text/{language}; `headings` are the keys of the criteria's headings."""
    allowed = [*SECTIONS, *headings]
    sections, problems = {}, []
    for path in sorted(folder.glob("*.md")):
        shown = "/".join(["data", *path.parts[-4:]])
        if path.stem not in allowed:
            near = get_close_matches(path.stem, allowed, n=1)
            hint = f"Is {near[0]}.md meant?" if near else f"Allowed: {', '.join(allowed)}."
            problems.append(Problem(shown, "", "the form has no section of this name.", hint))
            continue
        try:
            sections[path.stem] = Section(path.stem, shown, decode(path).replace("\r\n", "\n"))
        except ValueError:
            problems.append(Problem(shown, "", "this is not a text file.", "Save it as UTF-8."))
    return sections, problems


def environment(language: Language) -> ImmutableSandboxedEnvironment:
    """Make the sandbox in which outsiders' text is filled in: values and filters, nothing else."""
    env = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=True,
        comment_start_string="{##",
        comment_end_string="##}",
        finalize=finalizer(language),
    )
    env.filters = language.filters()
    env.globals = {}
    return env


def finalizer(language: Language):
    """Write whatever a template prints: values by their kind, plain text escaped, Markdown as it is."""

    def finalize(content: object) -> str:
        if isinstance(content, Bound):
            return language.show(content)
        if isinstance(content, Values):
            raise TypeError("a group of values cannot be printed")
        return content if isinstance(content, Markdown) else escape(str(content))

    return finalize


def section_problems(
    section: Section, paths: Collection[str], env: ImmutableSandboxedEnvironment, placeable: Placeable
) -> list[Problem]:
    """Find every fault of one section without filling it in; `paths` are those of the values."""
    problems = []
    for number, line in enumerate(section.text.splitlines(), start=1):
        place = f"line {number}"
        # Inside {{ }} the quotation marks and brackets are a template's.
        prose = re.sub(r"\{\{.*?\}\}", "", line)
        for pattern, what, hint in FORBIDDEN:
            if found := pattern.search(prose):
                problems.append(Problem(section.file, place, f'"{found[0].strip()}" begins {what}.', hint))
        if fault := unprintable(line):
            problems.append(Problem(section.file, place, *fault))
    try:
        tree = env.parse(section.text)
    except TemplateSyntaxError as error:
        hint = "Values are written {{ table.row.column }}; in plain text write { {."
        return [*problems, Problem(section.file, f"line {error.lineno}", f"{error.message}.", hint)]
    return [*problems, *_template_problems(section, tree, paths, env, placeable)]


def fill(section: Section, env: ImmutableSandboxedEnvironment, variables: Mapping) -> Markdown:
    """Fill in the values of one section; raise DataProblems for what only filling in can show."""
    try:
        return Markdown(env.from_string(section.text).render(variables).strip("\n"))
    except (ArithmeticError, TypeError, ValueError, KeyError, SecurityError) as error:
        hint = "Check that each filter fits its value: n for numbers, date for dates."
        raise DataProblems([Problem(section.file, "", f"a value cannot be written ({error}).", hint)]) from error


def _template_problems(
    section: Section,
    tree: nodes.Template,
    paths: Collection[str],
    env: ImmutableSandboxedEnvironment,
    placeable: Placeable,
) -> Iterator[Problem]:
    inner = {id(node.node) for node in tree.find_all((nodes.Getattr, nodes.Getitem))}
    called = {id(node.node) for node in tree.find_all(nodes.Call)}
    for node in tree.find_all((nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Call, nodes.Stmt)):
        place = f"line {node.lineno}"
        if isinstance(node, nodes.Stmt) and not isinstance(node, nodes.Output):
            yield Problem(section.file, place, "{% %} is not allowed here.", "Only values {{ }} can stand in a text.")
        elif isinstance(node, nodes.Filter) and node.name not in env.filters:
            hint = f"Allowed: {', '.join(env.filters)}."
            yield Problem(section.file, place, f'the filter "{node.name}" is not known.', hint)
        elif isinstance(node, nodes.Call):
            yield from _call_problems(section.file, place, node, placeable)
        elif isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem)) and id(node) not in inner | called:
            path = _path(node)
            if path is not None and path not in paths:
                near = get_close_matches(path, paths, n=1)
                hint = f"Is {near[0]} meant?" if near else "The README lists the values a text can use."
                yield Problem(section.file, place, f'there is no value "{path}".', hint)


def _call_problems(file: str, place: str, call: nodes.Call, placeable: Placeable) -> Iterator[Problem]:
    name = call.node.name if isinstance(call.node, nodes.Name) else ""
    if name not in PLACING:
        yield Problem(file, place, f'"{name or "this"}(...)" is not known.', f"Allowed: {', '.join(PLACING)}.")
        return
    target = call.args[0].value if call.args and isinstance(call.args[0], nodes.Const) else ""
    allowed = {
        "figure": list(placeable.figures),
        "table": list(placeable.tables),
        "ref": [*placeable.figures, *placeable.tables],
    }[name]
    if target not in allowed:
        hint = f"This evaluation has {', '.join(allowed) or 'none'}."
        yield Problem(file, place, f'there is no {"figure or table" if name == "ref" else name} "{target}".', hint)


def _path(node: nodes.Expr) -> str | None:
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
