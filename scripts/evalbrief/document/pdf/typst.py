"""Turn the tree of the brief into a PDF: pandoc writes Typst, Typst sets the pages."""

import json
import re
import unicodedata
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst

from evalbrief.document.meta import Meta
from evalbrief.pandoc import PandocError, convert

NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)

# What Typst warns of when the pages look different each time it sets them.
UNSTEADY = "did not converge"


class DocumentError(ValueError):
    """The tree cannot become a PDF; the message says why."""


def write_typst(tree: str, lua_filter: str) -> str:
    """Write the tree (pandoc JSON) as calls of the template's functions; a warning of pandoc is an error."""
    arguments = ["--fail-if-warnings", "--sandbox", "--wrap=none", f"--lua-filter={lua_filter}"]
    try:
        return convert(tree, "json", "typst", *arguments)
    except PandocError as error:
        raise DocumentError(f"pandoc: {error}") from None


def compile_pdf(source: str, root: Path, fonts: list[str], meta: Meta, inputs: dict[str, Any]) -> bytes:
    """Set the pages with these font folders and no others; images are found under `root`; a warning is an error.

    The template gets `meta` and the other `inputs` by name, each as JSON, and whether to be `steady`: where a figure
    stands may depend on where it stood, and a text for which that finds no end is set without it.
    """
    inputs = inputs | {"meta": _printed(meta)}
    moment = int(datetime.combine(meta.date, time(), UTC).timestamp())
    pdf, warnings = _compile(source, root, fonts, moment, inputs | {"steady": False})
    if any(UNSTEADY in warning for warning in warnings):
        pdf, warnings = _compile(source, root, fonts, moment, inputs | {"steady": True})
    if warnings:
        raise DocumentError("; ".join(f"typst: {warning}" for warning in warnings))
    return pdf


def _compile(source: str, root: Path, fonts: list[str], moment: int, inputs: dict[str, Any]) -> tuple[bytes, list[str]]:
    """Run Typst and give the PDF with what Typst warns of."""
    try:
        compiler = typst.Compiler(
            source.encode(),
            root=root,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=fonts),
            sys_inputs={name: json.dumps(value) for name, value in inputs.items()},
        )
        pdf, warnings = compiler.compile_with_warnings(pdf_standards=["ua-1", "a-3a"], timestamp=moment)
    except typst.TypstError as error:
        raise DocumentError(_explain(error)) from None
    assert isinstance(pdf, bytes)
    return pdf, [warning.message for warning in warnings]


def _printed(meta: Meta) -> dict[str, Any]:
    """Give what the template prints, with the date as [year, month, day]."""
    language, _, region = meta.language.partition("-")
    day = [meta.date.year, meta.date.month, meta.date.day]
    return meta.values | {"language": language, "region": region or None, "date": day}


def _explain(error: typst.TypstError) -> str:
    """Word Typst's error; name the character when the fonts lack one."""
    if found := NO_GLYPH.search(error.message):
        names = [f'"{c}" (U+{ord(c):04X}, {unicodedata.name(c, "unnamed").lower()})' for c in dict.fromkeys(found[1])]
        return f"A character is not in the fonts of the brief: {', '.join(names)}."
    return "typst: " + " ".join([error.message, *error.hints])
