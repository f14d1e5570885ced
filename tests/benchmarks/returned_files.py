"""Word files as reviewers send them back, made by chance from a built brief, and what became of each of their edits."""

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from random import Random
from typing import Any

import lxml.etree as etree
from evalbrief.catalogue import FIGURE_SECTIONS, TABLE_SECTIONS
from evalbrief.document.docx.origin import PREFIX
from evalbrief.document.docx.package import DOCUMENT, Parts, W, read_parts, to_bytes, write_parts
from evalbrief.document.meta import read_meta
from evalbrief.files import read_json
from evalbrief.review.docx.marks import Marks
from evalbrief.review.docx.redline import redline
from evalbrief.review.incoming.proposals import APPLIES, REFUSED, Proposal
from evalbrief.review.incoming.read_back import read_back
from evalbrief.review.incoming.returned import plain
from evalbrief.review.versions import Present
from evalbrief.settings import read_settings
from evalbrief.text.labels import label_file, read_labels
from evalbrief.theme import as_office_says, in_language, read_theme, word
from evalbrief.tree import Element, attributes, elements, has_class, stringify
from parse_source import parse_source
from render_docx import render_docx
from render_source import render_source

from tests.docx_resolve import accepted
from tests.tree_draft import Draft
from tests.tree_edits import KINDS, identified, write_draft
from tests.tree_text_edits import TEXT_EDITS
from tests.tree_words import WORD, Shown, place_of

