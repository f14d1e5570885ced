"""Say of the brief what Word keeps outside its text: properties, settings, words of header and footer."""

from xml.sax.saxutils import escape

from babel.numbers import get_decimal_symbol

from evalbrief.document.docx_package import MAIN
from evalbrief.document.meta import Meta

CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
APPLICATION = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
COMPATIBILITY = {
    "compatibilityMode": "15",
    "overrideTableStyleFontSizeAndJustification": "1",
    "enableOpenTypeFeatures": "1",
    "doNotFlipMirrorIndents": "1",
    "differentiateMultirowTableHeaders": "1",
}
COLOUR_SLOTS = (
    'w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2"'
    ' w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink"'
    ' w:followedHyperlink="followedHyperlink"'
)


def core_properties(meta: Meta) -> str:
    """Return docProps/core.xml; the brief counts as made at midnight of its date."""
    moment = f'xsi:type="dcterms:W3CDTF">{meta.date.isoformat()}T00:00:00Z<'
    return (
        f"<cp:coreProperties {CORE}><dc:title>{escape(meta.words['title'])}</dc:title>"
        f"<dc:creator>{escape(meta.words['author'])}</dc:creator>"
        f"<cp:keywords>{escape(', '.join(meta.values['keywords']))}</cp:keywords>"
        f"<dc:language>{meta.language}</dc:language>"
        f"<dcterms:created {moment}/dcterms:created><dcterms:modified {moment}/dcterms:modified></cp:coreProperties>"
    )


def application_properties(meta: Meta) -> str:
    """Return docProps/app.xml with the organisation as company."""
    return f'<Properties xmlns="{APPLICATION}"><Company>{escape(meta.words["organisation"])}</Company></Properties>'


def settings(meta: Meta) -> str:
    """Return word/settings.xml: no compatibility mode, the brief's language, its decimal and list signs."""
    decimal = get_decimal_symbol(meta.language.replace("-", "_"))
    compatibility = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in COMPATIBILITY.items()
    )
    return (
        f'<w:settings xmlns:w="{MAIN}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        f'<w:compat>{compatibility}</w:compat><w:themeFontLang w:val="{meta.language}"/>'
        f'<w:clrSchemeMapping {COLOUR_SLOTS}/><w:decimalSymbol w:val="{decimal}"/>'
        f'<w:listSeparator w:val="{";" if decimal == "," else ","}"/></w:settings>'
    )
