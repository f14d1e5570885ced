"""The real briefs can be edited by chance, with exact counts, and their Word documents can be judged."""

from collections import Counter
from pathlib import Path
from random import Random

from evalbrief.document.docx.package import read_parts
from evalbrief.document.meta import read_meta
from workflow.project import Brief

from tests.docx_build import render
from tests.docx_coarse import coarse
from tests.docx_levels import levels
from tests.docx_oracle import Marked, findings, marked
from tests.tree_edits import KINDS, edit, identified, write_draft
from tests.tree_words import WORD, shown


def test_a_brief_shows_the_words_that_are_counted(brief: Brief) -> None:
    expected = [word for word, _ in shown(brief.tree["blocks"], read_meta(brief.tree))]
    lines = " ".join(levels(read_parts(brief.path("docx")))["text"]).replace("[note ", " ").replace("]", " ")
    begin = lines.index(f" {brief.words('quick_facts')} ")
    assert WORD.findall(lines[begin:])[: len(expected)] == expected


def test_a_brief_is_the_same_as_itself(brief: Brief) -> None:
    parts = read_parts(brief.path("docx"))
    assert findings(parts, parts, parts) == []
    assert marked(parts) == Marked(0, 0, 0)


def test_the_coarsest_redline_of_an_edited_brief_is_right(brief: Brief, tmp_path: Path) -> None:
    new, _ = edit(brief.tree, Random(1), 24)
    (tmp_path / "reference.docx").symlink_to(brief.project.path("build/reference.docx"))
    before = read_parts(brief.path("docx"))
    after = read_parts(render(write_draft(new, brief.path("json").parent, tmp_path), tmp_path))
    assert findings(coarse(before, after), before, after) == []
    assert findings(after, before, after) != []


def test_a_brief_can_be_edited_in_every_way(brief: Brief) -> None:
    tree = brief.tree
    assert identified(tree["blocks"]) == tree["blocks"]
    made = Counter(one.kind for kind in KINDS for one in edit(tree, Random(kind), 1, [kind])[1])
    assert set(made) == set(KINDS)


def test_counts_of_edits_add_up(brief: Brief) -> None:
    """What comes and what goes differ by as much as the drafts do."""
    meta = read_meta(brief.tree)
    for seed, count in enumerate((1, 8, 24)):
        new, made = edit(brief.tree, Random(seed), count)
        assert len(made) == count
        longer = len(shown(new["blocks"], meta)) - len(shown(brief.tree["blocks"], meta))
        assert sum(one.inserted - one.deleted for one in made) == longer
