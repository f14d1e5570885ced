"""A project with evaluations whose files come from elsewhere."""

from pathlib import Path

from evalbrief.sources.fetch import fetch
from evalbrief.sources.limits import Limits
from evalbrief.sources.outcome import Outcome
from ruamel.yaml import YAML

TABLE = b"question,level,answers\na,1,12\n"
# Long enough for a busy computer, and nobody waits before asking again.
QUICK = Limits(connect_seconds=5, read_seconds=5, whole_seconds=20)


class Office:
    """A project in the current folder, and what fetching its evaluations came to."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self.limits = QUICK

    def evaluation(self, name: str = "tiny", **sources: str | dict) -> Path:
        """Make an evaluation whose files come from these addresses; of a table the name is enough."""
        folder = Path("data", name)
        folder.mkdir(parents=True, exist_ok=True)
        files = {file if "." in file else f"{file}.csv": address for file, address in sources.items()}
        with (folder / "evaluation.yaml").open("w", encoding="utf-8") as file:
            YAML().dump({"title": "A title", "criteria": ["relevance"], "sources": files}, file)
        return folder

    def fetch(self, *evaluations: str) -> list[Outcome]:
        """Fetch; what would be waited is noted."""
        return fetch(evaluations or ("tiny",), limits=self.limits, wait=self.waits.append)

    def fetch_one(self) -> Outcome:
        """Fetch the only file there is."""
        (outcome,) = self.fetch()
        return outcome
