"""Check a Word document after the list of Word's accessibility checker, and for what would break when it is used.

Each finding is "rule: what"; RULES holds the rules by name.
"""

import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from evalbrief.document.docx.fonts import hide
from evalbrief.document.docx.package import DOCUMENT, R, W, read_parts, relations_of, target_part
from lxml import etree

from tests.docx_contrast import weak_texts

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DC = "{http://purl.org/dc/elements/1.1/}"
VML = "{urn:schemas-microsoft-com:vml}"
FILE_NAME = re.compile(r"\.(png|svg|jpe?g|gif|emf)\b|^(image|picture|figure|graphique)\s*\d*$", re.IGNORECASE)
UNCLEAR = re.compile(r"(https?://\S+|www\.\S+|ici|here|aquí|click here|cliquez ici|\W*)", re.IGNORECASE)
# The brief parts fields that share a line by an en space and a space.
BLANKS = re.compile(r"[ \t\u00a0]{2,}|\s{3,}")
TYPED_LIST = re.compile(r"[•–*-]\s")
LONGEST_NAME = 64
BODY_LEVEL = "9"
TRUE_TYPE = b"\x00\x01\x00\x00"
EMBEDS = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")
WATERMARK = re.compile(rb"<v:textpath|WaterMark", re.IGNORECASE)


class Word:
    """A document taken apart."""

    def __init__(self, docx: str | Path) -> None:
        """Read all parts."""
        self.parts = read_parts(docx)
        self.document = self.root(DOCUMENT)
        self.body = self.document.find(f"{W}body")
        self.styles = self.root("word/styles.xml")
        self.settings = self.root("word/settings.xml")
        self.tables = list(self.body.iter(f"{W}tbl"))
        names = [name for name in self.parts if re.fullmatch(r"word/(document|header|footer|footnotes)\w*\.xml", name)]
        self.shown = [self.root(name) for name in sorted(names)]

    def root(self, part: str) -> Any:
        """Parse a part."""
        return etree.fromstring(self.parts[part])

    def headings(self) -> list[tuple[int, str]]:
        """List level and words of each heading."""
        levels = {
            style.get(f"{W}styleId"): int(level.get(f"{W}val")) + 1
            for style in self.styles.iter(f"{W}style")
            if (level := style.find(f"{W}pPr/{W}outlineLvl")) is not None and level.get(f"{W}val") != BODY_LEVEL
        }
        return [
            (levels[style.get(f"{W}val")], words(paragraph))
            for paragraph in self.body.iter(f"{W}p")
            if (style := paragraph.find(f"{W}pPr/{W}pStyle")) is not None and style.get(f"{W}val") in levels
        ]

    def codes(self) -> list[list[str]]:
        """List the codes of the fields of the text, in words."""
        return [code.split() for code in self.body.itertext(f"{W}instrText")]


def words(element: Any) -> str:
    """Read the text of an element."""
    return "".join(element.itertext(f"{W}t")).strip()


def findings(docx: str | Path) -> list[str]:
    """List everything that any rule finds."""
    word = Word(docx)
    return [f"{name}: {finding}" for name, rule in RULES.items() for finding in rule(word)]


# After Word's own list ------------------------------------------------------------------------------------------------


def alternative_text(word: Word) -> Iterator[str]:
    """Every picture says what it shows, and not by its file's name."""
    for picture in (picture for root in word.shown for picture in root.iter(f"{WP}docPr")):
        text = (picture.get("descr") or "").strip()
        if not text or FILE_NAME.search(text):
            yield f"{picture.get('name')}: {text!r}"


def table_headers(word: Word) -> Iterator[str]:
    """Every table has a header row with words in every cell, and says of what it is."""
    for number, table in enumerate(word.tables, start=1):
        first = table.find(f"{W}tr")
        look = table.find(f"{W}tblPr/{W}tblLook")
        if first.find(f"{W}trPr/{W}tblHeader") is None or look.get(f"{W}firstRow") != "1":
            yield f"table {number} has no header row"
        if not all(words(cell) for cell in first.iter(f"{W}tc")):
            yield f"table {number} has an empty header"
        for name in ("tblCaption", "tblDescription"):
            described = table.find(f"{W}tblPr/{W}{name}")
            if described is None or not described.get(f"{W}val").strip():
                yield f"table {number} has no {name}"


