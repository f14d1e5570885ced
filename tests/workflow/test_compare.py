"""Comparing a draft with what was made since: what is written, that it is valid, the same every time, and true.

Of revisions of git: tests/workflow/test_revisions.py.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import axe
import openxml
import pytest
import verapdf
from evalbrief.commands.compare import Asked, compare
from evalbrief.commands.issue import issue
from evalbrief.commands.outcomes import WRITTEN
from evalbrief.commands.stamps import Stamps
from evalbrief.delivery import digest_lines, file_digest
from evalbrief.document.docx.package import read_parts
from evalbrief.review.drafts import find_draft
from evalbrief.trouble import Trouble
from pdf_text import Document
from playwright.sync_api import Browser, Page
from workflow.conftest import MOMENT, SENTENCE
from workflow.project import Project

from tests.docx_oracle import findings

REVIEW = "build/tiny/review"
OUTCOMES = ("changes.fr.json", "redline.fr.docx", "redline.fr.pdf", "review.fr.html")
WIDTHS = (360, 1100)


@pytest.fixture
def project(issued: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy with one draft and nothing new, to work in."""
    project = issued.copy(tmp_path / "project")
    monkeypatch.chdir(project.folder)
    return project


@pytest.fixture(scope="module")
def changes(reviewed: Project) -> dict:
    return json.loads(reviewed.path(f"{REVIEW}/changes.fr.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with axe.chromium() as browser:
        yield browser


def test_all_is_there(reviewed: Project) -> None:
    assert sorted(path.name for path in reviewed.path(REVIEW).iterdir()) == sorted([*OUTCOMES, WRITTEN])


def test_changes_are_those_made(changes: dict) -> None:
    (change,) = [change for change in changes["changes"] if change["kind"] == "come"]
    assert (change["section"], change["new"]) == ("logic", SENTENCE)
    (row,) = changes["rows"]
    assert (row["file"], row["kind"]) == ("data/tiny/survey.csv", "changed")
    assert [(cell["old"], cell["new"]) for cell in row["cells"]] == [("20", "21")]
    assert [(figure["figure"], figure["kind"]) for figure in changes["figures"]] == [("survey", "data")]
    assert (changes["schema"], changes["from"], changes["to"]["label"]) == (
        1,
        {"label": "draft 1", "date": "2026-11-29T21:00:00Z"},
        "the present build",
    )


def test_tracked_changes_are_right_and_valid(reviewed: Project, issued: Project) -> None:
    redline = reviewed.path(f"{REVIEW}/redline.fr.docx")
    old, new = (read_parts(project.path("build/tiny/brief.fr.docx")) for project in (issued, reviewed))
    assert findings(read_parts(redline), old, new) == []
    assert openxml.sdk_findings(redline) == []
    assert openxml.audit_findings(redline) == []
    text = read_parts(redline)["word/document.xml"].decode()
    assert set(re.findall(r'w:date="([^"]+)"', text)) == {"2026-11-29T21:00:00Z"}
    assert SENTENCE.split()[0] in "".join(re.findall(r"<w:ins .*?</w:ins>", text))


@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_marked_pdf_before_verapdf(reviewed: Project, flavour: str) -> None:
    assert verapdf.failures(str(reviewed.path(f"{REVIEW}/redline.fr.pdf")), flavour) == []


def test_marked_pdf_says_what_changed_first(reviewed: Project) -> None:
    pieces = Document(reviewed.path(f"{REVIEW}/redline.fr.pdf")).pieces
    first, second = ("".join(piece.text for piece in pieces if piece.page == page) for page in (1, 2))
    assert "cequiachangé" in "".join(first.split()).lower()
    assert "informationsrapides" not in "".join(first.split()).lower()
    assert "informationsrapides" in "".join(second.split()).lower()


@axe.needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_before_axe(browser: Browser, reviewed: Project, scheme: str) -> None:
    for width in WIDTHS:
        with axe.opened(browser, reviewed.path(f"{REVIEW}/review.fr.html"), width, scheme, bypass_csp=True) as page:
            assert axe.violations(page) == [], width


@axe.needs_browser
def test_page_goes_from_change_to_change(browser: Browser, reviewed: Project, changes: dict) -> None:
    with axe.opened(browser, reviewed.path(f"{REVIEW}/review.fr.html"), 1100) as page:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        seen = [_here(page, key) for key in "n" * len(changes["changes"])]
        assert sorted(seen) == [change["number"] for change in changes["changes"]]
        assert _here(page, "n") == seen[0]
        assert _here(page, "p") == seen[-1]
        assert str(len(seen)) in page.inner_text(".where")
        come = next(change for change in changes["changes"] if change["kind"] == "come")
        page.click(".bar summary")
        page.uncheck('.bar input[value="come"]')
        marks = page.locator(f'#text [data-change="{come["number"]}"]')
        assert "off" in (marks.first.get_attribute("class") or "")
        assert come["number"] not in [_here(page, "n") for _ in seen]
        assert errors == []


@axe.needs_browser
def test_bar_is_in_reach_all_along_the_page_and_small(browser: Browser, reviewed: Project) -> None:
    for width in WIDTHS:
        with axe.opened(browser, reviewed.path(f"{REVIEW}/review.fr.html"), width, reduced_motion="reduce") as page:
            for part in ("#summary", "#text-heading", ".lists"):
                page.evaluate("part => document.querySelector(part).scrollIntoView()", part)
                box = page.locator(".bar").bounding_box()
                assert box and (box["y"] + box["height"], box["height"] < 90) == (800, True), (width, part)
            page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
            text, bar = page.locator("#text").bounding_box(), page.locator(".bar").bounding_box()
            assert text and bar and text["y"] + text["height"] <= bar["y"]
            page.emulate_media(media="print")
            assert not page.is_visible(".bar")


@axe.needs_browser
def test_marked_table_makes_no_page_too_wide(browser: Browser, reviewed: Project) -> None:
    with axe.opened(browser, reviewed.path(f"{REVIEW}/review.fr.html"), WIDTHS[0]) as page:
        page.evaluate("""() => {
            const figure = document.querySelector("figure.data");
            figure.classList.add("mark-changed");
            figure.querySelector("table").style.minWidth = "40rem";
            figure.querySelector("td:last-child").innerHTML = "<del>1</del><ins>2</ins>";
        }""")
        assert page.evaluate("document.documentElement.scrollWidth") == WIDTHS[0]


@axe.needs_browser
def test_wide_table_of_the_summary_moves_in_its_frame(browser: Browser, reviewed: Project) -> None:
    with axe.opened(browser, reviewed.path(f"{REVIEW}/review.fr.html"), WIDTHS[0]) as page:
        frame = page.locator(".said-first .frame.more").first
        assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
        assert page.evaluate("document.documentElement.scrollWidth") == WIDTHS[0]
        heads = page.locator(".said-first tbody th")
        assert {one.evaluate("head => getComputedStyle(head).overflowWrap") for one in heads.all()} == {"normal"}


def test_marks_are_explained(reviewed: Project) -> None:
    html = reviewed.path(f"{REVIEW}/review.fr.html").read_text(encoding="utf-8")
    legend = html.partition('<p class="legend">')[2].partition("</p>")[0]
    assert re.findall(r'class="(\w+)"', legend) == ["insertion", "deletion", "moved", "renumbered", "reformatted"]
    pieces = Document(reviewed.path(f"{REVIEW}/redline.fr.pdf")).pieces
    first = "".join("".join(piece.text for piece in pieces if piece.page == 1).split())
    assert first.index("Légende") < first.index("renuméroté") < first.index("miseenformemodifiée")


def _here(page: Page, key: str) -> int:
    page.keyboard.press(key)
    return int(page.locator(".here").get_attribute("data-change") or 0)


def test_same_bytes_every_time(reviewed: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again = reviewed.copy(tmp_path / "d'été")
    for name in OUTCOMES:
        again.path(f"{REVIEW}/{name}").unlink()
    monkeypatch.chdir(again.folder)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert compare("tiny", Asked()) == 0
    for name in OUTCOMES:
        path = f"{REVIEW}/{name}"
        assert again.path(path).read_bytes() == reviewed.path(path).read_bytes(), name


def test_comparing_makes_nothing_stale(reviewed: Project, tmp_path: Path) -> None:
    copy = reviewed.copy(tmp_path / "copy")
    command = copy.start("build")
    said, _ = command.communicate()
    assert said.splitlines()[0] == "Everything is up to date."


def leave_outcome(project: Project, name: str) -> Path:
    """Leave what an earlier comparison wrote."""
    path = project.path(f"{REVIEW}/{name}")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"of an earlier comparison")
    noted = {one.name: file_digest(one) for one in path.parent.iterdir() if one.name != WRITTEN}
    (path.parent / WRITTEN).write_text(digest_lines(noted))
    return path


def test_nothing_new_is_one_sentence_and_no_document(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    left = leave_outcome(project, "redline.fr.docx")
    assert compare("tiny", Asked()) == 0
    assert capsys.readouterr().out == "fr: nothing has changed between draft 1 and the present build.\n"
    assert list(left.parent.iterdir()) == []


def test_edited_outcome_is_kept_and_said(
    reviewed: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = reviewed.copy(tmp_path / "copy")
    monkeypatch.chdir(copy.folder)
    redline = copy.path(f"{REVIEW}/redline.fr.docx")
    ours = redline.read_bytes()
    for number in (1, 2):
        redline.write_bytes(b"worked in, the %d. time" % number)
        assert compare("tiny", Asked()) == 0
        said = capsys.readouterr().out.splitlines()
        kept = f"{REVIEW}/redline.fr.edited-{number}.docx"
        assert said[0] == f"{REVIEW}/redline.fr.docx was changed by hand: your file is kept as {kept}."
        assert f"python3 brief.py import-review {kept} takes its edits" in said[1]
        assert redline.read_bytes() == ours
    assert [copy.path(f"{REVIEW}/redline.fr.edited-{number}.docx").read_bytes() for number in (1, 2)] == [
        b"worked in, the 1. time",
        b"worked in, the 2. time",
    ]


def test_what_nobody_noted_is_kept_when_nothing_is_new(project: Project) -> None:
    leave_outcome(project, "redline.fr.docx").write_bytes(b"worked in")
    assert compare("tiny", Asked()) == 0
    assert [path.name for path in project.path(REVIEW).iterdir()] == ["redline.fr.edited-1.docx"]


def test_outcomes_of_other_languages_stay(project: Project) -> None:
    other, own = (leave_outcome(project, f"review.{language}.html") for language in ("en", "fr"))
    assert compare("tiny", Asked(), ["fr"]) == 0
    assert other.exists()
    assert not own.exists()
    assert compare("tiny", Asked()) == 0
    assert not other.exists()


def test_wrong_comments_are_said_before_anything_is_removed(project: Project) -> None:
    left = leave_outcome(project, "review.fr.html")
    project.path("data/tiny/drafts/comments.csv").write_text("language,status\nfr,erledigt\n")
    with pytest.raises(Trouble, match='"erledigt" is no status'):
        compare("tiny", Asked())
    assert left.exists()


def test_what_is_not_up_to_date_is_refused(project: Project) -> None:
    project.replace("data/tiny/survey.csv", "2,20", "2,21")
    with pytest.raises(Trouble, match=r"tiny is not up to date in fr: run python3 brief.py build --only tiny first\."):
        compare("tiny", Asked())


def test_draft_that_is_not_there_is_refused(project: Project) -> None:
    with pytest.raises(Trouble, match=r"tiny has no draft 7; it has: 1\."):
        compare("tiny", Asked(old=7))


def test_language_that_is_not_there_is_refused(project: Project) -> None:
    with pytest.raises(Trouble, match="have no language in common"):
        compare("tiny", Asked(), ["en"])


def test_two_drafts_are_compared(reviewed: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = reviewed.copy(tmp_path / "copy")
    monkeypatch.chdir(copy.folder)
    assert issue("tiny", moment=MOMENT.replace(day=30)) == 0
    assert compare("tiny", Asked(1, 2), author="A. Reviewer") == 0
    changes = json.loads(copy.path(f"{REVIEW}/changes.fr.json").read_text(encoding="utf-8"))
    assert (changes["from"]["label"], changes["to"]["label"]) == ("draft 1", "draft 2")
    text = read_parts(copy.path(f"{REVIEW}/redline.fr.docx"))["word/document.xml"].decode()
    assert set(re.findall(r'w:author="([^"]+)"', text)) == {"A. Reviewer"}
    assert set(re.findall(r'w:date="([^"]+)"', text)) == {"2026-11-30T21:00:00Z"}


def test_what_only_comparing_uses_is_no_other_program(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.replace("config.yaml", "redline_for: word", "redline_for: libreoffice")
    for name in ("templates/html/review.css", "templates/typst/redline.typ", "scripts/evalbrief/review/page.py"):
        project.path(name).write_text(project.path(name).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert compare("tiny", Asked()) == 0
    assert capsys.readouterr().out == "fr: nothing has changed between draft 1 and the present build.\n"
    assert Stamps().take("tiny").program == find_draft("tiny", 1).program
