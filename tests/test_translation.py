"""What a translation lacks, by content: texts, cells, numbers, and originals that have changed since."""

from pathlib import Path

import pytest
from evalbrief.data.problem import DataProblems
from evalbrief.data.schema import Table, read_schemas
from evalbrief.text.translation import accept, read_record
from evalbrief.text.translation_notes import bound_values, notes, typed_numbers

ROOT = Path(__file__).parents[1]
FILES = {
    "evaluation.yaml": "title: {fr: Petits pas, en: Small steps}\ncriteria: [relevance]\noriginal: fr\n",
    "recommendations.csv": "key,text_fr,text_en,time_frame_fr,time_frame_en\n"
    "a,Former,Train,Juin,June\nb,Publier,Publish,,\n",
    "text/fr/logic.md": "Le projet aide {{ results.a.value | n }} écoles depuis 2023.\n",
    "text/en/logic.md": "The project has helped {{ results.a.value | words }} schools since 2023.\n",
    "text/fr/method.md": "L'équipe a lu des documents.\n",
    "text/en/method.md": "The team read documents.\n",
}


@pytest.fixture
def schemas() -> dict[str, Table]:
    return read_schemas(ROOT / "data/schemas")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schemas: dict[str, Table]) -> Path:
    """An evaluation whose English was made from its French as it is."""
    monkeypatch.chdir(tmp_path)
    place = Path("data/small")
    for name, content in FILES.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(content, encoding="utf-8")
    accept(place, schemas, "fr", "en", ())
    return place


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def test_a_recorded_translation_lacks_nothing(folder: Path, schemas: dict[str, Table]) -> None:
    assert notes(folder, schemas, "fr", "en") == []
    assert list(read_record(folder)[0]["en"]) == [
        *("evaluation.yaml", "recommendations.csv/a", "recommendations.csv/b", "text/logic.md", "text/method.md")
    ]


def test_the_date_of_a_file_says_nothing(folder: Path, schemas: dict[str, Table]) -> None:
    for path in folder.rglob("*.md"):
        path.touch()
    (folder / "text/fr/logic.md").write_bytes((folder / "text/fr/logic.md").read_bytes().replace(b"\n", b"\r\n"))
    assert notes(folder, schemas, "fr", "en") == []


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        (
            "text/fr/logic.md",
            "aide",
            "soutient",
            "data/small/text/en/logic.md was made from an older data/small/text/fr/logic.md, which has changed since.",
        ),
        (
            "recommendations.csv",
            "Publier",
            "Diffuser",
            'data/small/recommendations.csv, "b" in en was made from an older data/small/recommendations.csv, "b" in '
            "fr, which has changed since.",
        ),
        (
            "recommendations.csv",
            ",June",
            ",",
            'data/small/recommendations.csv, row 2, column "time_frame_en": the cell is empty, that in fr is not.',
        ),
        (
            "evaluation.yaml",
            "Petits pas",
            "Grands pas",
            "data/small/evaluation.yaml in en was made from an older data/small/evaluation.yaml in fr, which has "
            "changed since.",
        ),
        (
            "text/en/logic.md",
            "2023",
            "2024",
            "data/small/text/en/logic.md: 2023 is not said as often as in fr.",
        ),
        (
            "text/en/logic.md",
            "{{ results.a.value | words }}",
            "many",
            "data/small/text/en/logic.md: {{ results.a.value }} is not said as often as in fr.",
        ),
    ],
)
def test_a_change_is_listed(folder: Path, schemas: dict[str, Table], name: str, old: str, new: str, found: str) -> None:
    change(folder, name, old, new)
    assert found in notes(folder, schemas, "fr", "en")


def test_a_missing_section_is_listed(folder: Path, schemas: dict[str, Table]) -> None:
    (folder / "text/en/method.md").unlink()
    (note,) = notes(folder, schemas, "fr", "en")
    assert note.startswith("data/small/text/en/method.md is missing: data/small/text/fr/method.md is not translated")


