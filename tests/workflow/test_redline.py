"""Tracked changes: accepting gives the new draft, rejecting the old one, and nothing is marked but what was edited.

The judge (tests/docx_oracle.py) shares nothing with the writer.
"""

import re
import shutil
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import lxml.etree as etree
import pytest
from evalbrief.document.docx.package import DOCUMENT, Parts, W, read_parts, write_parts
from evalbrief.files import read_json
from evalbrief.review.docx import redline as writer
from evalbrief.review.docx.marks import Marks
from evalbrief.review.docx.redline import WrongRedline, redline
from evalbrief.review.tokens import tokens
from evalbrief.review.tree.merge import before_words, merge
from evalbrief.review.tree.units import TABLE, Reader
from evalbrief.tree import Element, attributes, elements, has_class, identifier, stringify
from render_docx import render_docx
from workflow.conftest import LANGUAGES
from workflow.project import ROOT, Project

from tests.docx_build import convert
from tests.docx_levels import levels
from tests.docx_oracle import FOOTNOTES, findings, marked
from tests.docx_resolve import accepted, rejected, without_controls
from tests.tree_edits import edit, write_draft

# Of each language, as many with one edit, with eight and with twenty-four.
SCRIPTS = 20
TREES = 6
# So many of them are also written for LibreOffice.
FOR_LIBREOFFICE = 6
COUNTS = (1, 8, 24)
MOST_NOISE = 1.02


def marks() -> Marks:
    return Marks("A Reviewer", "2026-11-01T00:00:00Z")


class Desk:
    """Writes trees of the demo in a language as Word documents."""

    def __init__(self, briefs: Project, language: str, folder: Path) -> None:
        self.source, self.folder, self.language = briefs.path("build/demo"), folder, language
        self.reference = str(briefs.path("build/reference.docx"))
        self.tree = read_json(self.source / f"brief.{language}.json")
        self.parts = self.render(self.tree, "old")

    def render(self, tree: Element, name: str) -> Parts:
        path = self.folder / name / "brief.docx"
        written = write_draft(tree, self.source, path.parent)
        word_filter = str(ROOT / "templates/filters/docx.lua")
        render_docx(tree=written, reference=self.reference, filter=word_filter, docx=str(path))
        return read_parts(path)