def simple_tables(word: Word) -> Iterator[str]:
    """No cell is merged or split, no table stands in another, no row or column is there for its looks."""
    for number, table in enumerate(word.tables, start=1):
        if any(next(table.iter(f"{W}{name}"), None) is not None for name in ("gridSpan", "vMerge", "hMerge")):
            yield f"table {number} has merged cells"
        if next(table.iterancestors(f"{W}tbl"), None) is not None:
            yield f"table {number} stands in another"
        width = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        rows = [[words(cell) for cell in row.iter(f"{W}tc")] for row in table.findall(f"{W}tr")]
        if any(len(row) != width for row in rows):
            yield f"table {number} has a row of another length"
        elif any(not any(line) for line in [*rows, *zip(*rows, strict=True)]):
            yield f"table {number} has an empty row or column"


def title(word: Word) -> Iterator[str]:
    """The document has a title."""
    if not "".join(word.root("docProps/core.xml").itertext(f"{DC}title")).strip():
        yield "the document has none"


def heading_order(word: Word) -> Iterator[str]:
    """Headings begin at the first level, leave none out, and have words."""
    before = 0
    for level, text in word.headings():
        if level > before + 1:
            yield f"{text[:40]!r} is of level {level} after {before}"
        if not text:
            yield "a heading is empty"
        before = level
    if before == 0:
        yield "there are none"


def inline_objects(word: Word) -> Iterator[str]:
    """Pictures and texts stand in line."""
    for name in (f"{WP}anchor", f"{W}txbxContent", f"{W}framePr", f"{W}pict", f"{W}object"):
        if any(next(root.iter(name), None) is not None for root in word.shown):
            yield f"{etree.QName(name).localname} floats"


def blanks(word: Word) -> Iterator[str]:
    """Space is made by styles, not by repeated blanks or empty paragraphs."""
    empty = 0
    for paragraph in word.body.iter(f"{W}p"):
        text = "".join(paragraph.itertext(f"{W}t"))
        if found := BLANKS.search(text):
            yield f"{text[max(0, found.start() - 20) : found.end() + 20]!r}"
        empty = 0 if text.strip() or paragraph.find(f".//{W}drawing") is not None else empty + 1
        if empty == 2:
            yield "two empty paragraphs"


def real_lists(word: Word) -> Iterator[str]:
    """Lists are Word's, not typed."""
    for paragraph in word.body.iter(f"{W}p"):
        if TYPED_LIST.match(words(paragraph)):
            yield f"{words(paragraph)[:40]!r}"


def link_text(word: Word) -> Iterator[str]:
    """The words of a link say where it leads."""
    for link in word.body.iter(f"{W}hyperlink"):
        if UNCLEAR.fullmatch(words(link)):
            yield repr(words(link))


def watermark(word: Word) -> Iterator[str]:
    """No page says in a picture what no text says."""
    for name, content in sorted(word.parts.items()):
        if name.startswith("word/header") and WATERMARK.search(content):
            yield name


def contrast(word: Word) -> Iterator[str]:
    """Text stands out from what is behind it."""
    for root in word.shown:
        yield from weak_texts(root, word.styles)


def access(word: Word) -> Iterator[str]:
    """Programs that read aloud may read the document."""
    for name in ("documentProtection", "writeProtection"):
        if word.settings.find(f"{W}{name}") is not None:
            yield name


def language(word: Word) -> Iterator[str]:
    """The document says its language, the same everywhere, and passages in another one say theirs with the region."""
    default = word.styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    theme = word.settings.find(f"{W}themeFontLang")
    core = "".join(word.root("docProps/core.xml").itertext(f"{DC}language"))
    named = {"" if place is None else place.get(f"{W}val", "") for place in (default, theme)} | {core}
    if len(named) != 1 or not re.fullmatch(r"[a-z]{2,3}-[A-Z]{2}", named.pop()):
        yield "the language of the document is not the same everywhere"
    for place in (place for root in [*word.shown, word.styles] for place in root.iter(f"{W}lang")):
        if not re.fullmatch(r"[a-z]{2,3}-[A-Z]{2}", place.get(f"{W}val", "")):
            yield f"{place.get(f'{W}val')!r}"


# What would break when it is used -----------------------------------------------------------------------------------


def bookmarks(word: Word) -> Iterator[str]:
    """Bookmarks are unique, whole, and short enough for Word."""
    marks = list(word.body.iter(f"{W}bookmarkStart"))
    ends = Counter(mark.get(f"{W}id") for mark in word.body.iter(f"{W}bookmarkEnd"))
    for key in ("name", "id"):
        counts = Counter(mark.get(f"{W}{key}").lower() for mark in marks)
        yield from (f"{key} {value} is there {count} times" for value, count in counts.items() if count > 1)
    yield from (mark.get(f"{W}name") for mark in marks if not re.fullmatch(r"[A-Za-z]\w{0,39}", mark.get(f"{W}name")))
    if ends != Counter(mark.get(f"{W}id") for mark in marks):
        yield "starts and ends differ"


