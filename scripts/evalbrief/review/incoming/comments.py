"""Reviewers' comments: read from a Word file, and kept as a table in which they are answered and settled."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from evalbrief.data.problem import Problem, cell_place
from evalbrief.data.source import SourceRow, read_csv
from evalbrief.document.docx.package import DOCUMENT, Parts, W, from_outside
from evalbrief.files import write_whole
from evalbrief.folder import DATA, DRAFTS
from evalbrief.trouble import Trouble

COMMENTS, EXTENDED = "word/comments.xml", "word/commentsExtended.xml"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
OPEN, SETTLED = "open", "settled"
STATUSES = (OPEN, SETTLED)
STARTS = (f"{W}commentRangeStart", f"{W}commentReference")
FORMULA = ("=", "+", "-", "@")
Element = Any


@dataclass
class Comment:
    """One comment: of which version and language, who, when, where, on which words, what, and what became of it.

    `where` is as a reader finds it, `block` what the brief calls the place.
    """

    version: str
    language: str
    who: str
    when: str
    where: str
    quoted: str
    comment: str
    status: str = OPEN
    answer: str = ""
    block: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """Tell it from others: the same file may be read twice, and the same be said of two places, or two drafts."""
        return self.language, self.who, self.when or self.version, self.block, self.quoted, self.comment


def read_comments(parts: Parts) -> Iterator[tuple[int, Comment]]:
    """Yield each comment with the number of the paragraph in which it starts; -1 where it hangs in the air."""
    if COMMENTS not in parts:
        return
    body, done = from_outside(parts[DOCUMENT]), _settled(parts)
    paragraphs = list(body.iter(f"{W}p"))
    for comment in from_outside(parts[COMMENTS]):
        number = comment.get(f"{W}id")
        start = next((mark for name in STARTS for mark in body.iter(name) if mark.get(f"{W}id") == number), None)
        paragraph = _paragraph(start)
        words = " ".join("".join(part.itertext(f"{W}t")) for part in comment.iter(f"{W}p"))
        last = [part.get(f"{W14}paraId") for part in comment.iter(f"{W}p")]
        status = SETTLED if last and last[-1] in done else OPEN
        who, when = comment.get(f"{W}author", ""), comment.get(f"{W}date", "")
        place = -1 if paragraph is None else paragraphs.index(paragraph)
        yield place, Comment("", "", who, when, "", _quoted(body, number), " ".join(words.split()), status)


def comments_path(evaluation: str) -> Path:
    """Name the table of comments of an evaluation, beside its drafts."""
    return DATA / evaluation / DRAFTS / "comments.csv"


def load_comments(evaluation: str) -> list[Comment]:
    """Read the table; people answer in it and settle, with Excel if they like."""
    known = [field.name for field in fields(Comment)]
    return [Comment(**{name: _as_said(row.get(name) or "") for name in known}) for row in _rows(evaluation)]


def keep_comments(evaluation: str, new: Sequence[Comment]) -> int:
    """Add comments to the table, each once, and keep what else people wrote in it; return how many were new."""
    rows = _rows(evaluation)
    known = {comment.key for comment in load_comments(evaluation)}
    added = list({comment.key: comment for comment in new if comment.key not in known}.values())
    rows += [{name: _harmless(value) for name, value in vars(comment).items()} for comment in added]
    columns = dict.fromkeys(name for name in (field.name for field in fields(Comment)))
    columns |= dict.fromkeys(name for row in rows for name in row)
    written = io.StringIO()
    table = csv.DictWriter(written, list(columns), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    path = comments_path(evaluation)
    path.parent.mkdir(exist_ok=True)
    # Excel takes a file for UTF-8 only with this sign.
    write_whole(path, written.getvalue().encode("utf-8-sig"))
    return len(added)


def _rows(evaluation: str) -> list[dict[str, str]]:
    """Read the rows as they are written, however Excel has saved them; raise Trouble for what is wrong with them."""
    path = comments_path(evaluation)
    if not path.exists():
        return []
    table, problems = read_csv(path, path.as_posix())
    problems += [found for row in table.rows if row.sound and (found := _wrong_status(row, table.file))]
    if problems:
        raise Trouble("\n".join(problem.message for problem in problems))
    rows = [{name: value for name, value in row.cells.items() if name} for row in table.rows]
    for row in rows:
        row["status"] = row["status"].lower()
        # Before it had a column of its own, the block stood where the place is.
        row.setdefault("block", row.get("where", ""))
    return rows


def _wrong_status(row: SourceRow, file: str) -> Problem | None:
    said = row.cells.get("status", "")
    if said.lower() in STATUSES:
        return None
    found = f'"{said}" is no status.' if said else "the status is missing."
    return Problem(file, cell_place(row.number, "status"), found, f"Allowed: {', '.join(STATUSES)}.")


def _harmless(value: str) -> str:
    """Put a sign before what Excel would take for a formula and work out."""
    return f"'{value}" if value.startswith(FORMULA) else value


def _as_said(value: str) -> str:
    return value[1:] if value.startswith("'") and value[1:].startswith(FORMULA) else value


def _settled(parts: Parts) -> set[str]:
    if EXTENDED not in parts:
        return set()
    entries = from_outside(parts[EXTENDED]).iter(f"{W15}commentEx")
    return {entry.get(f"{W15}paraId") for entry in entries if entry.get(f"{W15}done") in ("1", "true")}


def _paragraph(mark: Element) -> Element:
    """Find the paragraph a mark stands in, or the next one where it stands between two."""
    while mark is not None and mark.tag != f"{W}p":
        parent = mark.getparent()
        if parent is not None and parent.tag in (f"{W}body", f"{W}tc"):
            mark = next((after for after in mark.itersiblings() if after.tag == f"{W}p"), None)
        else:
            mark = parent
    return mark


def _quoted(body: Element, number: str) -> str:
    """Read the words between the marks of a comment; of one that has no end, none."""
    if not any(mark.get(f"{W}id") == number for mark in body.iter(f"{W}commentRangeEnd")):
        return ""
    words, inside = [], False
    for part in body.iter():
        if part.tag == f"{W}commentRangeStart" and part.get(f"{W}id") == number:
            inside = True
        elif part.tag == f"{W}commentRangeEnd" and part.get(f"{W}id") == number:
            break
        elif inside and part.tag == f"{W}t":
            words.append(part.text or "")
    return " ".join("".join(words).split())
