"""Declare the styles of the Word brief: the built-in ones by Word's own names, and the few the form needs."""

from typing import Any

from evalbrief.document.docx.style_xml import Edge, Look, Style, borders, colour, fonts_xml, shading, sheet, style_xml

BAND = tuple(Edge(side, 3, 3, "blue") for side in ("top", "left", "bottom", "right"))
# A hair lighter than the headings: two neighbours of one colour would melt into one block.
MASTHEAD_FILL = "blue/99"
MASTHEAD_SIDES = (Edge("left", 0.5, 11, MASTHEAD_FILL), Edge("right", 0.5, 11, MASTHEAD_FILL))
MASTHEAD_TOP = (Edge("top", 3, 14, MASTHEAD_FILL), *MASTHEAD_SIDES)
MASTHEAD_FOOT = (*MASTHEAD_TOP, Edge("bottom", 4.5, 10, "red"))
DRAFT = tuple(Edge(side, 4, 4, "dark_red") for side in ("top", "left", "bottom", "right"))
FINDING = (Edge("left", 4.5, 6, "yellow"), Edge("top", 0.5, 2, "yellow/15"), Edge("bottom", 0.5, 3, "yellow/15"))
RECORD, LESSON, PRACTICE = ((Edge("left", 4.5, 8, name),) for name in ("blue", "green", "turquoise"))

STYLES = (
    Style("Normal", font="text", size=9.5),
    Style("Default Paragraph Font", kind="character"),
    Style("Body Text", before=0, after=4, line=0.96),
    Style("Draft Mark", font="display", size=11, bold=True, colour="white", fill="dark_red", edges=DRAFT, left=8,
          right=8, align="center", follower="Masthead", before=0, after=8, keep_next=True, own=True),
    # The masthead is one blue block: three styles, no gap between them, the red line below the title.
    Style("Masthead", font="display", size=9.5, colour="white", fill=MASTHEAD_FILL, edges=MASTHEAD_TOP, left=11.5,
          right=11.5, follower="Series", before=0, after=0, keep_next=True, own=True),
    Style("Series", based_on="Masthead", bold=True, edges=MASTHEAD_SIDES, far_tab=11.5,
          follower="Title", own=True),
    Style("Title", font="display", size=21, bold=True, colour="white", fill=MASTHEAD_FILL, edges=MASTHEAD_FOOT,
          left=11.5, right=11.5, follower="Body Text", before=0, after=8, line=1.05, keep_lines=True),
    Style("Long Title", kind="character", font="display", size=15, bold=True, own=True),
    Style("Series Name", kind="character", font="display", size=14, bold=True, own=True),
    Style("Notice", bold=True, colour="dark_red", before=0, after=6, own=True),
    Style("heading 1", font="display", size=13, bold=True, colour="white", fill="blue", edges=BAND, left=6, right=6,
          follower="Body Text", before=14, after=7, keep_next=True, keep_lines=True, level=1),
    Style("heading 2", font="display", size=11, bold=True, colour="blue", follower="Body Text", before=8, after=3,
          keep_next=True, keep_lines=True, level=2),
    # The narrower heading does not join the record above it: each record has its own bar.
    Style("heading 3", font="display", size=10, bold=True, colour="dark_blue", edges=RECORD, left=12.5,
          right=1, follower="Recommendation", before=8, after=0, keep_next=True, keep_lines=True, level=3),
    Style("List Bullet", based_on="Body Text", snug=True, numbering="bullet"),
    Style("List Number", based_on="Body Text", snug=True, numbering="number"),
    Style("Quote", based_on="Body Text", italic=True, left=14, right=14),
    Style("caption", size=9, colour="dark_blue", follower="Body Text", before=8, after=3, keep_next=True,
          keep_lines=True),
    Style("Caption Label", kind="character", bold=True, colour="blue", own=True),
    Style("Figure", before=0, after=3, own=True),
    Style("Source", size=8, colour="accessible_grey", follower="Body Text", before=2, after=8, keep_lines=True,
          own=True),
    Style("Quick Fact Heading", size=7, colour="accessible_grey", before=0.5, after=0, own=True),
    Style("Quick Fact Label", size=9, bold=True, colour="blue", before=0.5, after=0.5, own=True),
    Style("Quick Fact Value", size=9, before=0.5, after=0.5, own=True),
    Style("Table Text", size=8.5, before=1, after=1, own=True),
    Style("Table Number", based_on="Table Text", align="right", own=True),
    Style("Table Centred", based_on="Table Text", align="center", own=True),
    Style("Keywords", italic=True, follower="Disclaimer", before=6, after=4, own=True),
    Style("Disclaimer", size=8, colour="accessible_grey", follower="Body Text", before=0, after=6, own=True),
    Style("Finding", based_on="Body Text", fill="yellow/15", edges=FINDING, left=10.5, before=3, after=6,
          keep_lines=True, own=True),
    Style("Recommendation", edges=RECORD, left=12.5, before=0, after=1, line=0.96, keep_lines=True,
          follower="Recommendation Field", own=True),
    Style("Lesson Learned", based_on="Recommendation", edges=LESSON, follower="Lesson Learned Field", own=True),
    Style("Good Practice", based_on="Recommendation", edges=PRACTICE, follower="Good Practice Field", own=True),
    *(field for record in ("Recommendation", "Lesson Learned", "Good Practice") for field in (
        Style(f"{record} Field", based_on=record, size=8.5, own=True),
        Style(f"{record} Gap", based_on=f"{record} Field", size=8, colour="accessible_grey", own=True),
    )),
    Style("Field Label", kind="character", bold=True, colour="dark_blue", own=True),
    Style("Gap", kind="character", italic=True, colour="accessible_grey", own=True),
    Style("TOC Heading", font="display", size=11, bold=True, colour="blue", follower="table of figures", before=8,
          after=3, keep_next=True),
    Style("table of figures", size=9, before=0, after=0),
    Style("header", font="display", size=8, colour="accessible_grey", before=0, after=0),
    Style("Header Notice", based_on="header", bold=True, colour="dark_red", after=3, own=True),
    Style("footer", size=7.5, colour="accessible_grey", edges=(Edge("top", 0.5, 4, "grey"),), before=0,
          after=0, far_tab=0),
    Style("footnote text", size=8, before=0, after=2),
    Style("footnote reference", kind="character", raised=True),
    Style("Hyperlink", kind="character", colour="blue", underlined=True),
    Style("HTML Code", kind="character", colour="dark_blue"),
    Style("Strong", kind="character", bold=True),
    Style("Emphasis", kind="character", italic=True),
)  # fmt: skip