def references(word: Word) -> Iterator[str]:
    """References and links lead to bookmarks, lists to captions."""
    names = {mark.get(f"{W}name") for mark in word.body.iter(f"{W}bookmarkStart")}
    targets = [code[1] for code in word.codes() if code[0] in ("REF", "PAGEREF")]
    targets += [link.get(f"{W}anchor") for link in word.body.iter(f"{W}hyperlink") if link.get(f"{W}anchor")]
    yield from (f"{target} is not there" for target in targets if target not in names)
    sequences = {code[1] for code in word.codes() if code[0] == "SEQ"}
    lists = [code[code.index("\\c") + 1].strip('"') for code in word.codes() if code[0] == "TOC"]
    yield from (f"a list of {name} has nothing to list" for name in lists if name not in sequences)


def fields(word: Word) -> Iterator[str]:
    """Fields are whole and filled in: opening the document asks for nothing."""
    for root in word.shown:
        kinds = [mark.get(f"{W}fldCharType") for mark in root.iter(f"{W}fldChar")]
        if kinds != ["begin", "separate", "end"] * (len(kinds) // 3):
            yield "a field is not whole"
        if any(place.get(f"{W}dirty") for place in root.iter(f"{W}fldChar", f"{W}fldSimple")):
            yield "a field waits to be renewed"
    if word.settings.find(f"{W}updateFields") is not None:
        yield "Word asks to renew the fields"


def controls(word: Word) -> Iterator[str]:
    """Content controls have a name and a tag that Word takes, each its own, and are bound to nothing."""
    found = [control.find(f"{W}sdtPr") for control in word.body.iter(f"{W}sdt")]
    for name in ("id", "tag", "alias"):
        values = [place.get(f"{W}val") for control in found if (place := control.find(f"{W}{name}")) is not None]
        if len(set(values)) != len(found):
            yield f"{name} is missing or there twice"
        if name != "id" and any(not 0 < len(value) <= LONGEST_NAME for value in values):
            yield f"{name} is empty or too long"
    if any(control.find(f"{W}dataBinding") is not None for control in found):
        yield "a control is bound"


def compatibility(word: Word) -> Iterator[str]:
    """Word shows the document in its present mode."""
    mode = word.settings.find(f"{W}compat/{W}compatSetting[@{W}name='compatibilityMode']")
    if mode is None or mode.get(f"{W}val") != "15":
        yield "the mode is not 15"


def outside(word: Word) -> Iterator[str]:
    """Nothing is fetched from elsewhere; links to the web are no fetching."""
    for part in sorted(word.parts):
        for relation in relations_of(word.parts, part) if not part.endswith(".rels") else ():
            if relation.get("TargetMode") == "External" and not relation.get("Type").endswith("/hyperlink"):
                yield f"{part} needs {relation.get('Target')}"


def fonts(word: Word) -> Iterator[str]:
    """Every font that a style names is in the document, and whole."""
    part = "word/fontTable.xml"
    targets = {relation.get("Id"): target_part(part, relation) for relation in relations_of(word.parts, part)}
    embedded = set()
    for font in word.root(part):
        for place in (place for name in EMBEDS for place in font.findall(f"{W}{name}")):
            content = word.parts.get(targets.get(place.get(f"{R}id"), ""), b"\x00" * len(TRUE_TYPE) * 8)
            if not hide(content, uuid.UUID(place.get(f"{W}fontKey"))).startswith(TRUE_TYPE):
                yield f"{font.get(f'{W}name')} cannot be read"
            embedded.add(font.get(f"{W}name"))
    named = {place.get(f"{W}ascii") for place in word.styles.iter(f"{W}rFonts")} - {None}
    yield from (f"{name} is not embedded" for name in sorted(named - embedded))
    if embedded and word.settings.find(f"{W}embedTrueTypeFonts") is None:
        yield "Word would drop the fonts when it saves"


RULES: dict[str, Callable[[Word], Iterator[str]]] = {
    rule.__name__: rule
    for rule in (
        *(alternative_text, table_headers, simple_tables, title, heading_order, inline_objects, blanks, real_lists),
        *(link_text, watermark, contrast, access, language),
        *(bookmarks, references, fields, controls, compatibility, outside, fonts),
    )
}
