"""Why a value changed: the planted rows and cells, no others, and the formula."""

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from check_data import check_data
from evalbrief.data.schema import read_schemas
from evalbrief.files import read_json, read_rows, write_json
from evalbrief.review.reasons import CELL, FORMULA, ROW_ADDED, ROW_REMOVED, Cause, ChangedValue, changed_values
from evalbrief.review.rows import row_changes
from evalbrief.text.context import context
from evalbrief.text.labels import read_labels

ROOT = Path(__file__).parents[1]
SCHEMAS = read_schemas(ROOT / "data/schemas")
VOCABULARY = read_labels(ROOT / "templates/labels/fr.yaml")["vocabulary"]
# Tables with a column of numbers that formulas read.
NUMBERS = {
    "interviews": "people",
    "results": "value",
    "survey": "respondents",
    "budget": "expenditure",
    "achievements": "actual",
    "ratings": "rating",
}
# Of one to three planted changes each.
SCRIPTS = 120


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model of the demo in French."""
    folder = tmp_path_factory.mktemp("model")
    check_data(
        folder=str(ROOT / "data/demo"),
        schemas=str(ROOT / "data/schemas"),
        vocabulary=VOCABULARY,
        language="fr",
        model=str(folder),
    )
    return folder


@dataclass(frozen=True)
class Planted:
    """A change of a model's table: of a cell, or of a row."""

    kind: str
    table: str
    row: str
    column: str = ""
    old: str = ""
    new: str = ""


def plant(model: Path, random: Random) -> Planted:
    """Change a cell, take a row away, or add one, in a model's folder."""
    table = random.choice(list(NUMBERS))
    path, origins = model / f"{table}.csv", read_json(model / "origins.json")
    rows, numbers = read_rows(path), origins[table]["rows"]
    place = random.randrange(len(rows))
    kind = random.choice([CELL, CELL, ROW_ADDED, ROW_REMOVED])
    column = NUMBERS[table]
    old = new = ""
    if kind == CELL:
        old, new = rows[place][column], str(random.randint(1, 6))
        rows[place][column] = new
        row = key_of(table, rows[place])
    elif kind == ROW_REMOVED:
        row = key_of(table, rows.pop(place))
        numbers.pop(place)
    else:
        added = {**rows[place], SCHEMAS[table].key[0]: f"new{random.randrange(10**6)}"}
        rows.append(added)
        numbers.append(numbers[-1] + 1)
        row = key_of(table, added)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    write_json(model / "origins.json", origins)
    return Planted(kind, table, row, column if kind == CELL else "", old, new)


def key_of(table: str, row: dict[str, str]) -> str:
    return "/".join(row[name] for name in SCHEMAS[table].key if row[name])


def explained(before: Path, after: Path) -> tuple[dict[str, ChangedValue], dict]:
    """Explain what changed between two models; also give the new values."""
    keys = {name: list(words) for name, words in VOCABULARY.items()}
    old, new = (context(model, SCHEMAS, "demo", keys) for model in (before, after))
    origins = [read_json(model / "origins.json") for model in (before, after)]
    rows = row_changes(old["rows"], new["rows"], origins[0], origins[1], SCHEMAS)
    return changed_values(old["values"], new["values"], rows), new["values"]


def is_planted(cause: Cause, planted: list[Planted]) -> bool:
    return any(
        (cause.kind, cause.file, cause.row) == (one.kind, f"data/demo/{one.table}.csv", one.row)
        and (cause.kind != CELL or (cause.column, cause.new) == (one.column, one.new))
        for one in planted
    )


def test_every_value_is_explained_by_what_was_planted(model: Path, tmp_path: Path) -> None:
    explanations = 0
    for seed in range(SCRIPTS):
        random = Random(seed)
        after = shutil.copytree(model, tmp_path / str(seed))
        planted = [plant(after, random) for _ in range(random.choice([1, 1, 2, 3]))]
        values, new = explained(model, after)
        for key, value in values.items():
            assert value.causes, (seed, key, planted)
            assert all(is_planted(cause, planted) for cause in value.causes), (seed, key, value.causes, planted)
            assert key not in new or value.formula == new[key]["origin"]["formula"]
            explanations += 1
    assert explanations > SCRIPTS


def edited(tmp_path: Path, model: Path, edit: Callable[[Path], None]) -> dict[str, ChangedValue]:
    after = shutil.copytree(model, tmp_path / "after")
    edit(after)
    return explained(model, after)[0]


def test_cell_is_named_with_its_line(model: Path, tmp_path: Path) -> None:
    def edit(folder: Path) -> None:
        path = folder / "interviews.csv"
        path.write_text(path.read_text().replace("BJ,3,4,1,3", "BJ,3,6,1,3"))

    value = edited(tmp_path, model, edit)["interviews.people"]
    assert (value.old, value.new, value.difference, value.formula) == ("137", "139", "+2", "sum(people)")
    assert value.causes == (Cause(CELL, "data/demo/interviews.csv", 2, "government/BJ", "people", "4", "6"),)


def test_share_is_explained_by_its_parts(model: Path, tmp_path: Path) -> None:
    def edit(folder: Path) -> None:
        path = folder / "interviews.csv"
        path.write_text(path.read_text().replace("BJ,3,4,1,3", "BJ,3,6,2,4"))

    causes = edited(tmp_path, model, edit)["values.women_share"].causes
    assert [(cause.column, cause.old, cause.new) for cause in causes] == [("women", "1", "2"), ("people", "4", "6")]


def test_row_that_counts_no_more_names_the_column(model: Path, tmp_path: Path) -> None:
    def edit(folder: Path) -> None:
        path = folder / "interviews.csv"
        path.write_text(path.read_text().replace("communities,", "families,", 1))

    (cause,) = [
        cause for cause in edited(tmp_path, model, edit)["values.villagers"].causes if cause.kind == ROW_REMOVED
    ]
    assert cause.row.startswith("communities/")


def test_number_that_is_not_the_largest_is_no_cause(model: Path, tmp_path: Path) -> None:
    def edit(folder: Path) -> None:
        path = folder / "ratings.csv"
        rows = read_rows(path)
        largest = max(rows, key=lambda row: row["rating"])
        smallest = min(rows, key=lambda row: row["rating"])
        text = path.read_text()
        for row, rating in ((largest, "6"), (smallest, "1")):
            line = ",".join([row["criterion"], row["rating"]])
            assert line in text
            text = text.replace(line, ",".join([row["criterion"], rating]))
        path.write_text(text)

    value = edited(tmp_path, model, edit)["values.highest_rating"]
    assert [cause.new for cause in value.causes] == ["6"]


def test_another_formula_is_a_cause(model: Path, tmp_path: Path) -> None:
    def edit(folder: Path) -> None:
        rules = read_json(folder / "values.json")
        rules["villagers"]["sum"] = "women"
        write_json(folder / "values.json", rules)

    (cause,) = edited(tmp_path, model, edit)["values.villagers"].causes
    assert (cause.kind, cause.old.split(" ")[0], cause.new.split(" ")[0]) == (FORMULA, "sum(people)", "sum(women)")
