"""Read evaluation.yaml: the quick facts of one evaluation, its criteria and its rating scale."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from evalbrief.data.cells import CellError, parse_cell
from evalbrief.data.problem import Problem, meant_or_allowed
from evalbrief.data.schema import Column
from evalbrief.data.source import line_of, read_yaml


def _by_cell_type(kind: str, minimum: float | None = None) -> BeforeValidator:
    column = Column(type=kind, why="entry of evaluation.yaml", minimum=minimum)  # type: ignore[arg-type]

    def read(value: object) -> object:
        if value is None or isinstance(value, dict | list):
            return value
        try:
            return parse_cell(str(value), column, ())
        except CellError as error:
            raise ValueError(f"{error.found}|{error.hint}") from None

    return BeforeValidator(read)


# One text for all languages, or one per language.
Words = str | dict[str, str]
Date = Annotated[str, _by_cell_type("date")]
Country = Annotated[str, _by_cell_type("country")]
Currency = Annotated[str, _by_cell_type("currency")]
Key = Annotated[str, _by_cell_type("key")]
Number = Annotated[Decimal, _by_cell_type("number")]
Unit = Literal["points", "percent"]
Profile = Literal["draft", "final"]
Amount = Annotated[Decimal, _by_cell_type("number", minimum=0)]


class Entry(BaseModel):
    """A part of evaluation.yaml; an entry that is not foreseen is an error, not a silence."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


class Donor(Entry):
    """Who pays, and how much."""

    name: Words = Field(title="text", description="The donor's name.")
    amount: Amount | None = Field(
        None, title="a number, 0 or more", description="The amount given, in units of the currency."
    )
    currency: Currency | None = Field(None, title="a currency: three letters of ISO 4217", description="EUR, USD ...")


class OwnCriterion(Entry):
    """A criterion that the office's vocabulary does not have; a name per language."""

    model_config = ConfigDict(extra="allow")

    key: Key = Field(
        title="a key: small letters, digits and _", description="Names the criterion for tables and text files."
    )


class RatingScale(Entry):
    """The scale of the ratings."""

    lowest: Number = Field(title="a number", description="The worst rating.")
    highest: Number = Field(title="a number", description="The best rating.")
    unit: Unit = Field(
        "points", title="points or percent", description="What the ratings count; points when it is left out."
    )


class Evaluation(Entry):
    """The quick facts of one evaluation; what is left out shows as a gap in the brief."""

    title: Words = Field(title="text", description="The title of the project.")
    notice: Words | None = Field(
        None, title="text", description="A sentence for every page, such as that an example is fictitious."
    )
    country_groups: Words | None = Field(
        None, title="text", description="Words before the list of countries, such as a region."
    )
    countries: list[Country] = Field(
        [], title="a list of countries", description="ISO 3166-1 codes of two letters; names follow the language."
    )
    date_completed: Date | None = Field(
        None, title="a date: 2023, 2023-10 or 2023-10-31", description="When the evaluator completed the evaluation."
    )
    date_approved: Date | None = Field(
        None, title="a date: 2023, 2023-10 or 2023-10-31", description="When EVAL approved it."
    )
    type: str | None = Field(None, title="a word of the list", description="What was evaluated.")
    timing: str | None = Field(None, title="a word of the list", description="When in the life of the project.")
    nature: str | None = Field(None, title="a word of the list", description="Who answers for the evaluation.")
    profile: Profile = Field(
        "draft", title="draft or final", description="A draft says so on every page; it is one until this says final."
    )
    original: str | None = Field(
        None, title="a language", description="The language the text was written in, when there are several."
    )
    admin_office: Words | None = Field(None, title="text", description="The administrative office.")
    tech_offices: list[Words] = Field([], title="a list of texts", description="The technical offices.")
    managers: list[str] = Field([], title="a list of texts", description="Who managed the evaluation.")
    evaluators: list[str] = Field([], title="a list of texts", description="Who carried it out.")
    codes: list[str] = Field([], title="a list of texts", description="Project codes (DC symbols).")
    donors: list[Donor] = Field([], title="a list of donors, see below", description="Donors and their budgets.")
    keywords: dict[str, list[str]] = Field(
        {}, title="a list of texts per language", description="Under which words the brief is found."
    )
    criteria: list[Key | OwnCriterion | list[Key | OwnCriterion]] = Field(
        min_length=1,
        title="a list of criteria, see below",
        description="The criteria in the order of the brief; a list inside shares one heading.",
    )
    rating_scale: RatingScale | None = Field(
        None, title="a scale, see below", description="The scale, when criteria are rated."
    )
    # Read and checked by addresses.py.
    sources: Any = Field(
        None,
        title="files with their addresses, see below",
        description="Which files come from elsewhere; `python3 brief.py fetch` fetches them.",
    )


