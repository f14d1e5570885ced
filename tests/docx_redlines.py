"""Small documents with tracked changes, made by hand: an old draft, a new one, what is marked right between them."""

from collections.abc import Callable
from dataclasses import dataclass

from evalbrief.document.docx.package import DOCUMENT, Parts

from tests.docx_oracle import Marked

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
GRID = '<w:gridCol w:w="100"/>'
BOLD = "<w:rPr><w:b/></w:rPr>"
LISTS = "".join(
    f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    f'<w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
    for number, shape, text in ((1, "bullet", "•"), (2, "decimal", "%1."))
) + "".join(
    f'<w:num w:numId="{number}"><w:abstractNumId w:val="{look}"/>{start}</w:num>'
    for number, look, start in (
        (1, 1, ""),
        (2, 2, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        (3, 2, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        (4, 1, ""),
    )
)


@dataclass
class Marks:
    """Writes marks, each with a number of its own."""

    last: int = 0

    def __call__(self, name: str, /, inside: str = "", **attributes: str) -> str:
        """Write an element of a revision."""
        self.last += 1
        return _element(name, inside, id=str(self.last), author="Bureau", date="2026-01-01T00:00:00Z", **attributes)


def _element(name: str, /, inside: str = "", **attributes: str) -> str:
    written = "".join(f' w:{key}="{value}"' for key, value in attributes.items())
    return f"<w:{name}{written}>{inside}</w:{name}>"


def run(words: str, look: str = "", name: str = "t") -> str:
    return f'<w:r>{look}<w:{name} xml:space="preserve">{words}</w:{name}></w:r>'


def gone(words: str, look: str = "") -> str:
    return run(words, look, "delText")


def para(*inside: str, look: str = "", end: str = "", style: str = "BodyText") -> str:
    """Write a paragraph; `look` are properties of its own, `end` the mark on its end."""
    end = f"<w:rPr>{end}</w:rPr>" if end else ""
    change = ""
    if "<w:pPrChange" in look:
        look, change = look[: look.index("<w:pPrChange")], look[look.index("<w:pPrChange") :]
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{look}{end}{change}</w:pPr>{"".join(inside)}</w:p>'


def item(number: int, *inside: str, end: str = "") -> str:
    return para(*inside, look=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>', end=end)


def cell(words: str, mark: str = "") -> str:
    return f"<w:tc><w:tcPr>{mark}</w:tcPr>{words if words.startswith('<w:p>') else para(run(words))}</w:tc>"


def row(*cells: str, mark: str = "", properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}{mark}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str, columns: int = 2, change: str = "", look: str = "") -> str:
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{GRID * columns}{change}</w:tblGrid>{''.join(rows)}</w:tbl>"


def field(code: str, result: str, name: str = "instrText") -> str:
    signs = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{signs[0]}{run(code, name=name)}{signs[1]}{result}{signs[2]}"


def picture(number: int, relation: str, text: str = "Frise") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="{number}" descr="{text}"/>'
        f'<a:blip r:embed="{relation}"/></wp:inline></w:drawing></w:r>'
    )


def call(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def bookmark(number: int, name: str, inside: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'


def document(*blocks: str, notes: str = "", header: str = "") -> Parts:
    """Write a document: its blocks, the words of its notes by number, and of its header."""
    section = '<w:sectPr><w:headerReference r:id="header" w:type="default"/></w:sectPr>'
    parts = {
        DOCUMENT: f"<w:document {SPACES}><w:body>{''.join(blocks)}{section}</w:body></w:document>",
        "word/numbering.xml": f"<w:numbering {SPACES}>{LISTS}</w:numbering>",
        "word/footnotes.xml": f"<w:footnotes {SPACES}>{notes}</w:footnotes>",
        "word/header.xml": f"<w:hdr {SPACES}>{header or para(run('i-eval'))}</w:hdr>",
        "word/media/old.png": "an old picture",
        "word/media/new.png": "a new picture",
    }
    relations = "".join(
        f'<Relationship Id="{name}" Type="{RELATION}/{kind}" Target="{target}"{mode}/>'
        for name, kind, target, mode in (
            ("numbering", "numbering", "numbering.xml", ""),
            ("footnotes", "footnotes", "footnotes.xml", ""),
            ("header", "header", "header.xml", ""),
            ("old", "image", "media/old.png", ""),
            ("new", "image", "media/new.png", ""),
            ("here", "hyperlink", "https://www.example.org/here", ' TargetMode="External"'),
            ("there", "hyperlink", "https://www.example.org/there", ' TargetMode="External"'),
        )
    )
    parts["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'
    )
    kinds = "".join(
        f'<Override PartName="/{name}" ContentType="{KIND}.part+xml"/>' for name in parts if name.endswith(".xml")
    )
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="png" ContentType="image/png"/>{kinds}</Types>'
    )
    return {name: text.encode() for name, text in parts.items()}


def note(number: int, *inside: str) -> str:
    return f'<w:footnote w:id="{number}">{para(*inside, style="FootnoteText")}</w:footnote>'


@dataclass(frozen=True)
class Case:
    """An old draft, a new one, what is marked right between them, and how much that is."""

    old: Parts
    new: Parts
    redline: Parts
    marked: Marked


def words(mark: Marks) -> Case:
    old = para(run("Le projet agit dans deux pays."))
    new = para(run("Le projet agit dans trois pays voisins."))
    changed = mark("del", gone("deux")) + mark("ins", run("trois"))
    redline = para(run("Le projet agit dans "), changed, run(" pays"), mark("ins", run(" voisins")), run("."))
    return Case(document(old), document(new), document(redline), Marked(3, 3, 0))


def paragraphs(mark: Marks) -> Case:
    """One paragraph comes between others, one of another style goes before a table, and the last one goes."""
    rows = table(row(cell("a"), cell("b")))
    old = [para(run("Un.")), para(run("Deux."), style="Quote"), rows, para(run("Trois.")), para(run("Quatre."))]
    new = [para(run("Un.")), para(run("Neuf.")), rows, para(run("Trois."))]
    redline = [
        para(run("Un.")),
        para(mark("ins", run("Neuf.")), end=mark("ins")),
        para(mark("del", gone("Deux.")), end=mark("del"), style="Quote"),
        rows,
        # The end of the last one stays, so that of the one before goes.
        para(run("Trois."), end=mark("del")),
        para(mark("del", gone("Quatre."))),
    ]
    return Case(document(*old), document(*new), document(*redline), Marked(6, 3, 0))


def split_and_merged(mark: Marks) -> Case:
    old = [para(run("Un. Deux.")), para(run("Trois.")), para(run("Quatre."))]
    new = [para(run("Un.")), para(run("Deux.")), para(run("Trois. Quatre."))]
    redline = [
        para(run("Un."), mark("del", gone(" ")), end=mark("ins")),
        para(run("Deux.")),
        para(run("Trois."), mark("ins", run(" ")), end=mark("del")),
        para(run("Quatre.")),
    ]
    return Case(document(*old), document(*new), document(*redline), Marked(0, 4, 0))


def moved(mark: Marks) -> Case:
    first, second, third = (para(run(text)) for text in ("Un deux.", "Trois.", "Quatre."))

    def away(side: str, *blocks: str) -> str:
        mark.last += 1
        ends = {"id": str(mark.last)}
        start = _element(f"move{side}RangeStart", **ends, name="move1", author="Bureau")
        return f"{start}{''.join(blocks)}{_element(f'move{side}RangeEnd', **ends)}"

    redline = [
        away("From", para(mark("moveFrom", run("Un deux.")), end=mark("moveFrom"))),
        second,
        away("To", para(mark("moveTo", run("Un deux.")), end=mark("moveTo"))),
        third,
    ]
    return Case(document(first, second, third), document(second, first, third), document(*redline), Marked(6, 2, 0))


def rows(mark: Marks) -> Case:
    first, second, third = (row(cell(name), cell(number)) for name, number in (("a", "1"), ("b", "2"), ("c", "3")))
    come = row(cell(para(mark("ins", run("c")))), cell(para(mark("ins", run("3")), end=mark("ins"))), mark=mark("ins"))
    go = row(cell("b"), cell("2"), mark=mark("del"))
    old, new = table(first, second), table(first, third)
    return Case(document(old, para()), document(new, para()), document(table(first, go, come), para()), Marked(4, 2, 0))


def column(mark: Marks) -> Case:
    old = table(row(cell("a"), cell("b")), row(cell("1"), cell("2")))
    new = table(row(cell("a"), cell("n"), cell("b")), row(cell("1"), cell("9"), cell("2")), columns=3)
    grid = mark("tblGridChange", f"<w:tblGrid>{GRID * 2}</w:tblGrid>")
    redline = table(
        row(cell("a"), cell("n", mark("cellIns")), cell("b")),
        row(cell("1"), cell("9", mark("cellIns")), cell("2")),
        columns=3,
        change=grid,
    )
    return Case(document(old, para()), document(new, para()), document(redline, para()), Marked(2, 2, 0))


def whole_table(mark: Marks) -> Case:
    """A table goes, and another one with another title comes."""
    look = '<w:tblCaption w:val="{}"/>'
    old = [para(run("Un.")), table(row(cell("a")), columns=1, look=look.format("Ancien")), para(run("Deux."))]
    new = [para(run("Un.")), table(row(cell("b"), cell("c")), look=look.format("Nouveau")), para(run("Deux."))]
    redline = [
        para(run("Un.")),
        table(row(cell("a"), mark=mark("del")), columns=1, look=look.format("Ancien")),
        table(row(cell("b"), cell("c"), mark=mark("ins")), look=look.format("Nouveau")),
        para(run("Deux.")),
    ]
    return Case(document(*old), document(*new), document(*redline), Marked(3, 2, 0))


def looks(mark: Marks) -> Case:
    """A word gets bold, a paragraph another style and a border, a table another title."""
    border = '<w:pBdr><w:left w:val="single"/></w:pBdr>'
    title = '<w:tblCaption w:val="{}"/>'
    bold = f"<w:rPr><w:b/>{mark('rPrChange', '<w:rPr/>')}</w:rPr>"
    before = mark("pPrChange", '<w:pPr><w:pStyle w:val="BodyText"/></w:pPr>')
    titled = title.format("Nouveau") + mark("tblPrChange", f"<w:tblPr>{title.format('Ancien')}</w:tblPr>")
    cells = row(cell("a"), cell("b"))
    old = [para(run("Un mot.")), para(run("Deux.")), table(cells, look=title.format("Ancien")), para()]
    new = [
        para(run("Un "), run("mot", BOLD), run(".")),
        para(run("Deux."), look=border, style="Quote"),
        table(cells, look=title.format("Nouveau")),
        para(),
    ]
    redline = [
        para(run("Un "), run("mot", bold), run(".")),
        para(run("Deux."), look=border + before, style="Quote"),
        table(cells, look=titled),
        para(),
    ]
    return Case(document(*old), document(*new), document(*redline), Marked(0, 0, 2))


def other_looks(mark: Marks) -> Case:
    """A row becomes a header, cells become one, a paragraph becomes an item, the page gets wider."""
    header = "<w:tblHeader/>" + mark("trPrChange", "<w:trPr/>")
    span = '<w:gridSpan w:val="2"/>'
    spanned = span + mark("tcPrChange", '<w:tcPr><w:tcW w:w="9"/></w:tcPr>')
    listed = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>{mark("ins")}</w:numPr>'
    wide, narrow = (f'<w:sectPr><w:pgSz w:w="{width}"/></w:sectPr>' for width in (9, 5))
    old = [table(row(cell("a"))), para(run("Un.")), para(look=narrow)]
    new = [table(row(cell("a", span), properties="<w:tblHeader/>")), item(1, run("Un.")), para(look=wide)]
    section = wide.replace("</w:sectPr>", mark("sectPrChange", narrow) + "</w:sectPr>")
    redline = [table(row(cell("a", spanned), properties=header)), para(run("Un."), look=listed), para(look=section)]
    return Case(document(*old), document(*new), document(*redline), Marked(0, 0, 0))


def items(mark: Marks) -> Case:
    """An item comes into a numbered list and one goes; the list of bullets has another number in the redline."""
    old = [*(item(2, run(text)) for text in ("un", "deux", "trois")), item(1, run("a")), para()]
    new = [*(item(2, run(text)) for text in ("un", "neuf", "trois")), item(1, run("a")), para()]
    redline = [
        item(2, run("un")),
        item(2, mark("del", gone("deux")), end=mark("del")),
        item(2, mark("ins", run("neuf")), end=mark("ins")),
        item(2, run("trois")),
        item(4, run("a")),
        para(),
    ]
    return Case(document(*old), document(*new), document(*redline), Marked(2, 2, 0))


def notes(mark: Marks) -> Case:
    """A note goes, another one comes, and a word of a third one changes; the numbers of notes say nothing."""
    old = para(run("Un"), call(1), run(" deux"), call(2), run("."))
    new = para(run("Un"), run(" deux"), call(5), run("."), call(6))
    redline = para(run("Un"), mark("del", call(11)), run(" deux"), call(12), run("."), mark("ins", call(13)))
    changed = note(12, run("Source "), mark("del", gone("deux")), mark("ins", run("seconde")))
    return Case(
        document(old, notes=note(1, run("Source une")) + note(2, run("Source deux"))),
        document(new, notes=note(5, run("Source seconde")) + note(6, run("Autre source"))),
        document(redline, notes=note(11, run("Source une")) + changed + note(13, run("Autre source"))),
        # Each note is a group beside its sign.
        Marked(6, 6, 0),
    )


def links(mark: Marks) -> Case:
    """A link leads elsewhere, another one comes."""

    def link(relation: str, *inside: str) -> str:
        return f'<w:hyperlink r:id="{relation}">{"".join(inside)}</w:hyperlink>'

    old = para(run("Voir "), link("here", run("ici")), run(" ou là."))
    new = para(run("Voir "), link("there", run("ici")), run(" ou "), link("here", run("là")), run("."))
    redline = para(
        run("Voir "),
        link("here", mark("del", gone("ici"))),
        link("there", mark("ins", run("ici"))),
        run(" ou "),
        mark("del", gone("là")),
        link("here", mark("ins", run("là"))),
        run("."),
    )
    return Case(document(old), document(new), document(redline), Marked(4, 4, 0))


def controls(mark: Marks) -> Case:
    def control(*inside: str) -> str:
        tag = '<w:tag w:val="facts.type"/>'
        return f"<w:sdt><w:sdtPr>{tag}</w:sdtPr><w:sdtContent>{''.join(inside)}</w:sdtContent></w:sdt>"

    old, new = para(control(run("Finale"))), para(control(run("Mi-parcours")))
    redline = para(control(mark("del", gone("Finale")), mark("ins", run("Mi-parcours"))))
    return Case(document(old), document(new), document(redline), Marked(4, 2, 0))


def numbers(mark: Marks) -> Case:
    """The number that a field prints changes; another field goes."""
    code, other = " REF Ref_fig_timeline \\h ", " REF Ref_table_results \\h "
    old = para(run("La "), field(code, run("figure 2")), run(" et "), field(other, run("tableau 1")), run("."))
    new = para(run("La "), field(code, run("figure 1")), run(" et "), run("l’annexe"), run("."))
    signs = mark("del", field(other, gone("tableau 1"), name="delInstrText"))
    redline = para(
        run("La "),
        field(code, run("figure ") + mark("del", gone("2")) + mark("ins", run("1"))),
        run(" et "),
        signs,
        mark("ins", run("l’annexe")),
        run("."),
    )
    return Case(document(old), document(new), document(redline), Marked(7, 4, 0))


def pictures(mark: Marks) -> Case:
    """A picture is drawn anew, in a paragraph within a bookmark."""
    old = [bookmark(1, "fig_timeline", para(run("Frise"))), para(picture(1, "old")), para()]
    new = [bookmark(1, "fig_timeline", para(run("Frise"))), para(picture(1, "new")), para()]
    redline = [
        bookmark(7, "fig_timeline", para(run("Frise"))),
        para(mark("del", picture(1, "old")), end=mark("del")),
        para(mark("ins", picture(2, "new")), end=mark("ins")),
        para(),
    ]
    return Case(document(*old), document(*new), document(*redline), Marked(0, 2, 0))


def headers(mark: Marks) -> Case:
    """The header gets a paragraph before its last one."""
    body = para(run("Un."))
    old, new = para(run("i-eval")), para(run("Projet")) + para(run("i-eval"))
    redline = para(mark("ins", run("Projet")), end=mark("ins")) + para(run("i-eval"))
    return Case(document(body, header=old), document(body, header=new), document(body, header=redline), Marked(1, 1, 0))


CASES: dict[str, Callable[[Marks], Case]] = {
    make.__name__: make
    for make in (
        words,
        paragraphs,
        split_and_merged,
        moved,
        rows,
        column,
        whole_table,
        looks,
        other_looks,
        items,
        notes,
        links,
        controls,
        numbers,
        pictures,
        headers,
    )
}
