"""What is made of the tiny evaluation, compared with what was made of it before."""

from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", ["context.json", "brief.md"])
def test_the_tiny_evaluation_gives_what_it_gave(name: str, built: Path, golden) -> None:
    golden(GOLDEN / name, (built / name).read_text(encoding="utf-8"))
