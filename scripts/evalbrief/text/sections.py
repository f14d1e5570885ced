"""Read the text sections people wrote and fill in their values; all that is wrong in them is said at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from evalbrief.data.problem import DataProblems, Problem, meant
from evalbrief.data.source import UnreadableError, decode, files_in
from evalbrief.folder import FACTS
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
# Those that lead in to what follows, and need not be there.
INTRODUCTIONS = ("findings", "recommendations", "lessons")
# The parts of the form that nobody writes a section for; a criterion cannot have their names either.
FRAME = ("quick_facts", "keywords", "disclaimer", "context", "recommendations_and_lessons", "lists")


@dataclass(frozen=True)
class Section:
    """A text file of one section, as written."""

    key: str
    file: str
    text: str


def read_sections(
    folder: Path, headings: Collection[str] | None, criteria: Collection[str] = ()
) -> tuple[dict[str, Section], list[Problem]]:
    """Read the folder data/{evaluation}/text/{language}.

    `headings` are the keys of the criteria's headings; None when they are not known, and any section may be one.
    `criteria` are those of the office's vocabulary, whether the evaluation has them or not.
    """
    allowed = list(dict.fromkeys([*SECTIONS, *(headings or ())]))
    sections, problems = {}, []
    for path in files_in(folder):
        shown = "/".join(["data", *path.parts[-4:]])
        if path.suffix != ".md":
            problems.append(Problem(shown, "", "this is not a section of the text.", "Sections end in .md."))
            continue
        if headings is not None and path.stem not in allowed:
            problems.append(Problem(shown, "", *_unknown_section(path.stem, allowed, criteria)))
            continue
        try:
            sections[path.stem] = Section(path.stem, shown, decode(path).replace("\r\n", "\n"))
        except UnreadableError as error:
            problems.append(Problem(shown, "", error.found, error.hint))
    return sections, problems


def _unknown_section(key: str, allowed: Collection[str], criteria: Collection[str]) -> tuple[str, str]:
    """Say why a file is no section of the form: of a criterion there is one only if the evaluation has it."""
    shared = [name for name in allowed if name not in SECTIONS and f"_{key}_" in f"_{name}_"]
    if key in criteria and not shared:
        return f'"{key}" is not in criteria of {FACTS}.', "Add it there, or delete this file."
    names = [f"{name}.md" for name in allowed]
    near = meant(f"{shared[0]}.md", names) if shared else meant(f"{key}.md", names)
    hint = f"A criterion of your own has one when criteria of {FACTS} names it; else delete this file."
    return "the form has no section of this name.", near or f"{hint} Allowed: {', '.join(names)}."


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


def fill(section: Section, env: ImmutableSandboxedEnvironment, variables: Mapping) -> Markdown:
    """Fill in the values of one section; raise DataProblems for what only filling in can show."""
    try:
        return Markdown(env.from_string(section.text).render(variables).strip("\n"))
    except (ArithmeticError, AttributeError, TypeError, ValueError, KeyError, TemplateError) as error:
        hint = "Check that each filter fits its value: n for numbers, date for dates."
        raise DataProblems([Problem(section.file, "", f"a value cannot be written ({error}).", hint)]) from error
