"""Compare the same pairs of drafts with this project and with other tools; judge each redline by rules of its own.

.venv/bin/python tests/benchmarks/redlines.py --scripts 60
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from report import circumstances, counted, publish, seconds, table
from workspace import PLAIN_PYTHON, PYTHON, ROOT, Failed, run

HERE = Path(__file__).parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts"), str(ROOT / "tests")]

import lxml.etree as etree  # noqa: E402
import openxml  # noqa: E402
from draft_pairs import LANGUAGES, Pair, build_demo, make_pair  # noqa: E402
from evalbrief.document.docx.package import Parts, read_parts  # noqa: E402

from tests.docx_levels import levels  # noqa: E402
from tests.docx_oracle import marked  # noqa: E402
from tests.docx_resolve import accepted, rejected  # noqa: E402

LEVELS = ("text", "structure", "formatting")
OTHERS = ROOT / "build" / "benchmark-redlines"
REQUIREMENTS = HERE / "requirements-redlines.txt"
TOOLS = {
    "ours": "this: `brief.py compare`, with its proof",
    "docxodus": "python-redlines 2.0, Docxodus",
    "docxodus_tuned": "the same with `conflate_spaces=False`",
    "trackdiff": "docx-trackdiff 1.0",
    "pandiff": "pandiff 0.6",
}
LONGEST_SECONDS = 120


@dataclass
class Tally:
    """What came of one tool over all pairs."""

    right: dict[str, int] = field(default_factory=dict)
    failed: int = 0
    words: dict[str, int] = field(default_factory=dict)
    true_words: dict[str, int] = field(default_factory=dict)
    groups: int = 0
    formatting: int = 0
    true_formatting: int = 0
    invalid: int = 0
    seconds: list[float] = field(default_factory=list)


def judge(tool: str, pair: Pair, folder: Path, tally: Tally, *, validate: bool) -> None:
    """Let a tool compare a pair, and add what comes of it."""
    redline = folder / f"{tool}.docx"
    redline.unlink(missing_ok=True)
    try:
        tally.seconds.append(_run(tool, pair, redline))
        parts = _read(redline)
        found = marked(parts)
        right = _right(parts, pair)
    except Exception as error:  # whatever another tool makes, it counts as failed
        print(f"{tool}: {type(error).__name__} {error}"[:300], file=sys.stderr)
        tally.failed += 1
        return
    for name, good in right.items():
        tally.right[name] = tally.right.get(name, 0) + good
    for side, count in ((tally.words, found.words), (tally.true_words, pair.words)):
        side[pair.language] = side.get(pair.language, 0) + count
    tally.groups += found.groups
    tally.formatting += found.formatting
    tally.true_formatting += pair.formatting
    if validate:
        tally.invalid += bool(set(openxml.sdk_findings(redline)) - set(openxml.sdk_findings(pair.new)))


def _right(parts: Parts, pair: Pair) -> dict[str, bool]:
    found = {}
    for name, resolve, path in (("accept", accepted, pair.new), ("reject", rejected, pair.old)):
        got, wanted = levels(resolve(parts)), levels(_read(path))
        found |= {f"{name} {level}": got[level] == wanted[level] for level in LEVELS}
    return found


def _read(path: Path) -> Parts:
    """Read a Word file; drawings in one form of writing, for a tool may write the same one anew."""
    return {name: _drawing(content) if name.endswith(".svg") else content for name, content in read_parts(path).items()}


def _drawing(content: bytes) -> bytes:
    written = etree.tostring(etree.fromstring(content), method="c14n")
    return b"".join(written.replace(b"&#xA;", b" ").split())


def _run(tool: str, pair: Pair, redline: Path) -> float:
    """Return the seconds that a tool takes, its start not counted; that of pandiff, a program, is."""
    if tool == "pandiff":
        import time

        import pypandoc

        path = f"{Path(pypandoc.get_pandoc_path()).parent}{os.pathsep}{os.environ['PATH']}"
        program = str(OTHERS / "node_modules" / ".bin" / "pandiff")
        started = time.perf_counter()
        command = [program, str(pair.old), str(pair.new), "-o", str(redline)]
        done = subprocess.run(command, env={**os.environ, "PATH": path}, capture_output=True, timeout=LONGEST_SECONDS)
        if done.returncode or not redline.exists():
            raise Failed(done.stderr.decode()[-200:])
        return time.perf_counter() - started
    python = PYTHON if tool == "ours" else str(OTHERS / "bin" / "python")
    command = [python, str(HERE / "run_redline.py"), tool, str(pair.old), str(pair.new), str(redline)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")} if tool == "ours" else None
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LONGEST_SECONDS)
    if done.returncode:
        raise Failed(done.stderr[-300:])
    return float(done.stdout.split()[-1])


def install() -> list[str]:
    """Install the other tools in an environment of their own; return those that are there."""
    if not (OTHERS / "bin" / "python").exists():
        run([PLAIN_PYTHON, "-m", "venv", str(OTHERS)], ROOT)
        run([str(OTHERS / "bin" / "python"), "-m", "pip", "install", "--quiet", "-r", str(REQUIREMENTS)], ROOT)
    npm = shutil.which("npm")
    if npm and not (OTHERS / "node_modules" / ".bin" / "pandiff").exists():
        subprocess.run([npm, "install", "--silent", "--prefix", str(OTHERS), "pandiff@0.6.0"], capture_output=True)
    there = (OTHERS / "node_modules" / ".bin" / "pandiff").exists()
    return [tool for tool in TOOLS if tool != "pandiff" or there]


def tallies_table(tallies: dict[str, Tally], count: int) -> str:
    """Write what came out, a row for each tool."""
    head = ["Tool", "accept = new: text / structure / formatting", "reject = old: the same", "failed"]
    head += ["words marked / true: " + " / ".join(LANGUAGES), "groups", "looks marked / true", "invalid", "s, median"]
    rows = []
    for tool, tally in tallies.items():
        sides = [
            " / ".join(str(tally.right.get(f"{side} {level}", 0)) for level in LEVELS) for side in ("accept", "reject")
        ]
        noise = " / ".join(
            f"{tally.words.get(code, 0) / max(tally.true_words.get(code, 0), 1):.3f}" for code in LANGUAGES
        )
        looks = f"{tally.formatting} / {tally.true_formatting}"
        taken = seconds(statistics.median(tally.seconds) if tally.seconds else None)
        rows.append(
            [TOOLS[tool], *sides, str(tally.failed), noise, str(tally.groups), looks, str(tally.invalid), taken]
        )
    return f"{counted(count, 'pair')} of drafts.\n\n{table(head, rows)}"


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description="Compare the same pairs of drafts with several tools.")
    parser.add_argument("--scripts", type=int, default=60, help="pairs of drafts; a third in each language")
    parser.add_argument("--alone", action="store_true", help="without the other tools")
    parser.add_argument("--validated", type=int, default=12, help="pairs whose redlines go before the Open XML SDK")
    arguments = parser.parse_args()
    tools = ["ours"] if arguments.alone else install()
    tallies = {tool: Tally() for tool in tools}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo = build_demo(folder)
        for number in range(arguments.scripts):
            pair = make_pair(demo, number, folder)
            for tool in tools:
                judge(tool, pair, folder, tallies[tool], validate=number < arguments.validated)
            if (number + 1) % 20 == 0:
                print(f"{number + 1} of {arguments.scripts} pairs are done", file=sys.stderr)
    notes = (
        "A pair is a draft of the demo and the same after 1, 8 or 24 random edits (`tests/tree_edits.py`), which say "
        "how many words they truly changed. Redlines are accepted, rejected and read by `tests/docx_oracle.py`, which "
        "shares nothing with this project's writer. Invalid: with findings of the Open XML SDK that the new draft has "
        f"not, of the first {arguments.validated}. Seconds: the comparison, without the start of Python."
    )
    publish(
        "redlines.md",
        "\n".join(["# Redlines\n", circumstances(), "", tallies_table(tallies, arguments.scripts), notes, ""]),
    )


if __name__ == "__main__":
    main()
