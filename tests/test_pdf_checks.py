"""Negative controls: faults planted in a good PDF, which veraPDF or a check of our own must find."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdf_checks import draft_faults, faults
from pdf_sample import THEME, render_sample
from pdf_text import Document, elements
from pikepdf import Dictionary, Name, String
from verapdf import failures

DRAFT = "Projet – ne pas diffuser"
FAMILIES = list(THEME["fonts"].values())
Find = Callable[[pikepdf.Pdf], Any]
Plant = Callable[[pikepdf.Pdf], Any]
pytestmark = pytest.mark.xdist_group("pdf_checks")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF without faults: a draft of the small brief."""
    return render_sample(tmp_path_factory.mktemp("sound"), draft=DRAFT)


@pytest.fixture
def planted(sound: Path, tmp_path: Path) -> Callable[[Plant], Path]:
    """A function that plants a fault in a copy of the sound PDF."""

    def make(plant: Plant) -> Path:
        path = tmp_path / "planted.pdf"
        with pikepdf.open(sound) as document:
            plant(document)
            document.save(path)
        return path

    return make


# Where a fault is planted -------------------------------------------------------------------------------------------


def of(kind: str) -> Find:
    """Find the first element of a kind in the structure tree."""
    return lambda document: next(element for element in elements(document.Root.StructTreeRoot) if element.S == kind)


def root(document: pikepdf.Pdf) -> Any:
    return document.Root


def marks(document: pikepdf.Pdf) -> Any:
    return document.Root.MarkInfo


def viewer(document: pikepdf.Pdf) -> Any:
    return document.Root.ViewerPreferences


def information(document: pikepdf.Pdf) -> Any:
    return document.docinfo


def page(document: pikepdf.Pdf) -> Any:
    return document.pages[0].obj


def bookmark(document: pikepdf.Pdf) -> Any:
    return document.Root.Outlines.First


def foot(document: pikepdf.Pdf) -> Any:
    """Find the first cell of the foot of a table."""
    return of("/TFoot")(document).K[0].K[0]


def link(document: pikepdf.Pdf) -> Any:
    """Find the first link to another place in the document."""
    return next(note for note in document.pages[0].Annots if "/URI" not in note.get("/A", {}))


def attachment(document: pikepdf.Pdf) -> Any:
    return document.Root.AF[0]


def data(document: pikepdf.Pdf) -> Any:
    """Find the content of the first attachment."""
    return attachment(document).EF.F


def font(document: pikepdf.Pdf) -> Any:
    """Find the description of a font."""
    return next(item for item in document.objects if isinstance(item, Dictionary) and "/FontFile2" in item)


# How it is planted --------------------------------------------------------------------------------------------------


def drop(find: Find, key: str) -> Plant:
    """Take something away; it must be there."""

    def plant(document: pikepdf.Pdf) -> None:
        del find(document)[key]

    return plant


def put(find: Find, key: str, value: Any) -> Plant:
    """Put something in the place of what was there."""

    def plant(document: pikepdf.Pdf) -> None:
        find(document)[key] = value

    return plant


def change_metadata(old: str, new: str) -> Plant:
    """Change the metadata as text; the old text must be there."""

    def plant(document: pikepdf.Pdf) -> None:
        written = document.Root.Metadata.read_bytes().decode()
        assert old in written
        document.Root.Metadata = document.make_stream(
            written.replace(old, new).encode(), Type=Name.Metadata, Subtype=Name.XML
        )

    return plant


def paint(content: bytes) -> Plant:
    """Paint something more on the first page."""
    return lambda document: document.pages[0].contents_add(content)


def show(text: str, left: float, y: float) -> Plant:
    """Show a text on the first page as an artifact, in the font it has first."""

    def plant(document: pikepdf.Pdf) -> None:
        fonts = document.pages[0].Resources.Font
        name = next(iter(fonts.keys()))
        paint(f"/Artifact BMC BT {name} 12 Tf 1 0 0 1 {left} {y} Tm {text} Tj ET EMC".encode())(document)

    return plant


def swap_headings(document: pikepdf.Pdf) -> None:
    """Let the first two headings change places in the structure tree."""
    children = of("/Document")(document).K
    first, second, *_ = (place for place, child in enumerate(children) if child.S == Name.H1)
    children[first], children[second] = children[second], children[first]


def unmark(document: pikepdf.Pdf) -> None:
    """Take the language from the words that have one."""
    for item in document.objects:
        if isinstance(item, Dictionary) and item.get("/S") == Name.Span and "/Lang" in item:
            del item["/Lang"]