# Above the title of another office, which is no block.
PLAIN_MASTHEAD = (
    Style("Masthead", font="display", size=9.5, colour="accessible_grey", follower="Series", before=0, after=0,
          keep_next=True, own=True),
    Style("Series", based_on="Masthead", bold=True, colour="blue", far_tab=0, after=12, follower="Title", own=True),
)  # fmt: skip

DEFAULTS = (
    "<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{colour}{language}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"'
    ' w:defQFormat="0" w:count="376"/>'
)
NO_LIST = (
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>'
)
TABLE_NORMAL = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
)


def style_sheet(look: Look, plain: bool = False) -> bytes:
    """Return the style sheet of the brief as XML: document defaults, paragraph, character and table styles.

    A `plain` one has no block round the masthead.
    """
    instead = {style.name: style for style in PLAIN_MASTHEAD} if plain else {}
    defaults = DEFAULTS.format(
        fonts=fonts_xml(look.theme["fonts"]["text"]),
        colour=f'<w:color w:val="{colour("black", look.theme)}"/>',
        language='<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>',
    )
    tables = [NO_LIST, TABLE_NORMAL, _brief_table(look.theme), _quick_facts(look.theme)]
    return sheet([defaults, *(style_xml(instead.get(style.name, style), look) for style in STYLES), *tables]).encode()


def _brief_table(theme: dict[str, Any]) -> str:
    rules = (Edge("bottom", 0.5, 0, "blue/25"), Edge("insideH", 0.5, 0, "blue/25"))
    total = borders("w:tcBorders", (Edge("top", 1, 0, "blue"),), theme) + shading("white", theme)
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="BriefTable"><w:name w:val="Brief Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblStyleRowBandSize w:val="1"/>'
        f"{borders('w:tblBorders', rules, theme)}</w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/><w:color w:val="{colour("white", theme)}"/></w:rPr>'
        f"<w:tcPr>{shading('blue', theme)}</w:tcPr></w:tblStylePr>"
        f'<w:tblStylePr w:type="lastRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr>{total}</w:tcPr></w:tblStylePr>'
        f'<w:tblStylePr w:type="band2Horz"><w:tcPr>{shading("light_blue", theme)}</w:tcPr></w:tblStylePr></w:style>'
    )


def _quick_facts(theme: dict[str, Any]) -> str:
    lines = (Edge("left", 4.5, 0, "blue"), Edge("insideH", 0.5, 0, "white"))
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="QuickFacts"><w:name w:val="Quick Facts"/>'
        f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr>{borders("w:tblBorders", lines, theme)}'
        '<w:tblCellMar><w:left w:w="142" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tcPr>{shading('light_blue', theme)}</w:tcPr></w:style>"
    )
