"""Say of the brief what Word keeps outside its text: its properties."""

from xml.sax.saxutils import escape

from evalbrief.document.meta import Meta

CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
APPLICATION = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def core_properties(meta: Meta) -> str:
    """Return docProps/core.xml; the brief counts as made at midnight of its date, if it has one."""
    moment = f'xsi:type="dcterms:W3CDTF">{meta.date.isoformat()}T00:00:00Z<'
    dates = f"<dcterms:created {moment}/dcterms:created><dcterms:modified {moment}/dcterms:modified>"
    return (
        f"<cp:coreProperties {CORE}><dc:title>{escape(meta.words['title'])}</dc:title>"
        f"<dc:creator>{escape(meta.words['author'])}</dc:creator>"
        f"<cp:keywords>{escape(', '.join(meta.values['keywords']))}</cp:keywords>"
        f"<dc:language>{meta.language}</dc:language>{dates if meta.values['date'] else ''}</cp:coreProperties>"
    )


def application_properties(meta: Meta) -> str:
    """Return docProps/app.xml with the organisation as company."""
    return f'<Properties xmlns="{APPLICATION}"><Company>{escape(meta.words["organisation"])}</Company></Properties>'
