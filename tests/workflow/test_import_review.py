"""Word files that came back: each edit goes where it belongs, and building again prints what the reviewer wrote."""

import csv
import re
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

import lxml.etree as etree
import pytest
from evalbrief.commands.import_review import import_review
from evalbrief.commands.issue import issue
from evalbrief.document.docx.package import DOCUMENT, Parts, W, element, read_parts, to_bytes, write_parts
from evalbrief.files import read_json
from evalbrief.review.incoming.comments import COMMENTS, EXTENDED, W14, W15
from evalbrief.review.incoming.returned import read_returned
from evalbrief.tree import elements, has_class
from evalbrief.trouble import Trouble
from workflow.conftest import LANGUAGES
from workflow.project import ROOT, Project

from tests.benchmarks.returned_files import EDITS as TEXT_KINDS
from tests.benchmarks.returned_files import NOT_TEXT, RIGHT, Desk, said, without_bookmarks

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MOMENT = datetime(2026, 11, 29, 21, tzinfo=UTC)
WHEN = "2026-12-01T10:00:00Z"
# Random edits in a file of each language; tests/benchmarks/read_back.py makes more of them.
EDITS = 8


class Returned:
    """A brief as a reviewer sends it back."""

    def __init__(self, docx: Path) -> None:
        self.parts: Parts = read_parts(docx)
        self.body = etree.fromstring(self.parts[DOCUMENT])
        self._mark = 900
        self._comments = etree.Element(f"{W}comments", nsmap={"w": W.strip("{}")})
        self._extended = etree.Element(f"{W15}commentsEx")

    def replace(self, old: str, new: str, *, who: str = "", within: str = "") -> None:
        """Change words in the first run that holds them, tracked in the name of who does it, if anybody."""
        for run in self.body.iter(f"{W}r"):
            text = run.find(f"{W}t")
            paragraph = next(run.iterancestors(f"{W}p"))
            if text is None or old not in (text.text or "") or within not in "".join(paragraph.itertext(f"{W}t")):
                continue
            before, after = text.text.split(old, 1)
            if not who:
                text.text = before + new + after
                return
            text.text = before
            rest = self._run(after, run)
            gone = self._marked("del", who, self._run(old, run, "delText"))
            come = self._marked("ins", who, self._run(new, run))
            for part in (rest, come, gone):
                run.addnext(part)
            return
        raise AssertionError(f"{old!r} is in no run")

    def comment(self, words: str, said: str, who: str, *, settled: bool = False) -> None:
        """Comment on the first words of this kind that stand in one run."""
        run = next(run for run in self.body.iter(f"{W}r") if words in "".join(run.itertext(f"{W}t")))
        text = run.find(f"{W}t")
        before, after = text.text.split(words, 1)
        text.text = before
        text.set(SPACE, "preserve")
        number = str(len(self._comments))
        marks = [element(f"commentRange{end}", id=number) for end in ("Start", "End")]
        for part in (self._run(after, run), marks[1], self._run(words, run), marks[0]):
            run.addnext(part)
        comment = etree.SubElement(self._comments, f"{W}comment")
        for name, value in (("id", number), ("author", who), ("date", WHEN)):
            comment.set(f"{W}{name}", value)
        paragraph = element("p")
        paragraph.set(f"{W14}paraId", f"0000000{number}")
        paragraph.append(self._run(said, None))
        comment.append(paragraph)
        if settled:
            etree.SubElement(self._extended, f"{W15}commentEx", {f"{W15}paraId": f"0000000{number}", f"{W15}done": "1"})

    def drop_bookmarks(self) -> None:
        """Lose what names the blocks, as some programs do."""
        for mark in list(self.body.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            mark.getparent().remove(mark)

    def save(self, path: Path) -> str:
        parts = self.parts | {DOCUMENT: to_bytes(self.body)}
        if len(self._comments):
            parts |= {COMMENTS: to_bytes(self._comments), EXTENDED: to_bytes(self._extended)}
        write_parts(parts, path)
        return str(path)

    def _run(self, words: str, like: etree._Element | None, name: str = "t") -> etree._Element:
        run = element("r")
        look = like.find(f"{W}rPr") if like is not None else None
        if look is not None:
            run.append(deepcopy(look))
        text = etree.SubElement(run, f"{W}{name}")
        text.text = words
        text.set(SPACE, "preserve")
        return run

    def _marked(self, name: str, who: str, run: etree._Element) -> etree._Element:
        self._mark += 1
        mark = element(name, id=str(self._mark), author=who, date=WHEN)
        mark.append(run)
        return mark


@pytest.fixture(scope="module")
def built_demo(tmp_path_factory: pytest.TempPathFactory, briefs: Project) -> Project:
    """The demo in French, built. Copy it before you touch it."""
    project = briefs.copy(tmp_path_factory.mktemp("import") / "project")
    for folder in ("data/entralliance", "data/demo/text/en", "data/demo/text/es"):
        for path in sorted(project.path(folder).rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        project.path(folder).rmdir()
    command = project.start("build")
    said, _ = command.communicate()
    assert command.returncode == 0, said
    return project


@pytest.fixture
def project(built_demo: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    project = built_demo.copy(tmp_path / "project")
    monkeypatch.chdir(project.folder)
    return project


@pytest.fixture
def returned(project: Project) -> Returned:
    return Returned(project.path("build/demo/brief.fr.docx"))


def paragraph_with(returned: Returned, words: str) -> etree._Element:
    return next(part for part in returned.body.iter(f"{W}p") if words in "".join(part.itertext(f"{W}t")))


def set_words(paragraph: etree._Element, words: str) -> None:
    first, *others = paragraph.iter(f"{W}t")
    first.text = words
    for text in others:
        text.text = ""


def present_text() -> str:
    return (ROOT / "data/demo/text/fr/logic.md").read_text(encoding="utf-8")


def text_of(project: Project, section: str) -> str:
    return project.path(f"data/demo/text/fr/{section}.md").read_text(encoding="utf-8")


def test_edits_are_shown_first_and_written_on_request(
    project: Project, returned: Returned, capsys: pytest.CaptureFixture[str]
) -> None:
    returned.replace("Sa logique est simple", "Sa logique est limpide", who="A. Reviewer")
    file = returned.save(project.path("returned.docx"))
    before = text_of(project, "logic")
    assert import_review([file]) == 0
    said = capsys.readouterr().out
    assert "was made from the present build of demo (fr): 1 edit, 0 comments." in said
    assert (
        "data/demo/text/fr/logic.md, paragraph 3 (A. Reviewer, 2026-12-01 10:00): Sa logique est [simple]{limpide}. Un"
        in said
    )
    assert text_of(project, "logic") == before
    assert import_review([file], apply=True) == 0
    assert text_of(project, "logic") == before.replace("est simple", "est limpide")


def test_mixed_paragraph_is_split(project: Project, returned: Returned, capsys: pytest.CaptureFixture[str]) -> None:
    returned.replace("137", "145")
    returned.replace("Les sites ont été choisis", "Les lieux ont été choisis")
    before = text_of(project, "method")
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 1
    assert text_of(project, "method") == before.replace("Les sites ont été", "Les lieux ont été")
    said = capsys.readouterr().out
    assert "[137]{145}" in said
    assert "correct data/demo/interviews.csv, column people; formula sum(people)" in said


def test_cell_of_a_table_is_refused_with_its_file(
    project: Project, returned: Returned, capsys: pytest.CaptureFixture[str]
) -> None:
    returned.replace("Comités villageois de vigilance actifs", "Comités de vigilance")
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 1
    said = capsys.readouterr().out
    assert 'table results, row "Comités' in said
    assert "correct data/demo/results.csv, row 3 (committees), column label_fr." in said
    assert "Changed:" not in said


def test_number_in_a_table_is_one_edit_with_its_cell(
    project: Project, returned: Returned, capsys: pytest.CaptureFixture[str]
) -> None:
    returned.replace("141", "142", within="141")
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 1
    said = capsys.readouterr().out
    assert "(fr): 1 edit, 0 comments." in said
    assert 'row "Réponses à l’enquête en ligne", column 2: [141]{142}' in said
    assert "correct data/demo/evidence.csv, row 6 (survey_answers), column count." in said


def test_recommendation_is_refused_with_its_place(
    project: Project, returned: Returned, capsys: pytest.CaptureFixture[str]
) -> None:
    returned.replace("Relier chaque comité", "Lier chaque comité")
    # A paragraph with several cells: who, how urgent, by when.
    returned.replace("juin", "mai", within="Destinataire")
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 1
    said = capsys.readouterr().out
    assert "    Recommandation 2: [Relier]{Lier} chaque comité" in said
    assert "correct data/demo/recommendations.csv, row 3 (referral_services), column text_fr." in said
    assert "    Recommandation 1: … Délai" in said
    assert "correct data/demo/recommendations.csv, row 2 (clear_roles), column time_frame_fr." in said


def test_quick_fact_goes_to_the_data(project: Project, returned: Returned) -> None:
    returned.replace("A. Exemple", "B. Exemple")
    assert "A. Exemple" in project.path("data/demo/evaluation.yaml").read_text(encoding="utf-8")
    returned.replace("14\u00a0mars 2025", "15 mars 2025")
    returned.replace("Mi-parcours", "Finale", within="Mi-parcours")
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 0
    facts = project.path("data/demo/evaluation.yaml").read_text(encoding="utf-8")
    assert "B. Exemple" in facts
    assert re.search(r"date_completed: ['\"]?2025-03-15", facts)
    assert "timing: final" in facts


def test_newer_edit_is_never_overwritten(
    project: Project, returned: Returned, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.start("build").wait() == 0
    assert issue("demo", moment=MOMENT) == 0
    returned.replace("Sa logique est simple", "Sa logique est limpide")
    returned.replace("registres nécessaires", "registres utiles")
    file = returned.save(project.path("returned.docx"))
    project.replace("data/demo/text/fr/logic.md", "Sa logique est simple", "Sa logique est claire")
    assert import_review([file], apply=True) == 1
    said = capsys.readouterr().out
    assert "in conflict with what was written since" in said
    assert "claire" in said
    assert "Sa logique est claire" in text_of(project, "logic")
    assert "registres utiles" in text_of(project, "logic")


# What three people change of one draft, and what becomes of it: in logic.md, method.md, evaluation.yaml.
REVIEWS = {
    "A. Reviewer": [("est simple", "est limpide"), ("registres nécessaires", "registres utiles"), ("137", "145")],
    "B. Reader": [
        ("est simple", "est obscure"),
        ("registres nécessaires", "registres utiles"),
        ("Les sites", "Les lieux"),
    ],
    "C. Critic": [
        ("zones d’intervention", "zones rurales"),
        ("est simple", "est simpliste"),
        ("A. Exemple", "D. Exemple"),
    ],
}
# What each of them comments on: in text, a caption, a cell, a quick fact, a heading.
QUOTES = {
    "Sa logique": ("Résumé du but, de la logique et de la structure du projet", "logic_"),
    "Calendrier du projet": ("Figure\u00a01. Calendrier du projet et de son évaluation", "Ref_fig_timeline"),
    "Documents examinés": ("Tableau\u00a01. Éléments sur lesquels repose l’évaluation", "Ref_table_evidence"),
    "B. Modèle": ("Informations rapides", ""),
    "Situation actuelle": ("Situation actuelle du projet", ""),
}


def test_three_files_at_once(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert project.start("build").wait() == 0
    assert issue("demo", moment=MOMENT) == 0
    files = []
    for number, (who, changes) in enumerate(REVIEWS.items()):
        returned = Returned(project.path("build/demo/brief.fr.docx"))
        for place, words in enumerate(QUOTES):
            returned.comment(words, f"Remarque {place} de {who}", who, settled=place == number)
        for old, new in changes:
            returned.replace(old, new, who=who)
        files.append(returned.save(project.path(f"returned_{number}.docx")))
    before = {name: text_of(project, name) for name in ("logic", "method")}
    assert import_review(files, apply=True) == 1
    said = capsys.readouterr().out
    counts = [line.strip() for line in said.splitlines() if re.match(r"  \d+ edits? ", line)]
    assert counts == [
        "2 edits to put into the texts and data:",
        "1 edit not to be changed here:",
        "2 edits to put into the texts and data:",
        "1 edit in conflict with what was written since:",
        "2 edits to put into the texts and data:",
        "1 edit in conflict with what was written since:",
    ]
    expected = before["logic"].replace("est simple", "est limpide").replace("registres nécessaires", "registres utiles")
    assert text_of(project, "logic") == expected.replace("zones d'intervention", "zones rurales")
    assert text_of(project, "method") == before["method"].replace("Les sites", "Les lieux")
    assert "D. Exemple" in project.path("data/demo/evaluation.yaml").read_text(encoding="utf-8")
    with project.path("data/demo/drafts/comments.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [
        (row["version"], row["who"], row["when"], row["quoted"], row["comment"], row["status"]) for row in rows
    ] == [
        ("draft 1", who, WHEN, words, f"Remarque {place} de {who}", "settled" if place == number else "open")
        for number, who in enumerate(REVIEWS)
        for place, words in enumerate(QUOTES)
    ]
    for row in rows:
        where, block = QUOTES[row["quoted"]]
        assert row["where"].split() == where.split()
        assert row["block"].startswith(block)


def test_comments_become_a_table_once(project: Project, returned: Returned) -> None:
    returned.comment("Sa logique est simple", "Pour qui ?", "A. Reviewer")
    file = returned.save(project.path("returned.docx"))
    for _ in range(2):
        assert import_review([file], apply=True) == 0
    with project.path("data/demo/drafts/comments.csv").open(encoding="utf-8-sig", newline="") as table:
        (row,) = csv.DictReader(table)
    assert (row["who"], row["when"], row["comment"], row["status"]) == ("A. Reviewer", WHEN, "Pour qui ?", "open")
    assert row["quoted"].startswith("Sa logique est simple")
    assert row["where"] == "Résumé du but, de la logique et de la structure du projet"
    assert row["block"].startswith("logic_")


def test_paragraphs_that_came_went_and_were_split(project: Project, returned: Returned) -> None:
    paragraph = next(p for p in returned.body.iter(f"{W}p") if "Sa logique est simple" in "".join(p.itertext(f"{W}t")))
    added = deepcopy(paragraph)
    for text in list(added.iter(f"{W}t"))[1:]:
        text.text = ""
    next(added.iter(f"{W}t")).text = "Un paragraphe ajouté par une personne qui relit le texte."
    paragraph.addnext(added)
    gone = next(p for p in returned.body.iter(f"{W}p") if "Cette évaluation est fictive" in "".join(p.itertext()))
    gone.getparent().remove(gone)
    before = text_of(project, "logic")
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 0
    after = text_of(project, "logic")
    assert "\n\nUn paragraphe ajouté par une personne qui relit le texte.\n\n" in after
    assert not after.startswith("Cette évaluation est fictive")
    assert len(after.split("\n\n")) == len(before.split("\n\n"))


def test_list_items_go_come_and_leave_the_list_whole(project: Project, returned: Returned) -> None:
    first, last = (paragraph_with(returned, words) for words in ("les coopératives repèrent", "les familles ont"))
    last.getparent().remove(last)
    added = deepcopy(first)
    first.addnext(added)
    set_words(added, "un point de plus que quelqu’un a mis dans la liste ;")
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 0
    before, after = (text.split("\n\n") for text in (present_text(), text_of(project, "logic")))
    assert after[3] == (
        "- les coopératives repèrent les enfants au travail et les accompagnent ;\n"
        "- un point de plus que quelqu'un a mis dans la liste ;\n"
        "- l'inspection du travail et les partenaires sociaux agissent en zone rurale ;"
    )
    assert [part for place, part in enumerate(after) if place != 3] == [
        part for place, part in enumerate(before) if place != 3
    ]


def test_paragraph_after_a_list_stands_after_all_of_it(project: Project, returned: Returned) -> None:
    first = paragraph_with(returned, "les coopératives repèrent")
    added = deepcopy(paragraph_with(returned, "Cette évaluation est fictive"))
    set_words(added, "Un paragraphe que quelqu’un a mis au milieu de la liste.")
    first.addnext(added)
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 0
    parts = text_of(project, "logic").split("\n\n")
    assert parts[3].count("\n- ") == 2
    assert parts[4] == "Un paragraphe que quelqu'un a mis au milieu de la liste."


def test_two_new_paragraphs_come_in_their_order(project: Project, returned: Returned) -> None:
    place = paragraph_with(returned, "Cette évaluation est fictive")
    for words in ("Le second des deux paragraphes ajoutés.", "Le premier des deux paragraphes ajoutés."):
        added = deepcopy(place)
        set_words(added, words)
        place.addnext(added)
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 0
    assert text_of(project, "logic").split("\n\n")[1:3] == [
        "Le premier des deux paragraphes ajoutés.",
        "Le second des deux paragraphes ajoutés.",
    ]


def test_moved_paragraph_is_moved_in_its_file(project: Project, returned: Returned) -> None:
    moved = paragraph_with(returned, "Les acheteurs demandent")
    paragraph_with(returned, "Mains libres\u202f»").addprevious(moved)
    returned.replace("registres nécessaires", "registres utiles")
    *parts, last = text_of(project, "logic").strip().split("\n\n")
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 0
    last = last.replace("registres nécessaires", "registres utiles")
    assert text_of(project, "logic").strip().split("\n\n") == [parts[0], last, *parts[1:]]


def test_paragraph_that_is_moved_and_was_edited_since_is_a_conflict(
    project: Project, returned: Returned, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.start("build").wait() == 0
    assert issue("demo", moment=MOMENT) == 0
    moved = paragraph_with(returned, "Les acheteurs demandent")
    paragraph_with(returned, "Mains libres\u202f»").addprevious(moved)
    file = returned.save(project.path("returned.docx"))
    project.replace("data/demo/text/fr/logic.md", "registres nécessaires", "registres utiles")
    before = text_of(project, "logic")
    assert import_review([file], apply=True) == 1
    assert text_of(project, "logic") == before
    assert "1 edit in conflict" in capsys.readouterr().out


def test_paragraph_moves_from_one_file_to_another(project: Project, returned: Returned) -> None:
    moved = paragraph_with(returned, "Les acheteurs demandent")
    paragraph_with(returned, "Le projet accompagne aujourd").addprevious(moved)
    *logic, last = text_of(project, "logic").strip().split("\n\n")
    first, figure, *situation = text_of(project, "situation").strip().split("\n\n")
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 0
    assert text_of(project, "logic").strip().split("\n\n") == logic
    assert text_of(project, "situation").strip().split("\n\n") == [first, figure, last, *situation]


def test_paragraph_moves_from_neither_file_when_one_of_them_is_in_conflict(
    project: Project, returned: Returned, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.start("build").wait() == 0
    assert issue("demo", moment=MOMENT) == 0
    moved = paragraph_with(returned, "Les acheteurs demandent")
    paragraph_with(returned, "Le projet accompagne aujourd").addprevious(moved)
    file = returned.save(project.path("returned.docx"))
    project.replace("data/demo/text/fr/logic.md", "registres nécessaires", "registres utiles")
    before = {name: text_of(project, name) for name in ("logic", "situation")}
    assert import_review([file], apply=True) == 1
    assert {name: text_of(project, name) for name in before} == before
    assert "1 edit in conflict" in capsys.readouterr().out


def test_moved_heading_is_told_and_nothing_is_lost(
    project: Project, returned: Returned, capsys: pytest.CaptureFixture[str]
) -> None:
    moved = paragraph_with(returned, "Résumé du but, de la logique et de la structure")
    paragraph_with(returned, "Les acheteurs demandent").addnext(moved)
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 1
    said = capsys.readouterr().out
    assert "Résumé du but" in said
    assert "Changed:" not in said


def test_new_words_of_a_heading_are_no_text(
    project: Project, returned: Returned, capsys: pytest.CaptureFixture[str]
) -> None:
    set_words(paragraph_with(returned, "Efficience"), "Économie")
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 1
    said = capsys.readouterr().out
    assert "Économie" in said
    assert "Changed:" not in said


def test_references_that_were_written_anew_are_no_edits(
    project: Project, returned: Returned, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [text for text in returned.body.iter(f"{W}t") if (text.text or "").startswith("figure\u00a0")]
    assert len(texts) > 5
    for text in texts:
        text.text = f"F{text.text[1:]}"
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 0
    assert "(fr): 0 edits" in capsys.readouterr().out


def test_looks_links_and_notes_go_to_the_text(project: Project, returned: Returned) -> None:
    bold = paragraph_with(returned, "Le repérage va plus vite").find(f"{W}r/{W}rPr")
    bold.getparent().remove(bold)
    returned.replace("Sa logique", "", within="Sa logique")
    run = paragraph_with(returned, " est simple. Un enfant").find(f"{W}r")
    look = element("rPr")
    look.append(element("i"))
    emphasised = returned._run("Sa logique", None)
    emphasised.insert(0, look)
    run.addprevious(emphasised)
    notes = etree.fromstring(returned.parts["word/footnotes.xml"])
    text = next(text for text in notes.iter(f"{W}t") if "facultatives" in (text.text or ""))
    text.text = text.text.replace("facultatives", "libres")
    returned.parts["word/footnotes.xml"] = to_bytes(notes)
    before = {name: text_of(project, name) for name in ("logic", "method", "effectiveness")}
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 0
    assert text_of(project, "logic") == before["logic"].replace("Sa logique", "*Sa logique*")
    assert text_of(project, "method") == before["method"].replace("facultatives", "libres")
    expected = before["effectiveness"].replace(
        "**Le repérage va plus vite que prévu.**", "Le repérage va plus vite que prévu."
    )
    assert text_of(project, "effectiveness") == expected


def test_words_beside_a_value_are_taken(project: Project, returned: Returned) -> None:
    returned.replace("137\u00a0personnes", "137 interlocuteurs")
    before = text_of(project, "method")
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 0
    assert text_of(project, "method") == before.replace("| n }} personnes :", "| n }} interlocuteurs :")


def test_fact_that_was_changed_since_is_not_overwritten(project: Project, returned: Returned) -> None:
    assert project.start("build").wait() == 0
    assert issue("demo", moment=MOMENT) == 0
    returned.replace("Mi-parcours", "Ex post", within="Mi-parcours")
    file = returned.save(project.path("returned.docx"))
    project.replace("data/demo/evaluation.yaml", "timing: mid_term", "timing: final")
    assert import_review([file], apply=True) == 1
    assert "timing: final" in project.path("data/demo/evaluation.yaml").read_text(encoding="utf-8")


def test_file_of_a_build_that_is_not_kept_is_refused(project: Project, returned: Returned) -> None:
    returned.replace("Sa logique est simple", "Sa logique est limpide")
    file = returned.save(project.path("returned.docx"))
    project.replace("data/demo/text/fr/logic.md", "Sa logique est simple", "Sa logique est claire")
    assert project.start("build").wait() == 0
    with pytest.raises(Trouble, match="was made from a build that is not kept"):
        import_review([file], apply=True)
    assert "Sa logique est claire" in text_of(project, "logic")


def test_file_that_is_not_ours_is_refused(project: Project) -> None:
    alien = Returned(project.path("build/demo/brief.fr.docx"))
    alien.drop_bookmarks()
    for number, text in enumerate(alien.body.iter(f"{W}t")):
        text.text = f"Autre chose {number}"
    with pytest.raises(Trouble, match="was made from no version of a brief that is here"):
        import_review([alien.save(project.path("alien.docx"))])
    project.path("note.docx").write_text("no Word file")
    with pytest.raises(Trouble, match="is no Word file"):
        import_review([str(project.path("note.docx"))])


@pytest.mark.parametrize("language", LANGUAGES)
def test_random_edits_go_where_they_belong(
    briefs: Project, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(briefs.folder)
    desk = Desk(language, tmp_path)
    edited = desk.edited(f"edits {language}", EDITS, [kind for kind in TEXT_KINDS if kind != "paragraph moved"])
    files = desk.files_of(edited)
    for parts in (files["tracked"], without_bookmarks(files["untracked"])):
        verdicts, invented = desk.verdicts(edited, parts)
        assert invented == []
        assert [(step.name, verdict) for step, verdict in verdicts] == [
            (step.name, RIGHT if step.of_text else NOT_TEXT) for step in edited.steps
        ]


def test_building_again_prints_the_accepted_text(project: Project, returned: Returned) -> None:
    returned.replace("Sa logique est simple", "Sa logique est limpide", who="A. Reviewer")
    returned.replace("registres nécessaires", "registres utiles")
    file = returned.save(project.path("returned.docx"))
    assert import_review([file], apply=True) == 0
    command = project.start("build")
    said, _ = command.communicate()
    assert command.returncode == 0, said
    printed = [paragraph.text for paragraph in read_returned(read_parts(project.path("build/demo/brief.fr.docx")))]
    assert printed == [paragraph.text for paragraph in read_returned(read_parts(file))]


def test_nothing_changed_is_no_edit(project: Project, returned: Returned, capsys: pytest.CaptureFixture[str]) -> None:
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 0
    assert capsys.readouterr().out.endswith("(fr): 0 edits, 0 comments.\n")


WOMEN = "Les femmes forment ainsi {{ values.women_share | percent }} des personnes rencontrées."


def cut(paragraph: etree._Element, start: str) -> str:
    """Cut the end of a paragraph, from some words on, which stand in one run."""
    text = next(text for text in paragraph.iter(f"{W}t") if start in (text.text or ""))
    before, after = text.text.split(start, 1)
    text.text = before.rstrip()
    return start + after


def test_sentence_with_a_value_moves_to_another_paragraph(project: Project, returned: Returned) -> None:
    sentence = cut(paragraph_with(returned, "Les femmes forment ainsi"), "Les femmes forment")
    returned.replace("ne puisse être reconnu.", f"ne puisse être reconnu. {sentence}")
    before = text_of(project, "method")
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 0
    expected = before.replace(f" {WOMEN}", "").replace("être reconnu.", f"être reconnu. {WOMEN}")
    assert text_of(project, "method") == expected


def test_sentences_cut_into_a_new_paragraph_keep_their_values(project: Project, returned: Returned) -> None:
    sentences = cut(paragraph_with(returned, "Les femmes forment ainsi"), "L’équipe a mené")
    place = paragraph_with(returned, "Elle a aussi noté la solidité")
    added = deepcopy(place)
    place.addnext(added)
    set_words(added, sentences)
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 0
    parts = text_of(project, "method").split("\n\n")
    assert parts[0].endswith("où il avance moins bien.")
    assert parts[6].startswith("L'équipe a mené {{ interviews.interviews | n }} entretiens")
    assert parts[6].endswith(WOMEN)


def test_words_do_not_vanish_where_they_cannot_come(
    project: Project, returned: Returned, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.start("build").wait() == 0
    assert issue("demo", moment=MOMENT) == 0
    sentence = cut(paragraph_with(returned, "Les femmes forment ainsi"), "Les femmes forment")
    returned.replace("ne puisse être reconnu.", f"ne puisse être reconnu. {sentence}")
    file = returned.save(project.path("returned.docx"))
    project.replace("data/demo/text/fr/method.md", "être reconnu.", "être reconnu !")
    before = text_of(project, "method")
    assert import_review([file], apply=True) == 1
    assert text_of(project, "method") == before
    assert "2 edits in conflict" in capsys.readouterr().out


def call_of_a_note(returned: Returned) -> etree._Element:
    return next(run for run in returned.body.iter(f"{W}r") if run.find(f"{W}footnoteReference") is not None)


def test_moved_call_of_a_note_keeps_its_note(project: Project, returned: Returned) -> None:
    paragraph_with(returned, "Elle a aussi noté la solidité").append(call_of_a_note(returned))
    before = text_of(project, "method")
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 0
    assert text_of(project, "method") == before.replace(".[^optional]", ".").replace(
        "mais non notés.", "mais non notés.[^optional]"
    )


def test_note_that_somebody_else_calls_stays(project: Project, returned: Returned) -> None:
    assert project.start("build").wait() == 0
    assert issue("demo", moment=MOMENT) == 0
    call = call_of_a_note(returned)
    call.getparent().remove(call)
    file = returned.save(project.path("returned.docx"))
    project.replace("data/demo/text/fr/method.md", "a des limites.", "a des limites.[^optional]")
    before = text_of(project, "method")
    assert import_review([file], apply=True) == 0
    assert text_of(project, "method") == before.replace("| n }}.[^optional]", "| n }}.")


def test_same_removal_and_move_by_two_are_made_once(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    files = []
    for name in ("first", "second"):
        returned = Returned(project.path("build/demo/brief.fr.docx"))
        gone = paragraph_with(returned, "Parmi les personnes qui ont répondu")
        gone.getparent().remove(gone)
        paragraph_with(returned, "Mains libres\u202f»").addprevious(paragraph_with(returned, "Les acheteurs demandent"))
        files.append(returned.save(project.path(f"{name}.docx")))
    before = {name: text_of(project, name).strip().split("\n\n") for name in ("relevance", "logic")}
    assert import_review(files, apply=True) == 0
    assert "in conflict" not in capsys.readouterr().out
    assert text_of(project, "relevance").strip().split("\n\n") == [before["relevance"][0], *before["relevance"][2:]]
    *parts, last = before["logic"]
    assert text_of(project, "logic").strip().split("\n\n") == [parts[0], last, *parts[1:]]


def test_typed_number_is_told(project: Project, returned: Returned, capsys: pytest.CaptureFixture[str]) -> None:
    returned.replace("Sa logique est simple", "Sa logique en 7177 points est simple")
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 0
    assert "To be looked at, as a number that somebody typed: 7177." in capsys.readouterr().out


def test_removed_table_is_one_line(project: Project, returned: Returned, capsys: pytest.CaptureFixture[str]) -> None:
    table = next(returned.body.iter(f"{W}tbl"))
    while "Comités villageois" not in "".join(table.itertext()):
        table = next(other for other in table.itersiblings(f"{W}tbl"))
    table.getparent().remove(table)
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 1
    assert "1 edit not to be changed here" in capsys.readouterr().out


@pytest.mark.parametrize(("head", "written"), [("1)", "1\\)"), ("(a)", "\\(a\\)"), ("ii.", "ii\\.")])
def test_paragraph_that_begins_like_a_list_is_no_list(
    project: Project, returned: Returned, head: str, written: str
) -> None:
    words = "Les acheteurs demandent"
    returned.replace(words, f"{head} {words}")
    before = text_of(project, "logic")
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 0
    assert text_of(project, "logic") == before.replace(words, f"{written} {words}")


def test_text_in_windows_1252_with_its_ends_of_lines(
    project: Project, returned: Returned, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project.path("data/demo/text/fr/logic.md")
    text = text_of(project, "logic")
    path.write_bytes(text.replace("\n", "\r\n").encode("cp1252"))
    assert project.start("build").wait() == 0
    assert issue("demo", moment=MOMENT) == 0
    again = Returned(project.path("build/demo/brief.fr.docx"))
    again.replace("Sa logique est simple", "Sa logique est limpide")
    gone = paragraph_with(again, "Les acheteurs demandent")
    gone.getparent().remove(gone)
    assert import_review([again.save(project.path("returned.docx"))], apply=True) == 0
    expected = "\n\n".join(text.replace("est simple", "est limpide").strip().split("\n\n")[:-1]) + "\n"
    assert path.read_bytes() == expected.replace("\n", "\r\n").encode()
    assert "logic.md (now in UTF-8)" in capsys.readouterr().out


DAMAGES = {
    "bytes changed": (b"", "is damaged"),
    "password": (8, "is protected by a password"),
    "packed in no known way": (10, "is damaged"),
    "cut": (b"cut", "is damaged"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_package_is_one_sentence(project: Project, returned: Returned, damage: str) -> None:
    path = Path(returned.save(project.path("damaged.docx")))
    content = bytearray(path.read_bytes())
    kind, sentence = DAMAGES[damage]
    if isinstance(kind, int):
        place = -1
        while (place := content.find(b"PK\x01\x02", place + 1)) >= 0:
            content[place + kind] |= 1 if kind == 8 else 0x63
    elif kind:
        content = content[: len(content) // 2] + content[-3000:]
    else:
        start = content.find(b"word/document.xml") + len(b"word/document.xml")
        content[start + 5 : start + 60] = b"\xff" * 55
    path.write_bytes(content)
    with pytest.raises(Trouble, match=sentence):
        import_review([str(path)])


def test_control_judges_a_typed_value_different(briefs: Project) -> None:
    tree = read_json(briefs.path("build/demo/brief.fr.json"))
    typed = deepcopy(tree)
    for element_ in list(elements(typed["blocks"])):
        if has_class(element_, "value", "Span"):
            element_["c"][0][1].remove("value")
    assert said(tree) != said(typed)
