"""The settings of a Word document: no compatibility mode, fonts embedded, its language and signs."""

from typing import Any

import lxml.etree as etree
from babel.numbers import get_decimal_symbol

from evalbrief.document.docx.package import MAIN, W, element, to_bytes

SETTINGS = "word/settings.xml"
# The text is the brief's, and so is its language; that of a reference document is only a placeholder.
REFERENCE_LANGUAGE = "en-GB"
COMPATIBILITY = {
    "compatibilityMode": "15",
    "overrideTableStyleFontSizeAndJustification": "1",
    "enableOpenTypeFeatures": "1",
    "doNotFlipMirrorIndents": "1",
    "differentiateMultirowTableHeaders": "1",
}
COMPATIBILITY_OWNER = "http://schemas.microsoft.com/office/word"
COLOUR_SLOTS = {
    "bg1": "light1",
    "t1": "dark1",
    "bg2": "light2",
    "t2": "dark2",
    **{f"accent{number}": f"accent{number}" for number in range(1, 7)},
    "hyperlink": "hyperlink",
    "followedHyperlink": "followedHyperlink",
}
# What may be settled, in the order the schema wants. "layout" marks what belongs to the page and so stays as the
# reference document has it; all else there (protection, templates, mail merge, revision marks) is not ours to keep.
ORDER = {
    "zoom": "",
    "embedTrueTypeFonts": "",
    "saveSubsetFonts": "",
    "mirrorMargins": "layout",
    "alignBordersAndEdges": "layout",
    "bordersDoNotSurroundHeader": "layout",
    "bordersDoNotSurroundFooter": "layout",
    "gutterAtTop": "layout",
    "defaultTabStop": "layout",
    "autoHyphenation": "layout",
    "consecutiveHyphenLimit": "layout",
    "hyphenationZone": "layout",
    "doNotHyphenateCaps": "layout",
    "evenAndOddHeaders": "layout",
    "characterSpacingControl": "",
    "footnotePr": "",
    "compat": "",
    "themeFontLang": "",
    "clrSchemeMapping": "layout",
    "decimalSymbol": "",
    "listSeparator": "",
}


def settings(language: str, reference: bytes | None = None) -> bytes:
    """Return word/settings.xml for a language as in fr-FR; `reference` is the one whose page layout holds."""
    decimal = get_decimal_symbol(language.replace("-", "_"))
    values = {
        "zoom": element("zoom", percent="100"),
        "embedTrueTypeFonts": element("embedTrueTypeFonts"),
        "saveSubsetFonts": element("saveSubsetFonts"),
        "defaultTabStop": element("defaultTabStop", val="720"),
        "characterSpacingControl": element("characterSpacingControl", val="doNotCompress"),
        "footnotePr": _footnotes(),
        "compat": _compatibility(),
        "themeFontLang": element("themeFontLang", val=language),
        "clrSchemeMapping": element("clrSchemeMapping", **COLOUR_SLOTS),
        "decimalSymbol": element("decimalSymbol", val=decimal),
        "listSeparator": element("listSeparator", val=";" if decimal == "," else ","),
    }
    kept = etree.fromstring(reference) if reference else []
    values |= {name: found for found in kept if ORDER.get(name := etree.QName(found).localname) == "layout"}
    root = etree.Element(f"{W}settings", nsmap={"w": MAIN})
    root.extend(values[name] for name in ORDER if name in values)
    return to_bytes(root)


def _footnotes() -> Any:
    """Name the two separators that every footnotes part of pandoc holds."""
    root = element("footnotePr")
    root.extend(element("footnote", id=number) for number in ("-1", "0"))
    return root


def _compatibility() -> Any:
    root = element("compat")
    root.extend(
        element("compatSetting", name=name, uri=COMPATIBILITY_OWNER, val=value) for name, value in COMPATIBILITY.items()
    )
    return root
