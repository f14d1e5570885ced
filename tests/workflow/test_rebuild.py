"""The table "What is made anew" of README, line by line: each edit on a built copy, and the files it makes anew."""

import os
import re
import time
from collections.abc import Callable
from fnmatch import fnmatch

import pytest
from workflow.project import ROOT, Project

DOCUMENTS = ("brief.fr.pdf", "brief.fr.docx", "brief.fr.html")
# What the words of the table stand for, as paths in build/.
FILES = {
    "model": ["tiny/model/fr/*"],
    "context": ["tiny/context.fr.json"],
    "text": ["tiny/brief.fr.md"],
    "tree": ["tiny/brief.fr.json"],
    "PDF": ["tiny/rendered/brief.fr.pdf"],
    "DOCX": ["tiny/rendered/brief.fr.docx"],
    "HTML": ["tiny/rendered/brief.fr.html"],
    "delivery": [f"tiny/{name}" for name in (*DOCUMENTS, "brief.fr.sha256", "rendered/brief.fr.delivered")],
    "figure survey": ["tiny/figures/survey.fr.*"],
    "figure interviews": ["tiny/figures/interviews.fr.*"],
    "table interviews": ["tiny/tables/interviews.fr.*"],
    "all figures": ["tiny/figures/*"],
    "styles": ["reference.docx"],
    "web fonts": ["fonts/*.woff2"],
    "everything": ["*"],
    "nothing": [],
}


def _value(project: Project) -> None:
    project.replace("data/tiny/survey.csv", "useful,Le projet est utile,2,20", "useful,Le projet est utile,2,21")


def _written_otherwise(project: Project) -> None:
    path = project.path("data/tiny/survey.csv")
    path.write_bytes(("\ufeff" + path.read_text(encoding="utf-8").replace(",", ";")).encode().replace(b"\n", b"\r\n"))


def _section(project: Project) -> None:
    path = project.path("data/tiny/text/fr/situation.md")
    path.write_text(path.read_text(encoding="utf-8") + "\nUne phrase de plus.\n", encoding="utf-8")


def _section_taken_away(project: Project) -> None:
    project.path("data/tiny/text/fr/situation.md").unlink()


def _figure_label(project: Project) -> None:
    path = project.path("templates/labels/fr.yaml")
    text = path.read_text(encoding="utf-8")
    survey = text.index("survey:", text.index("\nfigures:"))
    caption = text.index("caption: ", survey)
    path.write_text(text[:caption] + "caption: Bref, " + text[caption + len("caption: ") :], encoding="utf-8")


def _form_label(project: Project) -> None:
    project.replace("templates/labels/fr.yaml", "quick_facts: Informations rapides", "quick_facts: Infos rapides")


def _frame(project: Project) -> None:
    project.replace("templates/sections/lists.md.j2", "::: {.list-of-tables}\n:::\n", "")


def _typst(project: Project) -> None:
    _append(project, "templates/typst/brief.typ", "// more\n")


def _word_filter(project: Project) -> None:
    _append(project, "templates/filters/docx.lua", "-- more\n")


def _web_style(project: Project) -> None:
    _append(project, "templates/html/brief.css", "/* more */\n")


def _web_font(project: Project) -> None:
    _append(project, "scripts/evalbrief/document/html/web_font.py", "# more\n")


def _paper(project: Project) -> None:
    project.replace("config.yaml", "paper: a4", "paper: letter")


def _disclaimer(project: Project) -> None:
    project.replace("templates/themes/ilo.yaml", "Cette évaluation", "L'évaluation")


def _other_language(project: Project) -> None:
    project.replace("templates/labels/en.yaml", "quick_facts: Quick facts", "quick_facts: Facts")


def _translations(project: Project) -> None:
    _append(project, "data/tiny/translations.yaml", '"en": {"text/logic.md": "0123456789ab"}\n')


def _palette(project: Project) -> None:
    project.replace("templates/themes/ilo.yaml", "#1E2DBE", "#1E2DBF")


def _style_of_figures(project: Project) -> None:
    _append(project, "templates/brief.mplstyle", "# more\n")


