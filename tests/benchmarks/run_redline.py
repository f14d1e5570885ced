"""Compare two Word files with one tool and print the seconds it took: run with the Python of that tool's environment.

run_redline.py TOOL OLD NEW REDLINE
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

AUTHOR, DATE = "A. Reviewer", "2026-11-01T00:00:00Z"


def ours(old: str, new: str, redline: str) -> None:
    """Run the comparison of this project, with its proof."""
    from evalbrief.document.docx.package import read_parts, write_parts
    from evalbrief.review.docx.marks import Marks
    from evalbrief.review.docx.redline import redline as compare

    write_parts(compare(read_parts(old), read_parts(new), Marks(AUTHOR, DATE)), redline)


def docxodus(old: str, new: str, redline: str, **settings: object) -> None:
    """Run the Docxodus engine of python-redlines."""
    from python_redlines import DocxodusEngine  # type: ignore[import-not-found]

    made, *_ = DocxodusEngine().run_redline(AUTHOR, Path(old), Path(new), date_time=DATE, **settings)
    Path(redline).write_bytes(made)


def docxodus_tuned(old: str, new: str, redline: str) -> None:
    """Run it with the setting that does not take kinds of spaces for one."""
    docxodus(old, new, redline, conflate_spaces=False)


def trackdiff(old: str, new: str, redline: str) -> None:
    """Run docx-trackdiff."""
    command = [sys.executable, "-m", "docx_trackdiff.compare", old, new, redline, "--author", AUTHOR, "--date", DATE]
    subprocess.run(command, check=True, capture_output=True)


TOOLS: dict[str, Callable[[str, str, str], None]] = {
    "ours": ours,
    "docxodus": docxodus,
    "docxodus_tuned": docxodus_tuned,
    "trackdiff": trackdiff,
}


if __name__ == "__main__":
    tool, *paths = sys.argv[1:]
    started = time.perf_counter()
    TOOLS[tool](*paths)
    print(time.perf_counter() - started)
