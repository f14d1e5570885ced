"""Read the schemas of the tables: what each column may hold and why, and which values follow from it."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict
from ruamel.yaml import YAML

ColumnType = Literal[
    "key", "text", "integer", "number", "date", "country", "currency", "flag", "choice", "criterion", "reference"
]


def _listed(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]


# What a row's cell must hold: one thing, or any of several; numbers may be written without quotation marks.
OneOrMore = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Column(BaseModel):
    """One column of a table: its type, its limits, and the reason it is asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: ColumnType
    why: str
    required: bool = False
    translated: bool = False
    many: bool = False
    vocabulary: str = ""
    reference: str = ""
    minimum: float | None = None
    maximum: float | None = None
    # Characters; 0 for a text of any length. What stands in a figure or a line has to have one.
    longest: int = 0


class ValueRule(BaseModel):
    """How a value for the text follows from a table: one formula, for some rows, once or per content of a column."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    table: str = ""
    count: str | None = None
    sum: str | None = None
    distinct: str | None = None
    maximum: str | None = None
    minimum: str | None = None
    largest_total: str | None = None
    by_total: str | None = None
    attained: str | None = None
    share: str | None = None
    of: str | None = None
    months_between: tuple[str, str] | None = None
    where: dict[str, OneOrMore] = {}
    by: str | None = None
    unit: str | None = None


class Table(BaseModel):
    """The schema of one table; the order of its columns is that of the model."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    table: str
    title: str
    why: str
    key: tuple[str, ...]
    columns: dict[str, Column]
    values: dict[str, ValueRule] = {}


def read_schemas(folder: str | Path) -> dict[str, Table]:
    """Read every schema in a folder, by table name in alphabetical order."""
    return {path.stem: read_schema(path) for path in sorted(Path(folder).glob("*.yaml"))}


def read_schema(path: Path) -> Table:
    """Read one schema; raise pydantic's ValidationError when it is not one."""
    return Table.model_validate(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
