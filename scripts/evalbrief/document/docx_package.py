"""Read and write the parts of an Office Open XML package, the same bytes every time."""

import os
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
FIRST_PARTS = ("[Content_Types].xml", "_rels/.rels")
EARLIEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
REGULAR_FILE = 0o644 << 16
UNIX = 3


def read_parts(docx: str | Path | BinaryIO) -> dict[str, bytes]:
    """Return every part of a package by its name."""
    with zipfile.ZipFile(docx) as package:
        return {name: package.read(name) for name in package.namelist() if not name.endswith("/")}


def write_parts(parts: dict[str, bytes], docx: str | Path) -> None:
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


def to_bytes(root: etree._Element) -> bytes:
    """Write a tree as a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def add_part(parts: dict[str, bytes], name: str, content: str, kind: str, relation: str) -> None:
    """Add a WordprocessingML part such as a header, and tie it to the document as `relation`."""
    parts[name] = content.encode()
    types = etree.fromstring(parts["[Content_Types].xml"])
    content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)
    parts["[Content_Types].xml"] = to_bytes(types)
    relations = etree.fromstring(parts["word/_rels/document.xml.rels"])
    target = name.removeprefix("word/")
    etree.SubElement(relations, f"{{{RELATIONSHIPS}}}Relationship", Id=relation, Type=f"{OFFICE}/{kind}", Target=target)
    parts["word/_rels/document.xml.rels"] = to_bytes(relations)
