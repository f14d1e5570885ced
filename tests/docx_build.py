"""Build Word documents for tests: small static fonts, a reference document, a brief, and faults planted in it."""

import re
import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import fontpkg_noto_sans
import fontpkg_overpass
from evalbrief.document.docx.package import read_parts, write_parts
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from make_reference import make_reference
from render_docx import render_docx
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]
FILTER = str(ROOT / "templates" / "filters" / "docx.lua")
THEME = YAML(typ="safe").load(ROOT / "templates" / "themes" / "ilo.yaml")
SOURCES = {
    "NotoSans-Regular": (fontpkg_noto_sans, "NotoSans[wdth,wght].ttf", 400),
    "NotoSans-Bold": (fontpkg_noto_sans, "NotoSans[wdth,wght].ttf", 700),
    "NotoSans-Italic": (fontpkg_noto_sans, "NotoSans-Italic[wdth,wght].ttf", 400),
    "Overpass-Bold": (fontpkg_overpass, "Overpass[wght].ttf", 700),
}
LATIN = range(0x20, 0x180)


def write_fonts(folder: Path) -> list[str]:
    """Write static fonts of Latin letters, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.ttf" for name in SOURCES]
    for path in paths:
        path.write_bytes(static_font(path.stem))
    return [str(path) for path in paths]


@cache
def static_font(name: str) -> bytes:
    """Cut a font to Latin letters and one weight."""
    package, file, weight = SOURCES[name]
    font = TTFont(Path(package.__file__).parent / "files" / file, recalcTimestamp=False)
    subsetter = subset.Subsetter(
        subset.Options(layout_features=[], name_IDs=["*"], notdef_outline=True, recalc_timestamp=False)
    )
    subsetter.populate(unicodes=LATIN)
    subsetter.subset(font)
    axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": weight}
    instancer.instantiateVariableFont(font, axes, inplace=True, updateFontNames=True)
    cut = BytesIO()
    font.save(cut)
    return cut.getvalue()


def write_reference(folder: Path, **changes: Any) -> str:
    """Make the reference document of a folder, and return its path."""
    path = str(folder / "reference.docx")
    wanted = {"theme": THEME, "paper": "a4", "fonts": write_fonts(folder / "fonts"), "office": None} | changes
    make_reference(**wanted, docx=path)
    return path


def render(tree: str, folder: Path, name: str = "brief.docx") -> str:
    """Write the Word document of a tree with the reference document of a folder, and return its path."""
    path = str(folder / name)
    render_docx(tree=tree, reference=str(folder / "reference.docx"), filter=FILTER, docx=path)
    return path


def convert(docx: str, folder: Path, ending: str) -> Path:
    """Let LibreOffice open a document and write it as pdf or docx into a folder."""
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", ending, "--outdir", folder]
    subprocess.run([*command, docx], check=True, capture_output=True, timeout=300)
    return folder / f"{Path(docx).stem}.{ending}"


def plant(docx: str, part: str, pattern: str, instead: str, faulty: Path) -> str:
    """Write a copy of a document with a fault: the first match of a pattern in a part replaced; return its path."""
    parts = read_parts(docx)
    text = parts[part].decode()
    changed = re.sub(pattern, instead, text, count=1, flags=re.DOTALL)
    assert changed != text, f"{pattern} is not in {part}"
    write_parts(parts | {part: changed.encode()}, faulty)
    return str(faulty)
