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


# How often two cells of each table are changed, and how many of them must be told as a cause at least.
ROUNDS = 12
FEWEST = {"demo": 190, "entralliance": 90}


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


def explained(before: Path, after: Path, evaluation: str = "demo") -> tuple[dict[str, ChangedValue], dict]:
    """Explain what changed between two models; also give the new values."""
    keys = {name: list(words) for name, words in VOCABULARY.items()}
    old, new = (context(model, SCHEMAS, evaluation, keys) for model in (before, after))
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


def model_of(folder: Path, model: Path) -> Path:
    """Check the data in a folder, and give its model in French."""
    check_data(
        folder=str(folder), schemas=str(ROOT / "data/schemas"), vocabulary=VOCABULARY, language="fr", model=str(model)
    )
    return model


def read_table(file: Path) -> tuple[str, list[list[str]]]:
    """Give the separator and the rows of a file of data, its heading first."""
    text = file.read_text(encoding="utf-8-sig")
    separator = ";" if ";" in text.partition("\n")[0] else ","
    return separator, list(csv.reader(text.splitlines(), delimiter=separator))


def changeable(file: Path) -> list[tuple[int, str, str]]:
    """List the line, column and content of cells that values read: the numbers, and texts of rows with a name."""
    _, (heading, *rows) = read_table(file)
    texts = [name for name in heading if name.endswith("_fr")] if len(SCHEMAS[file.stem].key) == 1 else []
    numbers = [name for name in heading if name == NUMBERS.get(file.stem)]
    cells = [(line, name, row[heading.index(name)]) for line, row in enumerate(rows, 2) for name in (*numbers, *texts)]
    return [cell for cell in cells if cell[1] in texts or cell[2].isdigit()]


def change(file: Path, line: int, column: str) -> str:
    """Change a cell in a file of data, and return what stands there now."""
    separator, rows = read_table(file)
    place = rows[0].index(column)
    old = rows[line - 1][place]
    number = (int(old) % 6 if column == "rating" else int(old)) + 1 if old.isdigit() else 0
    new = rows[line - 1][place] = f"{old} bis".strip() if column.endswith("_fr") else str(number)
    with file.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written, delimiter=separator).writerows(rows)
    return new


@pytest.mark.parametrize("evaluation", FEWEST)
def test_each_cell_of_the_real_data_is_the_only_cause(evaluation: str, tmp_path: Path) -> None:
    """In each round, two cells of every table are changed, in the files that people write."""
    data = ROOT / "data" / evaluation
    before = model_of(data, tmp_path / "before")
    cells = {file.stem: changeable(file) for file in sorted(data.glob("*.csv"))}
    explained_cells = 0
    for number in range(ROUNDS):
        folder = tmp_path / f"{number}" / evaluation
        shutil.copytree(data, folder, ignore=shutil.ignore_patterns("drafts"))
        planted = []
        for table, found in ((table, found) for table, found in cells.items() if len(found) > number):
            for line, name, old in {found[number], found[-1 - number]}:
                file, column = f"data/{evaluation}/{table}.csv", name.removesuffix("_fr")
                row = key_of(table, read_rows(before / f"{table}.csv")[line - 2])
                planted.append(Cause(CELL, file, line, row, column, old, change(folder / f"{table}.csv", line, name)))
        values, new = explained(before, model_of(folder, tmp_path / f"{number}" / "model"), evaluation)
        for key, value in values.items():
            causes, due = set(value.causes), {cause for cause in planted if reads(key, cause, new)}
            assert causes and causes <= due and value.formula == new[key]["origin"]["formula"], (key, causes, due)
            assert causes == due or not value.formula.startswith(("sum(", "cell")), (key, causes, due)
        told = {cause for value in values.values() for cause in value.causes}
        assert [cause for cause in planted if cause not in told and is_read(cause, new)] == []
        explained_cells += len(told)
    assert explained_cells >= FEWEST[evaluation]


def reads(key: str, cause: Cause, values: dict) -> bool:
    """Say whether the formula of a value, or of one that it is worked out from, reads a cell."""
    origin = values[key]["origin"]
    if "values" in origin:
        return any(reads(part, cause, values) for part in origin["values"])
    named = origin["column"] if origin["formula"] == "cell" else origin["formula"]
    here = origin["file"] == cause.file and cause.row in origin["rows"]
    return here and (cause.column in named or named.startswith("attained("))


def is_read(cause: Cause, values: dict) -> bool:
    """Say whether a cell is a value, or is added up to one: this must then change with it."""
    origins = [value["origin"] for value in values.values() if value["origin"]["file"] == cause.file]
    formulas = {origin["formula"].split(" ")[0] for origin in origins if cause.row in origin["rows"]}
    return f"sum({cause.column})" in formulas or "cell" in {
        origin["formula"] for origin in origins if cause.row in origin["rows"] and origin["column"] == cause.column
    }


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
