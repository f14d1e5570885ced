"""Read evaluation.yaml: the quick facts of one evaluation, its criteria and its rating scale."""

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from evalbrief.data.cells import CellError, parse_cell
from evalbrief.data.problem import Problem
from evalbrief.data.schema import Column
from evalbrief.data.source import read_yaml


def _by_cell_type(kind: str) -> BeforeValidator:
    column = Column(type=kind, why="entry of evaluation.yaml")  # type: ignore[arg-type]

    def read(value: object) -> object:
        if value is None:
            return None
        text = value.isoformat() if isinstance(value, datetime.date) else str(value)
        try:
            return parse_cell(text, column, ())
        except CellError as error:
            raise ValueError(f"{error.found}|{error.hint}") from None

    return BeforeValidator(read)


# One text for all languages, or one per language.
Words = str | dict[str, str]
Date = Annotated[str, _by_cell_type("date")]
Country = Annotated[str, _by_cell_type("country")]
Currency = Annotated[str, _by_cell_type("currency")]
Key = Annotated[str, _by_cell_type("key")]


class Entry(BaseModel):
    """A part of evaluation.yaml; an entry that is not foreseen is an error, not a silence."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


class Donor(Entry):
    """Who pays, and how much."""

    name: Words = Field(description="The donor's name.")
    amount: Decimal | None = Field(None, ge=0, description="The amount given, in units of the currency.")
    currency: Currency | None = Field(None, description="ISO 4217 code, such as EUR.")


class OwnCriterion(Entry):
    """A criterion that the office's vocabulary does not have; a name per language."""

    model_config = ConfigDict(extra="allow")

    key: Key = Field(description="Names the criterion for tables and text files.")


class RatingScale(Entry):
    """The scale of the ratings."""

    lowest: Decimal = Field(description="The worst rating.")
    highest: Decimal = Field(description="The best rating.")
    unit: Literal["points", "percent"] = Field("points", description="points or percent.")


class Evaluation(Entry):
    """The quick facts of one evaluation; what is left out shows as a gap in the brief."""

    title: Words = Field(description="The title of the project.")
    notice: Words | None = Field(None, description="A sentence for every page, such as that an example is fictitious.")
    country_groups: Words | None = Field(None, description="Words before the list of countries, such as a region.")
    countries: list[Country] = Field([], description="ISO 3166-1 codes of two letters; names follow the language.")
    date_completed: Date | None = Field(None, description="When the evaluator completed the evaluation.")
    date_approved: Date | None = Field(None, description="When EVAL approved it.")
    type: str | None = Field(None, description="Vocabulary type.")
    timing: str | None = Field(None, description="Vocabulary timing.")
    nature: str | None = Field(None, description="Vocabulary nature.")
    admin_office: Words | None = Field(None, description="The administrative office.")
    tech_offices: list[Words] = Field([], description="The technical offices.")
    managers: list[str] = Field([], description="Who managed the evaluation.")
    evaluators: list[str] = Field([], description="Who carried it out.")
    codes: list[str] = Field([], description="Project codes (DC symbols).")
    donors: list[Donor] = Field([], description="Donors and their budgets.")
    keywords: dict[str, list[str]] = Field({}, description="Keywords, a list per language.")
    criteria: list[Key | OwnCriterion | list[Key | OwnCriterion]] = Field(
        min_length=1, description="The criteria in the order of the brief; a list inside shares one heading."
    )
    rating_scale: RatingScale | None = Field(None, description="The scale, when criteria are rated.")


def read_evaluation(path: Path, file: str) -> tuple[Evaluation | None, list[Problem]]:
    """Read and check evaluation.yaml by itself; None when it cannot be used."""
    content, problems = read_yaml(path, file)
    if problems:
        return None, problems
    try:
        return Evaluation.model_validate(content), []
    except ValidationError as errors:
        return None, [_problem(file, content, error) for error in errors.errors()]


def line_of(content: object, location: tuple) -> int:
    """Find the line of an entry, or of the nearest entry that holds it, in what ruamel read."""
    line = 1
    for step in location:
        places = getattr(content, "lc", None)
        if places is None or places.data is None or step not in places.data:
            break
        line = places.data[step][0] + 1
        content = content[step]  # type: ignore[index]
    return line


def _problem(file: str, content: object, error: dict) -> Problem:
    location = tuple(step for step in error["loc"] if not str(step).startswith(("function", "list[", "dict[")))
    name = ".".join(str(step) for step in location if step not in {"str", "OwnCriterion"})
    place = f"line {line_of(content, location)}, {name}"
    match error["type"]:
        case "extra_forbidden":
            allowed = ", ".join(Evaluation.model_fields) if len(location) == 1 else "see the data dictionary"
            return Problem(file, place, "this entry is not known.", f"Allowed: {allowed}.")
        case "missing":
            return Problem(file, place, "this entry is missing.", "It is required.")
        case "value_error":
            found, _, hint = error["msg"].removeprefix("Value error, ").partition("|")
            return Problem(file, place, found, hint)
    message = error["msg"]
    return Problem(file, place, f'"{error["input"]}" is not allowed.', message[0].upper() + message[1:] + ".")