# A space of another kind is the affair of the brief; the links that a demo has lead from one of its blocks to another.
EDITS = [kind for kind in TEXT_EDITS if kind not in ("no-break space", "link target")]
REVIEWER, WHEN = "A. Reviewer", "2026-12-01T10:00:00Z"
RIGHT, NOT_TEXT, LISTED, WRONG, LOST, NOT_SENT = "right", "not text", "listed", "wrong", "lost", "not sent"
LONGEST_SAVE = 300
CONVERT = ("soffice", "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir")
ASIDE = re.compile(r"\[\^[^\]]*\]|\^\[[^\]]*\]|\]\([^)]*\)")
Words = tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One edit: of what kind, whether it is one of the text, the paragraphs that went by it, and those that came."""

    kind: str
    of_text: bool
    gone: Words
    come: Words

    @property
    def name(self) -> str:
        """Say what it did, for a list of failures."""
        return f"{self.kind}: {list(self.gone)} -> {list(self.come)}"


@dataclass(frozen=True)
class Edited:
    """A tree after some edits."""

    tree: dict
    steps: list[Step]


class Desk:
    """The built demo in a language, from which files are sent, and to which they come back.

    The current folder has to be that of the project.
    """

    def __init__(self, language: str, folder: Path, evaluation: str = "demo") -> None:
        self.language, self.folder, self.evaluation = language, folder, evaluation
        self.build = Path("build", evaluation)
        self.tree = read_json(self.build / f"brief.{language}.json")
        self.sent = Present(evaluation)
        self.texts = [name for name in self.sent.names() if name.startswith(f"data/text/{language}/")]
        self.files = {name: self.sent.read(name).decode() for name in self.texts}
        self.theme = read_theme(read_settings("config.yaml", {})["theme"])
        self.labels = as_office_says(read_labels(label_file(language)), self.theme)
        self.parts = read_parts(self.build / f"brief.{language}.docx")
        self._last: tuple[dict[str, str], list[str]] = {}, []

    def edited(self, seed: str, count: int, kinds: Sequence[str] = EDITS) -> Edited:
        """Edit the tree by chance, and say of each edit what it changed."""
        draft = Draft(self.tree, Random(seed))
        left, steps = list(kinds), []
        before = said(draft.tree)
        values = _values(draft.tree)
        while len(steps) < count and left:
            draft.kind = draft.random.choice(left)
            kinds_of_blocks = {place_of(block): block for block in draft.blocks}
            made = KINDS[draft.kind](draft)
            if made is None:
                left.remove(draft.kind)
                continue
            after, values_after = said(draft.tree), _values(draft.tree)
            gone, come = _differ(before, after)
            block = kinds_of_blocks[made.place]
            typed = made.kind == "number" and values != values_after
            of_text = made.kind == "paragraph inserted" or (has_class(block, "block") and not typed)
            steps.append(Step(made.kind, of_text, gone, come))
            before, values = after, values_after
        draft.tree["blocks"] = identified(draft.blocks)
        return Edited(draft.tree, steps)

    def files_of(self, edited: Edited) -> dict[str, Parts]:
        """Write it as a Word file, with and without tracked changes."""
        written = write_draft(edited.tree, self.build, self.folder)
        docx = self.folder / "brief.docx"
        word_filter = "templates/filters/docx.lua"
        render_docx(tree=written, reference="build/reference.docx", filter=word_filter, docx=str(docx))
        new = read_parts(docx)
        tracked = redline(self.parts, new, Marks(REVIEWER, WHEN))
        return {"tracked": self._as_sent(tracked), "untracked": self._as_sent(new)}

    def _as_sent(self, parts: Parts) -> Parts:
        """Let a document name the tree that was sent."""
        sent = _origin(etree.fromstring(self.parts[DOCUMENT]))
        root = etree.fromstring(parts[DOCUMENT])
        _origin(root).set(f"{W}name", sent.get(f"{W}name"))
        return parts | {DOCUMENT: to_bytes(root)}

    def verdicts(self, edited: Edited, returned: Parts) -> tuple[list[tuple[Step, str]], list[Proposal]]:
        """Read a file back, apply what it asks for, build the tree again, and judge each edit.

        Return also what was told though nobody did it.
        """
        result = read_back(returned, self.sent, self.language, self.labels, self.files, "the office")
        got = self._said_again({**self.files, **result.files})
        lacks, spare = (Counter(words) for words in _differ(got, said(edited.tree))[::-1])
        found = []
        for step in edited.steps:
            if not any(lacks[words] for words in step.come) and not any(spare[words] for words in step.gone):
                found.append((step, RIGHT))
            else:
                verdict = _verdict(step, result.proposals)
                found.append((step, NOT_SENT if verdict == LOST and not _is_in(step, returned) else verdict))
        return found, [told for told in result.proposals if not any(_is_about(told, step) for step in edited.steps)]

    def _said_again(self, files: dict[str, str]) -> list[str]:
        """Build the tree again from text files, and list its paragraphs; the last files are remembered."""
        if self._last[0] != files:
            self._last = files, said(self.tree_of(files))
        return self._last[1]

    def tree_of(self, files: dict[str, str]) -> dict[str, Any]:
        """Build the tree from text files as the workflow does."""
        texts = self.folder / "texts"
        shutil.rmtree(texts, ignore_errors=True)
        texts.mkdir(parents=True)
        for name, text in files.items():
            if name in self.texts:
                (texts / Path(name).name).write_text(text, encoding="utf-8")
        language, context = self.language, str(self.build / f"context.{self.language}.json")
        figures, tables = (
            [str(path) for path in sorted((self.build / kind).glob(f"*.{language}.json"))]
            for kind in ("figures", "tables")
        )
        source, tree = self.folder / "brief.md", self.folder / "again.json"
        render_source(
            context=context,
            texts=str(texts),
            templates="templates",
            figures=figures,
            tables=tables,
            figure_sections=FIGURE_SECTIONS,
            table_sections=TABLE_SECTIONS,
            disclaimer=word(self.theme, "disclaimer", language),
            labels=self.labels,
            source=str(source),
        )
        names = ("organisation", "unit_mark", "unit", "series", "author")
        theme = {name: in_language(self.theme, language)[name] for name in names}
        parse_source(
            source=str(source), tables=tables, context=context, labels=self.labels, theme=theme, tree=str(tree)
        )
        return read_json(tree)


def without_bookmarks(parts: Parts) -> Parts:
    """Lose what names the blocks, as some programs do."""
    root = etree.fromstring(parts[DOCUMENT])
    for mark in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        mark.getparent().remove(mark)
    return parts | {DOCUMENT: to_bytes(root)}


def saved_by_libreoffice(files: dict[str, Parts], folder: Path) -> dict[str, Parts]:
    """Open files in LibreOffice and save them; a file that it could not save is left out."""
    given, saved = folder / "given", folder / "saved"
    for place in (given, saved):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
    for name, parts in files.items():
        write_parts(parts, given / f"{name}.docx")
    profile = f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}"
    command = [CONVERT[0], profile, *CONVERT[1:], str(saved), *map(str, sorted(given.glob("*.docx")))]
    subprocess.run(command, capture_output=True, timeout=LONGEST_SAVE, check=False, env=os.environ)
    return {path.stem: read_parts(path) for path in sorted(saved.glob("*.docx"))}


def said(tree: dict) -> list[str]:
    """List the paragraphs of a tree, with their looks, links and notes, in signs that are the same for everybody."""
    tree = json.loads(json.dumps(tree))
    shown = Shown(tree["blocks"], read_meta(tree)).paragraphs()
    return [" ".join(plain("".join(_said(inlines))).split()) for inlines in shown]


def _said(inlines: list[Element]) -> Iterator[str]:
    for inline in inlines:
        content: Any = inline.get("c")
        match inline["t"]:
            case "Strong" | "Emph":
                mark = "**" if inline["t"] == "Strong" else "*"
                yield f"{mark}{''.join(_said(content))}{mark}"
            case "Note":
                yield f"[^{''.join(text for block in content for text in _said(block['c']))}]"
            case "Link" if not content[2][0].startswith("#"):
                yield f"[{''.join(_said(content[1]))}]({content[2][0]})"
            case "Span" if has_class(inline, "value", "Span"):
                # Whether a number is a value of the data, or typed, is not to be seen in its words.
                yield f"[{''.join(_said(content[1]))}](value {attributes(inline)['key']})"
            case "Span" | "Link":
                yield from _said(content[1])
            case _:
                yield stringify(inline)


def _differ(before: list[str], after: list[str]) -> tuple[Words, Words]:
    """Return the paragraphs that went and those that came, also by standing elsewhere."""
    gone, come = [], []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += before[start:end]
            come += after[new_start:new_end]
    return tuple(gone), tuple(come)


def _values(tree: dict) -> list[str]:
    return [stringify(part) for part in elements(tree["blocks"]) if has_class(part, "value", "Span")]


def _origin(root: Any) -> Any:
    return next(mark for mark in root.iter(f"{W}bookmarkStart") if mark.get(f"{W}name").startswith(PREFIX))


def _verdict(step: Step, proposals: Sequence[Proposal]) -> str:
    """Say what became of an edit that is not in the text."""
    about = [proposal for proposal in proposals if _is_about(proposal, step)]
    if any(proposal.kind == APPLIES for proposal in about) and not step.of_text:
        return WRONG
    if any(proposal.kind != APPLIES for proposal in about):
        refused = any(proposal.kind == REFUSED for proposal in about)
        return NOT_TEXT if refused and not step.of_text else LISTED
    return WRONG if about else LOST


def _is_in(step: Step, returned: Parts) -> bool:
    """Say whether an edit is in a file that came back at all: LibreOffice may have dropped its mark."""
    body = etree.fromstring(accepted(returned)[DOCUMENT])
    there = {_words(plain("".join(part.itertext(f"{W}t")))) for part in body.iter(f"{W}p")}
    come, gone = ([_words(text) for text in texts] for texts in (step.come, step.gone))
    return all(words in there for words in come) and not any(words in there for words in gone if words not in come)


def _is_about(proposal: Proposal, step: Step) -> bool:
    """Say whether a proposal tells of an edit: its words, where it has any, stand in the paragraphs of the edit."""
    sides = ((proposal.old, step.gone), (proposal.new, step.come))
    words = [(_words(text), _words(" / ".join(paragraphs))) for text, paragraphs in sides]
    return any(told for told, _ in words) and all(f" {told} " in f" {there} " for told, there in words if told)


def _words(text: str) -> str:
    """Leave out what differs between a paragraph and what is told of it: notes, addresses, signs, kinds of spaces."""
    text = " ".join(ASIDE.sub(" ", text).casefold().split())
    return " ".join(WORD.findall("".join(sign for sign in text if sign.isalnum() or sign in " '-")))
