"""Which modules a module imports, read from its text."""

import ast
from collections.abc import Iterator
from pathlib import Path

from evalbrief.imports import imports_of

SCRIPTS = Path(__file__).parents[1] / "scripts"


def parsed(path: Path) -> Iterator[str]:
    """Name what a module imports, as Python understands it."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files(name: str) -> set[str]:
    """List the files of ours that an imported name makes Python read."""
    places = [SCRIPTS.joinpath(*name.split(".")[:end]) for end in range(1, name.count(".") + 2)]
    candidates = [path for place in places for path in (place.with_suffix(".py"), place / "__init__.py")]
    return {str(path) for path in candidates if path.is_file()}


def test_finds_what_python_would_import_in_every_module_of_ours() -> None:
    modules = sorted(SCRIPTS.rglob("*.py"))
    assert len(modules) > 100
    for module in modules:
        wanted = {file for name in parsed(module) for file in files(name)}
        assert {str(Path(path)) for path in imports_of(str(module), str(SCRIPTS))} == wanted, module


def test_finds_all_ways_to_import(tmp_path: Path) -> None:
    for name in (
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "pack/__init__",
        "pack/inner",
        "pack/last",
        "pack/other",
    ):
        (tmp_path / f"{name}.py").parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.py").touch()
    module = tmp_path / "module.py"
    module.write_text(
        '"""import seven"""\n'
        "import one, two as second  # import seven\n"
        "from pack.inner import (\n    something,\n    other as another,\n)\n"
        "from three import *\n"
        "def later():\n    import four\n    from pack import other as o, missing\n"
        "from six.moves import five\n"
        "if one: import eight\n"
        "from pack import (  # in brackets :)\n    last,  # (\n)\n"
        "import one, \\\n    nine\n",
        encoding="utf-8",
    )
    found = {Path(path).relative_to(tmp_path).as_posix() for path in imports_of(str(module), str(tmp_path))}
    assert found == {
        *("one.py", "two.py", "three.py", "four.py", "six.py", "eight.py", "nine.py"),
        *("pack/__init__.py", "pack/inner.py", "pack/last.py", "pack/other.py"),
    }
