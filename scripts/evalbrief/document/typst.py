"""Turn the tree of the brief into a PDF: pandoc writes Typst, Typst sets the pages."""

import json
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypandoc
import typst

NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)


class DocumentError(ValueError):
    """The tree cannot become a PDF; the message says why."""


def write_typst(tree: str, lua_filter: str) -> str:
    """Write the tree (pandoc JSON) as calls of the template's functions; a warning of pandoc is an error."""
    arguments = ["--fail-if-warnings", "--sandbox", "--wrap=none", f"--lua-filter={lua_filter}"]
    try:
        return pypandoc.convert_text(tree, "typst", format="json", extra_args=arguments)
    except RuntimeError as error:
        raise DocumentError(f"pandoc: {error}") from None


def compile_pdf(source: str, root: Path, fonts: list[str], meta: dict[str, Any], theme: dict[str, Any]) -> bytes:
    """Set the pages with these font folders and no others; images are found under `root`; a warning is an error."""
    try:
        compiler = typst.Compiler(
            source.encode(),
            root=root,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=fonts),
            sys_inputs={"meta": json.dumps(meta), "theme": json.dumps(theme)},
        )
        moment = int(datetime(*meta["date"], tzinfo=UTC).timestamp())
        pdf, warnings = compiler.compile_with_warnings(pdf_standards=["ua-1", "a-2a"], timestamp=moment)
    except typst.TypstError as error:
        raise DocumentError(_explain(error)) from None
    if warnings:
        raise DocumentError("; ".join(f"typst: {warning.message}" for warning in warnings))
    assert isinstance(pdf, bytes)
    return pdf


def read_meta(tree: dict[str, Any]) -> dict[str, Any]:
    """Take from the tree's meta what the template prints, as plain text; the date becomes [year, month, day]."""
    meta = {name: _plain(value) for name, value in tree["meta"].items()}
    language, _, region = meta["lang"].partition("-")
    parts = [int(part) for part in meta["date"].split("-")]
    return meta | {"language": language, "region": region or None, "date": parts + [1] * (3 - len(parts))}


def _plain(value: dict[str, Any]) -> Any:
    """Turn a pandoc meta value into text, lists and dictionaries."""
    kind, content = value["t"], value["c"]
    if kind == "MetaMap":
        return {name: _plain(item) for name, item in content.items()}
    if kind == "MetaList":
        return [_plain(item) for item in content]
    if kind == "MetaInlines":
        return "".join(_inline_text(item) for item in content)
    return content


def _inline_text(inline: dict[str, Any]) -> str:
    """Give the text of one inline of a meta value."""
    content = inline.get("c")
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        inner = next((part for part in reversed(content) if isinstance(part, list)), content)
        return "".join(_inline_text(item) for item in inner if isinstance(item, dict))
    return " "


def _explain(error: typst.TypstError) -> str:
    """Word Typst's error; name the character when the fonts lack one."""
    if found := NO_GLYPH.search(error.message):
        names = [f'"{c}" (U+{ord(c):04X}, {unicodedata.name(c, "unnamed").lower()})' for c in dict.fromkeys(found[1])]
        return f"A character is not in the fonts of the brief: {', '.join(names)}."
    return "typst: " + " ".join([error.message, *error.hints])