# What it is, what plants it, and the part of veraPDF's finding that names it.
UA_FAULTS = {
    "no alternative text": (drop(of("/Figure"), "/Alt"), "7.3-1"),
    "no language": (drop(root, "/Lang"), "7.2"),
    "title not shown": (put(viewer, "/DisplayDocTitle", False), "7.1-10"),
    "no title": (change_metadata("dc:title", "dc:subject"), "7.1-9"),
    "not said to be accessible": (change_metadata("pdfuaid:part", "pdfuaid:amd"), "5-"),
    "not tagged": (put(marks, "/Marked", False), "6.2-1"),
    "content without tag": (paint(b"0 0 10 10 re f"), "7.1-3"),
    "a level of headings left out": (put(of("/H2"), "/S", Name.H5), "7.4.2-1"),
    "a link without words": (drop(link, "/Contents"), "7.18.5-2"),
    "a font not embedded": (drop(font, "/FontFile2"), "7.21.4.1-1"),
    "tabs in no order": (drop(page, "/Tabs"), "7.18.3-1"),
}
A_FAULTS = {
    "attachment of no relation": (drop(attachment, "/AFRelationship"), "6.8-3"),
    "attachment of no kind": (drop(data, "/Subtype"), "6.8-1"),
    "attachment without a name": (drop(attachment, "/UF"), "6.8-2"),
    "attachment nobody names": (drop(root, "/AF"), "6.8-4"),
    "not said to be archival": (change_metadata("pdfaid:conformance", "pdfaid:other"), "6.6.4"),
    "a font not embedded": (drop(font, "/FontFile2"), "6.2.11.4.1-1"),
    "a script": (
        put(root, "/OpenAction", Dictionary(S=Name.JavaScript, JS=String("app.beep()"))),
        "6.5.1-1",
    ),
    "a link that does not print": (put(link, "/F", 0), "6.3.2-2"),
    "not tagged": (put(marks, "/Marked", False), "6.7.2.2-1"),
}
OWN_FAULTS = {
    "a row without header": (put(foot, "/S", Name.TD), "row 3 has no header"),
    "a column without header": (put(of("/TH"), "/S", Name.TD), "a column has no header"),
    "no alternative text": (put(of("/Figure"), "/Alt", String(" ")), "no alternative text"),
    "the caption again": (
        put(of("/Figure"), "/Alt", String("Calendrier")),
        "alternative text is a caption",
    ),
    "a heading without bookmark": (put(bookmark, "/Title", String("x")), "bookmarks"),
    "a bookmark to nowhere": (drop(bookmark, "/Dest"), "leads nowhere"),
    "title not shown": (drop(root, "/ViewerPreferences"), "title is not shown"),
    "two titles": (put(information, "/Title", String("x")), "not the same in both places"),
    "no language": (put(root, "/Lang", String("")), "language is missing"),
    "a word of no language": (unmark, "not marked as en"),
    "a link without words": (put(link, "/Contents", String("")), "a link without words"),
    "a link to nowhere": (put(link, "/Dest", String("x")), "a link that leads nowhere"),
    "a strange font": (put(font, "/FontName", Name("/ABCDEF+Arial")), "not of the theme"),
    "content without tag": (paint(b"0 0 10 10 re f"), "neither tagged nor an artifact"),
    "a tag in no tree": (paint(b"/P <</MCID 9999>> BDC 0 0 10 10 re f EMC"), "is in no element"),
    "another order": (swap_headings, "not where the tree has it"),
    "attachment of no relation": (
        put(attachment, "/AFRelationship", Name.Unspecified),
        "not the data of the document",
    ),
    "attachment without words": (put(attachment, "/Desc", String("")), "not described"),
    "text out of the page": (show("<0001>", 700, 400), "stands out"),
}


def test_the_sound_one_has_no_faults(sound: Path) -> None:
    assert failures(str(sound), "ua1") == [] == failures(str(sound), "3a")
    assert faults(sound, sound.with_name("brief.fr.json"), FAMILIES) == []
    assert list(draft_faults(Document(sound), DRAFT)) == []


@pytest.mark.parametrize(("plant", "found"), UA_FAULTS.values(), ids=UA_FAULTS)
def test_verapdf_finds_what_is_inaccessible(planted: Callable[[Plant], Path], plant: Plant, found: str) -> None:
    assert any(failure.startswith(found) for failure in failures(str(planted(plant)), "ua1"))


@pytest.mark.parametrize(("plant", "found"), A_FAULTS.values(), ids=A_FAULTS)
def test_verapdf_finds_what_cannot_be_kept(planted: Callable[[Plant], Path], plant: Plant, found: str) -> None:
    assert any(failure.startswith(found) for failure in failures(str(planted(plant)), "3a"))


@pytest.mark.parametrize(("plant", "found"), OWN_FAULTS.values(), ids=OWN_FAULTS)
def test_our_checks_find(sound: Path, planted: Callable[[Plant], Path], plant: Plant, found: str) -> None:
    assert any(found in fault for fault in faults(planted(plant), sound.with_name("brief.fr.json"), FAMILIES))


def test_our_check_finds_a_draft_without_mark(tmp_path: Path) -> None:
    final = render_sample(tmp_path)
    assert list(draft_faults(Document(final), DRAFT)) == [
        "the title does not say that it is a draft",
        "page 1: no draft mark",
    ]
