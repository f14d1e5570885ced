"""Hostile text in cells and facts: it reaches every document as it was written, and nothing outside is read."""

import csv
import re
import zipfile
from pathlib import Path

import lxml.etree as etree
import pytest
from evalbrief.text.labels import read_labels
from evalbrief.text.typography import set_text
from pypdf import PdfReader
from workflow.project import ROOT, Project

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIGNS = "# $ @ * _ < > { } [ ] \\ | ~ ^ \" '"
HOSTILE = (
    SIGNS,
    "{{ x }} {% raw %} {# y #}",
    "1. *a* _b_ [c](d) ![e](/etc/hostname) <b>f</b> `g` ^[h] [^i]",
    "\\input{/etc/hostname} #include(\"/etc/hostname\") =cmd|' /C calc'!A0 {=typst} #{1+1}",
    "&amp; &#x41; <![CDATA[x]]> <!ENTITY y SYSTEM 'file:///etc/hostname'> ::: - + = %",
)
LONG = "Anticonstitutionnellement" * 400


@pytest.fixture(scope="module")
def hostile(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tiny evaluation with hostile text in a title, in cells of every use, and a word of 10,000 letters."""
    project = built.copy(tmp_path_factory.mktemp("hostile") / "project")
    data = project.path("data/tiny")
    project.replace("data/tiny/evaluation.yaml", "Petits pas : l'école pour tous", "Petits pas # $ @ * _ < > [ ] ~ ^")
    _fill(data / "recommendations.csv", "text_fr", HOSTILE)
    _fill(data / "results.csv", "label_fr", HOSTILE)
    _fill(data / "lessons.csv", "text_fr", (LONG,))
    run = project.build()
    assert run.returncode == 0, run.stderr
    return project


def _fill(path: Path, column: str, texts: tuple[str, ...]) -> None:
    """Repeat the first row of a table with each text in a column; its other rows follow unchanged."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    added = [rows[0] | {"key": f"hostile_{number}", column: text} for number, text in enumerate(texts)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows + added)


def _letters(text: str) -> str:
    """Drop what line breaking may add: spaces and hyphens."""
    return re.sub(r"[\s\u00ad\u200b-]", "", text)


def _printed(text: str) -> str:
    return set_text(text, read_labels(ROOT / "templates/labels/fr.yaml")["typography"])


def test_docx_holds_it_as_written(hostile: Project) -> None:
    with zipfile.ZipFile(hostile.path("build/tiny/brief.fr.docx")) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    text = "".join(run.text or "" for run in body.iter(f"{W}t"))
    assert [words for words in HOSTILE if text.count(_printed(words)) < 2] == []
    assert LONG in text.replace("\u200b", "")


def test_pdf_holds_it_as_written(hostile: Project) -> None:
    reader = PdfReader(hostile.path("build/tiny/brief.fr.pdf"))
    text = _letters("".join(page.extract_text() for page in reader.pages))
    assert [words for words in HOSTILE if text.count(_letters(_printed(words))) < 2] == []
    assert text.count("nstitutionne") > 300


def test_nothing_outside_is_read(hostile: Project) -> None:
    outside = Path("/etc/hostname")
    if not outside.exists():
        pytest.skip("this machine has no such file")
    secret = outside.read_text(encoding="utf-8").strip()
    text = "".join(page.extract_text() for page in PdfReader(hostile.path("build/tiny/brief.fr.pdf")).pages)
    assert not re.search(rf"\b{re.escape(secret)}\b", text)
