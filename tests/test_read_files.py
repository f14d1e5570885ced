"""Files as offices write them: separators, byte-order marks, encodings, line ends, quotation marks."""

import codecs
from pathlib import Path

import pytest
from evalbrief.data.source import SourceTable, files_in, read_csv, read_yaml
from hypothesis import given
from hypothesis import strategies as st

TEXT = 'key,label_fr\nécole,"Écoles, collèges"\nville,D\'Abidjan\n'
ROWS = [(2, {"key": "école", "label_fr": "Écoles, collèges"}), (3, {"key": "ville", "label_fr": "D'Abidjan"})]


def read(folder: Path, content: bytes) -> SourceTable:
    path = folder / "table.csv"
    path.write_bytes(content)
    table, problems = read_csv(path, "table.csv")
    assert problems == []
    return table


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("h,D", "h;D").replace("y,l", "y;l").replace('e,"', 'e;"').replace("e,D", "e;D").encode(),
        TEXT.replace("y,l", "y\tl").replace('e,"', 'e\t"').replace("e,D", "e\tD").encode(),
        TEXT.rstrip("\n").encode(),
    ],
    ids=["utf-8", "byte-order mark", "windows", "carriage returns", "semicolons", "tabs", "no last line end"],
)
def test_every_office_writes_the_same_table(content: bytes, tmp_path: Path) -> None:
    table = read(tmp_path, content)
    assert table.header == ["key", "label_fr"]
    assert [(row.number, row.cells) for row in table.rows] == ROWS


@pytest.mark.parametrize("text", ["Réponse", "RÉPONSE, activité", "là", "forêt", "maçon", "más"])
def test_accents_of_a_mac_are_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(f"key,label_fr\na,{text}\n".encode("mac_roman"))
    _, (problem,) = read_csv(path, "table.csv")
    assert (
        problem.message == "table.csv: its accents are those of Excel for Mac. Save it as CSV UTF-8 (File > Save as)."
    )


@pytest.mark.parametrize("text", ["Žižek, ŽUPANIJA, DŽAMIJA", "œuvre – l’« été » 5 ‰", "Peñón… mot‡ ƒ 3 ˆ"])
def test_signs_of_windows_are_read(text: str, tmp_path: Path) -> None:
    table = read(tmp_path, f'key,label_fr\na,"{text}"\n'.encode("cp1252"))
    assert table.rows[0].cells["label_fr"] == text


def test_unicode_of_an_editor_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "entries.yaml"
    path.write_bytes("title: Été\n".encode("utf-16"))
    _, (problem,) = read_yaml(path, "entries.yaml")
    assert problem.message == 'entries.yaml: it was saved as "Unicode" (UTF-16). Save it as UTF-8 (File > Save as).'


def test_what_systems_hide_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    for name in ("Thumbs.db", "Desktop.ini", ".DS_Store", "~$results.csv", "results.csv"):
        (tmp_path / name).touch()
    assert [path.name for path in files_in(tmp_path)] == ["results.csv"]


def test_rows_are_numbered_as_in_the_spreadsheet(tmp_path: Path) -> None:
    table = read(tmp_path, b'key,note\na,"two\nlines"\n,\n\nb,one\n')
    assert [(row.number, row.cells["note"]) for row in table.rows] == [(2, "two lines"), (5, "one")]


def test_short_rows_are_filled_and_no_break_spaces_stay(tmp_path: Path) -> None:
    table = read(tmp_path, "key,a,b\nx,  12\u00a0% \n".encode())
    assert table.rows[0].cells == {"key": "x", "a": "12\u00a0%", "b": ""}


@given(st.text(max_size=80))
def test_any_text_is_a_table_or_a_problem(text: str) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        table, problems = read_csv(path, "table.csv")
        assert any(table.header) or problems


@given(st.text(alphabet="ab:-[]{}\"'#&*!|>%@`\t\n ,?é\x07", max_size=40))
def test_any_yaml_is_read_or_a_problem(text: str) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "entries.yaml"
        path.write_text(text, encoding="utf-8", newline="")
        content, problems = read_yaml(path, "entries.yaml")
        assert content or problems or text.strip() in ("", "{}") or isinstance(content, dict)


def test_yaml_dates_stay_as_written_and_yes_is_a_word(tmp_path: Path) -> None:
    path = tmp_path / "entries.yaml"
    path.write_text("day: 2023-02-30\nanswer: yes\ncode: NO\n")
    content, problems = read_yaml(path, "entries.yaml")
    assert problems == []
    assert content == {"day": "2023-02-30", "answer": "yes", "code": "NO"}
