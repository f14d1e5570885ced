"""Read and write the parts of an Office Open XML package, the same bytes every time."""

import os
import posixpath
import zipfile
from pathlib import Path
from typing import BinaryIO

import lxml.etree as etree

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
W = f"{{{MAIN}}}"
R = f"{{{OFFICE}}}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WORDPROCESSING = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
TYPES_PART = "[Content_Types].xml"
DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
THEME = "word/theme/theme1.xml"
FIRST_PARTS = (TYPES_PART, "_rels/.rels")
EARLIEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
REGULAR_FILE = 0o644 << 16
UNIX = 3
Parts = dict[str, bytes]


def read_parts(docx: str | Path | BinaryIO) -> Parts:
    """Return every part of a package by its name."""
    with zipfile.ZipFile(docx) as package:
        return {name: package.read(name) for name in package.namelist() if not name.endswith("/")}


def write_parts(parts: Parts, docx: str | Path) -> None:
    """Write a package in one step: fixed order, fixed dates, never half a file."""
    unfinished = Path(f"{docx}.part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda part: (part not in FIRST_PARTS, part)):
            entry = zipfile.ZipInfo(name, EARLIEST_ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = REGULAR_FILE
            entry.create_system = UNIX
            package.writestr(entry, parts[name])
    os.replace(unfinished, docx)


def from_outside(part: bytes) -> etree._Element:
    """Read a part of a package that somebody sent: nothing that it names is fetched or unfolded."""
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def to_bytes(root: etree._Element) -> bytes:
    """Write a tree as a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def element(name: str, /, **attributes: str) -> etree._Element:
    """Make an element of WordprocessingML; its attributes are of the same namespace."""
    return etree.Element(f"{W}{name}", {f"{W}{key}": value for key, value in attributes.items()})


def relations_of(parts: Parts, source: str) -> list[etree._Element]:
    """Return the relationships of a part, or of the package for an empty name."""
    name = relations_part(source)
    return list(etree.fromstring(parts[name])) if name in parts else []


def relations_part(source: str) -> str:
    """Return the name of the part that holds the relationships of a part."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def target_part(source: str, relation: etree._Element) -> str:
    """Return the name of the part that a relationship leads to."""
    target = relation.get("Target", "")
    return (
        target.lstrip("/")
        if target.startswith("/")
        else posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
    )


def relate(parts: Parts, source: str, relation: str, kind: str, target: str) -> None:
    """Tie a part to another one (an office document relationship); `target` is a name beside the source's own."""
    name = relations_part(source)
    root = etree.fromstring(parts[name]) if name in parts else _no_relations()
    etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", Id=relation, Type=f"{OFFICE}/{kind}", Target=target)
    parts[name] = to_bytes(root)


def _no_relations() -> etree._Element:
    # As the default namespace: LibreOffice 7.4 overlooks embedded fonts that are named with a prefix.
    return etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap={None: RELATIONSHIPS})


def declare(parts: Parts, kind: str, *, part: str = "", extension: str = "") -> None:
    """Declare the content type of one part or of all parts with an extension, unless that is done."""
    types = etree.fromstring(parts[TYPES_PART])
    tag, key, value = ("Override", "PartName", f"/{part}") if part else ("Default", "Extension", extension)
    if all(entry.get(key, "").lower() != value.lower() for entry in types):
        entry = etree.Element(f"{{{CONTENT_TYPES}}}{tag}", {key: value, "ContentType": kind})
        types.insert(len(types) if part else 0, entry)
        parts[TYPES_PART] = to_bytes(types)


def content_type(parts: Parts, name: str) -> str:
    """Return the content type of a part, or nothing when none is declared."""
    types = etree.fromstring(parts[TYPES_PART])
    declared = {
        entry.get("PartName") or entry.get("Extension", "").lower(): entry.get("ContentType") for entry in types
    }
    return declared.get(f"/{name}") or declared.get(posixpath.splitext(name)[1][1:].lower()) or ""


def add_part(parts: Parts, name: str, content: bytes, kind: str, relation: str) -> None:
    """Add a WordprocessingML part such as a header, and tie it to the document as `relation`."""
    parts[name] = content
    declare(parts, WORDPROCESSING.format(kind), part=name)
    relate(parts, DOCUMENT, relation, kind, name.removeprefix("word/"))


def take_part(origin: Parts, source: str, parts: Parts, name: str) -> None:
    """Take a part of another package with everything it leads to; what lies outside the package is only named."""
    parts[name] = origin[source]
    declare(parts, content_type(origin, source), part=name)
    relations = relations_of(origin, source)
    for relation in relations:
        if relation.get("TargetMode") != "External":
            inner = target_part(source, relation)
            relation.set("Target", posixpath.relpath(inner, posixpath.dirname(name)))
            if inner not in parts:
                take_part(origin, inner, parts, inner)
    if relations:
        root = _no_relations()
        root.extend(relations)
        parts[relations_part(name)] = to_bytes(root)


def drop_part(parts: Parts, name: str, source: str = DOCUMENT) -> None:
    """Take a part out of the package, and whatever names it."""
    parts.pop(name, None)
    for part, is_named in (
        (TYPES_PART, lambda entry: entry.get("PartName") == f"/{name}"),
        (relations_part(source), lambda relation: target_part(source, relation) == name),
    ):
        root = etree.fromstring(parts[part])
        for entry in [entry for entry in root if is_named(entry)]:
            root.remove(entry)
        parts[part] = to_bytes(root)
