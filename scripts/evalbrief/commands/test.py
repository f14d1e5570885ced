"""Run the tests."""

import subprocess
import sys
from collections.abc import Sequence


def test(arguments: Sequence[str]) -> int:
    """Run pytest with these arguments and return its exit status."""
    return subprocess.run([sys.executable, "-m", "pytest", *arguments]).returncode
