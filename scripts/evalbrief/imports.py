"""Which of our modules a module imports: what is made by it is to be made anew when one of them changes.

The rules read this file: standard library only.
"""

import os
import re
from pathlib import Path

# Read as text: to parse all modules takes ten times as long, at every start of Snakemake. A line in a text that looks
# like an import does no harm, only the names of modules count.
IMPORT = re.compile(r"(?:^|[:;])\s*(?:from\s+([\w.]+)\s+)?import\s+(\([^)]*\)|.+)", re.MULTILINE)
COMMENT, CONTINUED = re.compile(r"#[^\n]*"), re.compile(r"\\\n")
RENAMED = re.compile(r"\bas\s+\w+")


def imports_of(path: str, scripts: str = "scripts") -> list[str]:
    """List the modules under `scripts` that a module imports, each with the packages it is in."""
    names = set()
    text = CONTINUED.sub(" ", COMMENT.sub("", Path(path).read_text(encoding="utf-8")))
    for package, words in IMPORT.findall(text):
        imported = re.findall(r"[\w.]+", RENAMED.sub("", words))
        names |= {package, *(f"{package}.{word}" for word in imported)} if package else {*imported}
    parts = [name.split(".") for name in names]
    places = {"/".join([scripts, *words[:end]]) for words in parts for end in range(1, len(words) + 1)}
    return [
        path for place in sorted(places) for path in (f"{place}.py", f"{place}/__init__.py") if os.path.isfile(path)
    ]
