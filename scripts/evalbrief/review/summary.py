"""Say what changed in the words of the brief's language: the first part of the review page and of the marked PDF."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import reduce
from typing import Any

from evalbrief.document.meta import read_meta
from evalbrief.review.comparison import Comparison
from evalbrief.review.incoming.comments import Comment
from evalbrief.review.reasons import FORMULA, Cause, ChangedValue, formula_words
from evalbrief.review.tree.changes import CELLS, TITLE, Change
from evalbrief.review.tree.merge import FRAME
from evalbrief.review.versions import Revision, Version
from evalbrief.text import locale as writing
from evalbrief.text.labels import locale_of
from evalbrief.text.typography import set_text
from evalbrief.tree import Element, attributes, classes, elements, has_class, identifier, stringify

SHARE_DECIMALS = 1
# The marks of the text: the label of each.
MARKS = {
    "insertion": "inserted",
    "deletion": "deleted",
    "moved": "moved",
    "renumbered": "renumbered_mark",
    "reformatted": "reformatted",
}


@dataclass(frozen=True)
class ValueLine:
    """A value that changed: what the data calls it, its formula, both contents, the difference, and the reasons."""

    key: str
    formula: str
    old: str
    new: str
    difference: str
    reasons: list[str]
    # All in one line, without the formula.
    said: str


@dataclass(frozen=True)
class Summary:
    """All sentences and tables; each row is a list of texts."""

    title: str
    versions: str
    counts: str
    program: str
    alarms: list[str]
    # The title and the other words that stand round the text.
    frame: list[list[str]]
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
    def marks(self) -> dict[str, str]:
        """Name the marks of the text, by their class."""
        return {name: self.labels[label] for name, label in MARKS.items()}

    @property
    def word_lines(self) -> list[str]:
        """Say of each section in one line how many words came and went."""
        return [self.line(section, f"+{came}, −{went}") for section, came, went in self.words]

    @property
    def row_lines(self) -> list[str]:
        """Say in one line each which cells of the data changed, which rows came and which went."""
        lines = []
        for file, number, row, what, old, new in self.rows:
            place = self.labels["line_of"].format(file=file, line=number, row=row)
            lines.append(self.line(f"{place}, {what}", f"{old} → {new}") if old or new else self.line(place, what))
        return lines

    def line(self, what: str, said: str) -> str:
        """Say something of something, with the colon of the language."""
        return self.labels["said_of"].format(what=what, said=said)


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
            frame=[
                [self._said("frame_names", change.block), change.old or "–", change.new or "–"]
                for change in changes
                if change.kind == TITLE and change.block in FRAME
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
        formula = self._said("formula", formula=self._formula(value.formula))
        change = f"{old} → {new}" + (f" ({difference})" if difference else "")
        said = self._said("value_said", key=value.key, change=change, reasons=self._together(reasons))
        return ValueLine(value.key, formula, old, new, difference, reasons, said)

    def _together(self, sentences: list[str]) -> str:
        return reduce(lambda said, more: self._said("and_said", said=said, more=more), sentences)

    def _formula(self, formula: str) -> str:
        return self._set(formula_words(formula, self._words["formulas"]))

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
        if cause.kind == FORMULA:
            words |= {name: self._formula(words[name]) for name in ("old", "new")}
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
    """Name what has an id: a section by its heading, a figure or table by its caption, a paragraph by its section.

    A quick fact, which has a key instead, is named by its term.
    """
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
        elif kind == "DefinitionList":
            facts = ((term, next(_facts(definition), "")) for term, definition in element["c"])
            named |= {key: stringify(term) for term, key in facts if key}
        elif kind == "Div" and (own := identifier(element)):
            heading = next((part for part in elements(element["c"][1]) if part["t"] == "Header"), None)
            bold = next((part for part in elements(element["c"][1]) if part["t"] == "Strong"), None)
            name = heading["c"][2] if heading else bold["c"] if bold and "finding" in classes(element) else None
            named[own] = stringify(name).rstrip(".") if name else section
    # Bookmarks of the Word document are named with other signs.
    return {name.replace("-", "_"): words for name, words in named.items()} | named


def _facts(definition: list) -> Iterator[str]:
    spans = (element for element in elements(definition) if has_class(element, "fact", "Span"))
    return (attributes(span).get("key", "") for span in spans)


def _captioned(word: str, element: Element, caption: list) -> str:
    return f"{word}\u00a0{attributes(element).get('number', '')}. {stringify(caption[1])}"
