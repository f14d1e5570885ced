"""Say in plain words what Snakemake does, and why."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

STEPS = {
    "check_data": "Check the data of {evaluation} ({language})",
    "cut_fonts": "Prepare the fonts (once)",
    "cut_web_fonts": "Prepare the fonts for the web (once)",
    "make_reference": "Prepare the styles for Word (once)",
    "draw_figure": "Draw the figure {figure} ({evaluation}, {language})",
    "lay_out_table": "Lay out the table {table} ({evaluation}, {language})",
    "build_context": "Gather the values ({evaluation}, {language})",
    "render_source": "Fill the values into the text ({evaluation}, {language})",
    "parse_source": "Set the text in order ({evaluation}, {language})",
    "render_pdf": "Typeset the PDF ({evaluation}, {language})",
    "render_docx": "Write the Word document ({evaluation}, {language})",
    "render_html": "Write the web page ({evaluation}, {language})",
    "deliver_brief": "Deliver the brief ({evaluation}, {language})",
}
STAGES = {
    "check_data": "Data",
    "cut_fonts": "Fonts and styles",
    "cut_web_fonts": "Fonts and styles",
    "make_reference": "Fonts and styles",
    "draw_figure": "Figures",
    "lay_out_table": "Tables",
    "build_context": "Text",
    "render_source": "Text",
    "parse_source": "Text",
    "render_pdf": "PDF",
    "render_docx": "Word",
    "render_html": "Web page",
    "deliver_brief": "Delivery",
}
REASON = re.compile(
    r"(Missing output files|Incomplete output files|Updated input files|Input files updated by another job"
    r"|Set of input files|Params have changed|Code has changed|Software environment|Forced execution)[^:;]*:? ?"
)
MODEL = re.compile(r"build/([^/]+)/model/[^/]+/([^/]+)\.\w+")


def step(rule: str, wildcards: Mapping[str, str]) -> str:
    """Name a step of the work, such as "Draw the figure ratings (demo, fr)"."""
    try:
        return STEPS[rule].format_map(wildcards)
    except KeyError:
        names = f" ({', '.join(wildcards.values())})" if wildcards else ""
        return rule.replace("_", " ").capitalize() + names


def read_reasons(text: str) -> dict[str, list[str]]:
    """Split Snakemake's reason for a job into kinds, each with the files it names."""
    matches = list(REASON.finditer(text))
    ends = [match.start() for match in matches[1:]] + [len(text)]
    return {
        match[1]: [name for name in text[match.end() : end].strip("; ").split(", ") if name]
        for match, end in zip(matches, ends, strict=True)
    }


def causes(reasons: Mapping[str, Iterable[str]], outputs: Iterable[str]) -> Iterable[str]:
    """Yield a job's own causes in words; what other jobs bring about is theirs."""
    for kind, files in reasons.items():
        match kind:
            case "Missing output files":
                yield from (f"{name} is missing" for name in files)
            case "Incomplete output files":
                yield from (f"{name} was left half made" for name in files)
            case "Updated input files":
                yield from (f"{source_of(name)} changed" for name in files)
            case "Set of input files":
                yield f"the files that go into {_first(outputs)} are others than before"
            case "Params have changed" if not reasons.get("Updated input files"):
                yield f"a setting or file behind {_first(outputs)} changed"
            case "Code has changed" | "Software environment":
                yield f"the program that makes {_first(outputs)} changed"


def source_of(path: str) -> str:
    """Return the file people edit behind a file of the model, or the path itself."""
    match = MODEL.fullmatch(path)
    if not match:
        return path
    table = f"data/{match[1]}/{match[2]}.csv"
    return table if Path(table).exists() else f"data/{match[1]}/evaluation.yaml"


def in_a_row(items: list[str], most: int = 4) -> str:
    """Join items with commas and "and", naming at most `most` of them."""
    shown = items[:most] + ([f"{len(items) - most} more"] if len(items) > most else [])
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def counted(number: int, noun: str) -> str:
    """Return "1 step" or "3 steps"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _first(outputs: Iterable[str]) -> str:
    return next(iter(outputs), "it")
