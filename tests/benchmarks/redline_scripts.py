"""Prove redlines over many random edit scripts: by the oracle, by two validators, and by LibreOffice.

.venv/bin/python tests/benchmarks/redline_scripts.py --scripts 1000 --office 200
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from report import circumstances, counted, publish, table
from workspace import ROOT

HERE = Path(__file__).parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts"), str(ROOT / "tests")]

import openxml  # noqa: E402
from draft_pairs import COUNTS, LANGUAGES, Pair, build_demo, make_pair  # noqa: E402
from evalbrief.document.docx.package import Parts, read_parts, write_parts  # noqa: E402
from evalbrief.review.docx.marks import Marks  # noqa: E402
from evalbrief.review.docx.redline import redline  # noqa: E402

from tests.docx_levels import levels  # noqa: E402
from tests.docx_oracle import findings, marked  # noqa: E402

DEBIAN_PYTHON = "/usr/bin/python3"
LONGEST_OFFICE = 90  # seconds
PAGE = re.compile(r"\d+")
# What LibreOffice is held to: the names of styles and the ways to write looks are its own.
OFFICE_LEVEL = "text"


def prove(demo: Path, folder: Path, office: int, number: int) -> Counter[str]:
    """Make one pair and its redline, and count what is right; what is not is printed."""
    mine = folder / f"pair_{number}"
    pair = make_pair(demo, number, mine)
    old, new = read_parts(pair.old), read_parts(pair.new)
    made = redline(old, new, Marks("A Reviewer", "2026-11-01T00:00:00Z"))
    path = mine / "redline.docx"
    write_parts(made, path)
    found = {
        "oracle": findings(made, old, new),
        "sdk": _added(openxml.sdk_findings, path, pair),
        "audit": _added(openxml.audit_findings, path, pair),
    }
    counts = Counter(
        {name: not wrong for name, wrong in found.items()} | _volume(pair, made) | {f"{pair.language} scripts": 1}
    )
    if number < office:
        plain = mine / "libreoffice.docx"
        write_parts(redline(old, new, Marks("A Reviewer", "2026-11-01T00:00:00Z"), libreoffice=True), plain)
        found |= _in_office(pair, plain, mine)
        counts |= Counter({f"office {side}": not found[side] for side in ("accept", "reject")})
    for name, wrong in found.items():
        if wrong:
            print(f"{number} {name} {[one.kind for one in pair.edits]}: {wrong[:3]}", file=sys.stderr)
    shutil.rmtree(mine)
    return counts


def _volume(pair: Pair, made: Parts) -> dict[str, int]:
    """Count what is marked and what was truly edited."""
    there = marked(made)
    return {
        f"{pair.language} marked": there.words,
        f"{pair.language} true": pair.words,
        "looks marked": there.formatting,
        "looks true": pair.formatting,
    }


def _added(validate: object, path: Path, pair: Pair) -> list[str]:
    """List what a validator finds in a redline and in neither of its drafts."""
    found = validate(path)  # type: ignore[operator]
    return sorted(set(found) - set(validate(pair.new)) - set(validate(pair.old))) if found else []  # type: ignore[operator]


def _in_office(pair: Pair, plain: Path, folder: Path) -> dict[str, list[str]]:
    """Accept and reject in LibreOffice; compare with the two drafts, which it saved too."""
    names = ("accepted", "rejected", "new", "old")
    jobs = zip(("accept", "reject", "save", "save"), (plain, plain, pair.new, pair.old), names, strict=True)
    words = [str(word) for job, source, name in jobs for word in (job, source, folder / f"{name}.docx")]
    command = [DEBIAN_PYTHON, str(HERE / "office_changes.py"), str(folder / "profile"), *words]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=LONGEST_OFFICE)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        return {"accept": [f"LibreOffice failed: {error}"], "reject": ["LibreOffice failed"]}
    accepted, rejected, new, old = (levels(read_parts(folder / f"{name}.docx"))[OFFICE_LEVEL] for name in names)
    return {"accept": _differing(accepted, new), "reject": _differing(rejected, old)}


def _differing(found: list[str], wanted: list[str]) -> list[str]:
    """List the first lines that differ; the page numbers in a footer, which LibreOffice saw last, say nothing."""
    found, wanted = ([PAGE.sub("", line) if "\t" in line else line for line in lines] for lines in (found, wanted))
    pairs = [f"{one!r} instead of {other!r}" for one, other in zip(found, wanted, strict=False) if one != other]
    return pairs or ([] if len(found) == len(wanted) else [f"{len(found)} lines instead of {len(wanted)}"])


def report(counts: Counter[str], scripts: int, office: int) -> str:
    """Write what came out."""
    noise = [f"{counts[f'{code} marked'] / max(counts[f'{code} true'], 1):.3f}" for code in LANGUAGES]
    rows = [
        ["accepting gives the new draft, rejecting the old one: text, structure, looks", counts["oracle"], scripts],
        ["the Open XML SDK finds nothing that is not in the drafts", counts["sdk"], scripts],
        ["nor does openxml-audit", counts["audit"], scripts],
        ["accepted in LibreOffice, a redline made for it: the words of the new draft", counts["office accept"], office],
        ["rejected in LibreOffice, a redline made for it: the words of the old draft", counts["office reject"], office],
    ]
    each = ", ".join(f"{counts[f'{code} scripts']} in {code}" for code in LANGUAGES)
    return "\n".join(
        [
            "# Redlines of random edit scripts\n",
            circumstances(),
            "",
            f"{counted(scripts, 'script')} of {', '.join(map(str, COUNTS))} edits in turn: {each}.",
            "",
            table(["What is right", "right", "of"], [[name, str(right), str(of)] for name, right, of in rows]),
            f"Words marked over words truly changed: {' / '.join(noise)} ({' / '.join(LANGUAGES)}). "
            f"Looks marked: {counts['looks marked']}, truly changed: {counts['looks true']}.",
            "",
            "The edits are those of `tests/tree_edits.py`; the oracle is `tests/docx_oracle.py`, which shares nothing "
            "with the writer. In LibreOffice, in a process of its own for each script, the redline is accepted and "
            "rejected and compared with the drafts, which LibreOffice has saved as well.",
            "",
        ]
    )


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description="Prove redlines over many random edit scripts.")
    parser.add_argument("--scripts", type=int, default=1000, help="a third in each language")
    parser.add_argument("--office", type=int, default=200, help="so many of them go through LibreOffice too")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name, ProcessPoolExecutor(arguments.processes) as pool:
        folder = Path(name)
        one = partial(prove, build_demo(folder), folder, arguments.office)
        for number, found in enumerate(pool.map(one, range(arguments.scripts)), start=1):
            counts.update(found)
            if number % 50 == 0:
                print(f"{number} of {arguments.scripts} scripts are done", file=sys.stderr)
    publish("redline_scripts.md", report(counts, arguments.scripts, min(arguments.office, arguments.scripts)))


if __name__ == "__main__":
    main()
