"""Word files that came back: each edit goes where it belongs, and building again prints what the reviewer wrote."""

import csv
import re
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import lxml.etree as etree
import pytest
from evalbrief.commands.import_review import import_review
from evalbrief.commands.issue import issue
from evalbrief.document.docx.package import DOCUMENT, Parts, W, element, read_parts, to_bytes, write_parts
from evalbrief.review.incoming.proposals import APPLIES, read_back
from evalbrief.review.incoming.returned import plain, read_returned
from evalbrief.review.versions import Present
from evalbrief.text.labels import read_labels
from evalbrief.trouble import Trouble
from workflow.project import ROOT, Project

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MOMENT = datetime(2026, 11, 29, 21, tzinfo=UTC)
WHEN = "2026-12-01T10:00:00Z"
WORDS = ("accord", "appui", "bilan", "cadre", "enjeu", "guide", "mission", "objectif", "outil", "réseau")
# Edits of single words, half tracked, a quarter without bookmarks.
EDITS = 60


class Returned:
    """A brief as a reviewer sends it back."""

    def __init__(self, docx: Path) -> None:
        self.parts: Parts = read_parts(docx)
        self.body = etree.fromstring(self.parts[DOCUMENT])
        self._mark = 900

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

    def comment(self, words: str, said: str, who: str) -> None:
        """Comment on the first run that holds some words."""
        run = next(run for run in self.body.iter(f"{W}r") if words in "".join(run.itertext(f"{W}t")))
        run.addprevious(element("commentRangeStart", id="0"))
        run.addnext(element("commentRangeEnd", id="0"))
        root = etree.Element(f"{W}comments", nsmap={"w": W.strip("{}")})
        comment = element("comment", id="0", author=who, date=WHEN)
        paragraph = element("p")
        paragraph.append(self._run(said, None))
        comment.append(paragraph)
        root.append(comment)
        self.parts["word/comments.xml"] = to_bytes(root)

    def drop_bookmarks(self) -> None:
        """Lose what names the blocks, as some programs do."""
        for mark in list(self.body.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            mark.getparent().remove(mark)

    def save(self, path: Path) -> str:
        write_parts(self.parts | {DOCUMENT: to_bytes(self.body)}, path)
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
    assert "data/demo/text/fr/logic.md, paragraph 3 (A. Reviewer): Sa logique est [simple]{limpide}. Un" in said
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
    assert "correct data/demo/results.csv" in said
    assert "Changed:" not in said


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


def test_several_files_at_once(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    files = []
    for number, (old, new) in enumerate(
        [("est simple", "est limpide"), ("registres nécessaires", "registres utiles"), ("est simple", "est obscure")]
    ):
        returned = Returned(project.path("build/demo/brief.fr.docx"))
        returned.replace(old, new, who=f"Reviewer {number}")
        files.append(returned.save(project.path(f"returned_{number}.docx")))
    assert import_review(files, apply=True) == 1
    text = text_of(project, "logic")
    assert "est limpide" in text
    assert "registres utiles" in text
    assert "1 edit in conflict" in capsys.readouterr().out


def test_comments_become_a_table_once(project: Project, returned: Returned) -> None:
    returned.comment("Sa logique est simple", "Pour qui ?", "A. Reviewer")
    file = returned.save(project.path("returned.docx"))
    for _ in range(2):
        assert import_review([file], apply=True) == 0
    with project.path("data/demo/drafts/comments.csv").open(encoding="utf-8-sig", newline="") as table:
        (row,) = csv.DictReader(table)
    assert (row["who"], row["when"], row["comment"], row["status"]) == ("A. Reviewer", WHEN, "Pour qui ?", "open")
    assert row["quoted"].startswith("Sa logique est simple")
    assert row["where"].startswith("logic_")


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


def test_moved_paragraph_is_told_and_nothing_is_lost(
    project: Project, returned: Returned, capsys: pytest.CaptureFixture[str]
) -> None:
    moved = paragraph_with(returned, "Les acheteurs demandent")
    paragraph_with(returned, "Cette évaluation est fictive").addprevious(moved)
    before = text_of(project, "logic")
    assert import_review([returned.save(project.path("returned.docx"))], apply=True) == 1
    assert text_of(project, "logic") == before
    assert "It stands elsewhere now" in capsys.readouterr().out


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


def editable(returned: Returned, source: str) -> list[str]:
    """List words that stand once in the document, in prose, and once in the text files: in no value, in no note."""
    paragraphs = [paragraph for paragraph in read_returned(returned.parts) if paragraph.section]
    everything = " ".join(paragraph.text for paragraph in read_returned(returned.parts))
    words = {word for paragraph in paragraphs for word in re.findall(r"[^\W\d_]{6,}", paragraph.text)}
    return sorted(word for word in words if everything.count(word) == source.count(word) == 1)


def test_random_words_go_where_they_belong(project: Project) -> None:
    docx = project.path("build/demo/brief.fr.docx")
    present, labels = Present("demo"), read_labels(ROOT / "templates/labels/fr.yaml")
    names = [name for name in present.names() if name.startswith("data/text/fr/")]
    files = {name: present.read(name).decode() for name in names}
    words = editable(Returned(docx), "\n".join(files.values()))
    placed = 0
    for seed in range(EDITS // 3):
        random = Random(seed)
        returned = Returned(docx)
        chosen = {word: random.choice(WORDS) for word in random.sample(words, 3)}
        for word, new in chosen.items():
            returned.replace(word, new, who=random.choice(["", "A. Reviewer"]))
        if random.random() < 0.25:
            returned.drop_bookmarks()
        returned.save(project.path("returned.docx"))
        result = read_back(read_parts(project.path("returned.docx")), present, "fr", labels, files, "the office")
        assert all(proposal.kind == APPLIES for proposal in result.proposals), (seed, chosen, result.proposals)
        expected = "\n".join(files.values())
        for word, new in chosen.items():
            expected = re.sub(rf"\b{word}\b", new, expected)
        assert plain("\n".join({**files, **result.files}.values())) == plain(expected), (seed, chosen)
        placed += len(chosen)
    assert placed == EDITS


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
