"""The source itself: tools find nothing, and the rules that keep rebuilding exact are kept."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = sorted((ROOT / "scripts").rglob("*.py"))
ENTRY_SCRIPTS = sorted((ROOT / "scripts").glob("*.py"))
RULES = [ROOT / "Snakefile", *sorted((ROOT / "rules").glob("*.smk"))]
TEMPLATES = sorted((ROOT / "templates").rglob("*.j2"))
LOCKS = sorted(ROOT.glob("requirements*.txt"))


def run(*words: str) -> None:
    """Run a Python tool on the project; fail with what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout


def find(pattern: str, files: list[Path]) -> Iterator[str]:
    """Yield every place where a pattern occurs, as file:line: text."""
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(pattern, line):
                yield f"{path.relative_to(ROOT).as_posix()}:{number}: {line.strip()}"


def test_ruff_finds_nothing() -> None:
    run("ruff", "check", "--no-cache", ".")


def test_ruff_would_format_nothing() -> None:
    run("ruff", "format", "--no-cache", "--check", "--diff", ".")


def test_snakefmt_would_format_nothing() -> None:
    run("snakefmt", "--check", "--diff", *map(str, RULES))


def test_snakemake_lint_finds_nothing_but_the_locked_requirements() -> None:
    linted = subprocess.run(
        [sys.executable, "-m", "snakemake", "--lint"], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    hints = set(re.findall(r"^ +\* (.*?):*$", linted.stdout + linted.stderr, re.MULTILINE))
    assert hints <= {"Specify a conda environment or container for each rule."}, linted.stderr
    assert "Lints for" in linted.stderr or "Congratulations" in linted.stderr, linted.stderr


def test_pyright_finds_nothing() -> None:
    run("pyright", "--pythonpath", sys.executable)


def test_scripts_read_only_what_they_are_given() -> None:
    assert list(find(r"snakemake\.config\b", SCRIPTS)) == []


def test_scripts_import_in_ways_that_can_be_followed() -> None:
    assert list(find(r"\bimportlib\b|__import__\(", SCRIPTS)) == []


def test_entry_scripts_have_no_future_imports() -> None:
    assert list(find(r"^from __future__", ENTRY_SCRIPTS)) == []


@pytest.mark.parametrize("path", sorted((ROOT / "scripts").rglob("__init__.py")), ids=lambda path: path.parent.name)
def test_package_files_hold_a_docstring_only(path: Path) -> None:
    if path.parent.name.startswith("snakemake_logger_plugin"):
        pytest.skip("Snakemake wants the logger in this file")
    assert re.fullmatch(r'"""[^"]*"""\n', path.read_text(encoding="utf-8"))


def test_rules_call_no_shell() -> None:
    assert list(find(r"^\s*(shell|message|run):", RULES)) == []


def test_templates_hold_no_digits() -> None:
    assert list(find(r"(?<!\.j)\d", TEMPLATES)) == []


def test_locks_hold_no_addresses() -> None:
    assert LOCKS and list(find("://", LOCKS)) == []


def test_locks_hold_a_hash_for_every_package() -> None:
    for lock in LOCKS:
        text = lock.read_text(encoding="utf-8")
        packages = re.findall(r"^[a-z0-9].*==.*(?:\n .*)*", text, re.MULTILINE)
        assert packages and all("--hash=sha256:" in package for package in packages)