def test_what_was_brought_up_to_date_is_accepted_by_name(folder: Path, schemas: dict[str, Table]) -> None:
    change(folder, "text/fr/logic.md", "aide", "soutient")
    change(folder, "text/fr/method.md", "lu", "relu")
    assert accept(folder, schemas, "fr", "en", ["logic"]) == ["text/logic.md"]
    (note,) = notes(folder, schemas, "fr", "en")
    assert "method.md was made from an older" in note
    assert accept(folder, schemas, "fr", "en", ["recommendations.csv"]) == [
        "recommendations.csv/a",
        "recommendations.csv/b",
    ]


def test_a_number_of_a_cell_is_compared_too(folder: Path, schemas: dict[str, Table]) -> None:
    change(folder, "recommendations.csv", "June", "June 2024")
    assert notes(folder, schemas, "fr", "en") == [
        'data/small/recommendations.csv, "a" in en: 2024 is said more often than in fr.'
    ]


def test_a_damaged_record_is_named_and_not_replaced(folder: Path, schemas: dict[str, Table]) -> None:
    (folder / "translations.yaml").write_text('"en": {', encoding="utf-8")
    assert notes(folder, schemas, "fr", "en")[0].startswith("data/small/translations.yaml, line 1: ")
    with pytest.raises(DataProblems):
        accept(folder, schemas, "fr", "en", ["logic"])
    assert (folder / "translations.yaml").read_text(encoding="utf-8") == '"en": {'


def test_rows_without_words_are_counted_by_table(folder: Path, schemas: dict[str, Table]) -> None:
    change(folder, "recommendations.csv", "a,Former,Train,Juin,June\nb,Publier,Publish,,", "a,Former,,,\nb,Publier,,,")
    assert "data/small/recommendations.csv: 2 rows have no words in en; they show as gaps." in notes(
        folder, schemas, "fr", "en"
    )


def test_what_was_never_recorded_is_counted(folder: Path, schemas: dict[str, Table]) -> None:
    (folder / "translations.yaml").unlink()
    (note,) = notes(folder, schemas, "fr", "en")
    assert note.startswith("data/small, en: it is not known from which state of the original these 5 texts were made: ")
    assert "made: text/logic.md, text/method.md, recommendations.csv/a and 2 more. When all is right" in note


def test_one_text_is_spoken_of_as_one(folder: Path, schemas: dict[str, Table]) -> None:
    record = (folder / "translations.yaml").read_text(encoding="utf-8")
    kept = [line for line in record.splitlines(keepends=True) if "logic" not in line]
    (folder / "translations.yaml").write_text("".join(kept), encoding="utf-8")
    (note,) = notes(folder, schemas, "fr", "en")
    assert "of the original this text was made: text/logic.md. When all is right" in note
    change(folder, "recommendations.csv", "b,Publier,Publish,,", "b,Publier,,,")
    assert "data/small/recommendations.csv: 1 row has no words in en; it shows as a gap." in notes(
        folder, schemas, "fr", "en"
    )


def test_numbers_of_a_section_are_counted_by_value_and_by_digit() -> None:
    text = '1. En 2023, {{ a.b | n(1) }} et {{a.b}}.[^1] Voir {{ ref("x") }}.\n\n[^1]: 2 400 cas.'
    assert bound_values(text) == {"a.b": 2, 'ref("x")': 1}
    assert typed_numbers(text, "fr") == {"2023": 1, "2400": 1}
    assert typed_numbers("2,400 cases, 2.5 km, goal 8.7; in 2022 12 villages", "en") == {
        **{"2400": 1, "2.5": 1, "8.7": 1},
        **{"2022": 1, "12": 1},
    }
    assert typed_numbers("2.400 casos, 2,5 km, meta 8.7", "es") == {"2400": 1, "2.5": 1, "8.7": 1}