def read_evaluation(path: Path, file: str) -> tuple[Evaluation | None, list[Problem]]:
    """Read and check evaluation.yaml by itself; None when it cannot be used."""
    content, problems = read_yaml(path, file)
    if problems:
        return None, problems
    try:
        return Evaluation.model_validate(content), []
    except ValidationError as errors:
        return None, [entry_problem(file, content, error) for error in told_once(errors.errors())]


def place_of(content: object, location: tuple) -> str:
    """Name the place of an entry for its writer: line 12, donors, item 1, amount."""
    steps = [f"item {step + 1}" if isinstance(step, int) else str(step) for step in location]
    return ", ".join([f"line {line_of(content, location) or 1}", *steps])


def told_once(errors: Iterable) -> list[dict]:
    """Keep of pydantic's errors the most exact one about each entry, with the entry's true location.

    An entry that may be one of several things gets an error for each of them, and one for the whole.
    """
    best: dict[tuple, dict] = {}
    for error in errors:
        location = tuple(step for step in error["loc"] if not _is_branch(step))
        if location not in best or error["type"] == "value_error":
            best[location] = {**error, "loc": location}
    inner = {location[:length] for location in best for length in range(len(location))}
    return [error for location, error in best.items() if location not in inner]


def entry_problem(file: str, content: object, error: dict) -> Problem:
    """Say one of pydantic's errors in the words of the entry's writer."""
    location = error["loc"]
    if error["type"] == "missing":
        place = place_of(content, location) if len(location) > 1 else str(location[0])
        return Problem(file, place, "this entry is missing.", "It is required.")
    return Problem(file, place_of(content, location), *_fault(location, error))


def _fault(location: tuple, error: dict) -> tuple[str, str]:
    given = error["input"]
    shown = ", ".join(map(str, given)) if isinstance(given, list | dict) else given
    match error["type"]:
        case "value_error":
            found, _, hint = error["msg"].removeprefix("Value error, ").partition("|")
            return found, hint
        case "extra_forbidden":
            allowed = GROUPS.get(str(location[0]), Evaluation).model_fields if location[1:] else Evaluation.model_fields
            return "this entry is not known.", meant_or_allowed(str(location[-1]), list(allowed))
        case "literal_error":
            allowed = get_args(Profile if location[-1] == "profile" else Unit)
            return f'"{shown}" is not known here.', f"Allowed: {', '.join(allowed)}."
        case "too_short":
            return "the list is empty.", "Name at least one."
    if given is None:
        return "the entry is empty.", "Write a value after the colon, or delete the entry if it is not required."
    match error["type"]:
        case "list_type":
            return f'"{shown}" is not a list.', f"Write [{shown}], with commas between several."
        case "model_type" | "model_attributes_type":
            fields = ", ".join(f"{name}: ..." for name in GROUPS[str(location[0])].model_fields)
            return f'"{shown}" is not enough.', f"Write {{{fields}}}."
        case "dict_type":
            return f'"{shown}" has no language.', "Write {fr: [...]}, with a list for each language."
    if isinstance(given, list | dict):
        return f'"{shown}" is a list or group, but one text is expected.', "Write it without brackets or braces."
    return f'"{shown}" is not a text.', "Put it in quotation marks."


def _is_branch(step: object) -> bool:
    """Say whether this step of a location names a type that an entry could have been, and no entry."""
    return str(step) in {"str", "OwnCriterion"} or "[" in str(step)


# The groups of entries inside others.
GROUPS: dict[str, type[Entry]] = {"donors": Donor, "rating_scale": RatingScale, "criteria": OwnCriterion}