def _entry_script(project: Project) -> None:
    _append(project, "scripts/draw_survey.py", "# more\n")


def _shared_module(project: Project) -> None:
    _append(project, "scripts/evalbrief/figures/sheet.py", "# more\n")


def _address(project: Project) -> None:
    sources = "sources:\n  survey.csv: https://data.example.org/survey.csv\n"
    _append(project, "data/tiny/evaluation.yaml", sources)


def _setting(project: Project) -> None:
    project.replace("config.yaml", "minimum_cell: 5", "minimum_cell: 4")


def _lock(project: Project) -> None:
    _append(project, "requirements.txt", "# more\n")


def _touch(project: Project) -> None:
    for path in project.folder.rglob("*"):
        if path.is_file() and not {"build", ".snakemake"} & set(path.relative_to(project.folder).parts):
            path.touch()


def _older(project: Project) -> None:
    _value(project)
    os.utime(project.path("data/tiny/survey.csv"), (1_000_000_000, 1_000_000_000))


def _older_module(project: Project) -> None:
    _shared_module(project)
    os.utime(project.path("scripts/evalbrief/figures/sheet.py"), (1_000_000_000, 1_000_000_000))


def _repaired(project: Project) -> None:
    script = project.path("scripts/draw_survey.py")
    good = script.read_text(encoding="utf-8")
    last = project.contents()
    script.write_text(good + "\nraise RuntimeError\n", encoding="utf-8")
    assert project.build().returncode != 0
    assert all(project.contents()[f"tiny/{name}"] == last[f"tiny/{name}"] for name in DOCUMENTS)
    script.write_text(good, encoding="utf-8")


def _deleted(project: Project) -> None:
    project.path("build/tiny/brief.fr.pdf").unlink()


def _removed_evaluation(project: Project) -> None:
    project.path("data/tiny").rename(project.folder / "elsewhere")


def _append(project: Project, name: str, text: str) -> None:
    with project.path(name).open("a", encoding="utf-8") as file:
        file.write(text)


EDITS: dict[str, Callable[[Project], None]] = {
    "a value in a table of data, `survey.csv`": _value,
    "the same table with semicolons, byte-order mark and other line ends": _written_otherwise,
    "a sentence in a section of the text": _section,
    "a section taken away": _section_taken_away,
    "a label of one figure": _figure_label,
    "a label of the form": _form_label,
    "a part of the frame of the text": _frame,
    "the layout of the PDF": _typst,
    "the filter of the Word document": _word_filter,
    "the style of the web page": _web_style,
    "how web fonts are cut": _web_font,
    "the size of the page": _paper,
    "the office's disclaimer": _disclaimer,
    "a label of another language": _other_language,
    "the record of translations": _translations,
    "a colour of the office": _palette,
    "the style of figures": _style_of_figures,
    "the script of one figure": _entry_script,
    "a module that figures share": _shared_module,
    "the address that a table comes from": _address,
    "the smallest number of people shown": _setting,
    "the locked requirements": _lock,
    "the date of every file, nothing else": _touch,
    "a table replaced by one with another value and an older date": _older,
    "a module replaced by another one with an older date": _older_module,
    "a script that failed, put right again": _repaired,
    "a delivered document deleted": _deleted,
    "an evaluation taken away": _removed_evaluation,
}


