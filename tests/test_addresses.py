"""Where files come from: what may stand in `sources:`, and that nothing made of an evaluation knows of it."""

import shutil
from pathlib import Path

import pytest
from check_data import check_data
from evalbrief.data.addresses import Source, read_sources
from evalbrief.data.source import read_yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
FILE = "data/tiny/evaluation.yaml"
TABLES = ["survey", "results"]
SECRET = "s3cr3t-und-geheim"

GOOD: dict[str, tuple[str | dict, str, str]] = {
    "survey.csv": ("https://data.example.org/a%20b.csv?sheet=2", "http", "https://data.example.org/a%20b.csv"),
    "results.csv": (r"\\server\share\résultats.csv", "path", r"\\server\share\résultats.csv"),
    "values.yaml": (r"C:\data\values.yaml", "path", r"C:\data\values.yaml"),
    "text/fr/logic.md": ("/mnt/share/a folder", "path", "/mnt/share/a folder"),
    "text/pt-BR/impact_sustainability.md": ("HTTPS://data.example.org/x", "http", "https://data.example.org/x"),
    "text/en/logic.md": (
        {"address": "s3://bucket/a b?.md", "endpoint": "https://s3.example.org/", "user": "K", "secret": "S3_KEY"},
        "s3",
        "s3://bucket/a b?.md (s3.example.org)",
    ),
    "text/en/method.md": (
        {"address": " https://data.example.org/m.md ", "secret": "TOKEN"},
        "http",
        "https://data.example.org/m.md",
    ),
    "text/en/purpose.md": (
        {"address": "http://localhost:8080/m.md", "user": 12, "secret": "TOKEN"},
        "http",
        "http://localhost:8080/m.md",
    ),
}


def read(sources: object, folder: Path) -> tuple[dict[str, Source], list[str]]:
    """Write sources into an evaluation.yaml and read it back; return them, and what is wrong in sentences."""
    path = folder / "evaluation.yaml"
    with path.open("w", encoding="utf-8") as file:
        YAML().dump({"title": "A title", "sources": sources}, file)
    found, problems = read_sources(read_yaml(path, FILE)[0], FILE, TABLES)
    return found, [problem.message for problem in problems]


@pytest.mark.parametrize("name", GOOD)
def test_a_source_is_read(tmp_path: Path, name: str) -> None:
    entry, kind, shown = GOOD[name]
    sources, problems = read({name: entry}, tmp_path)
    assert problems == []
    assert (sources[name].kind, sources[name].shown) == (kind, shown)


def test_entries_of_a_group_are_read(tmp_path: Path) -> None:
    sources, _ = read({"text/en/purpose.md": GOOD["text/en/purpose.md"][0]}, tmp_path)
    (source,) = sources.values()
    assert (source.address, source.user, source.secret) == ("http://localhost:8080/m.md", "12", "TOKEN")


@pytest.mark.parametrize("content", [{}, {"sources": None}, {"sources": {}}])
def test_without_sources_nothing_is_wrong(content: dict) -> None:
    assert read_sources(content, FILE, TABLES) == ({}, [])


def test_what_is_wrong_leaves_the_others(tmp_path: Path) -> None:
    sources, problems = read({"survey.csv": "survey.csv", "results.csv": "/mnt/results.csv"}, tmp_path)
    assert list(sources) == ["results.csv"] and len(problems) == 1


HIDING = (
    "https://me:{}@data.example.org/a.csv",
    "https://{}@data.example.org/a.csv",
    "htps://me:{}@data.example.org/a.csv",
    "s3://key:{}@bucket/a.csv",
    "https://data.example.org/a.csv?token={}",
    "https://data.example.org/a.csv?sv=1&sig={}",
    "https://data.example.org/a.csv?api_key={}",
    "https://data.example.org/a.csv?X-Amz-Signature={}",
    "https://data.example.org/a.csv?tempauth={}",
    {"address": "https://data.example.org/a.csv", "secret": SECRET},
    {"address": "https://data.example.org/a.csv", "user": "me", "password": SECRET},
    {"address": "https://data.example.org/a.csv", "user": "me", "secret": [SECRET]},
    {"address": "s3://bucket/a.csv", "endpoint": f"https://me:{SECRET}@s3.example.org"},
)


@pytest.mark.parametrize("entry", HIDING, ids=str)
def test_a_secret_is_refused_and_not_repeated(tmp_path: Path, entry: str | dict) -> None:
    given = entry.format(SECRET) if isinstance(entry, str) else entry
    sources, problems = read({"survey.csv": given}, tmp_path)
    assert sources == {} and problems
    assert SECRET not in "".join(problems)


@pytest.mark.parametrize("query", ["sheet=1", "author=Smith", "format=csv&key_date=2024", "session=2", "keyword=a"])
def test_other_parts_of_a_query_are_let_through(tmp_path: Path, query: str) -> None:
    assert read({"survey.csv": f"https://data.example.org/a.csv?{query}"}, tmp_path)[1] == []


@given(st.text(max_size=40) | st.integers() | st.none() | st.lists(st.text(max_size=5), max_size=2))
def test_any_address_is_a_source_or_a_problem(address: object) -> None:
    for entry in (address, {"address": address, "secret": "NAME"}):
        sources, problems = read_sources({"sources": {"survey.csv": entry}}, FILE, TABLES)
        assert bool(sources) != bool(problems)
        for source in sources.values():
            assert source.shown


@pytest.mark.parametrize(
    "name", ["C:\\survey.csv", "text\\fr\\logic.md", "text/fr/logic.md/..", ".", "", "text/fr/a b.md"]
)
def test_other_names_are_refused(tmp_path: Path, name: str) -> None:
    sources, problems = read({name: "/mnt/share/file"}, tmp_path)
    assert sources == {} and len(problems) == 1


def test_nothing_that_is_made_knows_of_sources(tiny: Path, labels: dict) -> None:
    def model(name: str) -> dict[str, bytes]:
        folder = tiny.parents[1] / name
        schemas, vocabulary = str(ROOT / "data/schemas"), labels["vocabulary"]
        check_data(folder=str(tiny), schemas=schemas, vocabulary=vocabulary, language="fr", model=str(folder))
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    before = model("before")
    with (tiny / "evaluation.yaml").open("a", encoding="utf-8") as file:
        file.write("sources:\n  survey.csv: https://data.example.org/survey.csv\n")
    (tiny / "fetched.json").write_text("{}", encoding="utf-8")
    assert model("after") == before
    shutil.rmtree(tiny.parents[1] / "after")
