"""Edit the tree of a brief by chance, as its authors do between two drafts, and keep count of what truly changed."""

import shutil
import struct
import zlib
from pathlib import Path
from random import Random

from evalbrief.document.blocks import identify_blocks
from evalbrief.files import write_json
from evalbrief.tree import Element, elements, has_class

from tests.tree_draft import Draft, Edit
from tests.tree_text_edits import TEXT_EDITS
from tests.tree_thing_edits import REDRAWN, THING_EDITS

KINDS = TEXT_EDITS | THING_EDITS


def edit(tree: dict, random: Random, count: int, kinds: list[str] | None = None) -> tuple[dict, list[Edit]]:
    """Return a new tree with so many edits, or fewer when nothing is left to edit, and what was done.

    Blocks get the ids that a build would give them.
    """
    draft = Draft(tree, random)
    edits: list[Edit] = []
    left = list(KINDS if kinds is None else kinds)
    while len(edits) < count and left:
        draft.kind = random.choice(left)
        made = KINDS[draft.kind](draft)
        if made:
            edits.append(made)
        else:
            left.remove(draft.kind)
    draft.tree["blocks"] = identified(draft.blocks)
    return draft.tree, edits


def identified(blocks: list[Element]) -> list[Element]:
    """Give the blocks of the text their ids anew."""
    return identify_blocks(
        [inner for block in blocks for inner in (block["c"][1] if has_class(block, "block") else [block])]
    )


def write_draft(tree: dict, source: Path, folder: Path, name: str = "brief.json") -> str:
    """Write a tree into a folder with its pictures, which come from where `source` has them; return its path."""
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    for image in (element for element in elements(tree["blocks"]) if element["t"] == "Image"):
        picture = Path(image["c"][2][0])
        for ending, redraw in ((".png", _redrawn_png), (".svg", _redrawn_svg)):
            here = folder / picture.with_suffix(ending)
            there = source / str(picture.with_suffix(ending)).replace(REDRAWN, "")
            if REDRAWN in picture.name:
                here.write_bytes(redraw(there.read_bytes()))
            else:
                shutil.copyfile(there, here)
    write_json(folder / name, tree)
    return str(folder / name)


def _redrawn_svg(content: bytes) -> bytes:
    return content + b"<!-- redrawn -->"


def _redrawn_png(content: bytes) -> bytes:
    """Add a text before the last chunk: other bytes, and still a picture."""
    chunk = b"tEXtComment\x00redrawn"
    added = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return content[:-12] + added + content[-12:]
