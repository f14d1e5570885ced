"""Read another office's Word document, and refuse what cannot or should not serve as a model."""

import posixpath
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.etree as etree

from evalbrief.document.docx.package import (
    OFFICE,
    RELATIONSHIPS,
    WORDPROCESSING,
    Parts,
    W,
    content_type,
    read_parts,
    relations_of,
    target_part,
)

# What every OLE file begins with: a .doc of old, or a .docx behind a password.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCUMENT_TYPES = (WORDPROCESSING.format("document.main"), WORDPROCESSING.format("template.main"))
# Bytes of all parts together: more than any template has, less than would fill the memory.
LARGEST = 200_000_000
# What a header or footer may work out; anything else could bring in other files or run programs.
FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES", "STYLEREF", "TITLE", "SUBJECT", "AUTHOR", "FILENAME", "DOCPROPERTY"}
# What is not meant for a reader's eyes, or not made of text.
HIDDEN = {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "commentReference", "object", "altChunk")}
LINK = f"{OFFICE}/hyperlink"


SAFELY = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


@dataclass(frozen=True)
class Office:
    """The parts of an office's document and the name of the main one."""

    parts: Parts
    main: str

    @property
    def document(self) -> Any:
        """Give the main part."""
        return etree.fromstring(self.parts[self.main])

    def part(self, kind: str) -> str:
        """Give the name of the part of a kind, such as styles; nothing when there is none."""
        found = [
            relation for relation in relations_of(self.parts, self.main) if relation.get("Type") == f"{OFFICE}/{kind}"
        ]
        name = target_part(self.main, found[0]) if found else ""
        return name if name in self.parts else ""

    def content(self, kind: str) -> bytes | None:
        """Give the content of the part of a kind."""
        return self.parts.get(self.part(kind))

    def target(self, relation: str) -> str:
        """Give the name of the part that the main one names by a relationship."""
        found = [entry for entry in relations_of(self.parts, self.main) if entry.get("Id") == relation]
        name = target_part(self.main, found[0]) if found else ""
        if name not in self.parts:
            raise ValueError("The reference document is damaged: open it in Word and save it anew.")
        return name


def read_office(path: str) -> Office:
    """Read a document; raise ValueError, in one sentence, for one that cannot be used."""
    name = Path(path).name
    if not Path(path).is_file():
        raise ValueError(f"The reference document {path} does not exist.")
    with open(path, "rb") as file:
        if file.read(len(OLE)) == OLE:
            raise ValueError(
                f"The reference document {name} has a password or is a .doc: save it as .docx without one."
            )
    try:
        with zipfile.ZipFile(path) as package:
            if sum(entry.file_size for entry in package.infolist()) > LARGEST:
                raise ValueError(f"The reference document {name} is too large: remove its pictures.")
        parts = read_parts(path)
        _check_xml(parts)
        main = _main_part(parts)
        known = etree.fromstring(parts[main]).tag == f"{W}document"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, KeyError, etree.XMLSyntaxError) as error:
        raise ValueError(f"The reference document {name} is not a Word document (.docx) that can be read.") from error
    office = Office(parts, main)
    if "macroEnabled" in content_type(parts, main) or any(part.endswith("vbaProject.bin") for part in parts):
        raise ValueError(f"The reference document {name} holds macros: save it as .docx, which has none.")
    if not known or content_type(parts, main) not in DOCUMENT_TYPES or not office.part("styles"):
        raise ValueError(f"The reference document {name} is not an ordinary Word document (.docx, .dotx).")
    if strange := sorted(_strange(office)):
        raise ValueError(
            f"The reference document {name} has {strange[0]} in a header or footer: remove it in Word first."
        )
    if outside := sorted(_outside(parts)):
        raise ValueError(f"The reference document {name} depends on {outside[0]}: break the link to it in Word first.")
    return office


def _check_xml(parts: Parts) -> None:
    """Refuse what no Office document holds: a document type, behind which a file can hide other files."""
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")) and etree.fromstring(content, SAFELY).getroottree().docinfo.doctype:
            raise etree.XMLSyntaxError(f"{name} has a document type", 0, 0, 0)


def _strange(office: Office) -> set[str]:
    """Name what headers and footers hold that no brief should carry on."""
    found = set()
    for relation in relations_of(office.parts, office.main):
        if relation.get("Type") in (f"{OFFICE}/header", f"{OFFICE}/footer"):
            part = office.parts.get(target_part(office.main, relation), b"<missing/>")
            root = etree.fromstring(part, SAFELY)
            codes = [str(field.text) for field in root.iter(f"{W}instrText") if (field.text or "").strip()]
            codes += [field.get(f"{W}instr", "") for field in root.iter(f"{W}fldSimple")]
            found |= {f"the field {code.split()[0]}" for code in codes if code.split()[0].upper() not in FIELDS}
            found |= {"tracked changes, comments or objects" for element in root.iter() if element.tag in HIDDEN}
    return found


def _main_part(parts: Parts) -> str:
    found = [relation for relation in relations_of(parts, "") if relation.get("Type") == f"{OFFICE}/officeDocument"]
    return target_part("", found[0]) if found else ""


def _outside(parts: Parts) -> set[str]:
    """List what the document needs from outside, such as an attached template; a link to the web is no need."""
    relations = [
        relation
        for name in parts
        if posixpath.basename(posixpath.dirname(name)) == "_rels"
        for relation in etree.fromstring(parts[name]).iter(f"{{{RELATIONSHIPS}}}Relationship")
    ]
    return {
        relation.get("Target", "")
        for relation in relations
        if relation.get("TargetMode") == "External" and relation.get("Type") != LINK
    }
