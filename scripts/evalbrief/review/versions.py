"""An evaluation with what was made of it, at one moment: as it is now, as a draft was issued, as git has it."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path

from evalbrief import folder
from evalbrief.catalogue import FEWEST_FIGURE_ROWS, FEWEST_TABLE_ROWS, FIGURES, TABLES, held
from evalbrief.delivery import FORMATS
from evalbrief.folder import FACTS, FORMULAS, TRANSLATIONS
from evalbrief.moment import written
from evalbrief.review.git import Commit
from evalbrief.trouble import Trouble


class Version(ABC):
    """An evaluation at one moment.

    Its files are named as they stand in the project, but without the name of the evaluation: data/results.csv,
    build/brief.fr.docx.
    """

    evaluation: str
    # What a sentence calls it: draft 2, the present build.
    label: str
    # The moment it was issued or committed, in UTC, such as 2026-11-29T21:00:00Z; empty for the present build.
    date: str
    languages: list[str]
    # What the build had to note, by language, and a digest of the program and its templates.
    findings: dict[str, list[str]]
    program: str

    @abstractmethod
    def names(self) -> list[str]:
        """List its files in order."""

    @abstractmethod
    def read(self, name: str) -> bytes:
        """Read one of its files; raise Trouble when it has none of this name."""

    def lacks(self, name: str) -> Trouble:
        """Say that it has no file of a name."""
        return Trouble(f"There is no {name} in {self.label} of {self.evaluation}.")


class InFolder(Version):
    """An evaluation whose files lie in data/ and build/ of a folder."""

    # The folder that data/ and build/ are in.
    root = Path()

    def names(self) -> list[str]:
        return sorted([*self._sources(), *(name for language in self.languages for name in self._made(language))])

    def read(self, name: str) -> bytes:
        place, _, rest = name.partition("/")
        try:
            return Path(self.root, place, self.evaluation, rest).read_bytes()
        except FileNotFoundError:
            raise self.lacks(name) from None

    def _sources(self) -> list[str]:
        texts = [f"text/{language}/*.md" for language in self.languages]
        return self._listed("data", [FACTS, FORMULAS, TRANSLATIONS, "*.csv", *texts])

    def _made(self, language: str) -> list[str]:
        """List what the brief in a language was made of: no figure or table that it had in an earlier build only."""
        model = Path(self.root, "build", self.evaluation, "model", language)

        def count_rows(table: str) -> int:
            path = model / f"{table}.csv"
            return path.read_bytes().count(b"\n") - 1 if path.exists() else 0

        patterns = [
            *(f"brief.{language}.{ending}" for ending in ("json", "md", *FORMATS)),
            f"context.{language}.json",
            f"model/{language}/*",
            *(f"figures/{name}.{language}.*" for name in held(FIGURES, FEWEST_FIGURE_ROWS, count_rows)),
            *(f"tables/{name}.{language}.*" for name in held(TABLES, FEWEST_TABLE_ROWS, count_rows)),
        ]
        return self._listed("build", patterns)

    def _listed(self, place: str, patterns: Iterable[str]) -> list[str]:
        folder = Path(self.root, place, self.evaluation)
        paths = [path for pattern in patterns for path in folder.glob(pattern)]
        return [f"{place}/{path.relative_to(folder).as_posix()}" for path in paths]


class Present(InFolder):
    """An evaluation as it is now: what people wrote, and what was made of it last."""

    def __init__(self, evaluation: str, findings: dict[str, list[str]] | None = None, program: str = "") -> None:
        self.evaluation, self.label, self.date = evaluation, "the present build", ""
        self.languages = folder.languages(evaluation)
        self.findings, self.program = findings or {}, program


class Revision(InFolder):
    """An evaluation as a revision of git has it, made by the program of today in a folder of its own, `root`.

    `name` is what it was asked for by, `languages` are those it has texts in; `findings` and `program` are known when
    it is made.
    """

    def __init__(self, evaluation: str, name: str, commit: Commit, languages: list[str], root: Path) -> None:
        self.evaluation, self.name, self.commit, self.root = evaluation, name, commit, root
        known = "" if commit.digest.startswith(name) else f" ({commit.short})"
        self.label, self.date = f"revision {name}{known}", written(commit.moment)
        self.languages = languages
        self.findings, self.program = {}, ""