def table_of_readme() -> list[tuple[str, str]]:
    """Read the lines of the table: the edit, and what is made anew."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.split("## What is made anew", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", section, flags=re.MULTILINE)
    return [(edit, made) for edit, made in rows if edit != "Edit" and not edit.startswith("-")]


def test_readme_lists_every_edit() -> None:
    assert [edit for edit, _ in table_of_readme()] == list(EDITS)


@pytest.mark.parametrize(("edit", "made"), table_of_readme(), ids=lambda text: re.sub(r"\W+", "_", text)[:40])
def test_edit_makes_anew_exactly(project: Project, edit: str, made: str) -> None:
    EDITS[edit](project)
    before = project.made()
    run = project.build()
    assert run.returncode == 0, run.stderr
    after = project.made()
    patterns = [pattern for name in made.split(", ") for pattern in FILES[name]]
    expected = {name for name in after if any(fnmatch(name, pattern) for pattern in patterns)}
    assert {name for name in after if before.get(name) != after[name]} == expected


def test_second_build_does_nothing(project: Project) -> None:
    before = project.made()
    run = project.build()
    assert run.returncode == 0, run.stderr
    assert "Nothing to be done" in run.stderr
    assert project.made() == before


def test_table_taken_away_takes_its_figure_along(project: Project) -> None:
    project.path("data/tiny/budget.csv").unlink()
    project.path("data/tiny/text/fr/impact_sustainability.md").write_text("Rien de plus.\n", encoding="utf-8")
    run = project.build()
    assert run.returncode == 0, run.stderr
    assert not [name for name in project.made() if "/budget.fr." in name]


def test_an_edit_is_not_lost_when_the_check_of_the_data_failed_in_passing(project: Project) -> None:
    before = project.contents()
    _value(project)
    tomorrow = time.time() + 86_400
    os.utime(project.path("data/tiny/survey.csv"), (tomorrow, tomorrow))
    assert "clock skew" in project.build().stderr
    assert not project.path("build/tiny/model/fr/survey.csv").exists()
    project.path("data/tiny/survey.csv").touch()
    assert "checkpoint check_data" in project.build("--dry-run").stdout
    run = project.start("build")
    said, _ = run.communicate()
    assert run.returncode == 0, said
    after = project.contents()
    assert [name for name in DOCUMENTS if after[f"tiny/{name}"] == before[f"tiny/{name}"]] == []


@pytest.mark.parametrize("ahead", [("build/tiny/context.fr.json",), ("data/tiny/survey.csv", "build/tiny", "scripts")])
def test_what_is_dated_in_the_future_is_built_from(project: Project, ahead: tuple[str, ...]) -> None:
    _value(project)
    tomorrow = time.time() + 86_400
    for place in map(project.path, ahead):
        for path in [place, *place.rglob("*")]:
            os.utime(path, (tomorrow, tomorrow))
    run = project.start("build")
    said, _ = run.communicate()
    assert run.returncode == 0, said
    model = project.path("build/tiny/model/fr/survey.csv").read_text(encoding="utf-8")
    assert ",21" in model and max(project.made().values()) <= time.time_ns()


def test_a_damaged_table_of_the_model_does_not_end_the_whole_workflow(project: Project) -> None:
    project.path("build/tiny/model/fr/interviews.csv").write_bytes(b"\x89PNG\r\n\xff")
    looked = project.build("--dry-run")
    assert looked.returncode == 0 and "build_context" in looked.stdout, looked.stderr


def test_failed_delivery_leaves_the_last_documents_and_is_made_up_for(project: Project) -> None:
    documents = ("tiny/brief.fr.pdf", "tiny/brief.fr.docx")
    last = {name: project.contents()[name] for name in documents}
    _section(project)
    blocked = project.path("build/tiny/brief.fr.docx.part")
    blocked.mkdir()
    assert project.build().returncode != 0
    assert project.contents()["tiny/brief.fr.docx"] == last["tiny/brief.fr.docx"]
    assert project.path("build/tiny/brief.fr.pdf").exists()
    blocked.rmdir()
    assert project.build().returncode == 0
    assert [name for name in documents if project.contents()[name] == last[name]] == []


def test_wrong_data_leaves_the_last_documents(project: Project) -> None:
    good = project.path("data/tiny/survey.csv").read_text(encoding="utf-8")
    documents = ("tiny/brief.fr.pdf", "tiny/brief.fr.docx")
    last = {name: project.contents()[name] for name in documents}
    dates = {name: project.made()[name] for name in documents}
    project.replace("data/tiny/survey.csv", ",20", ",twenty")
    assert project.build().returncode != 0
    assert {name: project.contents()[name] for name in documents} == last
    project.path("data/tiny/survey.csv").write_text(good, encoding="utf-8")
    assert project.build().returncode == 0
    assert {name: project.made()[name] for name in documents} == dates
