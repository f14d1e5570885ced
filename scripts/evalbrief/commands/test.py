"""Run the tests, with the validators that npm brings where Node is there."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

VALIDATORS = Path("tests")
LOCK = VALIDATORS / "package-lock.json"
STAMP = VALIDATORS / "node_modules" / "lock.sha256"


def test(arguments: Sequence[str]) -> int:
    """Run pytest with these arguments and return its exit status."""
    _install_validators()
    return subprocess.run([sys.executable, "-m", "pytest", *arguments]).returncode


def _install_validators() -> None:
    """Install the locked npm packages once; the tests say what they leave out without them.

    Not `npm ci`: it refuses a lock that lacks the packages of other systems, which not every mirror has.
    """
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    npm = shutil.which("npm")
    if npm and not (STAMP.exists() and STAMP.read_text(encoding="utf-8") == digest):
        done = subprocess.run([npm, "install", "--no-save", "--no-audit", "--no-fund", "--silent"], cwd=VALIDATORS)
        if done.returncode == 0:
            STAMP.write_text(digest, encoding="utf-8")
        else:
            print("The validators from npm could not be installed: their tests are skipped.", file=sys.stderr)
