"""Say what changed in the words of the brief's language: the first part of the review page and of the marked PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from evalbrief.document.meta import read_meta
from evalbrief.review.comparison import Comparison
from evalbrief.review.incoming.comments import Comment
from evalbrief.review.reasons import Cause, ChangedValue
from evalbrief.review.tree.changes import CELLS, Change
from evalbrief.review.versions import Revision, Version
from evalbrief.text import locale as writing
from evalbrief.text.labels import locale_of
from evalbrief.text.typography import set_text
from evalbrief.tree import Element, attributes, classes, elements, identifier, stringify

SHARE_DECIMALS = 1


@dataclass(frozen=True)
class ValueLine:
    """A value that changed: what the data calls it, its formula, both contents, the difference, and the reasons."""

    key: str
    formula: str
    old: str
    new: str
    difference: str
    reasons: list[str]

    @property
    def said(self) -> str:
        """Say it in one line, without the formula."""
        difference = f" ({self.difference})" if self.difference else ""
        return f"{self.key}: {self.old} → {self.new}{difference}. {'; '.join(self.reasons)}"


@dataclass(frozen=True)
class Summary:
    """All sentences and tables; each row is a list of texts."""

    title: str
    versions: str
    counts: str
    program: str
    alarms: list[str]
    values: list[ValueLine]
    words: list[list[str]]
    figures: list[list[str]]
    cells: list[list[str]]
    rows: list[list[str]]
    renumbered: list[list[str]]
    comments: list[list[str]]
    findings: list[list[str]]
    # The name of each kind of change, and every other word.
    kinds: dict[str, str]
    labels: dict[str, str]

    @property
    def word_lines(self) -> list[str]:
        """Say of each section in one line how many words came and went."""
        return [f"{section}: +{came}, −{went}" for section, came, went in self.words]

    @property
    def row_lines(self) -> list[str]:
        """Say in one line each which cells of the data changed, which rows came and which went."""
        return [
            f"{file}, {line}, {key}: {what}" + (f" {old} → {new}" if old or new else "")
            for file, line, key, what, old, new in self.rows
        ]


def summarise(comparison: Comparison, labels: Mapping[str, Any]) -> Summary:
    """Write the summary of a comparison; `labels` is the label file of its language."""
    return _Writer(comparison, labels).summary()


class _Writer:
    def __init__(self, comparison: Comparison, labels: Mapping[str, Any]) -> None:
        self._compared, self._labels, self._words = comparison, labels, labels["review"]
        self._locale = locale_of(labels)
        self._names = _places(comparison.trees[0]) | _places(comparison.trees[1])

    def summary(self) -> Summary:
        compared = self._compared
        changes = compared.merged.changes
        counts = {
            "changes": len(changes),
            "values": len(compared.told_values),
            "figures": len(compared.figures),
            "rows": len(compared.rows),
        }
        said = "counts" if any(counts.values()) or compared.merged.renumbered else "nothing"
        return Summary(
            title=self._said("title"),
            versions=self._said("versions", old=self._version(compared.old), new=self._version(compared.new)),
            counts=self._said(said, **counts),
            program=self._program(),
            alarms=[
                self._said(
                    "alarm_kinds",
                    alarm.kind,
                    place=self._place(alarm.place),
                    old=alarm.old or "–",
                    new=alarm.new or "–",
                )
                for alarm in compared.alarms
            ],
            values=[self._value(value) for value in compared.told_values],
            words=[
                [self._place(section), str(came), str(went)]
                for section, (came, went) in compared.merged.words.items()
                if came or went
            ],
            figures=[self._figure(figure.name, figure.kind, figure.share) for figure in compared.figures],
            cells=[line for change in changes if change.kind == CELLS for line in self._cells(change)],
            rows=[line for row in compared.rows for line in self._row(row)],
            findings=[
                [self._said("finding_kinds", kind), note]
                for kind, notes in zip(("new", "settled"), compared.findings, strict=True)
                for note in notes
            ],
            comments=[self._comment(comment) for comment in compared.comments],
            renumbered=[[self._place(entry.what), entry.old, entry.new] for entry in compared.merged.renumbered],
            kinds={kind: self._set(word) for kind, word in self._words["kinds"].items()},
            labels={name: self._set(word) for name, word in self._words.items() if isinstance(word, str)},
        )

    def _set(self, text: str) -> str:
        return set_text(text, self._labels["typography"])

    def _said(self, *names: str, **words: object) -> str:
        sentence = self._words
        for name in names:
            sentence = sentence[name]
        return self._set(sentence).format(**words)

    def _version(self, version: Version) -> str:
        if not version.date:
            return self._said("present")
        day = datetime.fromisoformat(version.date).date().isoformat()
        date = writing.day(day, self._locale)
        if isinstance(version, Revision):
            return self._said("revision_of", name=version.name, date=date)
        return self._said("draft_of", number=version.label.rpartition(" ")[2], date=date)

    def _program(self) -> str:
        """Say by which program both were made, when that may mislead."""
        if self._compared.has_other_program:
            return self._said("program")
        revisions = [one for one in (self._compared.old, self._compared.new) if isinstance(one, Revision)]
        return self._said("revision_made") if revisions else ""

    def _place(self, name: str) -> str:
        """Name a section, figure, table, record or paragraph as a reader finds it."""
        return self._names.get(name.removeprefix("#"), name.removeprefix("#"))

    def _value(self, value: ChangedValue) -> ValueLine:
        reasons = [self._cause(cause) for cause in value.causes] or [self._said("no_cause")]
        old, new = (self._shown(text, value) for text in (value.old, value.new))
        difference = ""
        if value.difference:
            sign = "−" if value.difference.startswith("-") else "+"
            difference = sign + self._size(abs(Decimal(value.difference)), value.kind)
        return ValueLine(value.key, self._said("formula", formula=value.formula), old, new, difference, reasons)

    def _size(self, size: Decimal, kind: str) -> str:
        """Write a difference: that of shares in points, no finer than shares are written unless it would be none."""
        if kind != "percent":
            return writing.number(size, self._locale)
        decimals = SHARE_DECIMALS if writing.rounded(size, SHARE_DECIMALS) else None
        return self._said("points", number=writing.number(size, self._locale, decimals))

    def _shown(self, text: str, value: ChangedValue) -> str:
        """Write a value as the brief does; a gap is called one."""
        if not text:
            return self._set(self._labels["gap"])
        match value.kind:
            case "number" | "integer":
                return writing.number(Decimal(text), self._locale)
            case "percent":
                return writing.percent(Decimal(text), self._locale, SHARE_DECIMALS)
            case "money":
                return writing.money(Decimal(text), value.unit, self._locale)
            case "date":
                return writing.day(text, self._locale)
            case "country":
                return writing.country(text, self._locale, self._labels.get("countries", {}))
            case "label":
                words = self._labels["vocabulary"].get(value.unit, {})
                return self._set(", ".join(words.get(key, key) for key in text.split(";")))
            case _:
                return self._set(text)

    def _cause(self, cause: Cause) -> str:
        words = {name: part if part != "" else "–" for name, part in vars(cause).items() if name != "kind"}
        return self._said("causes", cause.kind, **words)

    def _figure(self, name: str, kind: str, share: float) -> list[str]:
        said = self._said("figure_kinds", kind)
        if share and kind not in ("added", "removed"):
            decimals = 0 if share >= 0.1 else 2
            said += " " + self._said("share", share=writing.percent(Decimal(share * 100), self._locale, decimals))
        return [self._names.get(f"fig-{name}", name), said]

    def _comment(self, comment: Comment) -> list[str]:
        try:
            day = writing.day(comment.when[:10], self._locale) if comment.when else ""
        except ValueError:  # as Excel has written it
            day = comment.when
        status = self._words["statuses"].get(comment.status, comment.status)
        return [comment.who, day, self._place(comment.where), comment.quoted, comment.comment, status, comment.answer]

    def _cells(self, change: Change) -> list[list[str]]:
        lines = []
        for row in change.rows:
            if "columns" in row:
                changed = [column for column in row["columns"] if column["kind"] != "equal"]
                lines += [["", self._words["kinds"][column["kind"]], column["column"]] for column in changed]
            elif row["kind"] == "cell":
                lines.append([row["row"], row["old"] or "–", row["new"] or "–"])
            else:
                lines.append([row["row"], "", self._words["kinds"][row["kind"]]])
        return [[self._place(change.block), *line] for line in lines]

    def _row(self, row: Any) -> list[list[str]]:
        line = str(row.lines[1] or row.lines[0] or "–")
        kind = self._words["row_kinds"][row.kind]
        if row.kind != "changed":
            return [[row.file, line, row.row, kind, "", ""]]
        return [
            [row.file, line, row.row, column, self._set(old) or "–", self._set(new) or "–"]
            for column, (old, new) in row.cells.items()
        ]


def _places(tree: Element) -> dict[str, str]:
    """Name what has an id: a section by its heading, a figure or table by its caption, a paragraph by its section."""
    words = read_meta(tree).words
    named: dict[str, str] = {}
    section = ""
    for element in elements(tree["blocks"]):
        kind = element["t"]
        if kind == "Header":
            named[identifier(element)] = stringify(element["c"][2])
            section = named[identifier(element)] if element["c"][0] <= 2 else section
        elif kind == "Figure":
            named[identifier(element)] = _captioned(words["figure"], element, element["c"][1])
        elif kind == "Div" and "table" in classes(element):
            inner = next(part for part in elements(element["c"][1]) if part["t"] == "Table")
            named[identifier(element)] = _captioned(words["table"], element, inner["c"][1])
        elif kind == "Div" and (own := identifier(element)):
            heading = next((part for part in elements(element["c"][1]) if part["t"] == "Header"), None)
            bold = next((part for part in elements(element["c"][1]) if part["t"] == "Strong"), None)
            name = heading["c"][2] if heading else bold["c"] if bold and "finding" in classes(element) else None
            named[own] = stringify(name).rstrip(".") if name else section
    # Bookmarks of the Word document are named with other signs.
    return {name.replace("-", "_"): words for name, words in named.items()} | named


def _captioned(word: str, element: Element, caption: list) -> str:
    return f"{word}\u00a0{attributes(element).get('number', '')}. {stringify(caption[1])}"