@pytest.fixture(scope="module", params=LANGUAGES)
def desk(request: pytest.FixtureRequest, briefs: Project, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(briefs, request.param, tmp_path_factory.mktemp(f"redline_{request.param}"))


def test_random_edits(desk: Desk) -> None:
    words = true_words = formatting = true_formatting = 0
    for seed in range(SCRIPTS):
        tree, edits = edit(desk.tree, Random(f"{desk.language} {seed}"), COUNTS[seed % 3])
        new = desk.render(tree, f"new_{seed}")
        kinds = [one.kind for one in edits]
        made = redline(desk.parts, new, marks())
        assert findings(made, desk.parts, new) == [], (seed, kinds)
        if seed < FOR_LIBREOFFICE:
            plain = [without_controls(redline(desk.parts, new, marks(), libreoffice=True))]
            plain += [without_controls(draft) for draft in (desk.parts, new)]
            assert findings(*plain) == [], (seed, kinds)
        found = marked(made)
        words += found.words
        formatting += found.formatting
        true_words += sum(one.inserted + one.deleted for one in edits)
        true_formatting += sum(one.formatting for one in edits)
    assert words <= MOST_NOISE * true_words
    assert formatting == true_formatting > 0


def test_for_libreoffice_no_mark_stands_in_a_control_or_on_a_cell(desk: Desk) -> None:
    tree, _ = edit(desk.tree, Random(5), 3, ["column inserted", "fact"])
    made = redline(desk.parts, desk.render(tree, "libreoffice"), marks(), libreoffice=True)
    document = etree.fromstring(made[DOCUMENT])
    held = [mark for control in document.iter(f"{W}sdt") for mark in control.iter(f"{W}ins", f"{W}del")]
    assert held == list(document.iter(f"{W}cellIns", f"{W}cellDel")) == []
    assert next(document.iter(f"{W}ins"), None) is not None


def test_for_libreoffice_a_paragraph_with_a_note_keeps_its_end(desk: Desk) -> None:
    seed, note, tree = 0, "", desk.tree
    while not note:  # the first one in which the paragraph with the note is merged with the next
        tree, edits = edit(desk.tree, Random(seed), 1, ["paragraphs merged"])
        block = next(block for block in desk.tree["blocks"] if identifier(block) == edits[0].place)
        note, seed = next((element["t"] for element in elements(block) if element["t"] == "Note"), ""), seed + 1
    new = desk.render(tree, "note")
    for libreoffice in (False, True):
        made = redline(desk.parts, new, marks(), libreoffice=libreoffice)
        paragraphs = etree.fromstring(made[DOCUMENT]).iter(f"{W}p")
        noted = [one for one in paragraphs if next(one.iter(f"{W}footnoteReference"), None) is not None]
        ends = [mark for one in noted for mark in one.iterfind(f"{W}pPr/{W}rPr/{W}del")]
        assert bool(ends) is not libreoffice
        assert findings(made, desk.parts, new) == []


def with_a_note_elsewhere(desk: Desk) -> tuple[Parts, Parts]:
    """Write two drafts: of one, an early paragraph has a note that the demo has not, of the other a late one."""
    places = [identifier(block) for block in desk.tree["blocks"]]
    drafts = [edit(desk.tree, Random(seed), 1, ["footnote"]) for seed in range(8)]
    drafts.sort(key=lambda draft: places.index(draft[1][0].place))
    return desk.render(drafts[0][0], "early_note"), desk.render(drafts[-1][0], "late_note")


def test_for_libreoffice_notes_are_numbered_in_the_order_of_their_calls(desk: Desk) -> None:
    old, new = with_a_note_elsewhere(desk)
    for libreoffice in (False, True):
        made = redline(old, new, marks(), libreoffice=libreoffice)
        calls = [call.get(f"{W}id") for call in etree.fromstring(made[DOCUMENT]).iter(f"{W}footnoteReference")]
        notes = [note.get(f"{W}id") for note in etree.fromstring(made[FOOTNOTES])]
        assert len(calls) > 2
        assert (notes[-len(calls) :] == calls == sorted(calls, key=int)) is libreoffice
        assert findings(made, old, new) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_leaves_each_note_with_its_call(desk: Desk, tmp_path: Path) -> None:
    old, new = with_a_note_elsewhere(desk)
    write_parts(redline(old, new, marks(), libreoffice=True), tmp_path / "redline.docx")
    (tmp_path / "out").mkdir()
    saved = read_parts(convert(str(tmp_path / "redline.docx"), tmp_path / "out", "docx"))
    assert noted(accepted(saved)) == noted(new)
    assert noted(rejected(saved)) == noted(old)


def noted(parts: Parts) -> list[str]:
    """Give each note and the word that calls it."""
    return re.findall(r"\S+\[note .*?\]", "\n".join(levels(parts)["text"]))


def test_what_only_the_old_draft_leads_to_is_there_when_all_is_rejected(desk: Desk) -> None:
    tree, edits = edit(desk.tree, Random(1), 1, ["figure removed"])
    new = desk.render(tree, "led_to")
    made = redline(desk.parts, new, marks())
    assert findings(made, desk.parts, new) == []
    name = edits[0].place.replace("-", "_")
    document = made[DOCUMENT].replace(f'w:name="{name}"'.encode(), b'w:name="renamed"')
    assert findings(made | {DOCUMENT: document}, desk.parts, new) == [
        f"bookmarks: {name}, which the old draft leads to, is lost"
    ]


def test_draft_beside_itself_has_no_mark(desk: Desk) -> None:
    found = marked(redline(desk.parts, desk.parts, marks()))
    assert (found.words, found.groups, found.formatting) == (0, 0, 0)


def test_another_brief_in_its_place(desk: Desk, briefs: Project) -> None:
    other = read_parts(briefs.path(f"build/entralliance/brief.{desk.language}.docx"))
    assert findings(redline(desk.parts, other, marks()), desk.parts, other) == []


def test_new_recommendation_is_one_insertion_and_renumberings(desk: Desk) -> None:
    seed = 0
    while True:  # the first one that is not put at the end
        tree, edits = edit(desk.tree, Random(seed), 1, ["recommendation inserted"])
        if edits[0].deleted:
            break
        seed += 1
    merged = merge(desk.tree, tree, {}, {})
    assert [change.kind for change in merged.changes] == ["come"]
    assert len(merged.renumbered) == edits[0].deleted
    assert all(int(entry.new) == int(entry.old) + 1 for entry in merged.renumbered)


def test_same_bytes_every_time(desk: Desk) -> None:
    tree, _ = edit(desk.tree, Random(7), 8)
    new = desk.render(tree, "twice")
    assert redline(desk.parts, new, marks()) == redline(desk.parts, new, marks())


def test_wrong_redline_is_not_handed_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    tree, _ = edit(desk.tree, Random(3), 8)
    new = desk.render(tree, "wrong")
    merged = writer._merged

    def forgetful(*drafts: Parts, **words: bool) -> Parts:
        made = merged(*drafts, **words)
        return made | {DOCUMENT: made[DOCUMENT].replace(b"<w:ins ", b"<w:del ", 1).replace(b"</w:ins>", b"</w:del>", 1)}

    monkeypatch.setattr(writer, "_merged", forgetful)
    with pytest.raises(WrongRedline):
        redline(desk.parts, new, marks())


def test_marked_tree_holds_both_drafts(desk: Desk) -> None:
    for seed in range(TREES):
        tree, edits = edit(desk.tree, Random(f"tree {seed}"), COUNTS[seed % 3])
        old = read_json(desk.source / f"brief.{desk.language}.json")
        shown = merge(old, tree, {}, {}).tree["blocks"]
        told = (seed, [one.kind for one in edits])
        assert said(without(shown, "deletion", "deleted")) == said(tree["blocks"]), told
        assert Counter(said(without(shown, "insertion", "inserted"))) == Counter(said(desk.tree["blocks"])), told


def said(blocks: list[Element]) -> list[str]:
    """Give the words of a tree; the sign for the end of a paragraph is none."""
    units = Reader({}).read(blocks)
    texts = [f"{before_words(unit)} {stringify(unit.element) if unit.kind == TABLE else ''}" for unit in units]
    return [token for text in texts for token in tokens(text) if not token.isspace() and token != "¶"]


def without(node: Any, *names: str) -> Any:
    """Leave out of a tree what has a class; where this is what came, numbers by order are those before."""
    if isinstance(node, list):
        return [without(child, *names) for child in node if not _has_any(child, names)]
    if not isinstance(node, dict):
        return node
    if has_class(node, "renumbered", "Span") and "insertion" in names:
        return {"t": "Str", "c": attributes(node)["before"]}
    return {name: without(child, *names) for name, child in node.items()}


def _has_any(node: object, names: tuple[str, ...]) -> bool:
    return any(has_class(node, name, kind) for name in names for kind in ("Span", "Figure", "Table"))
