"""Compare two versions of a brief: Word's tracked changes, a marked PDF, a page that says why, a list for machines."""

import json
from collections.abc import Collection, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from evalbrief.commands.evaluations import BUILD, find_evaluations
from evalbrief.commands.fresh import present_of, refuse_stale
from evalbrief.commands.office import office, schemas, words_of
from evalbrief.commands.outcomes import OUTCOMES, forget_outcomes, put_outcome
from evalbrief.commands.revisions import find_revision, forget_revisions, make_revision
from evalbrief.commands.running import only_build
from evalbrief.document.docx.package import read_parts, write_parts
from evalbrief.document.meta import read_meta
from evalbrief.folder import REVIEW
from evalbrief.fonts import faces, folders
from evalbrief.review.comparison import BEFORE, Comparison
from evalbrief.review.docx.marks import Marks
from evalbrief.review.docx.redline import WrongRedline, redline
from evalbrief.review.drafts import find_draft, find_drafts
from evalbrief.review.incoming.comments import load_comments
from evalbrief.review.marked_pdf import write_marked_pdf
from evalbrief.review.page import write_page
from evalbrief.review.summary import summarise
from evalbrief.review.versions import Present, Revision, Version
from evalbrief.settings import FILE, read_settings
from evalbrief.trouble import Trouble


class Asked(NamedTuple):
    """What to compare: the numbers of drafts or revisions of git; None for the last draft and for the present build."""

    old: int | str | None = None
    new: int | str | None = None


def compare(evaluation: str, asked: Asked, languages: Collection[str] = (), *, author: str = "") -> int:
    """Write what changed into build/{evaluation}/review/; return 0, or 1 when a redline would be wrong.

    `author` is whom Word names for each change: the author of the brief, if not given.
    """
    find_evaluations([evaluation])
    old = _last_draft(evaluation) if asked.old is None else _find(evaluation, asked.old)
    new = present_of(evaluation, languages) if asked.new is None else _find(evaluation, asked.new)
    both = [code for code in new.languages if code in old.languages and (not languages or code in languages)]
    if not both:
        raise Trouble(f"{old.label} and {new.label} of {evaluation} have no language in common.")
    wrong = False
    with only_build():
        if isinstance(new, Present):
            refuse_stale(evaluation, both)
        _make(evaluation, [version for version in (old, new) if isinstance(version, Revision)], both)
        load_comments(evaluation)  # what is wrong with them is said before anything is removed
        forget_outcomes(evaluation, languages)
        for language in both:
            try:
                _compare(Comparison(old, new, language, schemas()), author)
            except WrongRedline as error:
                print(f"{language}: {error} No tracked changes are written; the page and the PDF are.")
                wrong = True
    return int(wrong)


def _find(evaluation: str, asked: int | str) -> Version:
    return find_revision(evaluation, asked) if isinstance(asked, str) else find_draft(evaluation, asked)


def _make(evaluation: str, revisions: Sequence[Revision], languages: Collection[str]) -> None:
    for revision in revisions:
        make_revision(revision, languages)
    forget_revisions(evaluation, but=revisions)


def _last_draft(evaluation: str) -> Version:
    drafts = find_drafts(evaluation)
    return drafts[-1] if drafts else find_draft(evaluation, 1)


def _compare(comparison: Comparison, author: str) -> None:
    """Write all outcomes of one language, none when nothing changed."""
    language = comparison.language
    place = BUILD / comparison.new.evaluation / REVIEW
    paths = [place / name.format(language) for name in OUTCOMES]
    if comparison.is_empty:
        print(f"{language}: nothing has changed between {comparison.old.label} and {comparison.new.label}.")
        return
    place.mkdir(parents=True, exist_ok=True)
    docx, pdf, page, listed = paths
    theme, settings = office(), read_settings(FILE, {})
    summary = summarise(comparison, words_of(language))
    tree = comparison.merged.tree
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        _unpack_figures(comparison, folder)
        places = folders(theme["font_folder"])
        put_outcome(pdf, write_marked_pdf(tree, summary, folder, theme, settings["paper"], places))
        put_outcome(page, write_page(comparison, summary, tree, folder, theme, _fonts(comparison, theme)).encode())
    put_outcome(listed, (json.dumps(comparison.as_json(), ensure_ascii=False, indent=1) + "\n").encode())
    marks = Marks(author or read_meta(comparison.trees[1]).words["author"], comparison.new.date or comparison.old.date)
    _write_redline(comparison, docx, marks, libreoffice=settings["redline_for"] == "libreoffice")
    print(*paths, sep="\n")


def _write_redline(comparison: Comparison, docx: Path, marks: Marks, *, libreoffice: bool) -> None:
    old, new = (
        read_parts(BytesIO(version.read(f"build/brief.{comparison.language}.docx")))
        for version in (comparison.old, comparison.new)
    )
    with TemporaryDirectory() as name:
        whole = Path(name, docx.name)
        write_parts(redline(old, new, marks, libreoffice=libreoffice), whole)
        put_outcome(docx, whole.read_bytes())


def _unpack_figures(comparison: Comparison, folder: Path) -> None:
    """Lay the pictures of both versions where the marked tree looks for them."""
    for version, beside in ((comparison.old, BEFORE), (comparison.new, "")):
        for name in version.names():
            if name.startswith("build/figures/") and name.endswith(f".{comparison.language}.svg"):
                path = folder / (beside + name.removeprefix("build/"))
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(version.read(name))


def _fonts(comparison: Comparison, theme: dict) -> tuple[list[str], list[str]]:
    """List the web fonts and the static fonts of the office, as the last build has cut them, or that of a revision."""
    made = [version.root for version in (comparison.new, comparison.old) if isinstance(version, Revision)]
    root = next((root for root in (Path(), *made) if Path(root, BUILD, "fonts").is_dir()), Path())
    place, names = root / BUILD / "fonts", faces(theme["fonts"])
    return [f"{place}/{name}.woff2" for name in names], [f"{place}/{name}.ttf" for name in names]
